/** A download under way: `<file>.part`, and `<file>.part.etag` with the version of the file that it belongs to. */
import { open, readFile, rm, writeFile, mkdir, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { UserError } from '../../../errors/userError.ts';
import { patientRename } from '../../../platform/patience.ts';

/** All methods throw `UserError` `diskSpace` or `modelsUnusable`. */
export interface PartFile {
  /** Bytes present. */
  readonly length: number;
  /** Strong entity tag of those bytes; null if none is known. */
  readonly etag: string | null;
  append(bytes: Uint8Array): Promise<void>;
  /** Deletes the part. */
  restart(): Promise<void>;
  /** Remembers the version that is being received. */
  tag(etag: string | null): Promise<void>;
  content(): AsyncIterable<Uint8Array>;
  /** Makes the file durable and gives it its final name. */
  finish(): Promise<void>;
  close(): Promise<void>;
}

export type OpenPart = (file: string) => Promise<PartFile>;

export const openPartOnDisk: OpenPart = async file => {
  const part = `${file}.part`;
  return explained(part, async () => {
    await mkdir(path.dirname(file), { recursive: true });
    const handle = await open(part, 'a+');
    const { size } = await handle.stat();
    const etag = await readFile(`${part}.etag`, 'utf8').catch(() => null);
    return new PartOnDisk(file, handle, size, etag);
  });
};

class PartOnDisk implements PartFile {
  length: number;
  etag: string | null;
  readonly #file: string;
  readonly #handle: FileHandle;
  #open = true;

  constructor(file: string, handle: FileHandle, length: number, etag: string | null) {
    this.#file = file;
    this.#handle = handle;
    this.length = length;
    this.etag = etag;
  }

  get #part(): string {
    return `${this.#file}.part`;
  }

  append(bytes: Uint8Array): Promise<void> {
    return explained(this.#part, async () => {
      for (let done = 0; done < bytes.length;) {
        const { bytesWritten } = await this.#handle.write(bytes, done);
        done += bytesWritten;
        this.length += bytesWritten;
      }
    });
  }

  restart(): Promise<void> {
    return explained(this.#part, async () => {
      await this.#handle.truncate(0);
      this.length = 0;
      await this.tag(null);
    });
  }

  tag(etag: string | null): Promise<void> {
    return explained(this.#part, async () => {
      if (etag === this.etag) return;
      this.etag = etag;
      if (etag === null) await rm(`${this.#part}.etag`, { force: true });
      else await writeFile(`${this.#part}.etag`, etag);
    });
  }

  async *content(): AsyncIterable<Uint8Array> {
    const buffer = Buffer.allocUnsafe(1 << 20);
    for (let position = 0; position < this.length;) {
      const { bytesRead } = await this.#handle.read(buffer, 0, buffer.length, position);
      if (bytesRead === 0) return;
      yield buffer.subarray(0, bytesRead);
      position += bytesRead;
    }
  }

  finish(): Promise<void> {
    return explained(this.#file, async () => {
      await this.#handle.sync();
      await this.close();
      await patientRename(this.#part, this.#file);
      await rm(`${this.#part}.etag`, { force: true });
    });
  }

  async close(): Promise<void> {
    if (!this.#open) return;
    this.#open = false;
    await this.#handle.close();
  }
}

/** Runs `work` on `place`; turns a refusal of the disk into an error for people. */
export async function explained<T>(place: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw diskError(error, place);
  }
}

/** Codes for a place that is not ours to write, or a file where a folder should be. */
const UNUSABLE = new Set(['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST']);

export function diskError(error: unknown, place: string): unknown {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ENOSPC' || code === 'EDQUOT' || code === 'EFBIG')
    return new UserError('diskSpace', place, { cause: error });
  if (UNUSABLE.has(code ?? '')) return new UserError('modelsUnusable', place, { cause: error });
  return error;
}
