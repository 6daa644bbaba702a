import assert from 'node:assert/strict';
import { patiently } from '../../src/platform/patience.ts';
import { POSIX, WINDOWS, type Platform } from '../../src/platform/platform.ts';

/** Fails with a code so many times, then gives the number of tries. */
function held(code: string, times: number): { readonly action: () => Promise<number>; tries: () => number } {
  let tries = 0;
  return {
    tries: () => tries,
    action: () => {
      tries++;
      if (tries > times) return Promise.resolve(tries);
      return Promise.reject(Object.assign(new Error('held'), { code }));
    },
  };
}

const PAUSES = [0, 0, 0];

async function triesOf(code: string, times: number, platform: Platform): Promise<number | string> {
  const file = held(code, times);
  try {
    return await patiently(file.action, platform, PAUSES);
  } catch (error) {
    return `${(error as NodeJS.ErrnoException).code} after ${file.tries()}`;
  }
}

describe('a file that somebody holds', () => {
  it('is waited for on Windows, where a scanner that looks into it forbids everything for a moment', async () => {
    for (const code of ['EPERM', 'EACCES', 'EBUSY']) assert.equal(await triesOf(code, 2, WINDOWS), 3, code);
  });

  it('is given up after the last pause, with the error of the system', async () => {
    assert.equal(await triesOf('EPERM', Infinity, WINDOWS), 'EPERM after 4');
    assert.equal(await triesOf('EBUSY', Infinity, POSIX), 'EBUSY after 4');
  });

  it('is not waited for elsewhere where it is forbidden: that does not pass', async () => {
    assert.equal(await triesOf('EPERM', 2, POSIX), 'EPERM after 1');
    assert.equal(await triesOf('EACCES', 2, POSIX), 'EACCES after 1');
    assert.equal(await triesOf('EBUSY', 2, POSIX), 3);
  });

  it('is not waited for where something else is wrong', async () => {
    for (const platform of [WINDOWS, POSIX])
      for (const code of ['ENOENT', 'ENOSPC', 'EXDEV'])
        assert.equal(await triesOf(code, 2, platform), `${code} after 1`);
  });
});
