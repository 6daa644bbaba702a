/**
 * Scores of all passages of some segments for one query, in the kernel's memory. Postings that were used stay
 * there for the next query.
 *
 * Memory: leaves (a part a segment), then the arena of postings. A leaf of n passages, rounded up to 64, has
 * semantic scores (u32), lexical scores (f32), fused scores (f32), norms (f32), and the largest fused of each 64.
 */
import type { ScoreKernel } from './kernel/scoreKernel.ts';
import type { Postings } from './postings.ts';
import type { Segment } from './segment.ts';

const NONE: Postings = { docs: new Uint16Array(), values: new Uint8Array() };

const BLOCK = 64;
/** Levels of all terms of a query together: 255 times as much is still below 2^31, also rounded up a term. */
export const WEIGHT_LIMIT = 8_000_000;
/** Bytes a passage takes in its leaf: four arrays, and room for collected indices. */
const WIDTH = 5 * 4;
/** Compilers place their own data at the start. */
const RESERVED = 1_024;
/** Postings of common queries; about what 100,000 passages have in all. */
const ARENA = 64 << 20;

/** Addresses in the kernel's memory. */
export interface PlacedPostings {
  readonly docs: number;
  readonly values: number;
  readonly count: number;
}

export class Scorer {
  readonly kernel: ScoreKernel;
  readonly #arenaLimit: number;
  #buffer = new ArrayBuffer(0);
  #capacity = 0;
  #arenaEnd = 0;
  #queue: Promise<unknown> = Promise.resolve();
  /** Of the last call of `begin`: where its leaves were, and what they left behind. */
  #last: readonly Leaf[] = [];
  #resident = new Map<Segment, Map<string, PlacedPostings>>();
  readonly #norms = new WeakMap<Segment, { readonly key: string; readonly norms: Float32Array }>();

  constructor(kernel: ScoreKernel, arenaLimit: number = ARENA) {
    this.kernel = kernel;
    this.#arenaLimit = arenaLimit;
  }

