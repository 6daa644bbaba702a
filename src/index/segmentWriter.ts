/** File records -> the bytes of one immutable segment. The sections are described in `segment.ts`. */
import { LEVELS_PER_IMPACT, WEIGHT_LEVELS } from './postings.ts';
import type { FileRecord, PassageRecord } from './records.ts';
import { writeSections } from './sections.ts';
import { LARGE_SECTIONS, MAX_PASSAGES, PASSAGE_COLUMNS } from './segment.ts';
import { compareBytes, writeByteStrings, writeStrings } from './stringTable.ts';

/** Throws `RangeError` above 65,535 passages: a passage's number must fit 16 bits. */
export function writeSegment(files: readonly FileRecord[]): Uint8Array {
  const passages = files.flatMap(file => file.passages);
  if (passages.length > MAX_PASSAGES) throw new RangeError(`${passages.length} passages in one segment`);
  return writeSections(
    new Map([
      ...fileSections(files),
      ...passageSections(passages),
      ...semanticSections(passages),
      ...lexicalSections(passages),
    ]),
    LARGE_SECTIONS,
  );
}

type Section = [string, Uint8Array];

function fileSections(files: readonly FileRecord[]): Section[] {
  const counts = new Uint32Array(files.map(file => file.passages.length));
  const heads = files.map(({ passages: _, ...head }) => JSON.stringify(head));
  return [
    ['FILE', writeStrings(heads)],
    ['FCNT', bytesOf(counts)],
  ];
}

function passageSections(passages: readonly PassageRecord[]): Section[] {
  const trails = new Map<string, number>();
  const columns = new Uint32Array(passages.length * PASSAGE_COLUMNS);
  const hashes = new Uint8Array(passages.length * 16);
  const texts = passages.map(passage => ENCODER.encode(passage.text));
  let textStart = 0;
  passages.forEach((passage, i) => {
    const trail = passage.headings.join('\n');
    if (!trails.has(trail)) trails.set(trail, trails.size);
    const { start, end, line, column, endLine } = passage;
    const { bodyLength, headingLength } = passage.terms;
    columns.set(
      [start, end, line, column, endLine, trails.get(trail)!, bodyLength, headingLength, textStart],
      i * PASSAGE_COLUMNS,
    );
    textStart += texts[i]!.length;
    for (let b = 0; b < 16; b++)
      hashes[i * 16 + b] = Number.parseInt(passage.hash.slice(b * 2, b * 2 + 2), 16);
  });
  return [
    ['PASS', bytesOf(columns)],
    ['HASH', hashes],
    ['HEAD', writeStrings([...trails.keys()])],
    ['TEXT', concatenated(texts)],
  ];
}

function semanticSections(passages: readonly PassageRecord[]): Section[] {
  const counts = new Map<number, number>();
  let largest = 0;
  let total = 0;
  for (const { vector } of passages) {
    total += vector.dimensions.length;
    for (let i = 0; i < vector.dimensions.length; i++) {
      counts.set(vector.dimensions[i]!, (counts.get(vector.dimensions[i]!) ?? 0) + 1);
      largest = Math.max(largest, vector.weights[i]!);
    }
  }
  const dimensions = Uint32Array.from(counts.keys()).sort();
  const ordinals = new Map<number, number>();
  const starts = new Uint32Array(dimensions.length + 1);
  dimensions.forEach((dimension, ordinal) => {
    ordinals.set(dimension, ordinal);
    starts[ordinal + 1] = starts[ordinal]! + counts.get(dimension)!;
  });
  // A power of two: weights that are multiples of it stay as they are when segments are merged.
  const step = 2 ** Math.ceil(Math.log2(Math.max(largest, 1e-6) / WEIGHT_LEVELS));
  const cursor = starts.slice();
  const docs = new Uint16Array(total);
  const impacts = new Uint8Array(total);
  const forwardStarts = new Uint32Array(passages.length + 1);
  const wide = dimensions.length > 0x10000;
  const width = wide ? 4 : 3;
  const forward = new Uint16Array(total * width);
  let at = 0;
  passages.forEach(({ vector }, doc) => {
    for (let i = 0; i < vector.dimensions.length; i++, at++) {
      const ordinal = ordinals.get(vector.dimensions[i]!)!;
      const level = Math.max(1, Math.round(vector.weights[i]! / step));
      const entry = wide ? [ordinal & 0xffff, ordinal >> 16] : [ordinal];
      forward.set([...entry, level, vector.places[i]!], at * width);
      const posting = cursor[ordinal]!++;
      docs[posting] = doc;
      // Rounded up: an impact is never below its weight, so scores from impacts are upper bounds.
      impacts[posting] = Math.ceil(level / LEVELS_PER_IMPACT);
    }
    forwardStarts[doc + 1] = at;
  });
  const lists = Array.from(dimensions, (_, i) => ({
    docs: docs.subarray(starts[i], starts[i + 1]),
    values: impacts.subarray(starts[i], starts[i + 1]),
  }));
  const postings = postingSections(lists);
  return [
    ['SDIM', bytesOf(dimensions)],
    ['SOFF', postings.starts],
    ['SPST', postings.lists],
    ['SSCL', bytesOf(Float64Array.of(step))],
    ['WOFF', bytesOf(forwardStarts)],
    ['WFWD', bytesOf(forward)],
  ];
}

interface List {
  readonly docs: ArrayLike<number>;
  readonly values: ArrayLike<number>;
}

/** Lists one after the other, passages before values, each at an even byte; and where each begins. */
function postingSections(lists: readonly List[]): { starts: Uint8Array; lists: Uint8Array } {
  const starts = new Uint32Array(lists.length + 1);
  lists.forEach(({ docs }, i) => (starts[i + 1] = starts[i]! + 2 * Math.ceil((3 * docs.length) / 2)));
  const all = new Uint8Array(starts[lists.length]!);
  lists.forEach(({ docs, values }, i) => {
    new Uint16Array(all.buffer, starts[i], docs.length).set(docs);
    all.set(values, starts[i]! + 2 * docs.length);
  });
  return { starts: bytesOf(starts), lists: all };
}

function lexicalSections(passages: readonly PassageRecord[]): Section[] {
  const postings = new Map<string, { docs: number[]; counts: number[] }>();
  passages.forEach(({ terms }, doc) => {
    terms.terms.forEach((term, i) => {
      let list = postings.get(term);
      if (list === undefined) postings.set(term, (list = { docs: [], counts: [] }));
      list.docs.push(doc);
      list.counts.push(Math.min(15, terms.body[i]!) | (Math.min(15, terms.heading[i]!) << 4));
    });
  });
  const sorted = [...postings].map(([term, list]) => ({ key: ENCODER.encode(term), list }));
  sorted.sort((a, b) => compareBytes(a.key, b.key));
  const { starts, lists } = postingSections(
    sorted.map(({ list }) => ({ docs: list.docs, values: list.counts })),
  );
  return [
    ['LTRM', writeByteStrings(sorted.map(({ key }) => key))],
    ['LOFF', starts],
    ['LPST', lists],
  ];
}

const ENCODER = new TextEncoder();

function concatenated(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

function bytesOf(array: Uint16Array | Uint32Array | Float64Array): Uint8Array {
  return new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
}
