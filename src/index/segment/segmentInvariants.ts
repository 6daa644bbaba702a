/** Invariants of every segment beyond its checksums. Each check throws `DamagedError`. */
import type { Postings } from './postings.ts';
import { DamagedError } from './sections.ts';

function must(holds: boolean, what: string): void {
  if (!holds) throw new DamagedError(what);
}

/** Starts of lists must not descend. */
export function checkStarts(starts: ArrayLike<number>, end: number, what: string): void {
  for (let i = 0; i < starts.length; i++)
    must(starts[i]! <= (starts[i + 1] ?? end), `${what} ${i}: begins after its end`);
}

export function checkAscending(numbers: ArrayLike<number>, what: string): void {
  for (let i = 1; i < numbers.length; i++) must(numbers[i - 1]! < numbers[i]!, `${what}: not ascending`);
}

/** Postings must not be empty; their passages must ascend and exist. */
export function checkPostings({ docs }: Postings, passages: number, what: string): void {
  checkAscending(docs, what);
  must(docs.length > 0 && docs.at(-1)! < passages, `${what}: passages out of range`);
}
