import assert from 'node:assert/strict';
import { dutyCycle, type Searches } from '../../../src/workspace/indexing/dutyCycle.ts';

describe('dutyCycle', () => {
  const none: Searches = { isSearching: false, searchesEnded: () => Promise.resolve() };

  it('lets timers run in the midst of long work, and rests as long as it worked', async () => {
    const pace = dutyCycle(none);
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

  it('stands back while there is a search, and then goes on for as long', async () => {
    let isSearching = true;
    const waits: number[] = [];
    const searches: Searches = {
      get isSearching() {
        return isSearching;
      },
      searchesEnded: limit => {
        waits.push(limit);
        return new Promise(resolve => setTimeout(resolve, limit));
      },
    };
    const pace = dutyCycle(searches, 0);
    await pace();
    assert.equal(waits.length, 1);
    const resumed = performance.now();
    while (waits.length < 2) await pace();
    assert.ok(performance.now() - resumed >= 45, 'it worked in between');
    isSearching = false;
    await pace();
    assert.equal(waits.length, 2);
  });
});
