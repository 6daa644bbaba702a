/** Forks the engine of a store. */
import { fork } from 'node:child_process';
import type net from 'node:net';
import { connectSocket } from './endpoint.ts';

export interface StartOptions {
  /** Path of the built engine.js. */
  readonly enginePath: string;
  /** null: the selected installed model, or else the embedded one. */
  readonly modelPath: string | null;
  /** False where nobody asked for `modelPath` by name, so that clients may change the model. Default true. */
  readonly modelFixed?: boolean;
  readonly version: string;
  readonly language: string;
  readonly log: (line: string) => void;
}

/**
 * Threads that come and go, each with an arena of its own, keep what they let go of: two arenas are enough
 * (https://man7.org/linux/man-pages/man3/mallopt.3.html; only glibc knows the name). Its other bounds cost more than
 * they give: with MALLOC_MMAP_THRESHOLD_ the encoder is half as fast, 170 in place of 340 tokens a second.
 */
const MALLOC = { MALLOC_ARENA_MAX: '2' };

const START_TIMEOUT = 20_000;
const RETRY_WAIT = 50;

/**
 * Resolves when the engine (this one, or another that was faster) can be reached; to null where the other one
 * was faster and was just ending.
 */
export async function startEngine(store: string, options: StartOptions): Promise<net.Socket | null> {
  const { enginePath, modelPath, modelFixed = true, language, version } = options;
  const settings = JSON.stringify({ storePath: store, modelPath, modelFixed, language, version });
  const child = fork(enginePath, [settings], {
    // The engine outlives this window where others use it too; it ends by itself when the last client goes.
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    execArgv: [],
    env: { ...MALLOC, ...process.env, ELECTRON_RUN_AS_NODE: '1' },
  });
  let ended = null as string | null;
  let complaint = '';
  child.stderr?.on(
    'data',
    (chunk: Buffer) => (complaint = (complaint + chunk.toString('utf8')).slice(-4_000)),
  );
  child.once('exit', (code, signal) => (ended = `code ${code ?? signal ?? 'unknown'}`));
  child.once('error', error => (ended = error.message));
  const started = Date.now();
  while (Date.now() - started < START_TIMEOUT) {
    const socket = await connectSocket(store);
    if (socket !== null) {
      options.log(`engine started, pid ${child.pid}, ${Date.now() - started} ms`);
      child.disconnect();
      child.stderr?.on('data', (chunk: Buffer) => options.log(`engine: ${chunk.toString('utf8').trimEnd()}`));
      (child.stderr as net.Socket | null)?.unref();
      child.unref();
      return socket;
    }
    if (ended === 'code 0') return null;
    if (ended !== null) {
      if (complaint !== '') options.log(`engine: ${complaint.trimEnd()}`);
      throw new Error(`the engine ended at start (${ended})`);
    }
    await delay(RETRY_WAIT);
  }
  child.kill();
  throw new Error('the engine did not answer');
}

export function delay(milliseconds: number): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, milliseconds));
}
