/** Words whose last syllable is still being typed. */
import { keystrokesOf } from '../typing/keystrokes.ts';

/** Shorter beginnings fit too many words. */
const MIN_KEYSTROKES = 4;

/**
 * Whether a word can be the unfinished beginning of another: it is Hangul, has at least four keystrokes, and
 * has single jamo only at its very end.
 */
export function canBeHalfTyped(typed: string): boolean {
  return /^[가-힣]*[가-힣ㄱ-ㅎ]$/.test(typed) && keystrokesOf(typed).length >= MIN_KEYSTROKES;
}
