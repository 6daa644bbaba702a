/**
 * An immutable segment ("leaf"): up to 65,535 passages with everything a search needs of them.
 *
 * Sections: FILE heads as JSON strings, FCNT passages a file (u32) · PASS columns (u32 × 8), HASH content
 * addresses (16 bytes), HEAD heading trails (strings, lines), TEXT passages' texts (strings) · SDIM sorted
 * dimensions (u32), SOFF posting offsets (u32), SDOC passages (u16), SIMP impacts (u8, rounded up), SSCL the
 * weight of one level (f64) · WOFF/WDIM/WVAL/WPOS the forward index: offsets (u32), ordinals into SDIM (u16, or
 * u32 above 65,536), weights in levels (u16), places (u16) · LTRM lexical terms sorted by
 * bytes (strings), LOFF offsets (u32), LDOC passages (u16), LCNT counts (u8: body | heading << 4).
 */
import type { FileHead, FileRecord, PassageRecord } from './records.ts';
import { DamagedError, readSections } from './sections.ts';
import { bytes, u16, u32 } from './sectionViews.ts';
import type { SparseVector } from './sparseVector.ts';
import { StringTable } from './stringTable.ts';

export const MAX_PASSAGES = 65_535;
export const PASSAGE_COLUMNS = 8;
export const WEIGHT_LEVELS = 65_535;
/** One impact stands for 257 levels: 255 impacts cover the 65,535. */
export const LEVELS_PER_IMPACT = 257;

/** Postings of one term: parallel arrays, passages ascending. */
export interface Postings {
  readonly docs: Uint16Array;
  /** Semantic: impacts, weight ≤ impact × `impactStep`. Lexical: body | heading << 4 counts. */
  readonly values: Uint8Array;
}

export class Segment {
  readonly name: string;
  /** The file as it is on disk. */
  readonly image: Uint8Array;
  readonly passageCount: number;
  readonly fileCount: number;
  /** Live flag of each passage; a newer record of its file clears it (`kill`). */
  readonly live: Uint8Array;
  #liveCount: number;
  #liveBodyLength = 0;
  #liveHeadingLength = 0;
  /** A weight is at most `impact * impactStep`, and more than `(impact - 1) * impactStep`. */
  readonly impactStep: number;
  readonly #weightStep: number;
  readonly #files: StringTable;
  readonly #fileStarts: Uint32Array;
  readonly #passages: Uint32Array;
  readonly #hashes: Uint8Array;
  readonly #trails: StringTable;
  readonly #texts: StringTable;
  readonly #dimensions: Uint32Array;
  readonly #postingStarts: Uint32Array;
  readonly #docs: Uint16Array;
  readonly #impacts: Uint8Array;
  readonly #forwardStarts: Uint32Array;
  readonly #forwardOrdinals: Uint16Array | Uint32Array;
  readonly #forwardWeights: Uint16Array;
  readonly #forwardPlaces: Uint16Array;
  readonly #terms: StringTable;
  readonly #termStarts: Uint32Array;
  readonly #termDocs: Uint16Array;
  readonly #termCounts: Uint8Array;

