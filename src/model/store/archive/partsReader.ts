/** Reads several files as one, from any offset. */
import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import yauzl from 'yauzl';
import type { ArchivePart } from './parts.ts';

export function bytesOf(parts: readonly ArchivePart[]): number {
  return parts.reduce((sum, part) => sum + part.bytes, 0);
}

/** Bytes `start` to `end` (exclusive) of the concatenated parts. */
export async function* readRange(
  parts: readonly ArchivePart[],
  start = 0,
  end = Infinity,
): AsyncGenerator<Uint8Array> {
  let offset = 0;
  for (const { path, bytes } of parts) {
    const [first, last] = [Math.max(0, start - offset), Math.min(bytes, end - offset)];
    if (first < last)
      for await (const chunk of createReadStream(path, {
        start: first,
        end: last - 1,
        highWaterMark: 1 << 18,
      }))
        yield chunk as Uint8Array;
    offset += bytes;
  }
}

/** The first `count` bytes, or fewer where there are no more. */
export async function readStart(parts: readonly ArchivePart[], count: number): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of readRange(parts, 0, count)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

export class PartsReader extends yauzl.RandomAccessReader {
  readonly #parts: readonly ArchivePart[];

  constructor(parts: readonly ArchivePart[]) {
    super();
    this.#parts = parts;
  }

  override _readStreamForRange(start: number, end: number): Readable {
    return Readable.from(readRange(this.#parts, start, end), { objectMode: false });
  }
}
