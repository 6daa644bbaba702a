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
  /** Indices into the dictionary, passage by passage, and their counts. */
  readonly numbers: Uint32Array;
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
  const total = passages.reduce((sum, { terms }) => sum + terms.numbers.length, 0);
  const numbers = new Uint32Array(total);
  const counts = new Uint8Array(total);
  const lengths = new Uint32Array(3 * passages.length);
  let at = 0;
  let dictionary = '';
  let size = 0;
  // Passages share a dictionary that has the terms of other files as well; a long file may go on in a second one.
  let renumbered: { from: readonly string[]; own: Map<number, number> } | null = null;
  passages.forEach(({ terms: { dictionary: from, numbers: old, counts: own, ...rest } }, i) => {
    if (renumbered?.from !== from) renumbered = { from, own: new Map() };
    lengths.set([old.length, rest.bodyLength, rest.headingLength], 3 * i);
    counts.set(own, at);
    for (const number of old) {
      let packed = renumbered.own.get(number);
      if (packed === undefined) {
        renumbered.own.set(number, (packed = size++));
        dictionary += `${from[number]!}\n`;
      }
      numbers[at++] = packed;
    }
  });
  return { dictionary, numbers, counts, lengths };
}

/** The terms of each passage; all of a file's passages share one dictionary. */
function unpackTerms({ dictionary: packed, numbers, counts, lengths }: PackedTerms): TermCounts[] {
  const dictionary = packed.split('\n');
  const found: TermCounts[] = [];
  let at = 0;
  for (let i = 0; i < lengths.length; i += 3) {
    const end = at + lengths[i]!;
    found.push({
      dictionary,
      numbers: numbers.subarray(at, end),
      counts: counts.subarray(at, end),
      bodyLength: lengths[i + 1]!,
      headingLength: lengths[i + 2]!,
    });
    at = end;
  }
  return found;
}
