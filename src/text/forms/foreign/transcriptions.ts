/**
 * Words of the documents by their sound: a Hangul word that transcribes a Latin one (테라폼, terraform), and the
 * other way round.
 *
 * Candidates are found by their consonants (`phonetics.ts`) and kept where the vowels agree as well:
 * consonants alone can't tell 리액트 from locate.
 */
import { isHangulWord, indicesOf, isSyllable, syllableOf } from '../../jamo.ts';
import { editDistance } from '../typing/editDistance.ts';
import { looksForeign } from './loanwords.ts';
import { hangulSounds, isSpeltOut, latinSounds, phoneticLikeness } from './phonetics.ts';

/** Likeness of consonants and of vowels, each 0..1, above which two words are taken for the same. */
const CONSONANTS = 0.8;
const VOWELS = 0.5;
const SHORTEST_LATIN = 4;
const LATIN = /^[a-z]+$/;

export class Transcriptions {
  /** Latin words by their consonants. */
  readonly #latin = new Map<string, string[]>();
  readonly #hangul = new Map<string, string[]>();

  constructor(words: Iterable<string> = []) {
    for (const word of words) this.add(word);
  }

  /** Adds a Latin word, or a Hangul word that looks foreign, once. */
  add(word: string): void {
    if (LATIN.test(word) && word.length >= SHORTEST_LATIN) push(this.#latin, latinSounds(word), word);
    else if (looksForeign(word)) push(this.#hangul, hangulSounds(word), word);
  }

  /** Words in the other script that sound like it; `word` is in the search form. */
  of(word: string): string[] {
    if (isHangulWord(word) && word.length > 1 && hasFinalsOfLoanwords(word))
      return near(this.#latin, hangulSounds(word), latin => isSame(word, latin));
    if (LATIN.test(word) && word.length >= SHORTEST_LATIN)
      return near(this.#hangul, latinSounds(word), hangul => isSame(hangul, word));
    return [];
  }
}

/** 외래어 표기법 §1.3: loan words have only these seven finals. */
const FINALS_OF_LOANWORDS = new Set(['', 'ㄱ', 'ㄴ', 'ㄹ', 'ㅁ', 'ㅂ', 'ㅅ', 'ㅇ']);

function hasFinalsOfLoanwords(word: string): boolean {
  return Array.from(word).every(syllable => FINALS_OF_LOANWORDS.has(syllableOf(syllable)?.final ?? ''));
}

function push(words: Map<string, string[]>, sounds: string, word: string): void {
  const known = words.get(sounds);
  if (known === undefined) words.set(sounds, [word]);
  else known.push(word);
}

/** The words whose consonants differ from `sounds` by at most one edit, and that pass `test`. */
function near(
  words: ReadonlyMap<string, readonly string[]>,
  sounds: string,
  test: (word: string) => boolean,
): string[] {
  const found: string[] = [];
  for (const [other, own] of words)
    if (Math.abs(other.length - sounds.length) <= 1 && editDistance(sounds, other, 1) <= 1)
      found.push(...own.filter(test));
  return found;
}

function isSame(hangul: string, latin: string): boolean {
  if (isSpeltOut(hangul, latin)) return true;
  return phoneticLikeness(hangul, latin) >= CONSONANTS && vowelLikeness(hangul, latin) >= VOWELS;
}

/**
 * The letters that a vowel stands for most often, in the order of `VOWELS` in `jamo.ts`; ㅡ is not a vowel of
 * the original.
 */
const VOWEL_LETTERS = [
  'a', 'e', 'a', 'e', 'o', 'e', 'o', 'e', 'o', 'a', 'e', 'e', 'o', 'u', 'o', 'e', 'i', 'u', '', 'i', 'i',
]; // prettier-ignore

function vowelLikeness(hangul: string, latin: string): number {
  let heard = '';
  for (let i = 0; i < hangul.length; i++) {
    const unit = hangul.charCodeAt(i);
    if (isSyllable(unit)) heard += VOWEL_LETTERS[indicesOf(unit)[1]]!;
  }
  // A final e is silent; ea, oo and the like are heard as one vowel, which Hangul may write as two.
  const written = latin
    .replace(/e$/, '')
    .replace(/[^aeiouy]/g, '')
    .replaceAll('y', 'i');
  const longest = Math.max(heard.length, written.length);
  if (longest === 0) return 1;
  const limit = Math.ceil(longest / 2);
  return 1 - Math.min(editDistance(heard, written, limit), longest) / longest;
}
