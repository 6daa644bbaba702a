/**
 * An immutable segment ("leaf"): up to 65,535 passages with everything a search needs of them.
 *
 * In memory: FILE heads as JSON strings, FCNT passages a file (u32) · PASS columns (u32 × 9), HASH content
 * addresses (16 bytes), HEAD heading trails (strings, lines) · SDIM sorted dimensions (u32), SOFF where their
 * postings begin in SPST (u32, bytes), SSCL the weight of one level (f64) · WOFF where a passage's vector begins
 * in WFWD (u32, entries) · LTRM lexical terms sorted by bytes (strings), LOFF where their postings begin in LPST
 * (u32, bytes).
 *
 * Read when needed: TEXT the passages' texts (UTF-8, by the ninth column) · SPST a list of postings a dimension:
 * passages (u16 each), impacts (u8 each, rounded up), padded to 2 bytes · WFWD the forward index: ordinal in SDIM
 * (u16, or u32 above 65,536 dimensions), weight in levels (u16), place (u16) · LPST as SPST with counts
 * (u8: body | heading << 4).
 */
import type { FileHead, FileRecord, PassageRecord } from './records.ts';
import { blobOf, type OpenBlob } from './blobStore.ts';
import { DamagedError, SectionFile } from './sections.ts';
import { bytes, u32 } from './sectionViews.ts';
import { LEVELS_PER_IMPACT, postingsIn, type ForwardVector, type Postings } from './postings.ts';
import { checkAscending, checkForward, checkPostings, checkStarts, checkTerms } from './segmentInvariants.ts';
import type { SparseVector } from './sparseVector.ts';
import { compareBytes, StringTable } from './stringTable.ts';

export const MAX_PASSAGES = 65_535;
export const PASSAGE_COLUMNS = 9;
/** Sections that are not read when a segment is opened. */
export const LARGE_SECTIONS: ReadonlySet<string> = new Set(['TEXT', 'SPST', 'WFWD', 'LPST']);

export class Segment {
  readonly name: string;
  /** Of the file on disk. */
  readonly bytes: number;
  readonly passageCount: number;
  readonly fileCount: number;
  /** Live flag of each passage; a newer record of its file clears it (`kill`). */
  readonly live: Uint8Array;
  #liveCount = 0;
  #liveBodyLength = 0;
  #liveHeadingLength = 0;
  /** A weight is at most `impact * impactStep`, and more than `(impact - 1) * impactStep`. */
  readonly impactStep: number;
  readonly #weightStep: number;
  readonly #file: SectionFile;
  readonly #files: StringTable;
  readonly #fileStarts: Uint32Array;
  readonly #passages: Uint32Array;
  readonly #hashes: Uint8Array;
  readonly #trails: StringTable;
  readonly #dimensions: Uint32Array;
  readonly #postingStarts: Uint32Array;
  readonly #forwardStarts: Uint32Array;
  /** Bytes of an entry of the forward index. */
  readonly #entry: 6 | 8;
  readonly #terms: StringTable;
  readonly #termStarts: Uint32Array;

