import assert from 'node:assert/strict';
import v8 from 'node:v8';
import vm from 'node:vm';
import fc from 'fast-check';
import { detached, RecentWords } from '../../src/text/recentWords.ts';

describe('RecentWords', () => {
  it('makes each of a few words once', () => {
    let made = 0;
    const lengths = new RecentWords(word => (made++, word.length), 8);
    for (const word of ['문서', '검색', '문서', '문서', '검색']) assert.equal(lengths.of(word), word.length);
    assert.equal(made, 2);
  });

  it('keeps words that come again and lets others go', () => {
    const made: string[] = [];
    const words = new RecentWords(word => made.push(word), 2);
    for (const word of ['a', 'b', 'a', 'c', 'a', 'd', 'a', 'e', 'a', 'b']) words.of(word);
    assert.deepEqual(made, ['a', 'b', 'c', 'd', 'e', 'b']);
  });

  it('remembers no long words', () => {
    let made = 0;
    const lengths = new RecentWords(word => (made++, word.length), 8, 3);
    lengths.of('abcd');
    lengths.of('abcd');
    assert.equal(made, 2);
  });

  it('does not keep the texts that its words come from', function () {
    this.timeout(20_000);
    const words = new RecentWords(word => word.length);
    const before = usedHeap();
    // A hundred megabytes in all.
    for (let i = 0; i < 100; i++)
      words.of(`${'가나다라'.repeat(131_072)} internationalization${i}`.slice(-23));
    const kept = usedHeap() - before;
    assert.ok(kept < 20e6, `${kept} bytes are kept`);
  });

  it('says what is made, whatever was asked before', function () {
    this.timeout(20_000);
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 3 })), fc.integer({ min: 1, max: 4 }), (asked, size) => {
        const words = new RecentWords(word => `${word}!`, size, 2);
        for (const word of asked) assert.equal(words.of(word), `${word}!`);
      }),
    );
  });
});

describe('detached', () => {
  it('is the same text', () => {
    fc.assert(fc.property(fc.string(), text => detached(text) === text));
  });
});

function usedHeap(): number {
  v8.setFlagsFromString('--expose-gc');
  (vm.runInNewContext('gc') as () => void)();
  return process.memoryUsage().heapUsed;
}
