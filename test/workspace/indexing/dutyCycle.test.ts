import assert from 'node:assert/strict';
import { dutyCycle } from '../../../src/workspace/indexing/dutyCycle.ts';

describe('dutyCycle', () => {
  it('lets timers run in the midst of long work, and rests as long as it worked', async () => {
    const pace = dutyCycle();
    let turns = 0;
    const timer = setInterval(() => turns++, 1);
    const started = performance.now();
    let worked = 0;
    while (worked < 60) {
      const began = performance.now();
      while (performance.now() - began < 2);
      worked += performance.now() - began;
      await pace();
    }
    clearInterval(timer);
    assert.ok(turns >= 3, `${turns} turns`);
    assert.ok(performance.now() - started >= worked * 1.5);
  });
});
