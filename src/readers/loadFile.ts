/** Loads the bytes of a file with what identifies them. */
import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import type { FileReason } from '../domain/ledger.ts';

export interface Stamp {
  readonly size: number;
  /** Milliseconds since 1970. */
  readonly modified: number;
  /** SHA-256 of the bytes; '' where they were not read. */
  readonly hash: string;
}

export type LoadedFile =
  | { readonly bytes: Uint8Array; readonly stamp: Stamp }
  | { readonly stamp: Stamp; readonly problem: FileReason; readonly detail: string | null };

/** Null where there is no such file; `limit` is in bytes. */
export async function loadFile(file: string, limit: number): Promise<LoadedFile | null> {
  let size = 0;
  let modified = 0;
  const refused = (problem: FileReason, detail: string | null): LoadedFile => ({
    stamp: { size, modified, hash: '' },
    problem,
    detail,
  });
  try {
    const handle = await open(file, 'r');
    try {
      const found = await handle.stat();
      size = found.size;
      modified = found.mtimeMs;
      if (!found.isFile()) return refused('unreadable', null);
      if (size > limit) return refused('tooLarge', String(size));
      const bytes = await handle.readFile();
      const hash = createHash('sha256').update(bytes).digest('hex');
      return { bytes, stamp: { size, modified, hash } };
    } finally {
      await handle.close();
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return null;
    return refused(code === 'EACCES' || code === 'EPERM' ? 'noPermission' : 'unreadable', code ?? null);
  }
}
