/**
 * The stored data of a segment's passages, other than their postings.
 *
 * In memory: LENS lengths of body and headings in terms (u32 × 2), ORIG the distinct origins (`origin.ts`), PEND the
 * passages without a vector (u32, ascending). Read on demand: PASS columns (u32 × 10: start, end, line, column, end
 * line, start and length of the heading trail in HEAD, starts in TEXT of the text and of the text beside it, number of
 * its origin) · HEAD heading trails (UTF-8, one heading a line) · HASH content addresses (16 bytes) · TEXT (UTF-8).
 */
import { COLUMNS, HASH, ORIGIN, ROW, TEXT, TRAIL, TRAIL_LENGTH, BESIDE } from './columns.ts';
import type { RawPassage } from './passageTableWriter.ts';
import { toHex } from '../hex.ts';
import type { PassageText } from '../../../domain/passage.ts';
import type { PassageRecord } from '../../records.ts';
import { DamagedError, type SectionFile } from '../sections.ts';
import { readOrigin } from '../../origin.ts';
import { checkAscending, checkStarts } from '../segmentInvariants.ts';
import { bytes, lowerBound, u32 } from '../sectionViews.ts';
import { StringTable } from '../stringTable.ts';

/** A passage without its text and the data that is searched. */
export type StoredPassage = Omit<PassageRecord, 'vector' | 'pending' | 'terms' | 'text' | 'beside'>;

interface StoredTexts {
  readonly read: Uint8Array;
  readonly rows: readonly Uint32Array[];
  readonly base: number;
  readonly ends: readonly number[];
}

/** `read` begins at `from` of HEAD. */
interface Trails {
  readonly spans: readonly { readonly start: number; readonly end: number }[];
  readonly read: Uint8Array;
  readonly from: number;
}

export class PassageTable {
  readonly length: number;
  /** Passages without a vector, ascending. */
  readonly pending: Uint32Array;
  readonly #file: SectionFile;
  readonly #lengths: Uint32Array;
  readonly #origins: readonly string[];

