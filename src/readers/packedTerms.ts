/**
 * The terms of a file's passages in one text and three arrays, for the way from the reader thread: copied one by one,
 * the terms of all passages would be made again each time, although passages of a file share most of them.
 */
import type { TermCounts } from '../index/records.ts';
import type { ReadPassage } from './passageRecords.ts';
import type { ReadAnswer } from './readPassages.ts';

interface PackedTerms {
  /** Every term of the file once, each followed by a line feed, which no term has. */
  readonly dictionary: string;
  /** Numbers of terms in the dictionary, passage by passage, and their counts. */
  readonly ids: Uint32Array;
  readonly counts: Uint8Array;
  /** For each passage: how many terms, `bodyLength`, `headingLength`. */
  readonly lengths: Uint32Array;
}

type ReadDocument = Extract<ReadAnswer, { result: 'passages' }>;

/** An answer of the reader thread. */
export type PackedAnswer =
  | Exclude<ReadAnswer, ReadDocument>
  | (Omit<ReadDocument, 'passages'> & {
      readonly passages: readonly Omit<ReadPassage, 'terms'>[];
      readonly terms: PackedTerms;
    });

export function packAnswer(answer: ReadAnswer): PackedAnswer {
  if (answer.result !== 'passages') return answer;
  const passages = answer.passages.map(({ terms: _, ...passage }) => passage);
  return { ...answer, passages, terms: packTerms(answer.passages) };
}

export function unpackAnswer(packed: PackedAnswer): ReadAnswer {
  if (packed.result !== 'passages') return packed;
  const { terms, ...answer } = packed;
  const unpacked = unpackTerms(terms);
  return { ...answer, passages: answer.passages.map((passage, i) => ({ ...passage, terms: unpacked[i]! })) };
}

function packTerms(passages: readonly ReadPassage[]): PackedTerms {
  const numbers = new Map<string, number>();
  const total = passages.reduce((sum, { terms }) => sum + terms.terms.length, 0);
  const ids = new Uint32Array(total);
  const counts = new Uint8Array(total);
  const lengths = new Uint32Array(3 * passages.length);
  let at = 0;
  passages.forEach(({ terms: { terms, counts: own, bodyLength, headingLength } }, i) => {
    lengths.set([terms.length, bodyLength, headingLength], 3 * i);
    counts.set(own, at);
    for (const term of terms) {
      let number = numbers.get(term);
      if (number === undefined) numbers.set(term, (number = numbers.size));
      ids[at++] = number;
    }
  });
  let dictionary = '';
  for (const term of numbers.keys()) dictionary += `${term}\n`;
  return { dictionary, ids, counts, lengths };
}

/** The terms of each passage; equal terms are one string. */
function unpackTerms({ dictionary, ids, counts, lengths }: PackedTerms): TermCounts[] {
  const all = dictionary.split('\n');
  const found: TermCounts[] = [];
  let at = 0;
  for (let i = 0; i < lengths.length; i += 3) {
    const length = lengths[i]!;
    const terms: string[] = [];
    for (let j = 0; j < length; j++) terms.push(all[ids[at + j]!]!);
    found.push({
      terms,
      counts: counts.subarray(at, at + length),
      bodyLength: lengths[i + 1]!,
      headingLength: lengths[i + 2]!,
    });
    at += length;
  }
  return found;
}
