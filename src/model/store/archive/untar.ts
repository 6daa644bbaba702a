/** Unpacks a tar, compressed with gzip or not, in one piece or split. */
import { isAbort } from '../../../threads/abort.ts';
import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { extract } from 'tar-stream';
import { UserError } from '../../../errors/userError.ts';
import type { ArchivePart } from './parts.ts';
import { bytesOf, readRange } from './partsReader.ts';
import { UnpackTarget, type UnpackOptions } from './unpackTarget.ts';

/** An archive ends with two records of zeros (POSIX ustar); one that ends without them is cut off. */
const RECORD = 512;
const FILES = new Set(['', 'file', 'contiguous-file']);

/** Throws `UserError`: `archiveDamaged`, `archiveUnsafe` … */
export async function untar(
  parts: readonly ArchivePart[],
  folder: string,
  options: UnpackOptions & { readonly gzip: boolean },
): Promise<void> {
  const archive = parts[0]!.path;
  const target = new UnpackTarget(archive, bytesOf(parts), folder, options);
  const entries = extract();
  let failure: unknown = null;
  const feeding = feed(entries, plainBytes(parts, options)).catch((error: unknown) => {
    failure ??= error;
    entries.destroy(error as Error);
  });
  try {
    for await (const entry of entries) {
      const { name, type, size } = entry.header;
      const kind = FILES.has(type ?? '') ? 'file' : type === 'directory' ? 'directory' : 'other';
      const place = target.accept({ name, kind });
      target.count(size);
      if (place === null) entry.resume();
      else await target.write(place, entry as AsyncIterable<Uint8Array>);
    }
  } catch (error) {
    failure ??= error;
    entries.destroy(error as Error);
  }
  await feeding;
  if (failure !== null) throw explain(failure, archive);
}

/** Waits for the entries to consume the data, so that nothing piles up in memory. */
async function feed(entries: ReturnType<typeof extract>, bytes: AsyncIterable<Uint8Array>): Promise<void> {
  let last = Buffer.alloc(0);
  for await (const chunk of bytes) {
    last = Buffer.concat([last, chunk.subarray(-RECORD)]).subarray(-RECORD);
    if (entries.destroyed) return;
    if (!entries.write(chunk))
      await new Promise<void>(resolve => {
        const go = (): void => {
          entries.off('drain', go).off('close', go);
          resolve();
        };
        entries.on('drain', go).on('close', go);
      });
  }
  if (last.length < RECORD || last.some(byte => byte !== 0)) throw new Error('no end of archive');
  entries.end(null);
}

function plainBytes(
  parts: readonly ArchivePart[],
  { gzip, signal, onProgress }: UnpackOptions & { readonly gzip: boolean },
): AsyncIterable<Uint8Array> {
  const counted = async function* (): AsyncGenerator<Uint8Array> {
    const total = bytesOf(parts);
    let done = 0;
    for await (const chunk of readRange(parts)) {
      signal?.throwIfAborted();
      yield chunk;
      onProgress?.((done += chunk.length), total);
    }
  };
  if (!gzip) return counted();
  const unpacked = createGunzip();
  // An error of the source ends the iteration over the entries.
  pipeline(Readable.from(counted(), { objectMode: false }), unpacked, () => undefined);
  return unpacked;
}

function explain(error: unknown, archive: string): unknown {
  if (error instanceof UserError || isAbort(error)) return error;
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'EACCES' || code === 'ENOENT' || code === 'EIO')
    return new UserError('importUnreadable', archive, { cause: error });
  return new UserError('archiveDamaged', `${archive} (${message.slice(0, 200)})`, { cause: error });
}
