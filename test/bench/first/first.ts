/** The first minutes with a folder: seconds until its names, its letters and its meaning can be found. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { EngineStatus } from '../../../src/domain/engineStatus.ts';
import { cpuOf, engineOf, folderOf, memoryOf, pidOf } from '../engineProcess.ts';
import { percentile, type BenchOptions, type Figure } from '../figures.ts';
import { QUERIES } from '../queries.ts';
import { peers } from './peers.ts';

/** Milliseconds. A window is told of changes and never asks; the engine should not be busy with answering this. */
const POLL = 100;
/** A literal search each so many times. */
const SEARCHES = 2;

/** Each is reached when the folder's status first says so. */
const MARKS: readonly (readonly [name: string, isReached: (status: EngineStatus) => boolean])[] = [
  ['every name', ({ activity, total }) => activity !== 'scanning' && total > 0],
  ['every letter', ({ activity, read, total }) => activity !== 'scanning' && total > 0 && read === total],
  ['a tenth of the meaning', ({ done, read, total }) => read === total && done >= total / 10 && done > 0],
  ['all of the meaning', ({ activity }) => activity === 'idle'],
];

export interface FirstOptions extends BenchOptions {
  /** `letters`: what comes after them, which takes long, is not waited for. */
  readonly until: 'letters' | 'meaning';
}

/** Each figure as soon as it is known: the last one takes long. The store must be empty, or nothing is first. */
export async function* first(options: FirstOptions): AsyncGenerator<Figure> {
  const started = performance.now();
  const client = engineOf(options);
  const left = options.until === 'letters' ? MARKS.slice(0, 2) : [...MARKS];
  const literal: number[] = [];
  let memory = 0;
  try {
    await client.openFolders([folderOf(options.folder)]);
    const pid = await pidOf(options.store, options.version);
    let status = await client.status();
    for (let asked = 0; left.length > 0; asked++) {
      status = await client.status();
      if (status.activity === 'failed') throw new Error(status.problem ?? 'the engine failed');
      const seconds = (performance.now() - started) / 1000;
      const note = `${cpuOf(pid).toFixed(1)} s of CPU`;
      while (left[0]?.[1](status) === true) yield { name: left.shift()![0], value: seconds, unit: 's', note };
      if (asked % SEARCHES === 0) {
        memory = Math.max(memory, memoryOf(pid));
        const query = QUERIES[(asked / SEARCHES) % QUERIES.length]!;
        const asking = performance.now();
        await client.search({ folders: [options.folder], query, limit: 30, channel: 'lexical' });
        literal.push(performance.now() - asking);
      }
      await sleep(POLL);
    }
    yield { name: 'documents', value: status.documents, unit: '' };
    yield { name: 'passages', value: status.passages, unit: '' };
    yield { name: 'literal search p50 meanwhile', value: percentile(literal, 0.5), unit: 'ms' };
    yield { name: 'literal search p95 meanwhile', value: percentile(literal, 0.95), unit: 'ms', limit: 50 };
    yield {
      name: 'engine memory',
      value: memory / 1e6,
      unit: 'MB',
      limit: 700,
      note: 'resident, at the most',
    };
    const perPassage = (1000 * cpuOf(pid)) / Math.max(1, status.passages);
    yield { name: 'CPU a passage', value: perPassage, unit: 'ms' };
    yield { name: 'index', value: status.bytes / 1e6, unit: 'MB' };
  } finally {
    client.dispose();
  }
  yield* peers(options.folder);
}
