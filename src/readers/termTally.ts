/**
 * Counts the terms of one passage after the other. A term has a number for as long as it is remembered, so that
 * counting it again touches two arrays and makes no text; most terms of a passage have come before.
 */
import { packCounts, type FieldCounts } from '../index/segment/termCounts.ts';
import type { TermCounts } from '../index/records.ts';
import { detached } from '../text/recentWords.ts';

/** Numbers of terms; above this all are forgotten. Some ten megabytes. */
const MOST = 65_536;

export type Field = keyof FieldCounts;

export class TermTally {
  readonly #most: number;
  /** Numbers of terms of one unit, or of two: `first << 16 | second`. */
  #short = new Map<number, number>();
  #long = new Map<string, number>();
  #terms: string[] = [];
  #counts: Readonly<Record<Field, Uint32Array>> = emptyCounts(1_024);
  /** Counts in a source that is compared with what was counted before. */
  #compared = new Uint32Array(1_024);
  #met: number[] = [];
  #found: number[] = [];

  constructor(most = MOST) {
    this.#most = most;
  }

  /** Forgets the counts of the passage before. */
  begin(): void {
    if (this.#terms.length > this.#most) {
      this.#short = new Map();
      this.#long = new Map();
      this.#terms = [];
      this.#counts = emptyCounts(1_024);
      this.#compared = new Uint32Array(1_024);
    } else {
      const { text, headings, metadata } = this.#counts;
      for (const id of this.#found) text[id] = headings[id] = metadata[id] = 0;
    }
    this.#found = [];
  }

  add(term: string, field: Field, times = 1): void {
    this.#count(this.#idOf(term), field, times);
  }

  addPair(first: number, second: number, field: Field): void {
    this.#count(this.#idOfPair(first, second), field, 1);
  }

  #count(id: number, field: Field, times: number): void {
    const { text, headings, metadata } = this.#counts;
    if (text[id] === 0 && headings[id] === 0 && metadata[id] === 0) this.#found.push(id);
    this.#counts[field][id]! += times;
  }

  /** Counts a term of the source that is compared. */
  meet(term: string): void {
    this.#meet(this.#idOf(term));
  }

  meetPair(first: number, second: number): void {
    this.#meet(this.#idOfPair(first, second));
  }

  #meet(id: number): void {
    if (this.#compared[id]!++ === 0) this.#met.push(id);
  }

  /** Ends a comparison: the terms that the source has more often than the field, and how much more often. */
  excessOver(field: Field): (readonly [id: number, times: number])[] {
    const known = this.#counts[field];
    const excess: (readonly [number, number])[] = [];
    for (const id of this.#met) {
      const more = this.#compared[id]! - known[id]!;
      if (more > 0) excess.push([id, more]);
      this.#compared[id] = 0;
    }
    this.#met = [];
    return excess;
  }

  /** Counts what a comparison has found. */
  addExcess(excess: readonly (readonly [id: number, times: number])[], field: Field): void {
    for (const [id, times] of excess) this.#count(id, field, times);
  }

  /** The terms of the passage. */
  counts(): Pick<TermCounts, 'dictionary' | 'numbers' | 'counts'> {
    const { text, headings, metadata } = this.#counts;
    const counts = new Uint8Array(this.#found.length);
    this.#found.forEach((id, i) => {
      counts[i] = packCounts({ text: text[id]!, headings: headings[id]!, metadata: metadata[id]! });
    });
    return { dictionary: this.#terms, numbers: Uint32Array.from(this.#found), counts };
  }

  #idOf(term: string): number {
    if (term.length === 2) return this.#idOfPair(term.charCodeAt(0), term.charCodeAt(1));
    if (term.length === 1) return this.#idOfKey(term.charCodeAt(0), term);
    const known = this.#long.get(term);
    if (known !== undefined) return known;
    const own = detached(term);
    const id = this.#newId(own);
    this.#long.set(own, id);
    return id;
  }

  #idOfPair(first: number, second: number): number {
    const key = (first << 16) | second;
    return this.#short.get(key) ?? this.#idOfKey(key, String.fromCharCode(first, second));
  }

  #idOfKey(key: number, term: string): number {
    const known = this.#short.get(key);
    if (known !== undefined) return known;
    const id = this.#newId(term);
    this.#short.set(key, id);
    return id;
  }

  #newId(term: string): number {
    const id = this.#terms.push(term) - 1;
    if (id === this.#compared.length) {
      const { text, headings, metadata } = this.#counts;
      this.#counts = { text: grown(text), headings: grown(headings), metadata: grown(metadata) };
      this.#compared = grown(this.#compared);
    }
    return id;
  }
}

function emptyCounts(rows: number): Record<Field, Uint32Array> {
  return { text: new Uint32Array(rows), headings: new Uint32Array(rows), metadata: new Uint32Array(rows) };
}

function grown(counts: Uint32Array): Uint32Array<ArrayBuffer> {
  const more = new Uint32Array(2 * counts.length);
  more.set(counts);
  return more;
}
