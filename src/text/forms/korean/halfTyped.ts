/** A word whose last syllable is still being typed. */
import { keystrokesOf } from '../typing/keystrokes.ts';

/** Keystrokes below which a beginning says too little. */
const MIN_KEYSTROKES = 4;

/**
 * Whether a word can be the unfinished beginning of another: Hangul, with at least four keystrokes, and jamo
 * that stand alone at its very end only.
 */
export function canBeHalfTyped(typed: string): boolean {
  return /^[가-힣]*[가-힣ㄱ-ㅎ]$/.test(typed) && keystrokesOf(typed).length >= MIN_KEYSTROKES;
}