  /** Throws `DamagedError`. */
  constructor(file: SectionFile) {
    this.#file = file;
    this.#lengths = u32(file.sections, 'LENS');
    const origins = new StringTable(bytes(file.sections, 'ORIG'));
    this.#origins = Array.from({ length: origins.length }, (_, i) => origins.get(i));
    for (const origin of this.#origins) readOrigin(origin);
    this.pending = u32(file.sections, 'PEND');
    checkAscending(this.pending, 'pending passages');
    this.length = this.#lengths.length / 2;
    const n = this.length;
    if (!Number.isInteger(n) || file.lengthOf('PASS') !== ROW * n || file.lengthOf('HASH') !== HASH * n)
      throw new DamagedError('passages do not fit each other');
    if ((this.pending.at(-1) ?? -1) >= n) throw new DamagedError('pending passages out of range');
    file.lengthOf('HEAD');
    file.lengthOf('TEXT');
  }

  isPending(passage: number): boolean {
    return this.pending[lowerBound(this.pending, passage)] === passage;
  }

  /** Number of the passages `[first, end)` without a vector. */
  pendingIn(first: number, end: number): number {
    return this.pending.length === 0 ? 0 : lowerBound(this.pending, end) - lowerBound(this.pending, first);
  }

  bodyLength(passage: number): number {
    return this.#lengths[2 * passage]!;
  }

  headingLength(passage: number): number {
    return this.#lengths[2 * passage + 1]!;
  }

  async place(passage: number): Promise<StoredPassage> {
    // Recently read rows are returned synchronously: the ten hits of a query make thirty reads.
    const read = this.#known('PASS', ROW * passage, ROW * Math.min(passage + 2, this.length));
    const row = rowsOf(read instanceof Promise ? await read : read);
    const trailRead = this.#known('HEAD', row[TRAIL]!, row[TRAIL]! + row[TRAIL_LENGTH]!);
    const trail = trailRead instanceof Promise ? await trailRead : trailRead;
    const hashRead = this.#known('HASH', HASH * passage, HASH * (passage + 1));
    const hash = hashRead instanceof Promise ? await hashRead : hashRead;
    return {
      start: row[0]!,
      end: row[1]!,
      line: row[2]!,
      column: row[3]!,
      endLine: row[4]!,
      headings: trail.length === 0 ? [] : DECODER.decode(trail).split('\n'),
      hash: toHex(hash),
      ...readOrigin(this.#origin(row)),
    };
  }

  async text(passage: number): Promise<string> {
    const row = await this.#row(passage);
    return DECODER.decode(await this.#file.read('TEXT', row[TEXT]!, row[BESIDE]!));
  }

  async beside(passage: number): Promise<string> {
    const row = await this.#row(passage);
    const end = row[COLUMNS + TEXT] ?? this.#file.lengthOf('TEXT');
    return DECODER.decode(await this.#file.read('TEXT', row[BESIDE]!, end));
  }

  /** Texts of the passages `[first, end)`, read in one go. */
  async texts(first: number, end: number): Promise<PassageText[]> {
    const { read, rows, base } = await this.#stored(first, end);
    return rows.map(row => ({
      text: DECODER.decode(read.subarray(row[TEXT]! - base, row[BESIDE]! - base)),
      markup: readOrigin(this.#origin(row)).markup,
    }));
  }

  /** Texts of the passages `[first, end)` as stored, each with the text beside it. */
  async sources(first: number, end: number): Promise<(PassageText & { readonly beside: string })[]> {
    const { read, rows, base, ends } = await this.#stored(first, end);
    const slice = (from: number, to: number): string => DECODER.decode(read.subarray(from - base, to - base));
    return rows.map((row, i) => ({
      text: slice(row[TEXT]!, row[BESIDE]!),
      markup: readOrigin(this.#origin(row)).markup,
      beside: slice(row[BESIDE]!, ends[i]!),
    }));
  }

  /** The stored texts of the passages `[first, end)`: they begin at `base`, and each reaches to one of `ends`. */
  async #stored(first: number, end: number): Promise<StoredTexts> {
    if (first === end) return { read: new Uint8Array(), rows: [], base: 0, ends: [] };
    const read = await this.#rows(first, end);
    const rows = Array.from({ length: end - first }, (_, i) => read.subarray(i * COLUMNS, (i + 1) * COLUMNS));
    const ends = rows.map((_, i) => read[(i + 1) * COLUMNS + TEXT] ?? this.#file.lengthOf('TEXT'));
    const base = rows[0]![TEXT]!;
    return { read: await this.#file.read('TEXT', base, ends.at(-1)!), rows, base, ends };
  }

  /** Heading trails of the passages `[first, end)`, read in one go; neighbours with the same trail share the array. */
  async trails(first: number, end: number): Promise<(readonly string[])[]> {
    if (first === end) return [];
    const { spans, read, from } = await this.#trailsIn(await this.#rows(first, end), end - first);
    const known = new Map<number, readonly string[]>();
    return spans.map(span => {
      const length = span.end - span.start;
      // The start identifies the trail, except for the empty one.
      const trail =
        length === 0
          ? NO_HEADINGS
          : (known.get(span.start) ??
            DECODER.decode(read.subarray(span.start - from, span.end - from)).split('\n'));
      if (length > 0) known.set(span.start, trail);
      return trail;
    });
  }

  /** The places in HEAD of so many neighbours' trails, and the bytes from the first to the last: they lie together. */
  async #trailsIn(rows: Uint32Array, count: number): Promise<Trails> {
    const spans = Array.from({ length: count }, (_, i) => {
      const start = rows[i * COLUMNS + TRAIL]!;
      return { start, end: start + rows[i * COLUMNS + TRAIL_LENGTH]! };
    });
    const from = spans.reduce((least, { start }) => Math.min(least, start), Infinity);
    const to = spans.reduce((most, span) => Math.max(most, span.end), 0);
    return { spans, read: await this.#file.read('HEAD', from, to), from };
  }

  /** Columns of the passages `[first, end)`, and of the next passage where there is one. */
  async #rows(first: number, end: number): Promise<Uint32Array> {
    return rowsOf(await this.#file.read('PASS', ROW * first, ROW * Math.min(end + 1, this.length)));
  }

  #known(name: string, start: number, end: number): Uint8Array | Promise<Uint8Array> {
    return this.#file.recent(name, start, end) ?? this.#file.read(name, start, end);
  }

  /** A passage's columns, and those of the next passage where there is one. */
  #row(passage: number): Promise<Uint32Array> {
    return this.#rows(passage, passage + 1);
  }

  #origin(row: Uint32Array): string {
    const origin = this.#origins[row[ORIGIN]!];
    if (origin === undefined) throw new DamagedError('origin out of range');
    return origin;
  }

  /** Content addresses of all passages, 16 bytes each. */
  hashes(): Promise<Uint8Array> {
    return this.#file.read('HASH', 0, HASH * this.length);
  }

  /** The passages `[first, end)` in bytes. */
  async raw(first: number, end: number): Promise<RawPassage[]> {
    if (first === end) return [];
    const read = await this.#file.read('PASS', ROW * first, ROW * Math.min(end + 1, this.length));
    const rows = new Uint32Array(read.buffer, read.byteOffset, read.length / 4);
    const count = end - first;
    const textStart = rows[TEXT]!;
    const texts = await this.#file.read(
      'TEXT',
      textStart,
      rows[count * COLUMNS + TEXT] ?? this.#file.lengthOf('TEXT'),
    );
    const hashes = await this.#file.read('HASH', HASH * first, HASH * end);
    const trails = await this.#trailsIn(rows, count);
    const found: RawPassage[] = [];
    for (let i = 0; i < count; i++) {
      const { start, end: trailEnd } = trails.spans[i]!;
      const row = rows.subarray(i * COLUMNS, (i + 1) * COLUMNS);
      const next = rows[(i + 1) * COLUMNS + TEXT];
      found.push({
        numbers: row,
        trail: trails.read.subarray(start - trails.from, trailEnd - trails.from),
        hash: hashes.subarray(HASH * i, HASH * (i + 1)),
        text: texts.subarray(row[TEXT]! - textStart, row[BESIDE]! - textStart),
        beside: texts.subarray(row[BESIDE]! - textStart, (next ?? textStart + texts.length) - textStart),
        origin: this.#origin(row),
        bodyLength: this.bodyLength(first + i),
        headingLength: this.headingLength(first + i),
        pending: this.isPending(first + i),
      });
    }
    return found;
  }

  /** Throws `DamagedError` where the columns contradict each other. */
  async verify(): Promise<void> {
    const read = await this.#file.read('PASS', 0, ROW * this.length);
    const rows = new Uint32Array(read.buffer, read.byteOffset, read.length / 4);
    const columns = Array.from({ length: this.length }, (_, p) =>
      rows.subarray(p * COLUMNS, (p + 1) * COLUMNS),
    );
    checkStarts(
      columns.flatMap(row => [row[TEXT]!, row[BESIDE]!]),
      this.#file.lengthOf('TEXT'),
      'text',
    );
    const trails = this.#file.lengthOf('HEAD');
    columns.forEach((row, p) => {
      this.#origin(row);
      if (row[TRAIL]! + row[TRAIL_LENGTH]! > trails)
        throw new DamagedError(`passage ${p}: headings out of range`);
    });
  }
}

function rowsOf(read: Uint8Array): Uint32Array {
  return new Uint32Array(read.buffer, read.byteOffset, read.length / 4);
}

const DECODER = new TextDecoder();
const NO_HEADINGS: readonly string[] = [];
