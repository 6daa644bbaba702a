/** The scorer with the fastest kernel that this machine runs. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { plainKernel } from '../index/kernel/plainKernel.ts';
import { wasmKernel } from '../index/kernel/wasmKernel.ts';
import { Scorer } from '../index/scoring/scorer.ts';

/** Milliseconds after which the memory is released; as long as the model is kept. */
const REST = 10 * 60_000;

/** `programs` is the folder of the built files, `scoring.wasm` among them. */
export async function openScorer(programs: string): Promise<Scorer> {
  const bytes = await readFile(path.join(programs, 'scoring.wasm')).catch(() => null);
  return new Scorer(() => (bytes === null ? null : wasmKernel(bytes)) ?? plainKernel(), { restAfter: REST });
}
