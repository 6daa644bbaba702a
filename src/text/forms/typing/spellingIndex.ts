/** The words of a vocabulary within a few keystrokes of a mistyped word. */
import { isHangulWord } from '../../jamo.ts';
import { editDistance } from './editDistance.ts';
import { keystrokesOf } from './keystrokes.ts';

export interface NearWord {
  readonly word: string;
  /** Number of wrong keystrokes, 1 or 2. */
  readonly distance: number;
}

/** Shorter words have nearly every word in their neighbourhood. */
const MIN_KEYSTROKES = 4;
/**
 * Up to this many keystrokes one may be wrong; above, two. With two below nine, one unknown word in three had
 * a neighbour.
 */
const ONE_WRONG = 8;
/**
 * Up to this many keystrokes the first must be right, and also wherever two are wrong, because errors there
 * are rare.
 */
const FIRST_RIGHT = 6;
const LATIN_WORD = /^[a-z]+$/;

interface Bucket {
  readonly words: string[];
  /** The letters that each word's keystrokes have: bit 0 for a or A, and so on. */
  readonly letters: number[];
}

/**
 * The index keeps words in buckets of script and length. The words within `d` of a word have a set of letters
 * that differs from its own in at most `2 d` (each wrong key removes one and adds one): a bit operation for
 * each word, which leaves about one in a hundred to compare.
 */
export class SpellingIndex {
  readonly #hangul = new Map<number, Bucket>();
  readonly #latin = new Map<number, Bucket>();

  /** Takes words of Hangul syllables and words of a-z; others have no keystrokes. */
  constructor(words: Iterable<string> = []) {
    for (const word of words) this.add(word);
  }

  /** Adds a word; each must be added only once. */
  add(word: string): void {
    const buckets = this.#bucketsOf(word);
    if (buckets === null) return;
    const keys = keystrokesOf(word);
    if (keys.length < MIN_KEYSTROKES - 1) return;
    const bucket = buckets.get(keys.length) ?? { words: [], letters: [] };
    bucket.words.push(word);
    bucket.letters.push(lettersOf(keys));
    buckets.set(keys.length, bucket);
  }

  /**
   * The words near to `word`, nearest first and otherwise unordered; empty if `word` is one of them. One
   * keystroke may be wrong in up to eight, two in more; the count is that of `counted`, the part of the word
   * that may be mistyped.
   */
  near(word: string, counted: string = word): NearWord[] {
    const buckets = this.#bucketsOf(word);
    const keys = keystrokesOf(word);
    if (buckets === null || keys.length < MIN_KEYSTROKES) return [];
    const limit = keystrokesOf(counted).length <= ONE_WRONG ? 1 : 2;
    const letters = lettersOf(keys);
    const found: NearWord[] = [];
    for (let length = keys.length - limit; length <= keys.length + limit; length++) {
      const bucket = buckets.get(length);
      if (bucket === undefined) continue;
      for (let i = 0; i < bucket.letters.length; i++) {
        if (bitCount(bucket.letters[i]! ^ letters) > 2 * limit) continue;
        const candidate = keystrokesOf(bucket.words[i]!);
        const firstRight = candidate[0] === keys[0];
        if (keys.length <= FIRST_RIGHT && !firstRight) continue;
        const allowed = firstRight ? limit : 1;
        const distance = editDistance(keys, candidate, allowed);
        if (distance === 0) return [];
        if (distance <= allowed) found.push({ word: bucket.words[i]!, distance });
      }
    }
    return found.sort((a, b) => a.distance - b.distance);
  }

  #bucketsOf(word: string): Map<number, Bucket> | null {
    if (isHangulWord(word)) return this.#hangul;
    return LATIN_WORD.test(word) ? this.#latin : null;
  }
}

function lettersOf(keys: string): number {
  let letters = 0;
  for (let i = 0; i < keys.length; i++) letters |= 1 << ((keys.charCodeAt(i) | 32) - 97);
  return letters;
}

/** Counts the set bits (Hacker's Delight §5-1). */
function bitCount(bits: number): number {
  let n = bits - ((bits >>> 1) & 0x55555555);
  n = (n & 0x33333333) + ((n >>> 2) & 0x33333333);
  return (((n + (n >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24;
}
