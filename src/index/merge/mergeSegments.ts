/** Merges segments into one, list by list, leaving out passages that are no longer valid. */
import { toHex } from '../segment/hex.ts';
import { LexicalWriter } from '../segment/lexicalLists.ts';
import { PassageTableWriter } from '../segment/passages/passageTableWriter.ts';
import type { FileHead } from '../records.ts';
import type { EvictedVector } from './evictedVectorCache.ts';
import { MAX_PASSAGES, type Segment } from '../segment/segment.ts';
import { segmentImage } from '../segment/segmentImage.ts';
import { SemanticWriter } from '../segment/semanticLists.ts';
import { TermCursors } from './termCursors.ts';
import { VectorRows } from './vectorRows.ts';

export interface MergePart {
  readonly segment: Segment;
  /** Files that are kept, ascending, with their current heads. */
  readonly files: readonly { readonly file: number; readonly head: FileHead }[];
}

export interface MergePlan {
  readonly parts: readonly MergePart[];
  /**
   * Heads that stay without passages of their own: tombstones, and heads of files whose passages lie in other
   * segments.
   */
  readonly heads: readonly FileHead[];
}

export interface MergeOptions {
  /** Resolves when the work may go on; it is called every few milliseconds. */
  readonly pace: () => Promise<void>;
  /** Whether the vector of a passage that is left out is worth caching, by its content address. */
  readonly evicts: (hash: string) => boolean;
}

export interface Merged {
  readonly image: readonly Uint8Array[];
  readonly evicted: readonly EvictedVector[];
}

/** Number of passages that are read at once, unless a single file has more. */
const READ_AT_ONCE = 256;
/** Number of lists between two pauses. */
const STEP = 128;
/** Marks a passage that is left out. */
const LEFT_OUT = -1;

/** Throws `RangeError` above 65,535 passages; rejects with `DamagedError`. */
export async function mergeSegments({ parts, heads }: MergePlan, options: MergeOptions): Promise<Merged> {
  const numbers = newNumbers(parts);
  const all = [...heads];
  const table = new PassageTableWriter();
  for (const part of parts) {
    for (const { head } of part.files) all.push(head);
    for (const { first, end } of passageRuns(part)) {
      for (const passage of await part.segment.passages.raw(first, end)) table.add(passage);
      await options.pace();
    }
  }
  const evictions = await Promise.all(
    parts.map((part, i) => evictionsOf(part.segment, numbers[i]!, options.evicts)),
  );
  const semantic = await mergeSemantic(parts, numbers, evictions, options.pace);
  const lexical = await mergeLexical(parts, numbers, options.pace);
  return {
    image: segmentImage(all, table, semantic, lexical),
    evicted: evictions.flatMap(({ hashes, rows }) =>
      hashes.map((hash, row) => ({ hash, vector: rows.vector(row) })),
    ),
  };
}

/**
 * Passages that are kept, `[first, end)`, neighbours together: most notes are a single passage, and each read costs
 * several of the disk's blocks with their checksums.
 */
function passageRuns({ segment, files }: MergePart): { readonly first: number; readonly end: number }[] {
  const runs: { first: number; end: number }[] = [];
  for (const { file } of files) {
    const { first, end } = segment.passagesOf(file);
    const last = runs.at(-1);
    if (last?.end === first && end - last.first <= READ_AT_ONCE) last.end = end;
    else if (end > first) runs.push({ first, end });
  }
  return runs;
}

/** The new number of each passage, by its old one. */
function newNumbers(parts: readonly MergePart[]): Int32Array[] {
  let next = 0;
  const numbers = parts.map(({ segment, files }) => {
    const own = new Int32Array(segment.passageCount).fill(LEFT_OUT);
    for (const { file } of files) {
      const { first, end } = segment.passagesOf(file);
      for (let p = first; p < end; p++) own[p] = next++;
    }
    return own;
  });
  if (next > MAX_PASSAGES) throw new RangeError(`${next} passages in one segment`);
  return numbers;
}

