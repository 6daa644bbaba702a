import assert from 'node:assert/strict';
import { Relisting } from '../../src/workspace/relisting.ts';

const wait = (milliseconds: number): Promise<void> =>
  new Promise(resolve => setTimeout(resolve, milliseconds));

describe('when folders are listed again', () => {
  it('is after the last of several events, twice, and not after the end', async () => {
    let listed = 0;
    const relisting = new Relisting(() => void listed++, [20, 60], 60_000);
    for (let i = 0; i < 4; i++) {
      relisting.soon();
      await wait(5);
    }
    assert.equal(listed, 0);
    await wait(120);
    assert.equal(listed, 2);
    relisting.soon();
    relisting.close();
    await wait(80);
    assert.equal(listed, 2);
  });

  it('says whether an event asks for it: what nothing asks for may wait', async () => {
    const asked: boolean[] = [];
    const relisting = new Relisting(isAsked => void asked.push(isAsked), [0], 20);
    relisting.soon();
    while (new Set(asked).size < 2) await wait(5);
    relisting.close();
    assert.equal(asked[0], true);
  });

  it('is from time to time, too', async () => {
    let listed = 0;
    const relisting = new Relisting(() => void listed++, [], 10);
    await wait(80);
    relisting.close();
    assert.ok(listed >= 2);
    const then = listed;
    await wait(40);
    assert.equal(listed, then);
  });
});
