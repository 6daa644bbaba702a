import assert from 'node:assert/strict';
import fc from 'fast-check';
import { packCounts, termsIn } from '../../src/index/segment/termCounts.ts';
import { TermTally, type Field } from '../../src/readers/termTally.ts';

const term = fc.constantFrom('가', '나', '가나', '나가', 'a', 'ab', 'abc', '\u0001가나', '🎂');
const field = fc.constantFrom<Field>('text', 'headings', 'metadata');
const passage = fc.array(fc.tuple(term, field), { maxLength: 12 });

function add(tally: TermTally, name: string, to: Field): void {
  if (name === '가나') tally.addPair(name.charCodeAt(0), name.charCodeAt(1), to);
  else tally.add(name, to);
}

describe('TermTally', () => {
  it('counts each passage by itself, also when it forgets its terms', () => {
    fc.assert(
      fc.property(fc.array(passage, { maxLength: 6 }), fc.integer({ min: 0, max: 8 }), (passages, most) => {
        const tally = new TermTally(most);
        for (const own of passages) {
          tally.begin();
          const wanted = new Map<string, { text: number; headings: number; metadata: number }>();
          for (const [name, to] of own) {
            add(tally, name, to);
            const known = wanted.get(name) ?? { text: 0, headings: 0, metadata: 0 };
            wanted.set(name, { ...known, [to]: known[to] + 1 });
          }
          const { counts, ...found } = tally.counts();
          assert.deepEqual(
            new Map(termsIn(found).map((name, i) => [name, counts[i]!])),
            new Map([...wanted].map(([name, each]) => [name, packCounts(each)])),
          );
        }
      }),
    );
  });
  it('finds what a source has more often than a field', () => {
    const tally = new TermTally();
    tally.begin();
    for (const name of ['abc', 'abc', '가나']) add(tally, name, 'text');
    for (const name of ['abc', 'abc', 'abc', 'x']) tally.meet(name);
    tally.meetPair('가'.charCodeAt(0), '나'.charCodeAt(0));
    tally.addExcess(tally.excessOver('text'), 'metadata');
    const { counts, ...found } = tally.counts();
    assert.deepEqual(
      new Map(termsIn(found).map((name, i) => [name, counts[i]!])),
      new Map([
        ['abc', packCounts({ text: 2, headings: 0, metadata: 1 })],
        ['가나', packCounts({ text: 1, headings: 0, metadata: 0 })],
        ['x', packCounts({ text: 0, headings: 0, metadata: 1 })],
      ]),
    );
    assert.deepEqual(tally.excessOver('text'), []);
  });
});
