/** Checks the free disk space before anything long begins; a disk that fills up meanwhile is noticed when writing. */
import { statfs } from 'node:fs/promises';
import { UserError } from '../../errors/userError.ts';

/** Bytes that this user may still write below `folder`; null where the system does not tell. */
export type FreeBytes = (folder: string) => Promise<number | null>;

export const freeBytes: FreeBytes = async folder => {
  const found = await statfs(folder).catch(() => null);
  return found === null ? null : found.bavail * found.bsize;
};

/** Room for directories, small files and other activity of the system. */
const SLACK = 64 << 20;

/** Throws `UserError` `diskSpace` when `needed` bytes do not fit. */
export async function requireSpace(
  folder: string,
  needed: number,
  free: FreeBytes = freeBytes,
): Promise<void> {
  const found = await free(folder);
  if (found !== null && found < needed + SLACK)
    throw new UserError('diskSpace', `${folder} (${megabytes(needed + SLACK)} > ${megabytes(found)})`);
}

function megabytes(bytes: number): string {
  return `${Math.ceil(bytes / 1e6)} MB`;
}
