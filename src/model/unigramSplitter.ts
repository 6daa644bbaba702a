/**
 * Splits a word by a unigram model, as our library does and with the same sums in the same order, so that the pieces
 * are the same to the last tie. The library makes an object for each node and copies it for each comparison; here nodes
 * are rows of flat arrays, which takes a tenth of the time.
 */

/** The part of the library's unigram model that splitting needs. */
export interface UnigramModel {
  readonly tokens_to_ids: ReadonlyMap<string, number>;
  readonly scores: readonly number[];
  readonly unk_score: number;
}

/** Longer words are left to the library: their nodes would keep the arrays large. In UTF-16 units. */
const LONGEST = 256;
const NONE = -1;

export class UnigramSplitter {
  readonly #tokens: TokenTrie;
  readonly #unknown: number;
  /** Columns of the nodes; node 0 stands for the beginning of the word. */
  #begins = new Uint16Array(1024);
  #scores = new Float64Array(1024);
  #sums = new Float64Array(1024);
  #previous = new Int32Array(1024);
  /** The next node that ends at the same place, in the order in which they were found. */
  #nextEnd = new Int32Array(1024);
  readonly #firstBegin = new Int32Array(LONGEST + 2);
  readonly #firstEnd = new Int32Array(LONGEST + 1);
  readonly #lastEnd = new Int32Array(LONGEST + 1);
  #count = 0;

  constructor(model: UnigramModel) {
    this.#tokens = new TokenTrie(model);
    this.#unknown = model.unk_score;
  }

  /** The pieces of a word; null for one that is left to the library. */
  split(word: string): string[] | null {
    if (word.length > LONGEST || word === '' || SURROGATE.test(word)) return null;
    this.#findNodes(word);
    const pieces: string[] = [];
    let end = word.length;
    for (let node = this.#bestPath(word.length); node > 0; node = this.#previous[node]!) {
      pieces.push(word.slice(this.#begins[node], end));
      end = this.#begins[node]!;
    }
    return pieces.reverse();
  }

  #findNodes(word: string): void {
    const tokens = this.#tokens;
    this.#firstEnd.fill(NONE, 0, word.length + 1);
    this.#count = 0;
    this.#add(0, 0, 0);
    for (let begin = 0; begin < word.length; begin++) {
      this.#firstBegin[begin] = this.#count;
      let hasSingle = false;
      let node = ROOT;
      for (let end = begin; end < word.length;) {
        node = tokens.child(node, word.charCodeAt(end++));
        if (node === NONE) break;
        const score = tokens.scores[node]!;
        if (Number.isNaN(score)) continue;
        this.#add(begin, end, score);
        hasSingle ||= end - begin === 1;
      }
      if (!hasSingle) this.#add(begin, begin + 1, this.#unknown);
    }
    this.#firstBegin[word.length] = this.#count;
  }

  #add(begin: number, end: number, score: number): void {
    const node = this.#count++;
    if (node === this.#begins.length) this.#grow();
    this.#begins[node] = begin;
    this.#scores[node] = score;
    this.#nextEnd[node] = NONE;
    if (this.#firstEnd[end] === NONE) this.#firstEnd[end] = node;
    else this.#nextEnd[this.#lastEnd[end]!] = node;
    this.#lastEnd[end] = node;
  }

  #grow(): void {
    const rows = 2 * this.#begins.length;
    this.#begins = grown(this.#begins, new Uint16Array(rows));
    this.#scores = grown(this.#scores, new Float64Array(rows));
    this.#sums = grown(this.#sums, new Float64Array(rows));
    this.#previous = grown(this.#previous, new Int32Array(rows));
    this.#nextEnd = grown(this.#nextEnd, new Int32Array(rows));
  }

  /** The last node of the best path. */
  #bestPath(length: number): number {
    const [sums, previous] = [this.#sums, this.#previous];
    sums[0] = 0;
    previous[0] = 0;
    for (let at = 0; at < length; at++)
      for (let node = this.#firstBegin[at]!; node < this.#firstBegin[at + 1]!; node++) {
        const best = this.#bestBefore(at, this.#scores[node]!);
        previous[node] = best;
        sums[node] = sums[best]! + this.#scores[node]!;
      }
    return this.#bestBefore(length, 0);
  }

  /** The first one with the largest sum among the nodes that end here. */
  #bestBefore(at: number, score: number): number {
    let best = NONE;
    let most = 0;
    for (let node = this.#firstEnd[at]!; node !== NONE; node = this.#nextEnd[node]!) {
      // The score is the same for all, but where it is added the sums may round to the same number.
      const sum = this.#sums[node]! + score;
      if (best === NONE || sum > most) [best, most] = [node, sum];
    }
    return best;
  }
}

const SURROGATE = /[\ud800-\udfff]/;

function grown<T extends { set(from: T): void }>(from: T, to: T): T {
  to.set(from);
  return to;
}

const ROOT = 0;

/** The tokens as a trie in flat arrays: maps in maps are spread over so much memory that each step waits for it. */
class TokenTrie {
  /** The score of the token that ends at a node; NaN where none does. */
  readonly scores: Float64Array;
  /** A hash table of edges; a row is free where its child is 0. */
  readonly #mask: number;
  readonly #parents: Uint32Array;
  readonly #units: Uint16Array;
  readonly #children: Uint32Array;

  constructor({ tokens_to_ids: tokens, scores }: UnigramModel) {
    let edges = 0;
    for (const token of tokens.keys()) edges += token.length;
    const rows = 2 ** Math.ceil(Math.log2(2 * edges + 2));
    this.#mask = rows - 1;
    this.#parents = new Uint32Array(rows);
    this.#units = new Uint16Array(rows);
    this.#children = new Uint32Array(rows);
    this.scores = new Float64Array(edges + 1).fill(Number.NaN);
    let nodes = 1;
    for (const [token, id] of tokens) {
      let node = ROOT;
      for (let at = 0; at < token.length; at++) {
        const row = this.#row(node, token.charCodeAt(at));
        if (this.#children[row] === 0) {
          this.#parents[row] = node;
          this.#units[row] = token.charCodeAt(at);
          this.#children[row] = nodes++;
        }
        node = this.#children[row]!;
      }
      if (node !== ROOT) this.scores[node] = scores[id]!;
    }
  }

  /** NONE where no token goes on so. */
  child(node: number, unit: number): number {
    const child = this.#children[this.#row(node, unit)]!;
    return child === 0 ? NONE : child;
  }

  /** The row of an edge, or the free one where it would be. */
  #row(node: number, unit: number): number {
    let row = (Math.imul(node, 0x9e3779b1) ^ Math.imul(unit, 0x85ebca6b)) >>> 0;
    row = (row ^ (row >>> 15)) & this.#mask;
    while (this.#children[row] !== 0 && (this.#parents[row] !== node || this.#units[row] !== unit))
      row = (row + 1) & this.#mask;
    return row;
  }
}
