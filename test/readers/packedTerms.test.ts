import assert from 'node:assert/strict';
import fc from 'fast-check';
import { termsIn } from '../../src/index/segment/termCounts.ts';
import { packAnswer, unpackAnswer } from '../../src/readers/packedTerms.ts';
import { readDocument, type ReadAnswer } from '../../src/readers/readPassages.ts';

const STAMP = { size: 1, modified: 2, hash: 'h' };
const word = fc.constantFrom(
  '회의록',
  '예산안을',
  'Kubernetes',
  'C++',
  '🎂',
  '2024-03-15',
  '# 제목\n\n',
  '\n\n',
  '𠀀',
);

/** The terms themselves, whatever dictionary they are numbered by. */
function readable(answer: ReadAnswer): unknown {
  if (answer.result !== 'passages') return answer;
  const passages = answer.passages.map(({ terms: { dictionary, numbers, ...counts }, ...passage }) => ({
    ...passage,
    terms: { ...counts, terms: termsIn({ dictionary, numbers }) },
  }));
  return { ...answer, passages };
}

describe('packedTerms', () => {
  it('gives back what the reader has read', async function () {
    this.timeout(30_000);
    await fc.assert(
      fc.asyncProperty(fc.array(word, { maxLength: 80 }), async words => {
        const bytes = new TextEncoder().encode(words.join(' '));
        const rules = { minTokens: 4, maxTokens: 8 };
        const document = await readDocument(bytes, '폴더/글.md', rules, text => Math.ceil(text.length / 2));
        const answer: ReadAnswer = { ...STAMP, ...document };
        assert.deepEqual(readable(unpackAnswer(structuredClone(packAnswer(answer)))), readable(answer));
      }),
      { numRuns: 60 },
    );
  });
  it('passes on what has no passages', () => {
    assert.deepEqual(unpackAnswer(packAnswer({ result: 'vanished' })), { result: 'vanished' });
  });
});