interface Evictions {
  readonly hashes: readonly string[];
  /** The row of a passage. */
  readonly byPassage: ReadonlyMap<number, number>;
  readonly rows: VectorRows;
}

async function evictionsOf(
  segment: Segment,
  numbers: Int32Array,
  evicts: MergeOptions['evicts'],
): Promise<Evictions> {
  const byPassage = new Map<number, number>();
  const hashes: string[] = [];
  if (numbers.includes(LEFT_OUT)) {
    const all = await segment.passages.hashes();
    numbers.forEach((number, p) => {
      if (number !== LEFT_OUT) return;
      const hash = toHex(all.subarray(16 * p, 16 * p + 16));
      if (!evicts(hash)) return;
      byPassage.set(p, hashes.length);
      hashes.push(hash);
    });
  }
  return { hashes, byPassage, rows: new VectorRows(hashes.length) };
}

async function mergeSemantic(
  parts: readonly MergePart[],
  numbers: readonly Int32Array[],
  evictions: readonly Evictions[],
  pace: MergeOptions['pace'],
): Promise<SemanticWriter> {
  const lists = parts.map(({ segment }) => segment.semanticLists);
  // All steps are powers of two, so a weight changes only where the new step is larger than its own.
  const step = Math.max(2 ** -40, ...lists.map(({ weightStep }) => weightStep));
  const writer = new SemanticWriter(step, lists.some(({ placeBytes }) => placeBytes === 2) ? 2 : 1);
  const readers = lists.map(own => own.reader());
  const cursors = new Uint32Array(parts.length);
  const [docs, levels, places] = [0, 1, 2].map(() => new Uint16Array(MAX_PASSAGES)) as [
    Uint16Array,
    Uint16Array,
    Uint16Array,
  ];
  const dimensions = Uint32Array.from(new Set(lists.flatMap(own => [...own.dimensions]))).sort();
  for (const [done, dimension] of dimensions.entries()) {
    let count = 0;
    for (const [i, own] of lists.entries()) {
      if (own.dimensions[cursors[i]!] !== dimension) continue;
      const read = readers[i]!.read(cursors[i]!++);
      const postings = read instanceof Promise ? await read : read;
      const scale = own.weightStep / step;
      const { byPassage, rows } = evictions[i]!;
      for (let at = 0; at < postings.docs.length; at++) {
        const doc = postings.docs[at]!;
        const number = numbers[i]![doc]!;
        const level = own.level(postings, at);
        if (number === LEFT_OUT) {
          const row = byPassage.get(doc);
          if (row !== undefined) rows.add(row, dimension, level * own.weightStep, own.place(postings, at));
          continue;
        }
        docs[count] = number;
        levels[count] = scale === 1 ? level : Math.max(1, Math.round(level * scale));
        places[count++] = own.place(postings, at);
      }
    }
    if (count > 0)
      writer.add(dimension, {
        docs: docs.subarray(0, count),
        levels: levels.subarray(0, count),
        places: places.subarray(0, count),
      });
    if (done % STEP === 0) await pace();
  }
  return writer;
}

async function mergeLexical(
  parts: readonly MergePart[],
  numbers: readonly Int32Array[],
  pace: MergeOptions['pace'],
): Promise<LexicalWriter> {
  const writer = new LexicalWriter();
  const cursors = await TermCursors.of(parts.map(({ segment }) => segment.lexicalLists));
  const docs = new Uint16Array(MAX_PASSAGES);
  const counts = new Uint8Array(MAX_PASSAGES);
  for (let done = 0; ; done++) {
    const next = await cursors.next();
    if (next === null) return writer;
    let count = 0;
    for (const { part, postings } of next.found)
      for (let at = 0; at < postings.docs.length; at++) {
        const number = numbers[part]![postings.docs[at]!]!;
        if (number === LEFT_OUT) continue;
        docs[count] = number;
        counts[count++] = postings.planes[at]!;
      }
    if (count > 0)
      writer.add(next.term, { docs: docs.subarray(0, count), planes: counts.subarray(0, count) });
    if (done % STEP === 0) await pace();
  }
}
