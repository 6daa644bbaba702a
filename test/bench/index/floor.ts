/**
 * The least that a query costs with these posting lists: adding their impacts, nothing filled before, nothing
 * looked for after. In WebAssembly, and in C where there is a compiler.
 */
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import type { ScoreKernel } from '../../../src/index/kernel/scoreKernel.ts';
import { planeOf, type Postings } from '../../../src/index/segment/postings.ts';
import type { Segment } from '../../../src/index/segment/segment.ts';
import type { BenchQuery } from './corpus.ts';
import { LineProcess } from './lineProcess.ts';

interface List extends Postings {
  /** Impacts. */
  readonly values: Uint8Array;
  readonly weight: number;
}

/** The lists of one query, by segment. */
export type QueryLists = readonly { readonly passages: number; readonly lists: readonly List[] }[];

export async function listsOf(segments: readonly Segment[], query: BenchQuery): Promise<QueryLists> {
  const total = query.terms.reduce((sum, { weight }) => sum + weight, 0);
  const found: { passages: number; lists: List[] }[] = [];
  for (const segment of segments) {
    const lists: List[] = [];
    for (const { dimension, weight } of query.terms) {
      const postings = await segment.semantic(dimension);
      if (postings === null) continue;
      const level = Math.ceil((8_000_000 * weight) / total);
      lists.push({ ...postings, values: planeOf(postings, 0), weight: level });
    }
    found.push({ passages: segment.passageCount, lists });
  }
  return found;
}

export function postingsIn(lists: QueryLists): number {
  return lists.reduce((sum, leaf) => sum + leaf.lists.reduce((own, list) => own + list.docs.length, 0), 0);
}

export class KernelFloor {
  readonly #kernel: ScoreKernel;
  #calls: (readonly [docs: number, values: number, count: number, weight: number, scores: number])[] = [];

  constructor(kernel: ScoreKernel) {
    this.#kernel = kernel;
  }

  place(lists: QueryLists): void {
    this.#calls = [];
    let scores = 1_024;
    const width = lists.reduce((sum, leaf) => sum + 4 * round(leaf.passages, 64), 0);
    let at = scores + width;
    const buffer = this.#kernel.memory(at + 4 * postingsIn(lists) + 16 * lists.length * 64);
    for (const leaf of lists) {
      for (const { docs, values, weight } of leaf.lists) {
        new Uint16Array(buffer, at, docs.length).set(docs);
        new Uint8Array(buffer, at + 2 * docs.length, docs.length).set(values);
        this.#calls.push([at, at + 2 * docs.length, docs.length, weight, scores]);
        at += round(3 * docs.length, 8);
      }
      scores += 4 * round(leaf.passages, 64);
    }
  }

  /** Milliseconds. */
  time(): number {
    const started = performance.now();
    for (const [docs, values, count, weight, scores] of this.#calls)
      this.#kernel.addImpacts(docs, values, count, weight, scores);
    return performance.now() - started;
  }
}

export class NativeFloor {
  readonly #process: LineProcess;

  private constructor(process: LineProcess) {
    this.#process = process;
  }

  /** Null where there is no C compiler. */
  static open(folder: string, queries: readonly QueryLists[]): NativeFloor | null {
    const program = path.join(folder, 'scatterAdd');
    try {
      const source = path.join(import.meta.dirname, 'scatterAdd.c');
      execFileSync('cc', ['-O3', '-march=native', source, '-o', program]);
    } catch {
      return null;
    }
    const file = path.join(folder, 'lists');
    writeLists(file, queries);
    return new NativeFloor(new LineProcess(program, [file]));
  }

  /** Milliseconds. */
  async time(query: number): Promise<number> {
    return Number(await this.#process.ask(String(query))) / 1e6;
  }

  close(): Promise<void> {
    return this.#process.close();
  }
}

function writeLists(file: string, queries: readonly QueryLists[]): void {
  const handle = fs.openSync(file, 'w');
  const numbers = (...values: number[]): void => {
    fs.writeSync(handle, new Uint8Array(Uint32Array.from(values).buffer));
  };
  numbers(queries.length);
  for (const leaves of queries) {
    numbers(leaves.length);
    for (const { passages, lists } of leaves) {
      numbers(passages, lists.length);
      for (const { docs, values, weight } of lists) {
        numbers(weight, docs.length);
        const bytes = new Uint8Array(round(3 * docs.length, 4));
        new Uint16Array(bytes.buffer, 0, docs.length).set(docs);
        bytes.set(values, 2 * docs.length);
        fs.writeSync(handle, bytes);
      }
    }
  }
  fs.closeSync(handle);
}

function round(value: number, unit: number): number {
  return Math.ceil(value / unit) * unit;
}
