/** Writes a graph and its data file; the next run continues the part that an interrupted one has written. */
import { open, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { abortError } from '../../threads/abort.ts';
import type { GraphBuilder, PlannedWeight } from '../onnx/graphBuilder.ts';

export interface WriteOptions {
  readonly signal?: AbortSignal | undefined;
  /** Reports the bytes of the data file written, and their total. */
  readonly onProgress?: (done: number, total: number) => void;
  /**
   * Identifies checkpoint and settings: the journal of any other run is not resumed. Absent: starts from the beginning.
   */
  readonly resume?: string;
}

/** Bytes of weights between two entries of the journal; writing an entry costs a sync of the data. */
const JOURNAL_BYTES = 64 << 20;

/**
 * `model.onnx` and `model.onnx.data` (or another name) in `folder`. Memory stays at the largest piece a weight
 * yields, whatever the model's size. Rejects with `AbortError`, or the file system's error (`ENOSPC`).
 */
export async function writeModel(
  graph: GraphBuilder,
  folder: string,
  name: string,
  { signal, onProgress, resume }: WriteOptions = {},
): Promise<void> {
  const dataFile = path.join(folder, `${name}.data`);
  const journal = path.join(folder, `${name}.journal`);
  const { weights } = graph;
  const last = weights.at(-1);
  const total = last === undefined ? 0 : last.offset + last.bytes;
  const written = resume === undefined ? 0 : await readJournal(journal, resume);
  const handle = await open(dataFile, written === 0 ? 'w' : 'r+');
  try {
    let safe = written;
    for (const weight of weights) {
      if (signal?.aborted === true) throw abortError();
      const end = weight.offset + weight.bytes;
      if (end <= written) continue;
      await writeWeight(handle, weight);
      onProgress?.(end, total);
      if (resume !== undefined && end - safe >= JOURNAL_BYTES) {
        await handle.datasync();
        await writeFile(journal, JSON.stringify({ resume, written: end }));
        safe = end;
      }
    }
    await handle.sync();
  } finally {
    await handle.close();
  }
  await writeFile(path.join(folder, name), graph.toBytes(), { flush: true });
  await rm(journal, { force: true });
}

async function writeWeight(
  handle: Awaited<ReturnType<typeof open>>,
  { name, offset, bytes, content }: PlannedWeight,
): Promise<void> {
  let at = offset;
  for await (const piece of content()) {
    const view = new Uint8Array(piece.buffer, piece.byteOffset, piece.byteLength);
    for (let done = 0; done < view.length;) {
      const { bytesWritten } = await handle.write(view, done, view.length - done, at + done);
      done += bytesWritten;
    }
    at += view.length;
  }
  if (at !== offset + bytes)
    throw new Error(`weight ${name}: ${at - offset} bytes written, ${bytes} planned`);
}

/** Bytes of the data file that are safe on disk; 0 where there is nothing to resume. */
async function readJournal(file: string, resume: string): Promise<number> {
  try {
    const journal = JSON.parse(await readFile(file, 'utf8')) as { resume?: unknown; written?: unknown };
    return journal.resume === resume && typeof journal.written === 'number' ? journal.written : 0;
  } catch {
    return 0;
  }
}
