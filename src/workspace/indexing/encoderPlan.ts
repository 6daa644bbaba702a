/** Decides how much of the machine the model and the readers may use. */
import os from 'node:os';
import type { EncoderPlan } from '../../model/encoderPool.ts';
import type { ModelManifest } from '../../model/modelFolder.ts';

/** The operators of a larger model divide well among threads, and a second copy of it takes too much memory. */
const SMALL_MODEL = 128 * 1024 ** 2;
/** With less memory than this, a machine has better uses for it. */
const ENOUGH_MEMORY = 6 * 1024 ** 3;

/** Total number of threads; larger machines keep some for the person's own work. */
export function encoderThreads(cores: number = os.availableParallelism?.() ?? os.cpus().length): number {
  return Math.max(1, Math.min(8, cores <= 4 ? cores : Math.floor(cores * 0.75)));
}

/** A thread takes about 60 MB with its tokenizer, and more threads than this only wait for the one that writes. */
const MOST_READERS = 4;

/**
 * Number of threads that read files: all cores except the one that writes the results and answers searches. On two
 * cores a second reader takes what the first one and the writer leave of them; while a person types, it gets no files
 * (`ReaderThread.read`).
 */
export function readerThreads(cores: number = os.availableParallelism?.() ?? os.cpus().length): number {
  return Math.max(1, Math.min(MOST_READERS, cores === 2 ? 2 : cores - 1));
}

/**
 * The operators of a small model are too short to divide: on two cores, two sessions of one thread each encode 1.15 to
 * 1.35 times as much as one session of two threads. Each session takes its memory (120 MB in 8 bits, 240 MB in 32)
 * while files are being indexed.
 */
export function encoderPlan(
  { files }: Pick<ModelManifest, 'files'>,
  threads = encoderThreads(),
  memory = os.totalmem(),
): EncoderPlan {
  const bytes = Object.values(files).reduce((sum, file) => sum + file.bytes, 0);
  const sessions = threads > 1 && bytes <= SMALL_MODEL && memory >= ENOUGH_MEMORY ? 2 : 1;
  return { sessions, threads: Math.floor(threads / sessions) };
}
