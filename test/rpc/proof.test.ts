import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  asDigits,
  newKey,
  newNonce,
  proofOf,
  proves,
  type Nonces,
  type Secret,
} from '../../src/rpc/proof.ts';

const secret: Secret = { key: newKey(), pipe: String.raw`\\.\pipe\malmoi-a` };
const nonces: Nonces = { client: newNonce(), engine: newNonce() };

describe('a proof', () => {
  it('convinces who has the same secret, for one end of one connection', () => {
    const proof = proofOf(secret, 'engine', nonces);
    assert.ok(proves(secret, 'engine', nonces, proof));
    assert.ok(!proves(secret, 'client', nonces, proof), 'sent back');
    assert.ok(!proves({ ...secret, key: newKey() }, 'engine', nonces, proof), 'another key');
    assert.ok(!proves({ ...secret, pipe: '' }, 'engine', nonces, proof), 'passed on from another pipe');
    assert.ok(!proves(secret, 'engine', { ...nonces, client: newNonce() }, proof), 'replayed to a client');
    assert.ok(!proves(secret, 'engine', { ...nonces, engine: newNonce() }, proof), 'replayed to an engine');
    const swapped = { client: nonces.engine, engine: nonces.client };
    assert.ok(!proves(secret, 'engine', swapped, proof), 'nonces swapped');
  });

  it('is not what anybody makes up, whatever they send', function () {
    this.timeout(20_000);
    const proof = proofOf(secret, 'client', nonces);
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), fc.stringMatching(/^[0-9a-f]{64}$/)), made => {
        assert.equal(proves(secret, 'client', nonces, made), made === proof);
      }),
    );
  });

  it('says nothing of the key, and no two keys or nonces are the same', () => {
    assert.ok(!proofOf(secret, 'engine', nonces).includes(secret.key.toString('hex')));
    assert.equal(new Set(Array.from({ length: 100 }, newNonce)).size, 100);
    assert.ok(!newKey().equals(newKey()));
  });

  it('has a form that is checked before it is compared', () => {
    assert.equal(asDigits('a'.repeat(64)), 'a'.repeat(64));
    for (const other of ['', 'a'.repeat(63), 'a'.repeat(65), 'A'.repeat(64), 'g'.repeat(64), 7, null, ['a']])
      assert.equal(asDigits(other), null);
  });
});
