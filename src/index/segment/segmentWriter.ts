/** Writes file records as the bytes of one immutable segment. */
import { joined } from './byteSink.ts';
import { fromHex } from './hex.ts';
import { LexicalWriter } from './lexicalLists.ts';
import { writeOrigin } from '../origin.ts';
import { PassageTableWriter } from './passages/passageTableWriter.ts';
import { MANY_WORDS, WEIGHT_LEVELS } from './postings.ts';
import type { FileRecord, PassageRecord } from '../records.ts';
import { MAX_PASSAGES } from './segment.ts';
import { segmentImage } from './segmentImage.ts';
import { SemanticWriter } from './semanticLists.ts';
import { NOWHERE } from '../sparseVector.ts';
import { compareBytes } from './stringTable.ts';
import { sortedRuns } from '../../text/sortedRuns.ts';

/** Throws `RangeError` above 65,535 passages. */
export function writeSegment(files: readonly FileRecord[]): Uint8Array {
  const steps = segmentInSteps(files);
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return value;
  }
}

/** Passages in a step of about a millisecond. */
const PASSAGES = 16;

/** The same in steps, so that others have their turn in between. Throws likewise. */
export function* segmentInSteps(files: readonly FileRecord[]): Generator<undefined, Uint8Array> {
  const passages = files.flatMap(file => file.passages);
  if (passages.length > MAX_PASSAGES) throw new RangeError(`${passages.length} passages in one segment`);
  const heads = files.map(({ passages: own, ...head }) => ({
    ...head,
    passageCount: own.length,
    pendingCount: own.filter(({ pending }) => pending).length,
  }));
  const table = yield* tableOf(passages);
  const lexical = yield* lexicalOf(passages);
  return joined(segmentImage(heads, table, semanticOf(passages), lexical));
}

function* tableOf(passages: readonly PassageRecord[]): Generator<undefined, PassageTableWriter> {
  const table = new PassageTableWriter();
  for (const [i, passage] of passages.entries()) {
    if (i % PASSAGES === 0) yield;
    const { start, end, line, column, endLine, headings, hash, text, beside, terms } = passage;
    table.add({
      numbers: [start, end, line, column, endLine],
      trail: ENCODER.encode(headings.join('\n')),
      hash: fromHex(hash),
      text: ENCODER.encode(text),
      beside: ENCODER.encode(beside),
      origin: writeOrigin(passage),
      bodyLength: terms.bodyLength,
      headingLength: terms.headingLength,
      pending: passage.pending === true,
    });
  }
  return table;
}

function semanticOf(passages: readonly PassageRecord[]): SemanticWriter {
  const counts = new Map<number, number>();
  let largest = 0;
  let lastWord = 0;
  for (const { vector } of passages)
    for (let i = 0; i < vector.dimensions.length; i++) {
      counts.set(vector.dimensions[i]!, (counts.get(vector.dimensions[i]!) ?? 0) + 1);
      largest = Math.max(largest, vector.weights[i]!);
      if (vector.places[i]! < NOWHERE) lastWord = Math.max(lastWord, vector.places[i]!);
    }
  const step = stepFor(largest);
  const lists = new Map(
    Array.from(Uint32Array.from(counts.keys()).sort(), dimension => {
      const count = counts.get(dimension)!;
      const arrays = {
        docs: new Uint16Array(count),
        levels: new Uint16Array(count),
        places: new Uint16Array(count),
      };
      return [dimension, { ...arrays, filled: 0 }];
    }),
  );
  passages.forEach(({ vector }, doc) => {
    for (let i = 0; i < vector.dimensions.length; i++) {
      const list = lists.get(vector.dimensions[i]!)!;
      list.docs[list.filled] = doc;
      list.levels[list.filled] = Math.max(1, Math.round(vector.weights[i]! / step));
      list.places[list.filled++] = vector.places[i]!;
    }
  });
  const writer = new SemanticWriter(step, lastWord < MANY_WORDS ? 1 : 2);
  for (const [dimension, list] of lists) writer.add(dimension, list);
  return writer;
}

/** The step is a power of two: weights that are multiples of it do not change when segments are merged. */
function stepFor(largest: number): number {
  return 2 ** Math.ceil(Math.log2(Math.max(largest, 1e-6) / WEIGHT_LEVELS));
}

