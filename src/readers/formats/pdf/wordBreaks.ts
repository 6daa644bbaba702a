/** Tells whether a line ends within a word: Korean is often set so that a line may end after any syllable. */

const HANGUL_END = /[\p{Script=Hangul}]$/u;
const HANGUL_START = /^[\p{Script=Hangul}]/u;
const LAST_WORD = /[\p{L}\p{N}]+$/u;
const FIRST_WORD = /^[\p{L}\p{N}]+/u;
const WORD = /[\p{L}\p{N}]+/gu;

/**
 * Endings that many words have but that are no words themselves: a line that begins with one continues the word before.
 */
const ENDING =
  /^(?:은|는|을|를|의|에|로|와|과|며|든|던|께|에서|에게|으로|로서|로써|부터|까지|처럼|보다|에는|에도|에서는|에서도|으로는|로는|와는|과는|만큼|이나|이라|이란|이며|이고|이다|입니다|니다|습니다|습니까|니까|려면|려고|므로|거나|도록|든지|지만|라고|다고|라는|다는|다면|라면|어서|아서|으며|으면|었다|았다|였다|었던|았던|했다|됩니다|합니다|된다|한다|되어|하여|하고|하는|되는|하기|하게|하면|하지|하지만|하십시오|십시오|시오|세요|들이|들은|들을|들의|적인|적으로)$/u;

export interface Border {
  readonly before: string;
  readonly after: string;
  /** The document itself has a blank there. */
  readonly endsInBlank: boolean;
}

/** Maximum number of pairs that are counted; more tell nothing new. */
const MAX_PAIRS = 300_000;

/** Counts each word of a document, and each pair of words, within its lines, where no word is torn. */
export class WordBreaks {
  readonly #words = new Map<string, number>();
  readonly #starts = new Set<string>();
  readonly #pairs = new Map<string, number>();
  #blankEnds = 0;
  #otherEnds = 0;
  #joins = 0;
  #splits = 0;

  /** Counts a line; call it for all lines before asking about a border. */
  line(text: string): void {
    const words = [...text.matchAll(WORD)].map(([word]) => word);
    for (let i = 1; i + 1 < words.length; i++) {
      const word = words[i]!;
      add(this.#words, word);
      for (let length = 2; length < Math.min(word.length, 6); length++)
        this.#starts.add(word.slice(0, length));
      if (i + 2 < words.length && this.#pairs.size < MAX_PAIRS) add(this.#pairs, `${word} ${words[i + 1]!}`);
    }
  }

  /** Counts a border between two Hangul syllables; call it for all borders before asking about one. */
  border(border: Border): void {
    if (!isHangul(border)) return;
    if (border.endsInBlank) this.#blankEnds++;
    else this.#otherEnds++;
    const vote = this.#vote(border);
    if (vote > 0) this.#joins++;
    else if (vote < 0) this.#splits++;
  }

  /** Whether the two lines are joined without a blank. */
  isWithinWord(border: Border): boolean {
    if (border.endsInBlank || !isHangul(border)) return false;
    // A document that writes blanks at the ends of lines does so wherever a word ends.
    if (this.#blankEnds > BLANK_SHARE * (this.#blankEnds + this.#otherEnds)) return true;
    const vote = this.#vote(border);
    return vote === 0 ? this.#joins > this.#splits : vote > 0;
  }

  /** Positive for one word, negative for two, 0 where nothing tells. */
  #vote({ before, after }: Border): number {
    const last = LAST_WORD.exec(before)?.[0] ?? '';
    const first = FIRST_WORD.exec(after)?.[0] ?? '';
    const joined = this.#words.get(last + first) ?? 0;
    const apart = this.#pairs.get(`${last} ${first}`) ?? 0;
    if (joined !== apart) return joined - apart;
    if (ENDING.test(first)) return 1;
    const isWord = this.#words.has(first);
    if (this.#goesOn(last, first)) return 1;
    if (this.#words.has(last)) return isWord || this.#starts.has(first) ? -1 : 0;
    return isWord ? 0 : 1;
  }

  /** Whether a known word begins with all of the first and part of the second, leaving only an ending. */
  #goesOn(last: string, first: string): boolean {
    for (let length = 1; length <= first.length; length++) {
      const start = last + first.slice(0, length);
      const rest = first.slice(length);
      if (start.length < 2) continue;
      if (this.#words.has(start) && (rest === '' || ENDING.test(rest))) return true;
      if (rest === '' && this.#starts.has(start)) return true;
    }
    return false;
  }
}

/** Blanks are written at line ends where at least this share of the lines that end in Hangul has one. */
const BLANK_SHARE = 0.15;

function add(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function isHangul({ before, after }: Border): boolean {
  return HANGUL_END.test(before) && HANGUL_START.test(after);
}

/** A hyphen that only the end of the line put there. */
const HYPHEN = /(?<=\p{Ll})[-\u00ad\u2010]$/u;

/** Two lines of a paragraph as one text. */
export function joinLines(before: string, after: string, isWithinWord: boolean): string {
  if (HYPHEN.test(before) && /^\p{Ll}/u.test(after)) return before.replace(HYPHEN, '') + after;
  if (/[-\u2010/]$/u.test(before) && /^[\p{L}\p{N}]/u.test(after)) return before + after;
  return isWithinWord ? before + after : `${before} ${after}`;
}
