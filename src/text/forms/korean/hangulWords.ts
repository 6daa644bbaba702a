/** The Hangul words of a vocabulary by the initial of their first syllable: what 초성 and half-typed words scan. */
import { indicesOf, INITIALS, isHangulWord, isSyllable } from '../../jamo.ts';
import { matchInitials, type InitialsPattern } from './initials.ts';
import { keystrokesOf } from '../typing/keystrokes.ts';

export class HangulWords {
  readonly #byInitial: readonly string[][] = INITIALS.map(() => []);

  constructor(words: Iterable<string> = []) {
    for (const word of words) this.add(word);
  }

  /** Each word once; others than Hangul words are left out. */
  add(word: string): void {
    if (isHangulWord(word)) this.#byInitial[indicesOf(word.charCodeAt(0))[0]]!.push(word);
  }

  /** The words that a 초성 pattern means, those that it means as a whole first; in no other order. */
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
   * The words whose keystrokes begin with those of the word typed so far (회으, 회읭 -> 회의록), but for words
   * that begin with it literally. Empty where the typed word begins with no syllable or lone initial.
   */
  continuing(typed: string): string[] {
    const first = typed.charCodeAt(0);
    const initial = isSyllable(first) ? indicesOf(first)[0] : INITIALS.indexOf(typed[0] ?? '');
    if (initial < 0) return [];
    const keys = keystrokesOf(typed);
    // The last two syllables may be in the making (회읭 is 회의 and an ㅇ); what is before them is settled.
    const settled = typed.slice(0, -2);
    return this.#byInitial[initial]!.filter(
      word => word.startsWith(settled) && !word.startsWith(typed) && keystrokesOf(word).startsWith(keys),
    );
  }
}
