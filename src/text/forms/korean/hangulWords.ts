/**
 * The Hangul words of a vocabulary, by the initial of their first syllable, for finding words by 초성 and
 * half-typed words.
 */
import { indicesOf, INITIALS, isHangulWord, isSyllable } from '../../jamo.ts';
import { matchInitials, type InitialsPattern } from './initials.ts';
import { keystrokesOf } from '../typing/keystrokes.ts';

export class HangulWords {
  readonly #byInitial: readonly string[][] = INITIALS.map(() => []);

  constructor(words: Iterable<string> = []) {
    for (const word of words) this.add(word);
  }

  /** Adds a Hangul word once; other words are ignored. */
  add(word: string): void {
    if (isHangulWord(word)) this.#byInitial[indicesOf(word.charCodeAt(0))[0]]!.push(word);
  }

  /** The words that match a 초성 pattern as a whole, and those that begin with a match; both are unordered. */
  matching(pattern: InitialsPattern): { readonly whole: string[]; readonly prefix: string[] } {
    const found = { whole: [] as string[], prefix: [] as string[] };
    const first = pattern[0]!;
    const initial = first < INITIALS.length ? first : indicesOf(first)[0];
    for (const word of this.#byInitial[initial]!) {
      const match = matchInitials(pattern, word);
      if (match !== null) found[match].push(word);
    }
    return found;
  }

  /**
   * The words whose keystrokes begin with those of the word typed so far (회으, 회읭 -> 회의록), except words that
   * begin with its very text. Empty where the typed word begins with neither a syllable nor a single initial.
   */
  continuing(typed: string): string[] {
    const first = typed.charCodeAt(0);
    const initial = isSyllable(first) ? indicesOf(first)[0] : INITIALS.indexOf(typed[0] ?? '');
    if (initial < 0) return [];
    const keys = keystrokesOf(typed);
    // The last two syllables may be unfinished (회읭 is 회의 and an ㅇ); those before them are not.
    const settled = typed.slice(0, -2);
    return this.#byInitial[initial]!.filter(
      word => word.startsWith(settled) && !word.startsWith(typed) && keystrokesOf(word).startsWith(keys),
    );
  }
}
