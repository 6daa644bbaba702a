/**
 * Lists of postings. Stored are their number (varint), the gaps between passages (varints; the first from -1,
 * less one), and then planes of one byte a posting:
 *
 * - semantic: impact, fraction, place (a second plane of places where a passage has more than 254 words). The
 *   weight in levels is `256 · (impact - 1) + fraction + 1`, so an impact alone is never below its weight.
 * - lexical: counts (`termCounts.ts`).
 */
import { ByteReader, type ByteSink } from './byteSink.ts';
import { DamagedError } from './sections.ts';
import { IN_CONTEXT, NOWHERE } from '../sparseVector.ts';

/** One impact stands for 256 levels. */
export const LEVELS_PER_IMPACT = 256;
export const WEIGHT_LEVELS = 255 * LEVELS_PER_IMPACT;

/** Postings of one term: passages ascending, then the planes, each as long as the passages. */
export interface Postings {
  readonly docs: Uint16Array;
  readonly planes: Uint8Array;
}

export const NO_POSTINGS: Postings = { docs: new Uint16Array(), planes: new Uint8Array() };

export function planeOf({ docs, planes }: Postings, number: number): Uint8Array {
  return planes.subarray(number * docs.length, (number + 1) * docs.length);
}

export function impactOf(level: number): number {
  return ((level - 1) >> 8) + 1;
}

export function fractionOf(level: number): number {
  return (level - 1) & 255;
}

export function levelOf(impact: number, fraction: number): number {
  return 256 * (impact - 1) + fraction + 1;
}

/** Words from this number on need a second byte: the two numbers above it mean that there is no word. */
export const MANY_WORDS = 254;

export function narrowPlace(place: number): number {
  return place === IN_CONTEXT ? 255 : place === NOWHERE ? 254 : place;
}

export function widePlace(byte: number): number {
  return byte === 255 ? IN_CONTEXT : byte === 254 ? NOWHERE : byte;
}

export function writePostings(sink: ByteSink, { docs, planes }: Postings): void {
  sink.varint(docs.length);
  let last = -1;
  for (const doc of docs) {
    sink.varint(doc - last - 1);
    last = doc;
  }
  sink.append(planes);
}

/** Throws `DamagedError` where the list is not as long as it claims, or its passages exceed 16 bits. */
export function readPostings(list: Uint8Array, planes: number): Postings {
  const reader = new ByteReader(list);
  const count = reader.varint();
  if (count > list.length) throw new DamagedError('postings longer than their list');
  const docs = new Uint16Array(count);
  let { at } = reader;
  let last = -1;
  for (let i = 0; i < count; i++) {
    let gap = list[at++]!;
    if (gap > 127) {
      gap = (gap & 127) | (list[at]! << 7);
      if (list[at++]! > 127) gap = (gap & 0x3fff) | (list[at++]! << 14);
    }
    last += gap + 1;
    docs[i] = last;
  }
  if (last > 0xffff || at + planes * count !== list.length) throw new DamagedError('postings length');
  return { docs, planes: list.subarray(at) };
}

/**
 * Scans a stored list for the postings of passages `[first, end)`: `found` gets the passage and the position
 * of its bytes in the planes, which begin at `planesAt`. Throws `DamagedError`.
 */
export function scanPostings(
  list: Uint8Array,
  planes: number,
  first: number,
  end: number,
  found: (doc: number, at: number, planesAt: number, count: number) => void,
): void {
  const reader = new ByteReader(list);
  const count = reader.varint();
  const planesAt = list.length - planes * count;
  if (planesAt < reader.at) throw new DamagedError('postings length');
  let { at } = reader;
  let doc = -1;
  for (let i = 0; i < count && at < planesAt; i++) {
    let gap = list[at++]!;
    if (gap > 127) {
      gap = (gap & 127) | (list[at]! << 7);
      if (list[at++]! > 127) gap = (gap & 0x3fff) | (list[at++]! << 14);
    }
    doc += gap + 1;
    if (doc >= end) return;
    if (doc >= first) found(doc, i, planesAt, count);
  }
}
