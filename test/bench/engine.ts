/** What a user waits for: the engine process with a whole folder, asked over its socket as a window does. */
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { execFileSync } from 'node:child_process';
import { createMessageConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-jsonrpc/node';
import type { EngineStatus } from '../../src/domain/engineStatus.ts';
import type { FolderOptions } from '../../src/domain/folder.ts';
import { HelloRequest, PROTOCOL_VERSION } from '../../src/rpc/protocol.ts';
import { connectEngine } from '../../src/rpc/connect.ts';
import { connectSocket } from '../../src/rpc/endpoint.ts';
import type { EngineClient } from '../../src/rpc/engineClient.ts';
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
  const client = connectEngine({
    enginePath: path.join(programs, 'engine.js'),
    storePath: store,
    modelPath: model,
    version,
    language: 'ko',
    log: () => undefined,
  });
  // The command line's own options, so that its index is found.
  const options: FolderOptions = {
    path: folder,
    name: path.basename(folder),
    include: [],
    exclude: [],
    useIgnoreFiles: true,
  };
  await client.openFolders([options]);
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
    { onLiteral: () => (literal = performance.now() - started) },
  );
  const final = performance.now() - started;
  return { literal: Number.isNaN(literal) ? final : literal, final };
}

async function pidOf(store: string, version: string): Promise<number> {
  const socket = await connectSocket(store);
  if (socket === null) throw new Error('the engine is gone');
  const connection = createMessageConnection(
    new StreamMessageReader(socket),
    new StreamMessageWriter(socket),
  );
  connection.listen();
  const { pid } = await connection.sendRequest(HelloRequest, {
    protocol: PROTOCOL_VERSION,
    version,
    language: 'ko',
  });
  connection.dispose();
  socket.destroy();
  return pid;
}

/** An engine ends some seconds after its last client. Other clients keep it: then the next start is no start. */
async function end(pid: number): Promise<void> {
  const started = performance.now();
  while (performance.now() - started < 20_000) {
    try {
      process.kill(pid, 0);
    } catch {
      return;
    }
    await sleep(50);
  }
  throw new Error(`engine ${pid} goes on: is a window or another command using this store?`);
}

/** Bytes. */
function memoryOf(pid: number): number {
  if (process.platform === 'win32') return Number.NaN;
  return Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)])) * 1024;
}

function diskUse(folder: string): number {
  return fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .reduce((sum, entry) => sum + fs.statSync(path.join(entry.parentPath, entry.name)).size, 0);
}
