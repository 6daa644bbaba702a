/**
 * Scores of all passages of some segments for one query, in the kernel's memory. Postings that were used stay
 * there for the next query.
 *
 * The memory holds room for collected results, then leaves (one part for each segment), then the arena of
 * postings.
 */
import { PromiseQueue } from '../../async/promiseQueue.ts';
import type { ScoreKernel } from '../kernel/scoreKernel.ts';
import { LEAVES, type PlacedPostings } from './kernelMemory.ts';
import { BLOCK, bytesOfLeaf } from './leaf.ts';
import { SegmentScores } from './segmentScores.ts';
import { NO_POSTINGS, type Postings } from '../segment/postings.ts';
import type { Segment } from '../segment/segment.ts';

/** Size of the arena for postings: a least size, some bytes for each passage, and a maximum. */
const ARENA = { least: 16 << 20, passage: 480, most: 256 << 20 };

export interface ScorerOptions {
  /** Maximum number of bytes of postings that stay in memory. */
  readonly arenaMost?: number;
  /** Milliseconds without a query after which the memory is released. */
  readonly restAfter?: number;
}

export class Scorer {
  #kernel: ScoreKernel;
  readonly #newKernel: () => ScoreKernel;
  readonly #options: ScorerOptions;
  #rest: ReturnType<typeof setTimeout> | undefined;
  #buffer = new ArrayBuffer(0);
  #u8 = new Uint8Array();
  #u16 = new Uint16Array();
  #u32 = new Uint32Array();
  #i32 = new Int32Array();
  #capacity = 0;
  #arenaEnd = 0;
  #arenaLimit = 0;
  readonly #queries = new PromiseQueue();
  #resident = new Map<Segment, Map<string | number, PlacedPostings>>();

  constructor(newKernel: () => ScoreKernel, options: ScorerOptions = {}) {
    this.#newKernel = newKernel;
    this.#kernel = newKernel();
    this.#options = options;
  }

  get kernel(): ScoreKernel {
    return this.#kernel;
  }

  /** A leaf for each segment, without scores. Leaves and placed postings of an earlier call are no longer valid. */
  begin(segments: readonly Segment[]): readonly SegmentScores[] {
    const sizes = segments.map(segment => Math.ceil(segment.passageCount / BLOCK) * BLOCK);
    const total = sizes.reduce((sum, size) => sum + bytesOfLeaf(size), 0);
    const passages = sizes.reduce((sum, size) => sum + size, 0);
    this.#arenaLimit = Math.min(
      this.#options.arenaMost ?? ARENA.most,
      Math.max(ARENA.least, ARENA.passage * passages),
    );
    if (total > this.#capacity) {
      this.#capacity = Math.ceil((total * 1.25) / BLOCK) * BLOCK;
      this.#forget();
    }
    // Everything is dropped at once: the next queries load what they need, and no order has to be maintained.
    else if (this.#arenaEnd > LEAVES + this.#capacity + this.#arenaLimit) this.#forget();
    this.#grow(LEAVES + this.#capacity);
    let at = LEAVES;
    const kept = new Set(segments);
    for (const segment of this.#resident.keys()) if (!kept.has(segment)) this.#resident.delete(segment);
    return segments.map((segment, i) => {
      const leaf = new SegmentScores(this, segment, sizes[i]!, at, this.#residentOf(segment));
      at += leaf.bytes;
      return leaf;
    });
  }

  get buffer(): ArrayBuffer {
    return this.#buffer;
  }

  /** The kernel's memory as bytes; the next two are other views of it. They are valid until postings are loaded. */
  get u8(): Uint8Array {
    return this.#u8;
  }

  get u32(): Uint32Array {
    return this.#u32;
  }

  get i32(): Int32Array {
    return this.#i32;
  }

  /** Runs one query after the other: leaves and postings stay in place until `use` has settled. */
  exclusively<T>(use: () => Promise<T>): Promise<T> {
    clearTimeout(this.#rest);
    return this.#queries.run(async () => {
      try {
        return await use();
      } finally {
        this.#restLater();
      }
    });
  }

  #restLater(): void {
    clearTimeout(this.#rest);
    const { restAfter } = this.#options;
    if (restAfter === undefined) return;
    this.#rest = setTimeout(() => void this.#queries.settled().then(() => this.#begin()), restAfter);
    // The timer must not keep a process alive.
    (this.#rest as { unref?: () => void }).unref?.();
  }

  /** Starts with a new kernel: its memory grows and never shrinks, so it is released as a whole. */
  #begin(): void {
    this.#kernel = this.#newKernel();
    this.#capacity = 0;
    this.#buffer = new ArrayBuffer(0);
    this.#u8 = new Uint8Array();
    this.#u16 = new Uint16Array();
    this.#u32 = new Uint32Array();
    this.#i32 = new Int32Array();
    this.#forget();
  }

  /** Address of the postings in the kernel's memory; they are read and copied there unless they still are. */
  async load(
    segment: Segment,
    key: string | number,
    read: () => Promise<Postings | null>,
  ): Promise<PlacedPostings> {
    const known = this.#residentOf(segment).get(key);
    if (known !== undefined) return known;
    const { docs, planes } = (await read()) ?? NO_POSTINGS;
    const at = this.#place(2 * docs.length + planes.length);
    this.#u16.set(docs, at >> 1);
    this.#u8.set(planes, at + 2 * docs.length);
    return this.#keep(segment, key, { docs: at, planes: at + 2 * docs.length, count: docs.length });
  }

  /** Address of the numbers of a segment's passages (f32); they are computed and copied there unless they still are. */
  numbers(segment: Segment, key: string | number, compute: () => Float32Array): number {
    const known = this.#residentOf(segment).get(key);
    if (known !== undefined) return known.docs;
    const numbers = compute();
    const at = this.#place(4 * numbers.length);
    new Float32Array(this.#buffer, at, numbers.length).set(numbers);
    return this.#keep(segment, key, { docs: at, planes: at, count: numbers.length }).docs;
  }

  #keep(segment: Segment, key: string | number, placed: PlacedPostings): PlacedPostings {
    this.#residentOf(segment).set(key, placed);
    return placed;
  }

  /** The segment's postings that are in memory. */
  #residentOf(segment: Segment): Map<string | number, PlacedPostings> {
    let own = this.#resident.get(segment);
    if (own === undefined) this.#resident.set(segment, (own = new Map()));
    return own;
  }

  #place(bytes: number): number {
    const at = this.#arenaEnd;
    this.#arenaEnd += Math.ceil(bytes / 8) * 8;
    // Four postings are read at once, also at the end.
    this.#grow(this.#arenaEnd + 8);
    return at;
  }

  #forget(): void {
    this.#resident = new Map();
    this.#arenaEnd = LEAVES + this.#capacity;
  }

  #grow(bytes: number): void {
    const buffer = this.kernel.memory(bytes);
    if (buffer === this.#buffer) return;
    this.#buffer = buffer;
    this.#u8 = new Uint8Array(buffer);
    this.#u16 = new Uint16Array(buffer);
    this.#u32 = new Uint32Array(buffer);
    this.#i32 = new Int32Array(buffer);
  }
}