  /** Checks checksums and that the sections fit each other. Throws `DamagedError`. */
  constructor(name: string, file: Uint8Array) {
    const sections = readSections(file);
    this.name = name;
    this.image = file;
    this.#files = new StringTable(bytes(sections, 'FILE'));
    this.fileCount = this.#files.length;
    const counts = u32(sections, 'FCNT');
    this.#fileStarts = new Uint32Array(counts.length + 1);
    counts.forEach((count, i) => (this.#fileStarts[i + 1] = this.#fileStarts[i]! + count));
    this.#passages = u32(sections, 'PASS');
    this.passageCount = this.#passages.length / PASSAGE_COLUMNS;
    this.live = new Uint8Array(this.passageCount).fill(1);
    this.#hashes = bytes(sections, 'HASH');
    this.#trails = new StringTable(bytes(sections, 'HEAD'));
    this.#texts = new StringTable(bytes(sections, 'TEXT'));
    this.#dimensions = u32(sections, 'SDIM');
    this.#postingStarts = u32(sections, 'SOFF');
    this.#docs = u16(sections, 'SDOC');
    this.#impacts = bytes(sections, 'SIMP');
    const scale = bytes(sections, 'SSCL');
    if (scale.length !== 8) throw new DamagedError('section SSCL length');
    this.#weightStep = new Float64Array(scale.buffer, scale.byteOffset, 1)[0]!;
    this.impactStep = this.#weightStep * LEVELS_PER_IMPACT;
    this.#forwardStarts = u32(sections, 'WOFF');
    this.#forwardOrdinals =
      this.#dimensions.length <= 0x10000 ? u16(sections, 'WDIM') : u32(sections, 'WDIM');
    this.#forwardWeights = u16(sections, 'WVAL');
    this.#forwardPlaces = u16(sections, 'WPOS');
    this.#terms = new StringTable(bytes(sections, 'LTRM'));
    this.#termStarts = u32(sections, 'LOFF');
    this.#termDocs = u16(sections, 'LDOC');
    this.#termCounts = bytes(sections, 'LCNT');
    const n = this.passageCount;
    const postings = this.#docs.length;
    const fits =
      Number.isInteger(n) &&
      n <= MAX_PASSAGES &&
      counts.length === this.fileCount &&
      this.#fileStarts[this.fileCount] === n &&
      this.#hashes.length === n * 16 &&
      this.#texts.length === n &&
      this.#postingStarts.length === this.#dimensions.length + 1 &&
      this.#postingStarts.at(-1) === postings &&
      this.#impacts.length === postings &&
      this.#forwardStarts.length === n + 1 &&
      this.#forwardStarts[n] === postings &&
      this.#forwardOrdinals.length === postings &&
      this.#forwardWeights.length === postings &&
      this.#forwardPlaces.length === postings &&
      this.#termStarts.length === this.#terms.length + 1 &&
      this.#termStarts.at(-1) === this.#termDocs.length &&
      this.#termCounts.length === this.#termDocs.length;
    if (!fits) throw new DamagedError('sections do not fit each other');
    this.#liveCount = 0;
    this.revive();
  }

  get liveCount(): number {
    return this.#liveCount;
  }

  /** Sums over live passages, for BM25's average. */
  get liveBodyLength(): number {
    return this.#liveBodyLength;
  }

  get liveHeadingLength(): number {
    return this.#liveHeadingLength;
  }

  /** All passages live, as when the segment was written. */
  revive(): void {
    this.live.fill(1);
    this.#liveCount = this.passageCount;
    this.#liveBodyLength = 0;
    this.#liveHeadingLength = 0;
    for (let p = 0; p < this.passageCount; p++) {
      this.#liveBodyLength += this.bodyLength(p);
      this.#liveHeadingLength += this.headingLength(p);
    }
  }

  /** Passages `[first, end)` are no longer found. */
  kill(first: number, end: number): void {
    for (let p = first; p < end; p++) {
      if (this.live[p] === 0) continue;
      this.live[p] = 0;
      this.#liveCount--;
      this.#liveBodyLength -= this.bodyLength(p);
      this.#liveHeadingLength -= this.headingLength(p);
    }
  }

  file(index: number): FileHead {
    const head = JSON.parse(this.#files.get(index)) as Omit<FileHead, 'passageCount'>;
    return { ...head, passageCount: this.#fileStarts[index + 1]! - this.#fileStarts[index]! };
  }

  /** The passages `[first, end)` of a file. */
  passagesOf(file: number): { first: number; end: number } {
    return { first: this.#fileStarts[file]!, end: this.#fileStarts[file + 1]! };
  }

  fileOf(passage: number): number {
    let low = 0;
    let high = this.fileCount - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#fileStarts[middle]! <= passage) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  passage(index: number): Omit<PassageRecord, 'vector' | 'terms'> {
    const column = (number: number): number => this.#passages[index * PASSAGE_COLUMNS + number]!;
    const headings = this.#trails.get(column(5));
    return {
      start: column(0),
      end: column(1),
      line: column(2),
      column: column(3),
      endLine: column(4),
      headings: headings === '' ? [] : headings.split('\n'),
      text: this.#texts.get(index),
      hash: this.hash(index),
    };
  }

  hash(passage: number): string {
    let hex = '';
    for (let i = passage * 16; i < passage * 16 + 16; i++)
      hex += this.#hashes[i]!.toString(16).padStart(2, '0');
    return hex;
  }

  bodyLength(passage: number): number {
    return this.#passages[passage * PASSAGE_COLUMNS + 6]!;
  }

  headingLength(passage: number): number {
    return this.#passages[passage * PASSAGE_COLUMNS + 7]!;
  }

  semantic(dimension: number): Postings | null {
    const ordinal = lowerBound(this.#dimensions, dimension);
    if (this.#dimensions[ordinal] !== dimension) return null;
    const start = this.#postingStarts[ordinal]!;
    const end = this.#postingStarts[ordinal + 1]!;
    return { docs: this.#docs.subarray(start, end), values: this.#impacts.subarray(start, end) };
  }

  /** A query's weights by this segment's own numbers of the dimensions: what `dot` takes. */
  byOrdinal(query: ReadonlyMap<number, number>): Float64Array {
    const weights = new Float64Array(this.#dimensions.length);
    for (const [dimension, weight] of query) {
      const ordinal = lowerBound(this.#dimensions, dimension);
      if (this.#dimensions[ordinal] === dimension) weights[ordinal] = weight;
    }
    return weights;
  }

  /** Exact dot product of a passage with a query (`byOrdinal`), in float64. */
  dot(passage: number, query: Float64Array): number {
    let sum = 0;
    for (let i = this.#forwardStarts[passage]!, end = this.#forwardStarts[passage + 1]!; i < end; i++) {
      const weight = query[this.#forwardOrdinals[i]!]!;
      if (weight !== 0) sum += weight * (this.#forwardWeights[i]! * this.#weightStep);
    }
    return sum;
  }

  vector(passage: number): SparseVector {
    const start = this.#forwardStarts[passage]!;
    const end = this.#forwardStarts[passage + 1]!;
    const dimensions = new Uint32Array(end - start);
    const weights = new Float32Array(end - start);
    for (let i = start; i < end; i++) {
      dimensions[i - start] = this.#dimensions[this.#forwardOrdinals[i]!]!;
      weights[i - start] = this.#forwardWeights[i]! * this.#weightStep;
    }
    return { dimensions, weights, places: this.#forwardPlaces.slice(start, end) };
  }

  /** Weights of a passage as scoring uses them, in float64. */
  weights(passage: number): Map<number, { weight: number; place: number }> {
    const found = new Map<number, { weight: number; place: number }>();
    for (let i = this.#forwardStarts[passage]!, end = this.#forwardStarts[passage + 1]!; i < end; i++)
      found.set(this.#dimensions[this.#forwardOrdinals[i]!]!, {
        weight: this.#forwardWeights[i]! * this.#weightStep,
        place: this.#forwardPlaces[i]!,
      });
    return found;
  }

  /** Postings of a lexical term given as UTF-8. */
  lexical(term: Uint8Array): Postings | null {
    const at = this.#terms.lowerBound(term);
    if (at === this.#terms.length) return null;
    const found = this.#terms.bytes(at);
    if (found.length !== term.length || found.some((byte, i) => byte !== term[i])) return null;
    return this.#lexicalAt(at);
  }

  /** Postings of every lexical term that begins with the given UTF-8 bytes. */
  *lexicalWithPrefix(prefix: Uint8Array): Generator<{ term: string; postings: Postings }> {
    for (let at = this.#terms.lowerBound(prefix); at < this.#terms.length; at++) {
      const term = this.#terms.bytes(at);
      if (term.length < prefix.length || prefix.some((byte, i) => byte !== term[i])) return;
      yield { term: this.#terms.get(at), postings: this.#lexicalAt(at) };
    }
  }

  #lexicalAt(at: number): Postings {
    const start = this.#termStarts[at]!;
    const end = this.#termStarts[at + 1]!;
    return { docs: this.#termDocs.subarray(start, end), values: this.#termCounts.subarray(start, end) };
  }

  /** The whole records of the given files, for merging. One pass over the lexical postings. */
  records(files: readonly number[]): FileRecord[] {
    const wanted = new Map<number, { terms: string[]; body: number[]; heading: number[] }>();
    for (const file of files) {
      const { first, end } = this.passagesOf(file);
      for (let p = first; p < end; p++) wanted.set(p, { terms: [], body: [], heading: [] });
    }
    for (let at = 0; at < this.#terms.length; at++) {
      let term: string | null = null;
      const { docs, values } = this.#lexicalAt(at);
      for (let i = 0; i < docs.length; i++) {
        const list = wanted.get(docs[i]!);
        if (list === undefined) continue;
        list.terms.push((term ??= this.#terms.get(at)));
        list.body.push(values[i]! & 15);
        list.heading.push(values[i]! >> 4);
      }
    }
    return files.map(file => {
      const { passageCount: _, ...head } = this.file(file);
      const { first, end } = this.passagesOf(file);
      const passages: PassageRecord[] = [];
      for (let p = first; p < end; p++) {
        const list = wanted.get(p)!;
        passages.push({
          ...this.passage(p),
          vector: this.vector(p),
          terms: {
            terms: list.terms,
            body: Uint8Array.from(list.body),
            heading: Uint8Array.from(list.heading),
            bodyLength: this.bodyLength(p),
            headingLength: this.headingLength(p),
          },
        });
      }
      return { ...head, passages };
    });
  }
}

function lowerBound(sorted: Uint32Array, key: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < key) low = middle + 1;
    else high = middle;
  }
  return low;
}
