/** Queries with literal conditions, made of words that stand in the documents: seeded, so always the same. */
import { stemOf } from '../../../src/text/words.ts';
import { Random } from '../index/random.ts';

export type QueryKind =
  'words' | 'word phrase' | 'phrase' | 'without' | 'must' | 'in headings' | 'all at once';

/** `passages`: texts to take words from. */
export function lexicalQueries(passages: readonly string[], each: number): ReadonlyMap<QueryKind, string[]> {
  const random = new Random(11);
  /** Neighbouring Korean words of some passage: frequent ones come often, as in what people ask. */
  const words = (count: number): string[] => {
    for (;;) {
      const text = passages[random.below(passages.length)]!;
      const runs = [...text.matchAll(/[가-힣]{2,}(?: [가-힣]{2,})*/g)].map(([run]) => run.split(' '));
      const long = runs.filter(run => run.length >= count);
      const run = long[random.below(long.length || 1)];
      if (run === undefined) continue;
      const at = random.below(run.length - count + 1);
      return run.slice(at, at + count);
    }
  };
  const word = (): string => stemOf(words(1)[0]!);
  const kinds: Readonly<Record<QueryKind, () => string>> = {
    words: () => words(3).join(' '),
    'word phrase': () => `"${word()}"`,
    phrase: () => `"${words(2).join(' ')}"`,
    without: () => `${words(2).join(' ')} -${word()}`,
    must: () => `${words(2).join(' ')} +${word()}`,
    'in headings': () => `${words(2).join(' ')} heading:${word()}`,
    'all at once': () => `${words(2).join(' ')} ${word()} 빼고 "${word()}" +${word()}`,
  };
  return new Map(
    Object.entries(kinds).map(([kind, make]) => [kind as QueryKind, Array.from({ length: each }, make)]),
  );
}
