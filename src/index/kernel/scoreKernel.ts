/**
 * The port to the inner loops of scoring: the index runs with WebAssembly where there is SIMD, and without it
 * elsewhere. `plainKernel.ts` shows in TypeScript what each function computes.
 *
 * All pointers are byte addresses in the kernel's memory; `count` is a multiple of 64 where there are maxima.
 * Scores are 32 bits wide: integers below 2^31, or non-negative floats, whose bit patterns are ordered like
 * the floats; `blockMaxima`, `collect` and `countFrom` take either. There is a maximum for each 64 scores.
 */
export interface ScoreKernel {
  /** 'wasm' or 'plain', for a person to read. */
  readonly kind: string;
  /** Grows the memory to at least this many bytes, keeping its content. Earlier views are no longer valid. */
  memory(bytes: number): ArrayBuffer;
  /** scores[docs[i]] += impacts[i] * weight, with distinct u16 docs, u8 impacts, and u32 weight and scores. */
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
  maskScores(scores: number, live: number, count: number): void;
  /** Fills the maxima; returns the largest of all as an integer with the same bits. */
  blockMaxima(values: number, count: number, maxima: number): number;
  /**
   * Upper bounds of the fused scores of each block, semanticFactor * semantic[b] + lexicalFactor *
   * lexical[b], from the channels' maxima (u32, f32 -> f32) of the blocks of `count` scores.
   */
  fusedMaxima(
    semantic: number,
    lexical: number,
    semanticFactor: number,
    lexicalFactor: number,
    count: number,
    maxima: number,
  ): void;
  /** Writes pairs (index ascending, value) of values >= floor into found (u32 each); returns how many. floor > 0. */
  collect(values: number, maxima: number, count: number, floor: number, found: number): number;
  /** Number of values >= floor. floor > 0. */
  countFrom(values: number, maxima: number, count: number, floor: number): number;
  /**
   * Collects like `collect`, from the fused scores semanticFactor * semantic[i] + lexicalFactor * lexical[i];
   * `maxima` come from `fusedMaxima`.
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
   * Position of each of `wanted` passages (u32) in each of `count` lists, or -1: positions (i32), list by
   * list. `lists` are pairs of u32: the address of the docs (u16, ascending), and their number.
   */
  locate(lists: number, count: number, passages: number, wanted: number, positions: number): void;
}
