/**
 * The inner loops of scoring: a port, so that the index runs with WebAssembly where there is SIMD and without
 * it elsewhere. `plainKernel.ts` says in TypeScript what each function computes.
 *
 * All pointers are byte addresses in the kernel's memory; `count` is a multiple of 64 where there are maxima. Scores
 * are 32 bits wide: integers below 2^31, or floats that are not negative, whose bit patterns are ordered as the
 * floats are: `blockMaxima`, `collect` and `countFrom` take either. Maxima are of each 64 scores.
 */
export interface ScoreKernel {
  /** 'wasm' or 'plain': for a person to read. */
  readonly kind: string;
  /** At least so many bytes; what was in memory stays. Views made before are no longer valid. */
  memory(bytes: number): ArrayBuffer;
  /** scores[docs[i]] += impacts[i] * weight: u16 docs, each another, u8 impacts, u32 weight and scores. */
  addImpacts(docs: number, impacts: number, count: number, weight: number, scores: number): void;
  /**
   * scores[docs[i]] += weight * f / (f + norms[docs[i]]) with f = body + headingWeight * heading + metadataWeight
   * * metadata from counts (u8, `termCounts.ts`). All float32, rounded after each operation.
   */
  addSaturated(
    docs: number,
    counts: number,
    count: number,
    weight: number,
    headingWeight: number,
    metadataWeight: number,
    norms: number,
    scores: number,
  ): void;
  /** Sets the scores of passages that are not live (u8 0) to 0. */
  silence(scores: number, live: number, count: number): void;
  /** Fills the maxima; the largest of all, as an integer with the same bits. */
  blockMaxima(values: number, count: number, maxima: number): number;
  /**
   * What no fused score of a block is above, semanticFactor * semantic[b] + lexicalFactor * lexical[b], from the
   * channels' maxima (u32, f32 -> f32) of the blocks of `count` scores.
   */
  fusedMaxima(
    semantic: number,
    lexical: number,
    semanticFactor: number,
    lexicalFactor: number,
    count: number,
    maxima: number,
  ): void;
  /** Pairs (index ascending, value) of values >= floor into found (u32 each); how many. floor > 0. */
  collect(values: number, maxima: number, count: number, floor: number, found: number): number;
  /** How many values are >= floor. floor > 0. */
  countFrom(values: number, maxima: number, count: number, floor: number): number;
  /**
   * As `collect`, of the fused scores semanticFactor * semantic[i] + lexicalFactor * lexical[i]; `maxima` are what
   * `fusedMaxima` gives.
   */
  collectFused(
    semantic: number,
    lexical: number,
    semanticFactor: number,
    lexicalFactor: number,
    maxima: number,
    count: number,
    floor: number,
    found: number,
  ): number;
  countFused(
    semantic: number,
    lexical: number,
    semanticFactor: number,
    lexicalFactor: number,
    maxima: number,
    count: number,
    floor: number,
  ): number;
  /**
   * Where each of `wanted` passages (u32) stands in each of `count` lists, or -1: positions (i32), list by list.
   * `lists` are pairs of u32: where the docs (u16, ascending) are, and how many.
   */
  locate(lists: number, count: number, passages: number, wanted: number, positions: number): void;
}
