/**
 * What of a vocabulary stands in the index: lexical terms of three further kinds, in the same lists as those that
 * BM25 counts. A first character that no text's terms have keeps the kinds apart, and sorts them before the others.
 */
import type { TermPair } from './foreign/bilingualTerms.ts';

/** A word (`vocabularyWordsOf`). */
const WORD = '\u0001';
/** A pair of terms (`termPairsOf`): Hangul, tab, Latin. */
const PAIR = '\u0002';

export function wordKey(word: string): string {
  return WORD + word;
}

/** An expression (`text/expressions`): one key for all ways of writing it. */
const EXPRESSION = '\u0003';

export function expressionKey(key: string): string {
  return EXPRESSION + key;
}

/** What the keys of all words begin with, and of all pairs. */
export const WORD_KEYS = WORD;
export const PAIR_KEYS = PAIR;

export function pairKey({ hangul, latin }: TermPair): string {
  return `${PAIR}${hangul}\t${latin}`;
}

/** The pair of a key; null where it is none. */
export function pairOfKey(key: string): TermPair | null {
  const [hangul, latin, ...rest] = key.slice(PAIR.length).split('\t');
  if (!key.startsWith(PAIR) || !hangul || !latin || rest.length > 0) return null;
  return { hangul, latin };
}
