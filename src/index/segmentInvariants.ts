/** What holds in every segment beyond its checksums. Each check throws `DamagedError`. */
import { LEVELS_PER_IMPACT, type ForwardVector, type Postings } from './postings.ts';
import { DamagedError } from './sections.ts';
import { compareBytes, type StringTable } from './stringTable.ts';

function must(holds: boolean, what: string): void {
  if (!holds) throw new DamagedError(what);
}

/** Where lists begin: each not before the one in front of it. */
export function checkStarts(starts: ArrayLike<number>, end: number, what: string): void {
  for (let i = 0; i < starts.length; i++)
    must(starts[i]! <= (starts[i + 1] ?? end), `${what} ${i}: begins after its end`);
}

export function checkAscending(numbers: ArrayLike<number>, what: string): void {
  for (let i = 1; i < numbers.length; i++) must(numbers[i - 1]! < numbers[i]!, `${what}: not ascending`);
}

export function checkTerms(terms: StringTable): void {
  for (let i = 1; i < terms.length; i++)
    must(compareBytes(terms.bytes(i - 1), terms.bytes(i)) < 0, `term ${i}: not ascending`);
}

/** Passages ascend and exist. */
export function checkPostings({ docs }: Postings, passages: number, what: string): void {
  checkAscending(docs, what);
  must(docs.length > 0 && docs.at(-1)! < passages, `${what}: passages out of range`);
}

/** The forward index and the semantic postings hold the same weights, the postings rounded up. */
export function checkForward(
  forward: (passage: number) => ForwardVector,
  postings: readonly Postings[],
  passages: number,
): void {
  const cursors = new Uint32Array(postings.length);
  for (let passage = 0; passage < passages; passage++) {
    const { ordinals, levels } = forward(passage);
    checkAscending(ordinals, `vector of passage ${passage}`);
    for (let i = 0; i < ordinals.length; i++) {
      const list = postings[ordinals[i]!];
      if (list === undefined) throw new DamagedError(`vector of passage ${passage}: dimension out of range`);
      const at = cursors[ordinals[i]!]!++;
      const agree =
        list.docs[at] === passage && list.values[at] === Math.ceil(levels[i]! / LEVELS_PER_IMPACT);
      must(agree, `vector of passage ${passage}: not what the postings say`);
    }
  }
  postings.forEach(({ docs }, i) => must(cursors[i] === docs.length, `postings ${i}: more than the vectors`));
}
