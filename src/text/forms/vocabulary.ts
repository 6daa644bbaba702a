/** The words of the documents, which rewritings are checked against. */
import { normalizeForSearch } from '../normalize.ts';
import { RecentWords } from '../recentWords.ts';
import { sortedRuns } from '../sortedRuns.ts';
import { eachWord } from '../scanning/runs.ts';
import { stemOf } from '../words.ts';
import { wordKey } from './vocabularyKeys.ts';

/** Words are in the normal form of search (`normalizeForSearch`). */
export interface Vocabulary {
  has(word: string): boolean;
  /** Number of passages (or occurrences: only the order matters) that have the word; 0 for an unknown one. */
  frequency(word: string): number;
  words(): Iterable<string>;
  /** The words that begin with a prefix, including the prefix itself, in code unit order. */
  withPrefix(prefix: string): Iterable<string>;
}

/** UTF-16 units of the longest word; longer "words" are addresses, hashes and the like, which nobody mistypes. */
const MAX_LENGTH = 30;

/**
 * The words of a text that a vocabulary counts: each surface word and, where it ends in a particle or an
 * ending, the word without it (회의록을 -> 회의록을, 회의록). They are normalised, each once.
 */
export function vocabularyWordsOf(text: string): Set<string> {
  const words = new Set<string>();
  for (const place of vocabularyPlacesOf(normalizeForSearch(text).text))
    for (const { text: word } of place.words) words.add(word);
  return words;
}

/** Is told the key in the index of each word as often as it stands in a text in its normal form. */
export function eachVocabularyKey(normal: string, visit: (key: string) => void): void {
  eachLongWord(normal, (start, end) => {
    for (const { key } of KNOWN.of(normal.slice(start, end))) visit(key);
  });
}

/** The surface words that are counted. */
function eachLongWord(normal: string, visit: (start: number, end: number) => void): void {
  eachWord(normal, (start, end) => {
    if (end - start <= MAX_LENGTH && end - start >= 2) visit(start, end);
  });
}

export interface VocabularyPlace {
  /** Span of the surface word. */
  readonly start: number;
  readonly end: number;
  /** The words that a vocabulary counts for it, each once, with their starts. */
  readonly words: readonly { readonly text: string; readonly start: number }[];
}

/** The words of a normalised text with their places, in reading order. */
export function vocabularyPlacesOf(normal: string): VocabularyPlace[] {
  const places: VocabularyPlace[] = [];
  eachLongWord(normal, (start, end) => {
    const words = KNOWN.of(normal.slice(start, end));
    places.push({ start, end, words: words.map(({ text, at }) => ({ text, start: start + at })) });
  });
  return places;
}

interface WordPart {
  readonly text: string;
  readonly key: string;
  /** Where it begins in the surface word. */
  readonly at: number;
}

/** Most words of a text have been seen before. */
const KNOWN = new RecentWords(partsOf);

function partsOf(word: string): readonly WordPart[] {
  const parts = new Map([[word, 0]]);
  const stem = stemOf(word);
  // 홈으로 and 회에는 are one syllable and two particles.
  if (!/^.[으에]$/.test(stem)) parts.set(stem, 0);
  // `API를`, `kubernetes(쿠버네티스)는`: the Latin part is a word of its own.
  if (LATIN_START.test(word))
    for (const { 0: latin, index } of word.matchAll(/[a-z][a-z0-9]+/g))
      if (!parts.has(latin)) parts.set(latin, index);
  return Array.from(parts, ([text, at]) => ({ text, key: wordKey(text), at }));
}

const LATIN_START = /[a-z]/;

/** A vocabulary in memory: a sorted list with counts. */
export class WordCounts implements Vocabulary {
  readonly #counts: ReadonlyMap<string, number>;
  readonly #sorted: readonly string[];

  /** `sorted` has the words in code unit order, where the caller has them sorted. */
  constructor(counts: ReadonlyMap<string, number>, sorted: readonly string[] = [...counts.keys()].sort()) {
    this.#counts = counts;
    this.#sorted = sorted;
  }

  /** Builds the same in steps of about a millisecond. */
  static *inSteps(counts: ReadonlyMap<string, number>): Generator<undefined, WordCounts> {
    const sorted: string[] = [];
    for (const run of sortedRuns([...counts.keys()])) {
      for (const word of run) sorted.push(word);
      yield;
    }
    return new WordCounts(counts, sorted);
  }

  static ofTexts(texts: Iterable<string>): WordCounts {
    const counts = new Map<string, number>();
    for (const text of texts)
      for (const word of vocabularyWordsOf(text)) counts.set(word, (counts.get(word) ?? 0) + 1);
    return new WordCounts(counts);
  }

  has(word: string): boolean {
    return this.#counts.has(word);
  }

  frequency(word: string): number {
    return this.#counts.get(word) ?? 0;
  }

  words(): Iterable<string> {
    return this.#sorted;
  }

  *withPrefix(prefix: string): Generator<string> {
    let low = 0;
    let high = this.#sorted.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#sorted[middle]! < prefix) low = middle + 1;
      else high = middle;
    }
    for (let i = low; i < this.#sorted.length && this.#sorted[i]!.startsWith(prefix); i++)
      yield this.#sorted[i]!;
  }
}

/** Whether any word begins with the prefix. */
export function hasPrefix(vocabulary: Vocabulary, prefix: string): boolean {
  for (const _word of vocabulary.withPrefix(prefix)) return true;
  return false;
}