  private constructor(name: string, file: SectionFile) {
    const { sections } = file;
    this.name = name;
    this.bytes = file.size;
    this.#file = file;
    this.#files = new StringTable(bytes(sections, 'FILE'));
    this.fileCount = this.#files.length;
    const counts = u32(sections, 'FCNT');
    this.#fileStarts = new Uint32Array(counts.length + 1);
    counts.forEach((count, i) => (this.#fileStarts[i + 1] = this.#fileStarts[i]! + count));
    this.#passages = u32(sections, 'PASS');
    this.passageCount = this.#passages.length / PASSAGE_COLUMNS;
    this.#hashes = bytes(sections, 'HASH');
    this.#trails = new StringTable(bytes(sections, 'HEAD'));
    this.#dimensions = u32(sections, 'SDIM');
    this.#postingStarts = u32(sections, 'SOFF');
    const scale = bytes(sections, 'SSCL');
    if (scale.length !== 8) throw new DamagedError('section SSCL length');
    this.#weightStep = new Float64Array(scale.slice().buffer)[0]!;
    this.impactStep = this.#weightStep * LEVELS_PER_IMPACT;
    this.#forwardStarts = u32(sections, 'WOFF');
    this.#entry = this.#dimensions.length <= 0x10000 ? 6 : 8;
    this.#terms = new StringTable(bytes(sections, 'LTRM'));
    this.#termStarts = u32(sections, 'LOFF');
    const n = this.passageCount;
    const fits =
      Number.isInteger(n) &&
      n <= MAX_PASSAGES &&
      counts.length === this.fileCount &&
      this.#fileStarts[this.fileCount] === n &&
      this.#hashes.length === n * 16 &&
      this.#postingStarts.length === this.#dimensions.length + 1 &&
      this.#postingStarts.at(-1) === file.lengthOf('SPST') &&
      this.#forwardStarts.length === n + 1 &&
      this.#forwardStarts[n]! * this.#entry === file.lengthOf('WFWD') &&
      this.#termStarts.length === this.#terms.length + 1 &&
      this.#termStarts.at(-1) === file.lengthOf('LPST');
    if (!fits) throw new DamagedError('sections do not fit each other');
    this.live = new Uint8Array(n);
    this.revive();
  }

  /** Checks what is read now; the rest is checked when it is read. Throws `DamagedError`. */
  static async open(name: string, blob: OpenBlob): Promise<Segment> {
    return new Segment(name, await SectionFile.open(blob));
  }

  /** A segment that is in memory as a whole. */
  static of(name: string, image: Uint8Array): Promise<Segment> {
    return Segment.open(name, blobOf(image));
  }

  /** Reads everything; checks every sum, and that what is there fits together. Throws `DamagedError`. */
  async verify(): Promise<void> {
    await this.#file.verify();
    const [n, column] = [this.passageCount, 8];
    const texts = Array.from({ length: n }, (_, p) => this.#passages[p * PASSAGE_COLUMNS + column]!);
    checkStarts(texts, this.#file.lengthOf('TEXT'), 'text');
    for (let p = 0; p < n; p++)
      if (this.#passages[p * PASSAGE_COLUMNS + 5]! >= this.#trails.length)
        throw new DamagedError(`passage ${p}: headings out of range`);
    checkAscending(this.#dimensions, 'dimensions');
    checkTerms(this.#terms);
    const semantic = await this.#allPostings('SPST', this.#postingStarts);
    await this.#allPostings('LPST', this.#termStarts);
    const read = await this.#file.read('WFWD', 0, this.#file.lengthOf('WFWD'));
    checkStarts(this.#forwardStarts, this.#forwardStarts[n]!, 'vector');
    const forward = (p: number): ForwardVector =>
      this.#forwardIn(
        read.slice(this.#forwardStarts[p]! * this.#entry, this.#forwardStarts[p + 1]! * this.#entry),
      );
    checkForward(forward, semantic, n);
  }

  async #allPostings(section: string, starts: Uint32Array): Promise<Postings[]> {
    const end = this.#file.lengthOf(section);
    checkStarts(starts, end, section);
    const read = await this.#file.read(section, 0, end);
    return Array.from({ length: starts.length - 1 }, (_, i) => {
      if (starts[i]! % 2 !== 0) throw new DamagedError(`${section} ${i}: at an odd byte`);
      const postings = postingsIn(read.subarray(starts[i], starts[i + 1]));
      checkPostings(postings, this.passageCount, `${section} ${i}`);
      return postings;
    });
  }

  async close(): Promise<void> {
    await this.#file.close();
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

  passage(index: number): Omit<PassageRecord, 'vector' | 'terms' | 'text'> {
    const column = (number: number): number => this.#passages[index * PASSAGE_COLUMNS + number]!;
    const headings = this.#trails.get(column(5));
    return {
      start: column(0),
      end: column(1),
      line: column(2),
      column: column(3),
      endLine: column(4),
      headings: headings === '' ? [] : headings.split('\n'),
      hash: this.hash(index),
    };
  }

  async text(passage: number): Promise<string> {
    return DECODER.decode(await this.#file.read('TEXT', ...this.#textRange(passage)));
  }

  #textRange(passage: number): [number, number] {
    const start = this.#passages[passage * PASSAGE_COLUMNS + 8]!;
    const next = this.#passages[(passage + 1) * PASSAGE_COLUMNS + 8];
    return [start, next ?? this.#file.lengthOf('TEXT')];
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

  /** Postings of a dimension, null where it has none. */
  async semantic(dimension: number): Promise<Postings | null> {
    const ordinal = lowerBound(this.#dimensions, dimension);
    if (this.#dimensions[ordinal] !== dimension) return null;
    return this.#postings('SPST', this.#postingStarts, ordinal);
  }

  async #postings(section: string, starts: Uint32Array, at: number): Promise<Postings> {
    return postingsIn(await this.#file.read(section, starts[at]!, starts[at + 1]!));
  }

  /** A passage's vector as it is stored. */
  async forward(passage: number): Promise<ForwardVector> {
    const [start, end] = [this.#forwardStarts[passage]!, this.#forwardStarts[passage + 1]!];
    return this.#forwardIn(await this.#file.read('WFWD', start * this.#entry, end * this.#entry));
  }

  /** The same without waiting, where it was read a moment ago. */
  recentForward(passage: number): ForwardVector | null {
    const [start, end] = [this.#forwardStarts[passage]!, this.#forwardStarts[passage + 1]!];
    const found = this.#file.recent('WFWD', start * this.#entry, end * this.#entry);
    return found === undefined ? null : this.#forwardIn(found);
  }

  #forwardIn(read: Uint8Array): ForwardVector {
    const halves = new Uint16Array(read.buffer, read.byteOffset, read.length >> 1);
    const width = this.#entry >> 1;
    const count = halves.length / width;
    const ordinals = new Uint32Array(count);
    const levels = new Uint16Array(count);
    const places = new Uint16Array(count);
    for (let i = 0; i < count; i++) {
      const at = i * width;
      ordinals[i] = width === 3 ? halves[at]! : halves[at]! + halves[at + 1]! * 0x10000;
      levels[i] = halves[at + width - 2]!;
      places[i] = halves[at + width - 1]!;
    }
    return { ordinals, levels, places };
  }

  /** Exact dot product of a vector of this segment with a query (`byDimension`), in float64. */
  dot({ ordinals, levels }: ForwardVector, query: Float64Array): number {
    let sum = 0;
    for (let i = 0; i < ordinals.length; i++) {
      const dimension = this.#dimensions[ordinals[i]!]!;
      const weight = dimension < query.length ? query[dimension]! : 0;
      if (weight !== 0) sum += weight * (levels[i]! * this.#weightStep);
    }
    return sum;
  }

  async vector(passage: number): Promise<SparseVector> {
    return this.#vectorOf(await this.forward(passage));
  }

  #vectorOf({ ordinals, levels, places }: ForwardVector): SparseVector {
    return {
      dimensions: ordinals.map(ordinal => this.#dimensions[ordinal]!),
      weights: Float32Array.from(levels, level => level * this.#weightStep),
      places,
    };
  }

  /** Weights by dimension, as scoring uses them, in float64. */
  weights({ ordinals, levels, places }: ForwardVector): Map<number, { weight: number; place: number }> {
    const found = new Map<number, { weight: number; place: number }>();
    for (let i = 0; i < ordinals.length; i++)
      found.set(this.#dimensions[ordinals[i]!]!, {
        weight: levels[i]! * this.#weightStep,
        place: places[i]!,
      });
    return found;
  }

  /** Postings of a lexical term given as UTF-8, null where it has none. */
  async lexical(term: Uint8Array): Promise<Postings | null> {
    const at = this.#terms.lowerBound(term);
    if (at === this.#terms.length || compareBytes(this.#terms.bytes(at), term) !== 0) return null;
    return this.#postings('LPST', this.#termStarts, at);
  }

  /** Postings of lexical terms that begin with the given UTF-8 bytes, at most `limit` of them, by their bytes. */
  async lexicalWithPrefix(
    prefix: Uint8Array,
    limit: number,
  ): Promise<readonly { term: string; postings: Postings }[]> {
    const first = this.#terms.lowerBound(prefix);
    let end = first;
    while (
      end < this.#terms.length &&
      end - first < limit &&
      compareBytes(this.#terms.bytes(end).subarray(0, prefix.length), prefix) === 0
    )
      end++;
    const starts = this.#termStarts;
    // Neighbours in the table are neighbours in the file: one read.
    const read = await this.#file.read('LPST', starts[first]!, starts[end]!);
    return Array.from({ length: end - first }, (_, i) => {
      const [from, to] = [starts[first + i]! - starts[first]!, starts[first + i + 1]! - starts[first]!];
      return { term: this.#terms.get(first + i), postings: postingsIn(read.subarray(from, to)) };
    });
  }

  /** The whole records of the given files, for merging. */
  async records(files: readonly number[]): Promise<FileRecord[]> {
    const wanted = new Map<number, { terms: string[]; body: number[]; heading: number[] }>();
    for (const file of files) {
      const { first, end } = this.passagesOf(file);
      for (let p = first; p < end; p++) wanted.set(p, { terms: [], body: [], heading: [] });
    }
    const all = await this.#file.read('LPST', 0, this.#file.lengthOf('LPST'));
    for (let at = 0; at < this.#terms.length; at++) {
      let term: string | null = null;
      const { docs, values } = postingsIn(all.subarray(this.#termStarts[at], this.#termStarts[at + 1]));
      for (let i = 0; i < docs.length; i++) {
        const list = wanted.get(docs[i]!);
        if (list === undefined) continue;
        list.terms.push((term ??= this.#terms.get(at)));
        list.body.push(values[i]! & 15);
        list.heading.push(values[i]! >> 4);
      }
    }
    const records: FileRecord[] = [];
    for (const file of files) {
      const { passageCount: _, ...head } = this.file(file);
      const { first, end } = this.passagesOf(file);
      records.push({ ...head, passages: await this.#passageRecords(first, end, wanted) });
    }
    return records;
  }

  /** Passages of a file stand side by side: two reads for all of them. */
  async #passageRecords(
    first: number,
    end: number,
    terms: ReadonlyMap<number, { terms: string[]; body: number[]; heading: number[] }>,
  ): Promise<PassageRecord[]> {
    if (first === end) return [];
    const starts = this.#forwardStarts;
    const [base, entry] = [starts[first]!, this.#entry];
    const vectors = await this.#file.read('WFWD', base * entry, starts[end]! * entry);
    const [textBase, textEnd] = [this.#textRange(first)[0], this.#textRange(end - 1)[1]];
    const texts = await this.#file.read('TEXT', textBase, textEnd);
    return Array.from({ length: end - first }, (_, i): PassageRecord => {
      const p = first + i;
      const list = terms.get(p)!;
      const [from, to] = this.#textRange(p);
      const vector = vectors.slice((starts[p]! - base) * entry, (starts[p + 1]! - base) * entry);
      return {
        ...this.passage(p),
        text: DECODER.decode(texts.subarray(from - textBase, to - textBase)),
        vector: this.#vectorOf(this.#forwardIn(vector)),
        terms: {
          terms: list.terms,
          body: Uint8Array.from(list.body),
          heading: Uint8Array.from(list.heading),
          bodyLength: this.bodyLength(p),
          headingLength: this.headingLength(p),
        },
      };
    });
  }
}

/** A query's weights by dimension, up to its last one: what `dot` takes. */
export function byDimension(query: ReadonlyMap<number, number>): Float64Array {
  const weights = new Float64Array(Math.max(-1, ...query.keys()) + 1);
  for (const [dimension, weight] of query) weights[dimension] = weight;
  return weights;
}

const DECODER = new TextDecoder();

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
