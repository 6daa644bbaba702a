/** The engine process of a store, as a window starts it. */
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FolderOptions } from '../../src/domain/folder.ts';
import { connectEngine } from '../../src/rpc/connect.ts';
import { connectSocket, secretOf } from '../../src/rpc/endpoint.ts';
import type { EngineClient } from '../../src/rpc/engineClient.ts';
import { meet } from '../../src/rpc/greeting.ts';
import type { BenchOptions } from './figures.ts';

export function engineOf({ store, programs, model, version }: Omit<BenchOptions, 'folder'>): EngineClient {
  return connectEngine({
    enginePath: path.join(programs, 'engine.js'),
    storePath: store,
    modelPath: model,
    version,
    language: 'ko',
    log: () => undefined,
  });
}

/** With the command line's own options, so that its index is found. */
export function folderOf(folder: string): FolderOptions {
  return { path: folder, name: path.basename(folder), include: [], exclude: [], useIgnoreFiles: true };
}

export async function pidOf(store: string, version: string): Promise<number> {
  const socket = await connectSocket(store);
  if (socket === null) throw new Error('the engine is gone');
  const { connection, greeted } = meet(socket, {
    version,
    language: 'ko',
    secret: () => secretOf(store),
    trusted: () => undefined,
  });
  const met = await greeted;
  connection.dispose();
  socket.destroy();
  if (met.who === 'stranger') throw new Error('that is not the engine');
  return met.hello.pid;
}

/** An engine ends some seconds after its last client. Other clients keep it: then the next start is no start. */
export async function end(pid: number): Promise<void> {
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
export function memoryOf(pid: number): number {
  if (process.platform === 'win32') return Number.NaN;
  // Starting a process would hold up what is measured.
  if (process.platform === 'linux')
    return Number(/^VmRSS:\s+(\d+)/m.exec(fs.readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) * 1024;
  return Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)])) * 1024;
}

/** Seconds of all its threads so far; NaN where the system does not tell. */
export function cpuOf(pid: number): number {
  if (process.platform !== 'linux') return Number.NaN;
  // Fields 14 and 15 (proc_pid_stat(5)), in ticks, of which Linux has a hundred a second; the name may hold blanks.
  const fields = fs.readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)!.split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

export function diskUse(folder: string): number {
  return fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .reduce((sum, entry) => sum + fs.statSync(path.join(entry.parentPath, entry.name)).size, 0);
}
