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

  of(word: string): T {
    const young = this.#young.get(word);
    if (young !== undefined) return young;
    const found = this.#old.get(word) ?? this.#make(word);
    if (word.length > this.#longest) return found;
    if (this.#young.size >= this.#size) {
      this.#old = this.#young;
      this.#young = new Map();
    }
    this.#young.set(word, found);
    return found;
  }
}
