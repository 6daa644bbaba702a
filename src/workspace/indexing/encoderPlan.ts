/** How much of the machine the model and the readers may use. */
import os from 'node:os';
import type { EncoderPlan } from '../../model/encoderPool.ts';
import type { ModelManifest } from '../../model/modelFolder.ts';

/** A larger model's operators share out well among threads, and a second copy of it costs too much memory. */
const SMALL_MODEL = 128 * 1024 ** 2;
/** Of the machine, below which it is better spent on anything else. */
const ENOUGH_MEMORY = 6 * 1024 ** 3;

/** Threads in all: all but leave the person's own work room on larger machines. */
export function encoderThreads(cores: number = os.availableParallelism?.() ?? os.cpus().length): number {
  return Math.max(1, Math.min(8, cores <= 4 ? cores : Math.floor(cores * 0.75)));
}

/** A thread has some 60 MB with its tokenizer, and more threads than this only wait for the one that writes. */
const MOST_READERS = 4;

/**
 * Threads that read files: all cores but the one that writes what they have read. Two cores have two: writing takes a
 * third of one, and a reader's thread lets all others go first (`threads/priority.ts`).
 */
export function readerThreads(cores: number = os.availableParallelism?.() ?? os.cpus().length): number {
  return Math.max(1, Math.min(MOST_READERS, cores === 2 ? 2 : cores - 1));
}

/**
 * A small model's operators are too short to share out: on two cores, two sessions of one thread each encode 1.15 to
 * 1.35 times as much as one session of two. Each costs its memory (120 MB in 8 bits, 240 in 32), while files are
 * being indexed.
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
