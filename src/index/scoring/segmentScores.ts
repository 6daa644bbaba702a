/**
 * Scores of a segment's passages for one query, in the kernel's memory.
 *
 * A leaf of n passages, rounded up to 64, has semantic scores (u32), lexical scores (f32), the maxima of each 64 of
 * these, and the upper bound of the fused scores of each 64.
 */
import {
  FOUND,
  LISTS,
  MOST_LISTS,
  MOST_POSITIONS,
  POSITIONS,
  WANTED,
  type PlacedPostings,
} from './kernelMemory.ts';
import { BLOCK, bytesOfLeaf, integerFloor, LARGEST_SCORE } from './leaf.ts';
import { bitsOf, floatOf } from '../segment/floatBits.ts';
import type { Postings } from '../segment/postings.ts';
import type { Scorer } from './scorer.ts';
import type { Segment } from '../segment/segment.ts';

/** A passage of a leaf with its bound. */
export interface Found {
  readonly passage: number;
  readonly bound: number;
}

type FieldWeights = Readonly<Record<'headingWeight' | 'metadataWeight', number>>;

export class SegmentScores {
  readonly segment: Segment;
  readonly bytes: number;
  readonly #scorer: Scorer;
  readonly #size: number;
  readonly #semantic: number;
  readonly #lexical: number;
  readonly #resident: ReadonlyMap<string | number, PlacedPostings>;
  /** Addresses of the semantic maxima, the lexical maxima, and the upper bounds of the fused scores. */
  readonly #maxima: readonly [number, number, number];
  #hasSemantic = false;
  #hasLexical = false;
  #largestSemantic = 0;
  #largestLexical = 0;
  #semanticFactor = 0;
  #lexicalFactor = 0;

  /** `resident` holds the segment's postings that are in memory. */
  constructor(
    scorer: Scorer,
    segment: Segment,
    size: number,
    at: number,
    resident: ReadonlyMap<string | number, PlacedPostings>,
  ) {
    this.segment = segment;
    this.bytes = bytesOfLeaf(size);
    this.#scorer = scorer;
    this.#size = size;
    this.#semantic = at;
    this.#lexical = at + 4 * size;
    this.#resident = resident;
    const maxima = at + 8 * size;
    const width = (4 * size) / BLOCK;
    this.#maxima = [maxima, maxima + width, maxima + 2 * width];
  }

  /** A term's postings, if they are in memory. */
  resident(key: string | number): PlacedPostings | undefined {
    return this.#resident.get(key);
  }

  /** Brings a term's postings into memory, for the following calls. */
  load(key: string | number, read: () => Promise<Postings | null>): Promise<PlacedPostings> {
    return this.#scorer.load(this.segment, key, read);
  }

