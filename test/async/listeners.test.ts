import assert from 'node:assert/strict';
import { Listeners } from '../../src/async/listeners.ts';

describe('listeners', () => {
  it('are told each value, in the order in which they came, until they go', () => {
    const listeners = new Listeners<number>();
    const heard: string[] = [];
    const first = listeners.add(value => heard.push(`a${value}`));
    listeners.add(value => heard.push(`b${value}`));
    listeners.fire(1);
    first.dispose();
    first.dispose();
    listeners.fire(2);
    assert.deepEqual(heard, ['a1', 'b1', 'b2']);
  });
});
