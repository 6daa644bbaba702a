/**
 * The folder an archive is unpacked to, and the rules that every entry of any archive obeys: plain relative names,
 * no links, no name twice, bounded size. One broken rule rejects the archive as a whole.
 */
import { mkdir, open } from 'node:fs/promises';
import path from 'node:path';
import { UserError } from '../../../errors/userError.ts';
import { isUseless } from '../checkpointFiles.ts';
import { safeMemberPath, sameFileKey } from '../memberPath.ts';
import { explained } from '../download/partFile.ts';

export interface UnpackLimits {
  /** Number of entries, including directories. */
  readonly entries: number;
  /** Number of unpacked bytes. */
  readonly bytes: number;
  /** Unpacked bytes for each byte of the archive: weights are noise and hardly shrink; a bomb is all zeros. */
  readonly ratio: number;
  /** The ratio is checked from this size on, because small texts may shrink a lot. */
  readonly ratioFrom: number;
}

export const UNPACK_LIMITS: UnpackLimits = {
  entries: 10_000,
  bytes: 2 ** 35,
  ratio: 50,
  ratioFrom: 64 << 20,
};

export interface UnpackOptions {
  readonly limits?: UnpackLimits;
  readonly signal?: AbortSignal | undefined;
  /** Reports the bytes of the archive that were read, and their total; for a compressed zip, unpacked bytes count. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

export interface ArchiveEntry {
  readonly name: string;
  readonly kind: 'file' | 'directory' | 'other';
}

export class UnpackTarget {
  readonly #archive: string;
  readonly #archiveBytes: number;
  readonly #folder: string;
  readonly #limits: UnpackLimits;
  readonly #signal: AbortSignal | undefined;
  readonly #files = new Set<string>();
  readonly #folders = new Set<string>();
  #entries = 0;
  #bytes = 0;

  constructor(archive: string, archiveBytes: number, folder: string, { limits, signal }: UnpackOptions) {
    this.#archive = archive;
    this.#archiveBytes = archiveBytes;
    this.#folder = folder;
    this.#limits = limits ?? UNPACK_LIMITS;
    this.#signal = signal;
  }

  /** The path for this entry's content; null where it is not wanted. Throws `UserError` `archiveUnsafe`. */
  accept({ name, kind }: ArchiveEntry): string | null {
    if (++this.#entries > this.#limits.entries) throw this.#unsafe(`> ${this.#limits.entries}`);
    const safe = safeMemberPath(name);
    // tar writes `./` for the folder itself.
    if (kind === 'directory' && /^[./]*$/.test(name) && !name.includes('..') && !name.startsWith('/'))
      return null;
    if (safe === null || kind === 'other') throw this.#unsafe(name);
    const key = sameFileKey(safe);
    for (let slash = key.indexOf('/'); slash !== -1; slash = key.indexOf('/', slash + 1)) {
      const parent = key.slice(0, slash);
      if (this.#files.has(parent)) throw this.#unsafe(name);
      this.#folders.add(parent);
    }
    if (this.#files.has(key) || (kind === 'file' && this.#folders.has(key))) throw this.#unsafe(name);
    (kind === 'file' ? this.#files : this.#folders).add(key);
    return kind === 'directory' || isUseless(safe) ? null : path.join(this.#folder, ...safe.split('/'));
  }

  /**
   * Counts the bytes that an entry unpacks to, wanted or not. Throws `UserError` `archiveUnsafe`, or the signal's
   * reason.
   */
  count(bytes: number): void {
    this.#signal?.throwIfAborted();
    this.#bytes += bytes;
    const limits = this.#limits;
    if (
      this.#bytes > limits.bytes ||
      (this.#bytes > limits.ratioFrom && this.#bytes > limits.ratio * this.#archiveBytes)
    )
      throw this.#unsafe(`> ${this.#bytes - bytes} bytes`);
  }

  /** Writes a whole file. Throws `UserError` `diskSpace`, `modelsUnusable`, and the errors of `content`. */
  async write(target: string, content: AsyncIterable<Uint8Array>): Promise<void> {
    const handle = await explained(target, async () => {
      await mkdir(path.dirname(target), { recursive: true });
      return open(target, 'wx');
    });
    try {
      for await (const chunk of content) {
        this.#signal?.throwIfAborted();
        await explained(target, () => handle.writeFile(chunk));
      }
    } finally {
      await handle.close();
    }
  }

  #unsafe(what: string): UserError {
    return new UserError('archiveUnsafe', `${this.#archive}: ${JSON.stringify(what.slice(0, 200))}`);
  }
}
