/**
 * 초성: words by the initial consonants of their syllables, alone (ㅎㅇㄹ) or between syllables (회ㅇㄹ, ㅎ의록).
 */
import { indicesOf, INITIALS, isSyllable } from '../../jamo.ts';

/** One entry a syllable: an index into `INITIALS` for a consonant, the syllable's unit (≥ 0xAC00) for itself. */
export type InitialsPattern = readonly number[];

/** A keyboard joins consonants that follow each other into one letter, so ㄳ was typed as ㄱㅅ. */
const CLUSTERS: Readonly<Record<string, string>> = {
  ㄳ: 'ㄱㅅ', ㄵ: 'ㄴㅈ', ㄶ: 'ㄴㅎ', ㄺ: 'ㄹㄱ', ㄻ: 'ㄹㅁ', ㄼ: 'ㄹㅂ', ㄽ: 'ㄹㅅ', ㄾ: 'ㄹㅌ', ㄿ: 'ㄹㅍ', ㅀ: 'ㄹㅎ',
  ㅄ: 'ㅂㅅ',
}; // prettier-ignore

/** Null where the word has anything but syllables and consonants, no lone consonant, or one entry only. */
export function initialsPatternOf(word: string): InitialsPattern | null {
  const pattern: number[] = [];
  let consonants = 0;
  for (const letter of word.replace(/[ㄳㄵㄶㄺㄻㄼㄽㄾㄿㅀㅄ]/g, cluster => CLUSTERS[cluster]!)) {
    const unit = letter.charCodeAt(0);
    const initial = INITIALS.indexOf(letter);
    if (initial >= 0) consonants++;
    else if (!isSyllable(unit)) return null;
    pattern.push(initial >= 0 ? initial : unit);
  }
  return consonants > 0 && pattern.length > 1 ? pattern : null;
}

/** `whole`: each syllable of the word answers one entry; `prefix`: the word goes on after the last entry. */
export function matchInitials(pattern: InitialsPattern, word: string): 'whole' | 'prefix' | null {
  if (word.length < pattern.length) return null;
  for (let i = 0; i < pattern.length; i++) {
    const unit = word.charCodeAt(i);
    if (!isSyllable(unit)) return null;
    const wanted = pattern[i]!;
    if (wanted !== (wanted < INITIALS.length ? indicesOf(unit)[0] : unit)) return null;
  }
  return word.length === pattern.length ? 'whole' : 'prefix';
}
