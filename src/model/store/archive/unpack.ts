/** Unpacks an archive of any kind that can be imported; the kind is read from its bytes, not from its name. */
import { UserError } from '../../../errors/userError.ts';
import { requireSpace, type FreeBytes } from '../diskSpace.ts';
import { partsOf } from './parts.ts';
import { bytesOf, readStart } from './partsReader.ts';
import type { UnpackOptions } from './unpackTarget.ts';
import { untar } from './untar.ts';
import { unzip } from './unzip.ts';

/**
 * `file` may be any part of a split archive. Throws `UserError` (`archive…`, `importUnreadable`, `diskSpace`) or the
 * signal's reason; `folder` may then hold some of the files.
 */
export async function unpack(
  file: string,
  folder: string,
  { free, ...options }: UnpackOptions & { readonly free?: FreeBytes | undefined },
): Promise<void> {
  const parts = await partsOf(file);
  const total = bytesOf(parts);
  const start = await readStart(parts, 512).catch((error: unknown) => {
    throw new UserError('importUnreadable', file, { cause: error });
  });
  switch (kindOf(start)) {
    case 'zip':
      return unzip(parts, folder, options, bytes => requireSpace(folder, bytes, free));
    case 'gzip':
      // The unpacked size is not known before; it is at least this.
      await requireSpace(folder, total, free);
      return untar(parts, folder, { ...options, gzip: true });
    case 'tar':
      await requireSpace(folder, total, free);
      return untar(parts, folder, { ...options, gzip: false });
    case null:
      throw new UserError(start.length === 0 ? 'archiveDamaged' : 'archiveUnsupported', file);
  }
}

function kindOf(start: Buffer): 'zip' | 'gzip' | 'tar' | null {
  if (['PK\u0003\u0004', 'PK\u0005\u0006'].includes(start.toString('latin1', 0, 4))) return 'zip';
  if (start[0] === 0x1f && start[1] === 0x8b) return 'gzip';
  // Headers before ustar (1988) had no magic; nobody writes those any more.
  return start.toString('latin1', 257, 262) === 'ustar' ? 'tar' : null;
}
