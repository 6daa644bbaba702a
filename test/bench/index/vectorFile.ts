/**
 * Real vectors in a file of JSON lines, as `encodeCorpus.ts` writes them:
 * `{kind: 'query' | 'passage' | 'file', text, dimensions, weights}`; a `file` line ({kind, path}) follows the
 * passages of each file, and says that they are complete.
 */
import fs from 'node:fs';
import { Random } from './random.ts';
import type { BenchPassage, BenchQuery, Corpus } from './corpus.ts';

export type VectorLine =
  | {
      readonly kind: 'query' | 'passage';
      readonly text: string;
      readonly dimensions: readonly number[];
      readonly weights: readonly number[];
    }
  | { readonly kind: 'file'; readonly path: string };

/** The first `limit` passages of a file; where it has fewer, copies of them follow, each changed a little. */
export function vectorFile(file: string, limit: number): Corpus {
  const queries: BenchQuery[] = [];
  let passages = 0;
  for (const line of vectorLines(file)) {
    if (line.kind === 'query')
      queries.push({
        text: line.text,
        terms: line.dimensions.map((dimension, i) => ({ dimension, weight: line.weights[i]! })),
      });
    else if (line.kind === 'passage') passages++;
  }
  if (passages === 0) throw new Error(`${file} has no passages`);
  return {
    name: limit > passages ? `real, ${passages} and copies` : 'real',
    passages: limit,
    queries,
    *items(): Generator<BenchPassage> {
      const random = new Random(11);
      for (let left = limit, round = 0; left > 0; round++)
        for (const line of vectorLines(file)) {
          if (line.kind !== 'passage') continue;
          if (left-- === 0) return;
          yield round === 0 ? passageOf(line.text, line.dimensions, line.weights) : changed(line, random);
        }
    },
  };
}

function passageOf(text: string, dimensions: readonly number[], weights: readonly number[]): BenchPassage {
  return {
    text,
    vector: {
      dimensions: Uint32Array.from(dimensions),
      weights: Float32Array.from(weights),
      places: new Uint16Array(dimensions.length),
    },
  };
}

/** A seventh of the words and dimensions left out, weights up to a fifth off: as another passage about the same. */
function changed(
  { text, dimensions, weights }: Exclude<VectorLine, { kind: 'file' }>,
  random: Random,
): BenchPassage {
  const kept = dimensions.map((_, i) => i).filter(() => random.next() > 1 / 7);
  return passageOf(
    text
      .split(' ')
      .filter(() => random.next() > 1 / 7)
      .join(' '),
    kept.map(i => dimensions[i]!),
    kept.map(i => Math.fround(weights[i]! * (0.8 + 0.4 * random.next()))),
  );
}

/** Whole lines only: a writer that was killed may leave part of one at the end. */
export function* vectorLines(file: string): Generator<VectorLine> {
  const handle = fs.openSync(file, 'r');
  try {
    const buffer = Buffer.alloc(1 << 20);
    let rest = Buffer.alloc(0);
    for (let read = 0; (read = fs.readSync(handle, buffer)) > 0;) {
      rest = Buffer.concat([rest, buffer.subarray(0, read)]);
      let start = 0;
      for (let end = 0; (end = rest.indexOf(10, start)) !== -1; start = end + 1)
        yield JSON.parse(rest.toString('utf8', start, end)) as VectorLine;
      rest = rest.subarray(start);
    }
  } finally {
    fs.closeSync(handle);
  }
}
