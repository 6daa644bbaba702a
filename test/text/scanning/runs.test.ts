import assert from 'node:assert/strict';
import fc from 'fast-check';
import { eachRun, eachWord } from '../../../src/text/scanning/runs.ts';

type Span = readonly (number | undefined)[];

function runsOf(text: string): Span[] {
  const found: Span[] = [];
  eachRun(text, (kind, start, end) => found.push([kind, start, end]));
  return found;
}

function wordsOf(text: string): Span[] {
  const found: Span[] = [];
  eachWord(text, (start, end) => found.push([start, end]));
  return found;
}

/** Units of every class, and those that belong to two. */
const unit = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.constantFrom(..."가나ㄱᄀ漢あー㈀①aZ1é_.'’+#-→※©\u301c\ufe0f\u0301\u200b \n\t,(|"),
  },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 0xd7ff }).map(code => String.fromCharCode(code)) },
);
const text = fc.array(unit, { maxLength: 40 }).map(units => units.join(''));

describe('scanning', () => {
  // A text with a surrogate pair is left to the regular expressions.
  it('finds the runs that the regular expressions find', function () {
    this.timeout(60_000);
    fc.assert(
      fc.property(text, own => {
        assert.deepEqual(runsOf(own), runsOf(`${own}\n😀`).slice(0, -1));
      }),
      { numRuns: 3_000 },
    );
  });
  it('finds the words that the regular expressions find', function () {
    this.timeout(60_000);
    fc.assert(
      fc.property(text, own => {
        assert.deepEqual(wordsOf(own), wordsOf(`${own}\n😀`));
      }),
      { numRuns: 3_000 },
    );
  });
  it('knows flags and letters outside the basic plane', () => {
    assert.equal(runsOf('🇰🇷 𠀀 가').length, 3);
    assert.equal(wordsOf('𠀀').length, 1);
  });
});
