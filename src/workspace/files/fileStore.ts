/** Stores the index's blobs as files of one folder. */
import * as nodeFiles from 'node:fs/promises';
import path from 'node:path';
import type { BlobStore, OpenBlob } from '../../index/blobStore.ts';
import { UserError } from '../../errors/userError.ts';
import { patiently } from '../../platform/patience.ts';
import { PLATFORM, type Platform } from '../../platform/platform.ts';
import type { Files } from './files.ts';

const NAME = /^[\w.-]+$/;

export class FileStore implements BlobStore {
  readonly #folder: string;
  readonly #files: Files;
  readonly #platform: Platform;
  /** Blobs whose names are known to survive a power loss. */
  readonly #durable = new Set<string>();

  private constructor(folder: string, files: Files, platform: Platform) {
    this.#folder = folder;
    this.#files = files;
    this.#platform = platform;
  }

  /** Creates the folder, readable only by its owner, because it holds the texts of notes. */
  static async open(
    folder: string,
    files: Files = nodeFiles,
    platform: Platform = PLATFORM,
  ): Promise<FileStore> {
    try {
      await files.mkdir(folder, { recursive: true, mode: 0o700 });
    } catch (error) {
      throw new UserError('storeUnusable', folder, { cause: error });
    }
    return new FileStore(folder, files, platform);
  }

  #path(name: string): string {
    if (!NAME.test(name)) throw new RangeError(`blob name: ${name}`);
    return path.join(this.#folder, name);
  }

  async list(): Promise<readonly string[]> {
    const entries = await this.#files.readdir(this.#folder, { withFileTypes: true });
    return entries.filter(entry => entry.isFile()).map(entry => entry.name);
  }

  async read(name: string): Promise<Uint8Array | null> {
    try {
      const bytes = await this.#files.readFile(this.#path(name));
      // A small file may lie in Node's shared pool at any offset, and a Buffer's slices are not copies: typed views
      // need a plain array in a buffer of its own.
      return new Uint8Array(bytes);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
      throw error;
    }
  }

  async open(name: string): Promise<OpenBlob | null> {
    const handle = await this.#files.open(this.#path(name), 'r').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return null;
      throw error;
    });
    if (handle === null) return null;
    const { size } = await handle.stat();
    return {
      size,
      read: async (offset, length) => {
        const bytes = new Uint8Array(length);
        let done = 0;
        while (done < length) {
          const { bytesRead } = await handle.read(bytes, done, length - done, offset + done);
          if (bytesRead === 0) return bytes.slice(0, done);
          done += bytesRead;
        }
        return bytes;
      },
      close: () => handle.close(),
    };
  }

  async write(name: string, ...parts: readonly Uint8Array[]): Promise<void> {
    const target = this.#path(name);
    const temporary = `${target}.tmp`;
    await explained(target, async () => {
      const handle = await this.#files.open(temporary, 'w', 0o600);
      try {
        for (const part of parts) await handle.writeFile(part);
        await handle.sync();
      } finally {
        await handle.close();
      }
      await patiently(() => this.#files.rename(temporary, target), this.#platform);
      await this.#syncFolder();
      this.#durable.add(name);
    });
  }

  async append(name: string, bytes: Uint8Array): Promise<void> {
    const target = this.#path(name);
    await explained(target, async () => {
      const handle = await this.#files.open(target, 'a', 0o600);
      try {
        await handle.writeFile(bytes);
        await handle.datasync();
      } finally {
        await handle.close();
      }
      // This also applies where the file existed: its writer may have been killed before its name was durable.
      if (this.#durable.has(name)) return;
      await this.#syncFolder();
      this.#durable.add(name);
    });
  }

  async truncate(name: string, length: number): Promise<void> {
    const target = this.#path(name);
    await explained(target, async () => {
      const handle = await this.#files.open(target, 'r+').catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return null;
        throw error;
      });
      if (handle === null) return;
      try {
        await handle.truncate(length);
        await handle.datasync();
      } finally {
        await handle.close();
      }
    });
  }

  async remove(name: string): Promise<void> {
    this.#durable.delete(name);
    await patiently(() => this.#files.rm(this.#path(name), { force: true }), this.#platform);
  }

  /** A new name is durable only when its folder is; Windows has no such call and needs none. */
  async #syncFolder(): Promise<void> {
    if (!this.#platform.hasModeBits) return;
    const handle = await this.#files.open(this.#folder, 'r');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  }
}

/** Turns errors that a user can fix (space, permission) into messages. */
async function explained(target: string, action: () => Promise<void>): Promise<void> {
  try {
    await action();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOSPC' || code === 'EDQUOT') throw new UserError('diskFull', target, { cause: error });
    if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS')
      throw new UserError('storeUnusable', target, { cause: error });
    throw error;
  }
}
