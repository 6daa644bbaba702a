import assert from 'node:assert/strict';
import { retrying, type RetryRules } from '../../../../src/model/store/download/retry.ts';
import { TransferError } from '../../../../src/model/store/download/transferError.ts';

const RULES: RetryRules = {
  attempts: 3,
  totalAttempts: 6,
  firstDelay: 1,
  longestDelay: 20,
  stallTimeout: 100,
};

describe('retrying', () => {
  const failing = (error: Error, options: { readonly grows?: boolean } = {}): Promise<number> => {
    let tries = 0;
    const progress = (): number => (options.grows === true ? tries : 0);
    const work = async (): Promise<never> => {
      tries++;
      throw error;
    };
    return retrying(work, RULES, { progress }).catch(() => tries);
  };
  const passing = new TransferError('downloadFailed', '', { again: true });
  const lasting = new TransferError('downloadNotFound', '', { again: false });
  const unreachable = new TransferError('downloadUnreachable', '', { again: false });

  it('ends after tries that brought nothing, or at once where another is useless', async () => {
    assert.equal(await failing(passing), 3);
    assert.equal(await failing(lasting), 1);
    assert.equal(await failing(new Error('a bug')), 1);
  });
  it('goes on while tries bring something, with an end', async () => {
    assert.equal(await failing(passing, { grows: true }), 6);
    assert.equal(await failing(lasting, { grows: true }), 1);
  });
  it('waits for a network that was there a moment ago, not for one that never was', async () => {
    assert.equal(await failing(unreachable), 1);
    assert.equal(await failing(unreachable, { grows: true }), 6);
  });
  it('waits no longer than it should, whatever the server asks', async () => {
    const started = performance.now();
    await failing(new TransferError('downloadFailed', '', { again: true, wait: 3_600_000 }));
    assert.ok(performance.now() - started < 2_000);
  });
  it('stops waiting when cancelled', async () => {
    const controller = new AbortController();
    const rules = { ...RULES, firstDelay: 60_000, longestDelay: 60_000 };
    setTimeout(() => controller.abort(), 20);
    await assert.rejects(
      retrying(() => Promise.reject(passing), rules, { signal: controller.signal }),
      { name: 'AbortError' },
    );
  });
});
