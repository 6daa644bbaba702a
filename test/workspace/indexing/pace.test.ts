import assert from 'node:assert/strict';
import { Pace, secondsLeft } from '../../../src/workspace/indexing/pace.ts';

describe('time left', () => {
  let now = 0;
  const begun = (): Pace => {
    now = 1_000;
    const pace = new Pace(() => now);
    pace.begin();
    return pace;
  };

  it('goes by what is in the files that wait, not by their number', () => {
    const pace = begun();
    for (let i = 0; i < 10; i++) pace.settle(`${i}.md`, 1_000);
    now += 10_000;
    assert.equal(secondsLeft([pace], 10 * 1_000), 10);
    assert.equal(secondsLeft([pace], 1_000_000), 1_000, 'one book takes as long as a thousand notes');
  });

  it('counts what is done of a large file that is under way', () => {
    const pace = begun();
    pace.advance('book.md', 1_000_000, 0.25);
    now += 60_000;
    assert.equal(pace.doneOf('book.md'), 250_000);
    assert.equal(secondsLeft([pace], 1_000_000 - pace.doneOf('book.md')), 180);
    pace.settle('book.md', 1_000_000);
    assert.equal(pace.done, 1_000_000);
    assert.equal(secondsLeft([pace], 0), null);
  });

  it('says nothing while there is too little to go by', () => {
    const pace = begun();
    now += 5_000;
    assert.equal(secondsLeft([pace], 1_000), null);
    for (let i = 0; i < 4; i++) pace.settle(`${i}.md`, 100);
    assert.equal(secondsLeft([pace], 1_000), null);
    pace.settle('4.md', 100);
    assert.equal(secondsLeft([pace], 1_000), 10);
    pace.end();
    assert.equal(secondsLeft([pace], 1_000), null);
  });

  it('leaves a pause out, and adds up folders side by side', () => {
    const [one, other] = [begun(), begun()];
    one.settle('a.md', 100_000);
    other.settle('b.md', 100_000);
    now += 3_600_000;
    one.restart();
    other.restart();
    now += 10_000;
    one.settle('c.md', 100_000);
    other.advance('d.md', 200_000, 0.5);
    assert.equal(secondsLeft([one, other], 400_000), 20);
  });

  it('takes a file that is too large for a text for no more than a text', () => {
    const pace = begun();
    pace.settle('huge.txt', 1e12);
    assert.equal(pace.done, 20_000_000);
  });
});
