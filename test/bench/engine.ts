/** What a user waits for: the engine process with a whole folder, asked over its socket as a window does. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { EngineStatus } from '../../src/domain/engineStatus.ts';
import type { EngineClient } from '../../src/rpc/engineClient.ts';
import { diskUse, end, engineOf, folderOf, memoryOf, pidOf } from './engineProcess.ts';
import type { Bench, BenchOptions } from './figures.ts';
import { percentile } from './figures.ts';
import { QUERIES } from './queries.ts';

const ROUNDS = 3;

export const engine: Bench = async options => {
  const first = await start(options);
  const before = await first.client.status();
  first.client.dispose();
  await end(first.pid);

  const second = await start(options);
  const { client, pid } = second;
  const status = await client.status();
  try {
    const literal: number[] = [];
    const hybrid: number[] = [];
    await ask(client, options.folder, QUERIES[0]!);
    for (let round = 0; round < ROUNDS; round++) {
      for (const query of QUERIES) {
        const times = await ask(client, options.folder, query);
        literal.push(times.literal);
        hybrid.push(times.final);
      }
    }
    return [
      { name: 'documents', value: status.documents, unit: '' },
      { name: 'passages', value: status.passages, unit: '' },
      {
        name: 'first start until idle',
        value: first.milliseconds / 1000,
        unit: 's',
        note:
          before.tokensPerSecond > 0 ? `indexed at ${before.tokensPerSecond} tokens/s` : 'was indexed before',
      },
      { name: 'second start until idle', value: second.milliseconds / 1000, unit: 's' },
      // The speed is 0 until something was encoded.
      { name: 'second start encodes again', value: status.tokensPerSecond > 0, unit: '' },
      { name: 'literal hits p50', value: percentile(literal, 0.5), unit: 'ms' },
      { name: 'literal hits p95', value: percentile(literal, 0.95), unit: 'ms', limit: 50 },
      { name: 'hybrid p50', value: percentile(hybrid, 0.5), unit: 'ms' },
      { name: 'hybrid p95', value: percentile(hybrid, 0.95), unit: 'ms', limit: 150 },
      { name: 'engine memory', value: memoryOf(pid) / 1e6, unit: 'MB', note: 'resident, after the queries' },
      { name: 'index', value: status.bytes / 1e6, unit: 'MB', note: 'as the engine counts it' },
      { name: 'index on disk', value: diskUse(options.store) / 1e6, unit: 'MB', note: 'the whole store' },
    ];
  } finally {
    client.dispose();
  }
};

interface Started {
  readonly client: EngineClient;
  readonly pid: number;
  /** From nothing until everything in the folder is settled. */
  readonly milliseconds: number;
}

async function start({ folder, store, programs, model, version }: BenchOptions): Promise<Started> {
  const started = performance.now();
  const client = engineOf({ store, programs, model, version });
  await client.openFolders([folderOf(folder)]);
  let status: EngineStatus;
  do {
    await sleep(10);
    status = await client.status();
    if (status.activity === 'failed') throw new Error(status.problem ?? 'the engine failed');
  } while (status.activity !== 'idle');
  return { client, milliseconds: performance.now() - started, pid: await pidOf(store, version) };
}

async function ask(
  client: EngineClient,
  folder: string,
  query: string,
): Promise<{ readonly literal: number; readonly final: number }> {
  const started = performance.now();
  let literal = Number.NaN;
  await client.search(
    { folders: [folder], query, limit: 30, channel: 'hybrid' },
    { onLexical: () => (literal = performance.now() - started) },
  );
  const final = performance.now() - started;
  return { literal: Number.isNaN(literal) ? final : literal, final };
}
