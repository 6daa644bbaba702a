/** Words typed while the keyboard was on the other layout: ghldml is 회의, ㅏㅕㅠㄷ is kube. */
import { indicesOf, isHangulWord, isSyllable } from '../../jamo.ts';
import { hangulOf, keystrokesOf } from './keystrokes.ts';

export interface LayoutSwap {
  /** The word as the other layout gives it, in lower case. */
  readonly to: string;
  /**
   * How much more likely `to` looks than the word as typed, 0..1, by its letters alone; above a half, the
   * typed word is hardly a word. The caller checks whether the documents have either.
   */
  readonly plausibility: number;
}

const LATIN_KEYS = /^[A-Za-z]+$/;
const HANGUL_KEYS = /^[가-힣ㄱ-ㅣ]+$/;

/** null where a letter of the word has no key on the other layout, or the result is not made of whole syllables. */
export function swapLayout(word: string): LayoutSwap | null {
  if (word.length < 2) return word.length === 1 ? swapSyllable(word) : null;
  if (LATIN_KEYS.test(word)) return toHangul(word);
  return HANGUL_KEYS.test(word) ? toLatin(word) : null;
}

/** `git` typed in Hangul is the single syllable 햣. */
function swapSyllable(word: string): LayoutSwap | null {
  return isSyllable(word.charCodeAt(0)) && keystrokesOf(word).length > 2 ? toLatin(word) : null;
}

function toHangul(word: string): LayoutSwap | null {
  const to = hangulOf(word);
  if (!isHangulWord(to)) return null;
  const doubts = latinStrangeness(word) - hangulStrangeness(to);
  return { to, plausibility: clamp(0.5 + doubts / 2) };
}

function toLatin(word: string): LayoutSwap | null {
  const to = keystrokesOf(word).toLowerCase();
  // A single vowel, or a single consonant before one, never stands in Hangul text; 초성 have consonants only.
  const loose = [...word].filter(letter => !isSyllable(letter.charCodeAt(0)));
  if (loose.length === word.length && !/[ㅏ-ㅣ]/.test(word)) return { to, plausibility: 0.2 };
  const strangeness = loose.length > 0 ? 1 : hangulStrangeness(word);
  return { to, plausibility: clamp(0.5 + (strangeness - latinStrangeness(to)) / 2) };
}

/** Letters that hardly ever follow each other in English words, and endings that English words don't have. */
const UNSEEN_PAIR =
  /q[^u]|[jvwzx][bcdfgjkmnpqtvxz]|f[bcdgjkmnpqvwxz]|[dgpt]k|^[aeo]k|^r[^aeiouhy]|^[dt][^aeiouhjrwy]|[aeiou]{4}|[jqv]$/;

/**
 * Strangeness of a Latin spelling, from 0 for one as in English up to 1: no vowel, four consonants in a row,
 * or letters that never follow each other.
 */
function latinStrangeness(word: string): number {
  const lower = word.toLowerCase();
  if (!/[aeiouy]/.test(lower)) return lower.length > 3 ? 1 : 0.5;
  let doubts = 0;
  if (/[^aeiouy]{4}/.test(lower)) doubts += 0.6;
  if (/^(?!sch|scr|shr|spl|spr|str|thr|chr|phr)[^aeiouy]{3}/.test(lower)) doubts += 0.6;
  if (UNSEEN_PAIR.test(lower)) doubts += 0.5;
  // Unless the word is in CamelCase, capitals inside it are the Shift of ㄲ, ㅆ or ㅖ.
  if (/[a-z][QWERTOP](?:[a-z]|$)/.test(word) && !/[A-Z][a-z]+[A-Z]/.test(word)) doubts += 0.3;
  return Math.min(1, doubts);
}

/**
 * The share of syllables that Korean words hardly ever have: most clusters, ㅒ ㅙ ㅞ ㅢ with finals, and rare
 * finals.
 */
function hangulStrangeness(word: string): number {
  let strange = 0;
  for (const letter of word) {
    const [initial, vowel, final] = indicesOf(letter.charCodeAt(0));
    if (isRare(initial, vowel, final)) strange++;
  }
  return Math.min(1, (strange / word.length) * 1.5);
}

/** Takes indices into the tables of `jamo.ts`. */
function isRare(initial: number, vowel: number, final: number): boolean {
  const cluster = [3, 5, 11, 12, 13, 14].includes(final);
  const seldomFinal =
    [7, 22, 23, 24, 25, 26, 27].includes(final) && vowel !== 0 && vowel !== 4 && vowel !== 8;
  const seldomVowel = [3, 10, 15, 19].includes(vowel) && final !== 0;
  const glide = [2, 7, 12, 17].includes(vowel) && final !== 0 && ![4, 8, 16, 17, 20, 21].includes(final);
  const shut = [3, 7].includes(vowel) && [1, 4, 8, 10, 13].includes(initial);
  return cluster || seldomFinal || seldomVowel || glide || shut;
}

function clamp(value: number): number {
  return Math.max(0, Math.min(1, value));
}
