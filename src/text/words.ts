/** Surface words, and the part of a word that carries its meaning. */
import type { TextRange } from '../domain/textRange.ts';
import { eachWord, SIGN_SOURCE, WORD_SOURCE } from './scanning/runs.ts';

const WORDS_AND_SIGNS = new RegExp(
  String.raw`${WORD_SOURCE}|(?:${SIGN_SOURCE}[\p{M}\p{DI}\p{EMod}]*)+`,
  'gu',
);

/** The words of a text in order. */
export function wordsOf(text: string): TextRange[] {
  const words: TextRange[] = [];
  eachWord(text, (start, end) => words.push({ start, end }));
  return words;
}

/** The words and signs (→, 🎂) of a text, which a query may search for. */
export function wordsAndSignsOf(text: string): TextRange[] {
  return Array.from(text.matchAll(WORDS_AND_SIGNS), ({ index, 0: found }) => ({
    start: index,
    end: index + found.length,
  }));
}

const UNIT_WORD = /[\p{L}\p{N}\p{M}]+/gu;

/** Runs of letters and digits, numbered from 0: the number of a word is a place in a text that fits a byte or two. */
export class WordPlaces {
  readonly #words: readonly TextRange[];

  constructor(text: string) {
    this.#words = Array.from(text.matchAll(UNIT_WORD), ({ index, 0: word }) => ({
      start: index,
      end: index + word.length,
    }));
  }

  /** The number of the word at an offset, or just after it; null where there is none. */
  numberAt(offset: number): number | null {
    let low = 0;
    let high = this.#words.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#words[middle]!.end <= offset) low = middle + 1;
      else high = middle;
    }
    const word = this.#words[low];
    // A place may point at the blank before its word (tokens like "▁회의").
    return word === undefined || word.start - offset > 2 ? null : low;
  }

  /** The word with a number; null where there is none. */
  word(number: number): TextRange | null {
    return this.#words[number] ?? null;
  }
}

/**
 * Particles and endings of Korean words, longest first. This is not a morphological analysis: it only decides
 * which part of a word is tinted and named, never whether a word matches.
 */
const ENDINGS = [
  '으로부터', '에서부터', '이라면', '이라는', '입니다', '합니다', '됩니다', '습니다', '하세요', '해주세요',
  '에게서', '으로써', '으로서', '이라고', '이라도', '하려면', '하나요', '인가요', '되나요', '에서는', '에서도',
  '에는', '에도', '에서', '에게', '께서', '한테', '까지', '부터', '보다', '처럼', '마다', '조차', '마저', '밖에',
  '으로', '로서', '로써', '이나', '이며', '이고', '라고', '하는', '하고', '하면', '해서', '하여', '했다', '한다',
  '된다', '되는', '되어', '은', '는', '이', '가', '을', '를', '의', '에', '도', '만', '와', '과', '로', '나', '며',
]; // prettier-ignore
const HANGUL_WORD = /^[가-힣]+$/;

/** A word without its particle, with at least two syllables left; words in other scripts stay as they are. */
export function stemOf(word: string): string {
  if (!HANGUL_WORD.test(word)) return word;
  for (const ending of ENDINGS)
    if (word.length - ending.length >= 2 && word.endsWith(ending)) return word.slice(0, -ending.length);
  return word;
}
