/**
 * 초성: words by the initial consonants of their syllables, alone (ㅎㅇㄹ) or mixed with syllables (회ㅇㄹ, ㅎ의록).
 */
import { indicesOf, INITIALS, isSyllable } from '../../jamo.ts';

/**
 * One entry for each syllable: an index into `INITIALS` for a consonant, or the code unit (≥ 0xAC00) of a
 * syllable.
 */
export type InitialsPattern = readonly number[];

/** A keyboard joins consecutive consonants into one letter, so ㄳ was typed as ㄱㅅ. */
const CLUSTERS: Readonly<Record<string, string>> = {
  ㄳ: 'ㄱㅅ', ㄵ: 'ㄴㅈ', ㄶ: 'ㄴㅎ', ㄺ: 'ㄹㄱ', ㄻ: 'ㄹㅁ', ㄼ: 'ㄹㅂ', ㄽ: 'ㄹㅅ', ㄾ: 'ㄹㅌ', ㄿ: 'ㄹㅍ', ㅀ: 'ㄹㅎ',
  ㅄ: 'ㅂㅅ',
}; // prettier-ignore

/** null where the word has anything but syllables and consonants, has no single consonant, or has only one entry. */
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

/**
 * `whole` means that each syllable of the word matches one entry, `prefix` that the word goes on after the
 * last entry.
 */
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
