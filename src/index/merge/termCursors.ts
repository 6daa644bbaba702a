/** Iterates over the terms of several segments in one order, with a heap of cursors. */
import type { LexicalLists } from '../segment/lexicalLists.ts';
import type { Postings } from '../segment/postings.ts';
import { compareBytes } from '../segment/stringTable.ts';

interface Entry {
  readonly term: Uint8Array;
  readonly postings: Postings;
}

interface Cursor {
  /** Number of the segment. */
  readonly part: number;
  readonly blocks: AsyncGenerator<readonly Entry[]>;
  block: readonly Entry[];
  at: number;
}

export class TermCursors {
  readonly #heap: Cursor[] = [];

  static async of(lists: readonly LexicalLists[]): Promise<TermCursors> {
    const cursors = new TermCursors();
    for (const [part, own] of lists.entries()) {
      const cursor: Cursor = { part, blocks: own.blocks(), block: [], at: 0 };
      if (await load(cursor)) cursors.#push(cursor);
    }
    return cursors;
  }

  /** The next term, with its postings in each segment that has it, in the order of the segments. */
  async next(): Promise<{ term: Uint8Array; found: { part: number; postings: Postings }[] } | null> {
    const first = this.#heap[0];
    if (first === undefined) return null;
    const { term } = first.block[first.at]!;
    const found: { part: number; postings: Postings }[] = [];
    for (;;) {
      const cursor = this.#heap[0];
      if (cursor === undefined || compareBytes(cursor.block[cursor.at]!.term, term) !== 0) break;
      found.push({ part: cursor.part, postings: cursor.block[cursor.at]!.postings });
      if (++cursor.at < cursor.block.length || (await load(cursor))) this.#sink();
      else this.#removeFirst();
    }
    return { term, found };
  }

  #push(cursor: Cursor): void {
    const heap = this.#heap;
    let at = heap.push(cursor) - 1;
    for (; at > 0; at = (at - 1) >> 1) {
      const parent = (at - 1) >> 1;
      if (!isBefore(heap[at]!, heap[parent]!)) return;
      [heap[at], heap[parent]] = [heap[parent]!, heap[at]!];
    }
  }

  #removeFirst(): void {
    const last = this.#heap.pop()!;
    if (this.#heap.length === 0) return;
    this.#heap[0] = last;
    this.#sink();
  }

  /** Restores the heap after the term of its first cursor has changed. */
  #sink(): void {
    const heap = this.#heap;
    for (let at = 0; ;) {
      let child = 2 * at + 1;
      if (child >= heap.length) return;
      if (child + 1 < heap.length && isBefore(heap[child + 1]!, heap[child]!)) child++;
      if (!isBefore(heap[child]!, heap[at]!)) return;
      [heap[at], heap[child]] = [heap[child]!, heap[at]!];
      at = child;
    }
  }
}

async function load(cursor: Cursor): Promise<boolean> {
  const { value, done } = await cursor.blocks.next();
  if (done === true) return false;
  cursor.block = value;
  cursor.at = 0;
  return true;
}

function isBefore(a: Cursor, b: Cursor): boolean {
  const order = compareBytes(a.block[a.at]!.term, b.block[b.at]!.term);
  return order === 0 ? a.part < b.part : order < 0;
}
