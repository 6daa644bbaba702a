/** Keeps what was made of words for as long as they come again, in two generations: the older one is dropped. */

/** Words of a generation: some three megabytes. */
const GENERATION = 16_384;
/** Longer ones hardly come again, and would fill the memory. In UTF-16 units. */
const LONGEST = 48;

export class RecentWords<T> {
  readonly #make: (word: string) => T;
  readonly #size: number;
  readonly #longest: number;
  #young = new Map<string, T>();
  #old = new Map<string, T>();

  constructor(make: (word: string) => T, size = GENERATION, longest = LONGEST) {
    this.#make = make;
    this.#size = size;
    this.#longest = longest;
  }

  of(given: string): T {
    const young = this.#young.get(given);
    if (young !== undefined) return young;
    if (given.length > this.#longest) return this.#old.get(given) ?? this.#make(given);
    const word = detached(given);
    const found = this.#old.get(word) ?? this.#make(word);
    if (this.#young.size >= this.#size) {
      this.#old = this.#young;
      this.#young = new Map();
    }
    this.#young.set(word, found);
    return found;
  }
}

/** V8 keeps a shorter part of a text as a text of its own. */
const SHARED = 13;

/**
 * The same text in memory of its own. A part of a text keeps the whole of it in memory for as long as it is remembered
 * itself, and a few thousand words had kept as many documents (`SlicedString` in
 * https://github.com/v8/v8/blob/main/src/objects/string.h).
 */
export function detached(text: string): string {
  return text.length < SHARED ? text : ` ${text}`.slice(1);
}
