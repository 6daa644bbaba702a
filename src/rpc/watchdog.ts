/**
 * Ends a process whose main thread no longer answers. Nobody else could end it while its socket still takes
 * clients.
 */
import inspector from 'node:inspector';
import { Worker } from 'node:worker_threads';

export interface WatchdogOptions {
  /** Milliseconds between two beats of the main thread. */
  readonly tick?: number;
  /** Number of ticks of the watching thread without a beat after which the process is ended. */
  readonly patience?: number;
}

/** The data that the watching thread is started with. */
export interface WatchdogData {
  /** One number, which grows with each beat of the main thread. */
  readonly beats: Int32Array<SharedArrayBuffer>;
  readonly tick: number;
  readonly patience: number;
}

const TICK = 1_000;
/** Nothing that the main thread does takes a second, so half a minute of silence means that it hangs. */
const PATIENCE = 30;

/**
 * Starts the watch; `program` is the built watchdog.js. The watching thread counts its own ticks rather than
 * the time, because a laptop that sleeps, or a process that is stopped, stops it too. A debugger may hold the
 * main thread as long as it likes. The returned function stops the watch, for a process may go on when its
 * engine has ended.
 */
export function startWatchdog(
  program: string | URL,
  { tick = TICK, patience = PATIENCE }: WatchdogOptions = {},
): () => void {
  if (inspector.url() !== undefined) return () => undefined;
  const beats = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  const workerData: WatchdogData = { beats, tick, patience };
  const worker = new Worker(program, {
    workerData,
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: 16 },
  });
  // Without its watchdog, the process still works.
  worker.on('error', () => undefined);
  worker.unref();
  const beating = setInterval(() => Atomics.add(beats, 0, 1), tick).unref();
  return () => {
    clearInterval(beating);
    void worker.terminate();
  };
}