  /** Adds `impact * weight` for every posting; `weight` is an integer. */
  addImpacts({ docs, planes, count }: PlacedPostings, weight: number): void {
    if (!this.#hasSemantic) this.#clear(this.#semantic);
    this.#hasSemantic = true;
    this.#scorer.kernel.addImpacts(docs, planes, count, weight, this.#semantic);
  }

  /** BM25's length norms, `[passages]`, for `addSaturated`; computed again when `key` changes. */
  norms(key: string | number, compute: () => Float32Array): number {
    return this.#scorer.numbers(this.segment, key, compute);
  }

  addSaturated(list: PlacedPostings, weight: number, fields: FieldWeights, norms: number): void {
    if (!this.#hasLexical) this.#clear(this.#lexical);
    this.#hasLexical = true;
    const { docs, planes, count } = list;
    const { headingWeight: h, metadataWeight: m } = fields;
    this.#scorer.kernel.addSaturated(docs, planes, count, weight, h, m, norms, this.#lexical);
  }

  /** The passages of a list, as a view that is valid until postings are loaded. */
  passages({ docs, count }: PlacedPostings): Uint16Array {
    return new Uint16Array(this.#scorer.buffer, docs, count);
  }

  /** The bytes of a list's first plane, as a view like `passages`. */
  counts({ planes, count }: PlacedPostings): Uint8Array {
    return this.#scorer.u8.subarray(planes, planes + count);
  }

  /**
   * Clears scores just before they are added to: in a large index, clearing earlier would push them out of the CPU's
   * caches in between.
   */
  #clear(scores: number): void {
    this.#scorer.u8.fill(0, scores, scores + 4 * this.#size);
  }

  /** Position of each passage in each list, `[lists, passages]`; -1 where the list does not have it. */
  locate(lists: readonly PlacedPostings[], passages: ArrayLike<number>): Int32Array {
    const { u32, i32, kernel } = this.#scorer;
    const wanted = passages.length;
    u32.set(passages, WANTED >> 2);
    const most = Math.min(MOST_LISTS, Math.floor(MOST_POSITIONS / wanted));
    const positions = new Int32Array(lists.length * wanted);
    for (let first = 0; first < lists.length; first += most) {
      const count = Math.min(most, lists.length - first);
      for (let l = 0; l < count; l++) {
        u32[(LISTS >> 2) + 2 * l] = lists[first + l]!.docs;
        u32[(LISTS >> 2) + 2 * l + 1] = lists[first + l]!.count;
      }
      kernel.locate(LISTS, count, WANTED, wanted, POSITIONS);
      const at = POSITIONS >> 2;
      positions.set(i32.subarray(at, at + count * wanted), first * wanted);
    }
    return positions;
  }

  /** The byte of a posting in a plane. */
  plane({ planes, count }: PlacedPostings, plane: number, at: number): number {
    return this.#scorer.u8[planes + plane * count + at]!;
  }

  /** Sets to 0 the scores of passages that are deleted, or not among those in `wanted` (u8 flags). */
  maskScores(wanted: Uint8Array | null): void {
    const { passageCount, liveCount, live } = this.segment;
    if (liveCount === passageCount && wanted === null) return;
    const flags = this.#scorer.u8.subarray(FOUND, FOUND + passageCount);
    flags.set(live);
    if (wanted !== null) for (let p = 0; p < passageCount; p++) flags[p]! &= wanted[p]!;
    const { kernel } = this.#scorer;
    if (this.#hasSemantic) kernel.maskScores(this.#semantic, FOUND, passageCount);
    if (this.#hasLexical) kernel.maskScores(this.#lexical, FOUND, passageCount);
  }

  /** Fills the maxima of the channels; nothing may be added after it. */
  close(): void {
    const { kernel } = this.#scorer;
    const [semantic, lexical] = this.#maxima;
    if (this.#hasSemantic) this.#largestSemantic = kernel.blockMaxima(this.#semantic, this.#size, semantic);
    if (this.#hasLexical)
      this.#largestLexical = floatOf(kernel.blockMaxima(this.#lexical, this.#size, lexical));
  }

  /** Multiplies the lexical scores of some passages; `largestLexical` stays as it was. */
  raiseLexical(passages: Uint32Array, factor: number): void {
    if (!this.#hasLexical || passages.length === 0) return;
    const scores = new Float32Array(this.#scorer.buffer, this.#lexical, this.#size);
    for (const passage of passages) scores[passage]! *= factor;
    this.#scorer.kernel.blockMaxima(this.#lexical, this.#size, this.#maxima[1]);
  }

  get largestSemantic(): number {
    return this.#largestSemantic;
  }

  get largestLexical(): number {
    return this.#largestLexical;
  }

  /** Passages whose semantic score is at least `floor`, an integer. */
  semanticFrom(floor: number): readonly Found[] {
    if (!this.#hasSemantic) return [];
    return this.#collect(this.#semantic, this.#maxima[0], integerFloor(floor), false, 1);
  }

  lexicalFrom(floor: number): readonly Found[] {
    if (!this.#hasLexical) return [];
    return this.#collect(this.#lexical, this.#maxima[1], Math.max(1, bitsOf(floor)), true, 1);
  }

  /** Sets the factor of each channel; the fused score is the weighted sum. */
  fuse(semanticFactor: number, lexicalFactor: number): void {
    this.#semanticFactor = this.#hasSemantic ? semanticFactor : 0;
    this.#lexicalFactor = this.#hasLexical ? lexicalFactor : 0;
    if (this.#isFused)
      this.#scorer.kernel.fusedMaxima(
        this.#maxima[0],
        this.#maxima[1],
        semanticFactor,
        lexicalFactor,
        this.#size,
        this.#maxima[2],
      );
  }

  /** True where both channels take part; otherwise only one channel's scores are looked at. */
  get #isFused(): boolean {
    return this.#semanticFactor > 0 && this.#lexicalFactor > 0;
  }

  /** Lower bounds of the best fused score of each 64 passages: one passage has at least the larger channel's part. */
  get least(): Float32Array {
    const [semantic, lexical] = [this.#semanticFactor, this.#lexicalFactor];
    const least = new Float32Array(this.#size / BLOCK);
    // Each kind of array has a loop of its own: the JIT specialises neither for a loop that sees both.
    if (semantic > 0) {
      const maxima = new Int32Array(this.#scorer.buffer, this.#maxima[0], least.length);
      for (let i = 0; i < least.length; i++) least[i] = maxima[i]! * semantic;
    }
    if (lexical > 0) {
      const maxima = new Float32Array(this.#scorer.buffer, this.#maxima[1], least.length);
      for (let i = 0; i < least.length; i++) least[i] = Math.max(least[i]!, maxima[i]! * lexical);
    }
    return least;
  }

  /** Passages whose fused score is at least `floor`, and perhaps a few that fall short by rounding. */
  fusedFrom(floor: number): readonly Found[] {
    const [semantic, lexical] = [this.#semanticFactor, this.#lexicalFactor];
    if (this.#isFused) {
      const { kernel } = this.#scorer;
      const count = kernel.collectFused(
        this.#semantic,
        this.#lexical,
        semantic,
        lexical,
        this.#maxima[2],
        this.#size,
        floor,
        FOUND,
      );
      return this.#found(count, true, 1);
    }
    if (semantic > 0)
      return this.#collect(this.#semantic, this.#maxima[0], integerFloor(floor / semantic), false, semantic);
    if (lexical > 0)
      return this.#collect(
        this.#lexical,
        this.#maxima[1],
        Math.max(1, bitsOf(floor / lexical)),
        true,
        lexical,
      );
    return [];
  }

  /** Number of passages in `fusedFrom`. */
  countFrom(floor: number): number {
    const [semantic, lexical] = [this.#semanticFactor, this.#lexicalFactor];
    const { kernel } = this.#scorer;
    if (this.#isFused)
      return kernel.countFused(
        this.#semantic,
        this.#lexical,
        semantic,
        lexical,
        this.#maxima[2],
        this.#size,
        floor,
      );
    if (semantic > 0) return this.#count(this.#semantic, this.#maxima[0], integerFloor(floor / semantic));
    return lexical > 0
      ? this.#count(this.#lexical, this.#maxima[1], Math.max(1, bitsOf(floor / lexical)))
      : 0;
  }

  #count(values: number, maxima: number, floor: number): number {
    return floor > LARGEST_SCORE ? 0 : this.#scorer.kernel.countFrom(values, maxima, this.#size, floor);
  }

  #collect(values: number, maxima: number, floor: number, isFloat: boolean, factor: number): Found[] {
    if (floor > LARGEST_SCORE) return [];
    const count = this.#scorer.kernel.collect(values, maxima, this.#size, floor, FOUND);
    return this.#found(count, isFloat, factor);
  }

  #found(count: number, isFloat: boolean, factor: number): Found[] {
    const { buffer } = this.#scorer;
    const passages = new Uint32Array(buffer, FOUND, 2 * count);
    const bounds = isFloat
      ? new Float32Array(buffer, FOUND, 2 * count)
      : new Uint32Array(buffer, FOUND, 2 * count);
    const found: Found[] = [];
    for (let i = 0; i < 2 * count; i += 2)
      found.push({ passage: passages[i]!, bound: bounds[i + 1]! * factor });
    return found;
  }
}