  /**
   * A leaf for each segment, its scores all 0. Leaves and placed postings of an earlier call are no longer valid.
   */
  begin(segments: readonly Segment[]): readonly Leaf[] {
    const sizes = segments.map(segment => Math.ceil(segment.passageCount / BLOCK) * BLOCK);
    const total = sizes.reduce((sum, size) => sum + size * WIDTH + (size / BLOCK) * 4, 0);
    if (total > this.#capacity) {
      this.#capacity = Math.ceil((total * 1.5) / BLOCK) * BLOCK;
      this.#forget();
    }
    // Everything goes at once: the next queries bring back what they need, and nothing has to be kept in order.
    else if (this.#arenaEnd > RESERVED + this.#capacity + this.#arenaLimit) this.#forget();
    this.#grow(RESERVED + this.#capacity);
    let at = RESERVED;
    const leaves = segments.map((segment, i) => {
      const leaf = new Leaf(this, segment, sizes[i]!, at, this.#last[i] ?? null);
      at += leaf.bytes;
      return leaf;
    });
    this.#last = leaves;
    const kept = new Set(segments);
    for (const segment of this.#resident.keys()) if (!kept.has(segment)) this.#resident.delete(segment);
    return leaves;
  }

  /** They change with the collection's average length only: nearly every query finds the last one's. */
  normsOf(segment: Segment, key: string, compute: () => Float32Array): Float32Array {
    const known = this.#norms.get(segment);
    if (known?.key === key) return known.norms;
    const norms = compute();
    this.#norms.set(segment, { key, norms });
    return norms;
  }

  get buffer(): ArrayBuffer {
    return this.#buffer;
  }

  /** One query after the other: leaves and postings stay where they are until `use` has settled. */
  exclusively<T>(use: () => Promise<T>): Promise<T> {
    const done = this.#queue.then(use);
    this.#queue = done.catch(() => undefined);
    return done;
  }

  /** Where postings stand in the kernel's memory, if they do. */
  resident(segment: Segment, key: string): PlacedPostings | undefined {
    return this.#resident.get(segment)?.get(key);
  }

  /** Where postings stand in the kernel's memory; read and copied there unless they still are. */
  async load(segment: Segment, key: string, read: () => Promise<Postings | null>): Promise<PlacedPostings> {
    const known = this.resident(segment, key);
    if (known !== undefined) return known;
    const found = (await read()) ?? NONE;
    const count = found.docs.length;
    let own = this.#resident.get(segment);
    if (own === undefined) this.#resident.set(segment, (own = new Map()));
    const docs = this.#arenaEnd;
    const placed = { docs, values: docs + 2 * count, count };
    this.#arenaEnd += Math.ceil((3 * count) / 8) * 8;
    this.#grow(this.#arenaEnd + 8);
    new Uint16Array(this.#buffer, docs, count).set(found.docs);
    new Uint8Array(this.#buffer, placed.values, count).set(found.values);
    own.set(key, placed);
    return placed;
  }

  #forget(): void {
    this.#resident = new Map();
    this.#arenaEnd = RESERVED + this.#capacity;
  }

  #grow(bytes: number): void {
    this.#buffer = this.kernel.memory(bytes);
  }
}

export class Leaf {
  readonly segment: Segment;
  readonly bytes: number;
  readonly #scorer: Scorer;
  readonly #size: number;
  readonly #semantic: number;
  readonly #lexical: number;
  readonly #fused: number;
  readonly #norms: number;
  readonly #found: number;
  readonly #maxima: number;
  /** Lexical scores were added. */
  #hasLexical = false;

  /** `before` is what stood there last: what it left at 0 is not filled again. */
  constructor(scorer: Scorer, segment: Segment, size: number, at: number, before: Leaf | null) {
    this.segment = segment;
    this.#scorer = scorer;
    this.#size = size;
    const width = 4 * size;
    this.#semantic = at;
    this.#lexical = at + width;
    this.#fused = at + 2 * width;
    this.#norms = at + 3 * width;
    this.#found = at + 4 * width;
    this.#maxima = at + 5 * width;
    this.bytes = 5 * width + (size / BLOCK) * 4;
    const isClean =
      before !== null && !before.#hasLexical && before.#semantic === at && before.#size === size;
    new Uint8Array(scorer.buffer, at, isClean ? width : 2 * width).fill(0);
  }

  /** A term's postings, if they are in memory. */
  resident(key: string): PlacedPostings | undefined {
    return this.#scorer.resident(this.segment, key);
  }

  /** Brings a term's postings into memory, for the two that follow. */
  load(key: string, read: () => Promise<Postings | null>): Promise<PlacedPostings> {
    return this.#scorer.load(this.segment, key, read);
  }

  /** Adds `impact * weight` of every posting; `weight` is an integer. */
  addImpacts({ docs, values, count }: PlacedPostings, weight: number): void {
    this.#scorer.kernel.addImpacts(docs, values, count, weight, this.#semantic);
  }

  /** BM25's length norms, `[passages]`, for `addSaturated`; computed anew where `key` is not the last one's. */
  setNorms(key: string, compute: () => Float32Array): void {
    const norms = this.#scorer.normsOf(this.segment, key, compute);
    new Float32Array(this.#scorer.buffer, this.#norms, norms.length).set(norms);
  }

  addSaturated({ docs, values, count }: PlacedPostings, weight: number, headingWeight: number): void {
    const { kernel } = this.#scorer;
    this.#hasLexical = true;
    kernel.addSaturated(docs, values, count, weight, headingWeight, this.#norms, this.#lexical);
  }

  /** Passages that are not live, or not among those that are `wanted` (u8 flags), lose their scores. */
  silence(wanted: Uint8Array | null): void {
    const { passageCount, liveCount, live } = this.segment;
    if (liveCount === passageCount && wanted === null) return;
    const flags = new Uint8Array(this.#scorer.buffer, this.#found, passageCount);
    flags.set(live);
    if (wanted !== null) for (let p = 0; p < passageCount; p++) flags[p]! &= wanted[p]!;
    this.#scorer.kernel.silence(this.#semantic, this.#found, passageCount);
    if (this.#hasLexical) this.#scorer.kernel.silence(this.#lexical, this.#found, passageCount);
  }

  get largestSemantic(): number {
    return this.#scorer.kernel.largest(this.#semantic, this.#size);
  }

  get largestLexical(): number {
    if (!this.#hasLexical) return 0;
    return floatOf(this.#scorer.kernel.largest(this.#lexical, this.#size));
  }

  /** Passages whose semantic score is at least `floor`, an integer. */
  semanticFrom(floor: number): Uint32Array {
    return this.#collect(this.#semantic, Math.max(1, Math.floor(floor)));
  }

  lexicalFrom(floor: number): Uint32Array {
    return this.#collect(this.#lexical, Math.max(1, bitsOf(floor)));
  }

  /** Fills the fused scores and their blocks' maxima. */
  fuse(semanticFactor: number, lexicalFactor: number): void {
    this.#scorer.kernel.fuse(
      this.#semantic,
      this.#lexical,
      semanticFactor,
      lexicalFactor,
      this.#fused,
      this.#maxima,
      this.#size,
    );
  }

  /** The largest fused score of each 64 passages. A view: valid until the next call. */
  get maxima(): Float32Array {
    return new Float32Array(this.#scorer.buffer, this.#maxima, this.#size / BLOCK);
  }

  /** Passages whose fused score is at least `floor`. */
  fusedFrom(floor: number): Uint32Array {
    const blocks = this.#blocksFrom(floor);
    if (blocks.length > this.#size / BLOCK / 8) return this.#collect(this.#fused, Math.max(1, bitsOf(floor)));
    // A few of the blocks have them: the others are not looked at again.
    const found: number[] = [];
    for (const block of blocks) {
      const scores = new Float32Array(this.#scorer.buffer, this.#fused + 4 * BLOCK * block, BLOCK);
      for (let i = 0; i < BLOCK; i++) if (scores[i]! >= floor) found.push(block * BLOCK + i);
    }
    return Uint32Array.from(found);
  }

  #blocksFrom(floor: number): number[] {
    const { maxima } = this;
    const found: number[] = [];
    for (let block = 0; block < maxima.length; block++) if (maxima[block]! >= floor) found.push(block);
    return found;
  }

  /** How many there are in `fusedFrom`. */
  countFrom(floor: number): number {
    const pattern = Math.max(1, bitsOf(floor));
    if (pattern > 0x7fff_ffff) return 0;
    return this.#scorer.kernel.countFrom(this.#fused, this.#size, pattern);
  }

  /** All fused scores. A view: valid until the next call. */
  get fused(): Float32Array {
    return new Float32Array(this.#scorer.buffer, this.#fused, this.#size);
  }

  /** A copy: the memory is used again by the next collection. */
  #collect(values: number, floor: number): Uint32Array {
    // The kernel's numbers are 32 bits wide, and no score is larger.
    if (floor > 0x7fff_ffff) return new Uint32Array();
    const count = this.#scorer.kernel.collect(values, this.#size, floor, this.#found);
    return new Uint32Array(this.#scorer.buffer, this.#found, count).slice();
  }
}

const floats = new Float32Array(1);
const bits = new Int32Array(floats.buffer);

/** A float that is not negative, as the integer with the same bits: ordered alike. */
function bitsOf(value: number): number {
  floats[0] = Math.max(0, value);
  return bits[0]!;
}

function floatOf(pattern: number): number {
  bits[0] = pattern;
  return floats[0]!;
}