function* lexicalOf(passages: readonly PassageRecord[]): Generator<undefined, LexicalWriter> {
  const { listOfTerm, sizes, listsOf } = yield* countedTerms(passages);
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const docs = new Uint16Array(total);
  const planes = new Uint8Array(total);
  const starts = new Uint32Array(sizes.length);
  for (let list = 1; list < sizes.length; list++) starts[list] = starts[list - 1]! + sizes[list - 1]!;
  const ends = starts.slice();
  for (const [doc, { terms: own }] of passages.entries()) {
    if (doc % PASSAGES === 0) yield;
    const listOf = listsOf.get(own.dictionary)!;
    for (let i = 0; i < own.numbers.length; i++) {
      const list = listOf[own.numbers[i]!]!;
      const at = ends[list]!++;
      docs[at] = doc;
      planes[at] = own.counts[i]!;
    }
  }
  const writer = new LexicalWriter();
  for (const run of inByteOrder([...listOfTerm.keys()])) {
    for (const term of run) {
      const list = listOfTerm.get(term)!;
      const [start, end] = [starts[list]!, ends[list]!];
      writer.add(utf8Of(term), { docs: docs.subarray(start, end), planes: planes.subarray(start, end) });
    }
    yield;
  }
  return writer;
}

interface CountedTerms {
  /** The number of each term's list, and the lengths of the lists. */
  readonly listOfTerm: ReadonlyMap<string, number>;
  readonly sizes: readonly number[];
  /** For each dictionary, the list of each of its terms that occurs. */
  readonly listsOf: ReadonlyMap<readonly string[], Int32Array>;
}

/** A term is looked up once for each dictionary: the passages of a file share one, and most of their terms. */
function* countedTerms(passages: readonly PassageRecord[]): Generator<undefined, CountedTerms> {
  const listOfTerm = new Map<string, number>();
  const sizes: number[] = [];
  const listsOf = new Map<readonly string[], Int32Array>();
  for (const [doc, { terms: own }] of passages.entries()) {
    if (doc % PASSAGES === 0) yield;
    const { dictionary, numbers } = own;
    let listOf = listsOf.get(dictionary);
    if (listOf === undefined)
      listsOf.set(dictionary, (listOf = new Int32Array(dictionary.length).fill(NO_LIST)));
    for (const number of numbers) {
      let list = listOf[number]!;
      if (list === NO_LIST) {
        const term = dictionary[number]!;
        const known = listOfTerm.get(term);
        list = known ?? sizes.push(0) - 1;
        if (known === undefined) listOfTerm.set(term, list);
        listOf[number] = list;
      }
      sizes[list]!++;
    }
  }
  return { listOfTerm, sizes, listsOf };
}

/** A term that has not occurred yet. */
const NO_LIST = -1;

/** In the order of their UTF-8, in runs of about a millisecond; empty ones are pauses. */
export function inByteOrder(terms: readonly string[]): Iterable<readonly string[]> {
  if (!terms.some(term => LONE_SURROGATE.test(term))) return sortedRuns(terms, 'utf8');
  // They all have the same UTF-8, that of U+FFFD.
  const keyed = terms.map(term => ({ term, key: ENCODER.encode(term) }));
  return [keyed.sort((a, b) => compareBytes(a.key, b.key)).map(({ term }) => term)];
}

const LONE_SURROGATE = /[\ud800-\udfff]/u;

/** `TextEncoder` takes ten times as long for a few letters. */
function utf8Of(term: string): Uint8Array {
  if (term.length > SCRATCH.length / 3) return ENCODER.encode(term);
  let at = 0;
  for (let i = 0; i < term.length; i++) {
    const unit = term.charCodeAt(i);
    if (unit < 0x80) SCRATCH[at++] = unit;
    else if (unit < 0x800) {
      SCRATCH[at++] = 0xc0 | (unit >> 6);
      SCRATCH[at++] = 0x80 | (unit & 63);
    } else if (unit >= 0xd800 && unit <= 0xdfff) return ENCODER.encode(term);
    else {
      SCRATCH[at++] = 0xe0 | (unit >> 12);
      SCRATCH[at++] = 0x80 | ((unit >> 6) & 63);
      SCRATCH[at++] = 0x80 | (unit & 63);
    }
  }
  return SCRATCH.slice(0, at);
}

const SCRATCH = new Uint8Array(192);

const ENCODER = new TextEncoder();
