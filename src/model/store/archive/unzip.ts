/** Unpacks a zip, in one piece or split. */
import { isAbort } from '../../../threads/abort.ts';
import yauzl from 'yauzl';
import { crc32 } from '../../../index/segment/crc32.ts';
import { UserError } from '../../../errors/userError.ts';
import type { ArchivePart } from './parts.ts';
import { bytesOf, PartsReader } from './partsReader.ts';
import { UnpackTarget, type UnpackOptions } from './unpackTarget.ts';

/** Unix file type in the upper half of the external attributes (APPNOTE 4.4.15; the value is that of `stat`). */
const TYPE_MASK = 0o170000;
const [REGULAR, DIRECTORY] = [0o100000, 0o040000];
const ENCRYPTED = 1;

/**
 * `beforeWriting` gets the size that the archive claims to unpack to, after every name was checked and before any file
 * is created. Throws `UserError`: `archiveDamaged`, `archiveUnsafe`, `archiveEncrypted`, `archiveUnsupported` …
 */
export async function unzip(
  parts: readonly ArchivePart[],
  folder: string,
  options: UnpackOptions,
  beforeWriting: (bytes: number) => Promise<void>,
): Promise<void> {
  const archive = parts[0]!.path;
  const total = bytesOf(parts);
  const target = new UnpackTarget(archive, total, folder, options);
  const zip = await described(archive, () =>
    yauzl.fromRandomAccessReaderPromise(new PartsReader(parts), total, {
      autoClose: false,
      lazyEntries: true,
      strictFileNames: true,
      validateEntrySizes: true,
    }),
  );
  try {
    const wanted: { readonly entry: yauzl.Entry; readonly place: string }[] = [];
    let bytes = 0;
    await described(archive, async () => {
      for await (const entry of zip.eachEntry()) {
        const place = target.accept({ name: entry.fileName, kind: kindOf(entry) });
        if (place === null) continue;
        if ((entry.generalPurposeBitFlag & ENCRYPTED) !== 0)
          throw new UserError('archiveEncrypted', `${archive}: ${entry.fileName}`);
        // The reader enforces these sizes for every entry.
        target.count(entry.uncompressedSize);
        bytes += entry.uncompressedSize;
        wanted.push({ entry, place });
      }
    });
    await beforeWriting(bytes);
    let done = 0;
    const report = (count: number): void => options.onProgress?.((done += count), bytes);
    for (const { entry, place } of wanted)
      await described(archive, async () => {
        const content = await zip.openReadStreamPromise(entry);
        // The stream may fail before it is first read; reading it then reports the error again.
        content.on('error', () => undefined);
        await target.write(place, checked(entry, content, report)).finally(() => content.destroy());
      });
  } finally {
    zip.close();
  }
}

function kindOf({ fileName, externalFileAttributes }: yauzl.Entry): 'file' | 'directory' | 'other' {
  const type = (externalFileAttributes >>> 16) & TYPE_MASK;
  if (type !== 0 && type !== REGULAR && type !== DIRECTORY) return 'other';
  return fileName.endsWith('/') ? 'directory' : 'file';
}

/** Checks the checksum: the reader checks only lengths. */
async function* checked(
  { crc32: expected, fileName }: yauzl.Entry,
  content: AsyncIterable<unknown>,
  onBytes: (count: number) => void,
): AsyncGenerator<Uint8Array> {
  let crc = 0;
  for await (const chunk of content as AsyncIterable<Uint8Array>) {
    crc = crc32(chunk, crc);
    yield chunk;
    onBytes(chunk.length);
  }
  if (crc !== expected) throw new Error(`CRC-32 of ${fileName}`);
}

async function described<T>(archive: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof UserError || isAbort(error)) throw error;
    const { message } = error as Error;
    const subject = `${archive} (${message.slice(0, 200)})`;
    if (/absolute path|invalid relative path|invalid characters in fileName/.test(message))
      throw new UserError('archiveUnsafe', subject, { cause: error });
    if (/encrypt/.test(message)) throw new UserError('archiveEncrypted', archive, { cause: error });
    if (/multi-disk|unsupported compression/.test(message))
      throw new UserError('archiveUnsupported', subject, { cause: error });
    throw new UserError('archiveDamaged', subject, { cause: error });
  }
}
