/**
 * The vocabulary's part of the index: lexical terms of three further kinds, in the same lists as the terms
 * that BM25 counts. A first character that no text's terms have keeps the kinds apart and sorts them before
 * the others.
 */
import type { TermPair } from './foreign/bilingualTerms.ts';

/** First character of the key of a word (`vocabularyWordsOf`). */
const WORD = '\u0001';
/** First character of the key of a pair of terms (`termPairsOf`): Hangul, tab, Latin. */
const PAIR = '\u0002';

export function wordKey(word: string): string {
  return WORD + word;
}

/** First character of the key of an expression (`text/expressions`), which is one key for all ways of writing it. */
const EXPRESSION = '\u0003';

export function expressionKey(key: string): string {
  return EXPRESSION + key;
}

/** Prefixes of the keys of all words, and of all pairs. */
export const WORD_KEYS = WORD;
export const PAIR_KEYS = PAIR;

export function pairKey({ hangul, latin }: TermPair): string {
  return `${PAIR}${hangul}\t${latin}`;
}

/** The pair of a key; null where it is another key. */
export function pairOfKey(key: string): TermPair | null {
  const [hangul, latin, ...rest] = key.slice(PAIR.length).split('\t');
  if (!key.startsWith(PAIR) || !hangul || !latin || rest.length > 0) return null;
  return { hangul, latin };
}
