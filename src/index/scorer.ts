/**
 * Scores of all passages of some segments for one query, in the kernel's memory. Postings that were used stay
 * there for the next query.
 *
 * Memory: leaves (a part a segment), then the arena of postings. A leaf of n passages, rounded up to 64, has
 * semantic scores (u32), lexical scores (f32), fused scores (f32), norms (f32), and the largest fused of each 64.
 */
import type { ScoreKernel } from './kernel/scoreKernel.ts';
import type { Postings, Segment } from './segment.ts';

const BLOCK = 64;
/** Levels of all terms of a query together: 255 times as much is still below 2^31, also rounded up a term. */
export const WEIGHT_LIMIT = 8_000_000;
/** Bytes a passage takes in its leaf: four arrays, and room for collected indices. */
const WIDTH = 5 * 4;
/** Compilers place their own data at the start. */
const RESERVED = 1_024;
/** Postings of common queries; about what 100,000 passages have in all. */
const ARENA = 64 << 20;

interface Resident {
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
  #resident = new Map<Segment, Map<string, Resident>>();
  readonly #norms = new WeakMap<Segment, { readonly key: string; readonly norms: Float32Array }>();

  constructor(kernel: ScoreKernel, arenaLimit: number = ARENA) {
    this.kernel = kernel;
    this.#arenaLimit = arenaLimit;
  }

  /** A leaf for each segment, its scores all 0. Leaves of an earlier call are no longer valid. */
  begin(segments: readonly Segment[]): readonly Leaf[] {
    const sizes = segments.map(segment => Math.ceil(segment.passageCount / BLOCK) * BLOCK);
    const total = sizes.reduce((sum, size) => sum + size * WIDTH + (size / BLOCK) * 4, 0);
    if (total > this.#capacity) {
      this.#capacity = Math.ceil((total * 1.5) / BLOCK) * BLOCK;
      this.#forget();
    }
    this.#grow(RESERVED + this.#capacity);
    let at = RESERVED;
    const leaves = segments.map((segment, i) => {
      const leaf = new Leaf(this, segment, sizes[i]!, at);
      at += leaf.bytes;
      return leaf;
    });
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

  /** Where the postings stand in the kernel's memory; copied there unless they still are. `key` names them. */
  place(segment: Segment, key: string, postings: () => Postings | null): Resident | null {
    let own = this.#resident.get(segment);
    const known = own?.get(key);
    if (known !== undefined) return known;
    const found = postings();
    if (found === null) return null;
    const count = found.docs.length;
    const bytes = Math.ceil((3 * count) / 8) * 8 + 8;
    const limit = RESERVED + this.#capacity + this.#arenaLimit;
    // Everything goes at once: the next queries bring back what they need, and nothing has to be kept in order.
    if (this.#arenaEnd + bytes > limit) this.#forget();
    own = this.#resident.get(segment);
    if (own === undefined) this.#resident.set(segment, (own = new Map()));
    const docs = this.#arenaEnd;
    const resident = { docs, values: docs + 2 * count, count };
    this.#arenaEnd += bytes;
    this.#grow(this.#arenaEnd);
    new Uint16Array(this.#buffer, docs, count).set(found.docs);
    new Uint8Array(this.#buffer, resident.values, count).set(found.values);
    own.set(key, resident);
    return resident;
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

  constructor(scorer: Scorer, segment: Segment, size: number, at: number) {
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
    new Uint8Array(scorer.buffer, at, 2 * width).fill(0);
  }

  /** Adds `impact * weight` of every posting; `weight` is an integer. False where there are none. */
  addImpacts(key: string, postings: () => Postings | null, weight: number): boolean {
    const place = this.#scorer.place(this.segment, key, postings);
    if (place === null) return false;
    const { docs, values, count } = place;
    this.#scorer.kernel.addImpacts(docs, values, count, weight, this.#semantic);
    return true;
  }

  /** BM25's length norms, `[passages]`, for `addSaturated`; computed anew where `key` is not the last one's. */
  setNorms(key: string, compute: () => Float32Array): void {
    const norms = this.#scorer.normsOf(this.segment, key, compute);
    new Float32Array(this.#scorer.buffer, this.#norms, norms.length).set(norms);
  }

  addSaturated(key: string, postings: () => Postings | null, weight: number, headingWeight: number): void {
    const place = this.#scorer.place(this.segment, key, postings);
    if (place === null) return;
    const { docs, values, count } = place;
    const { kernel } = this.#scorer;
    kernel.addSaturated(docs, values, count, weight, headingWeight, this.#norms, this.#lexical);
  }

  /** Passages that are not live lose their scores. */
  silence(): void {
    const { passageCount, liveCount, live } = this.segment;
    if (liveCount === passageCount) return;
    new Uint8Array(this.#scorer.buffer, this.#found, passageCount).set(live);
    this.#scorer.kernel.silence(this.#semantic, this.#found, passageCount);
    this.#scorer.kernel.silence(this.#lexical, this.#found, passageCount);
  }

  get largestSemantic(): number {
    return this.#scorer.kernel.largest(this.#semantic, this.#size);
  }

  get largestLexical(): number {
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

  fusedFrom(floor: number): Uint32Array {
    return this.#collect(this.#fused, Math.max(1, bitsOf(floor)));
  }

  fusedOf(passage: number): number {
    return new Float32Array(this.#scorer.buffer, this.#fused + 4 * passage, 1)[0]!;
  }

  /** A copy: the memory is used again by the next collection. */
  #collect(values: number, floor: number): Uint32Array {
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
