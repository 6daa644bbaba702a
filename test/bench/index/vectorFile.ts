/**
 * Real vectors in a file of JSON lines, as `encodeCorpus.ts` writes them:
 * `{kind: 'query' | 'passage' | 'file', text, dimensions, weights}`; a `file` line ({kind, path}) follows the
 * passages of each file, and says that they are complete.
 */
import fs from 'node:fs';
import type { BenchPassage, BenchQuery, Corpus } from './corpus.ts';

export type VectorLine =
  | {
      readonly kind: 'query' | 'passage';
      readonly text: string;
      readonly dimensions: readonly number[];
      readonly weights: readonly number[];
    }
  | { readonly kind: 'file'; readonly path: string };

/** The first `limit` passages of a file. */
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
  return {
    name: 'real',
    passages: Math.min(limit, passages),
    queries,
    *items(): Generator<BenchPassage> {
      let left = limit;
      for (const line of vectorLines(file)) {
        if (line.kind !== 'passage') continue;
        if (left-- === 0) return;
        yield {
          text: line.text,
          vector: {
            dimensions: Uint32Array.from(line.dimensions),
            weights: Float32Array.from(line.weights),
            places: new Uint16Array(line.dimensions.length),
          },
        };
      }
    },
  };
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
