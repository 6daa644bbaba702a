/** The place of a folder's index in the store, one for each model, and the marks of those that were complete once. */
import { createHash } from 'node:crypto';
import { mkdir, readdir, realpath, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { FORMAT_VERSION } from '../../index/segment/sections.ts';

export interface IndexPlace {
  /** Folder of the index. */
  readonly index: string;
  /** An empty file beside the index: every document of the folder has been processed in it once. */
  readonly whole: string;
}

/**
 * `fingerprint`: see `indexFingerprint`. Each version of the format has a folder of its own, so two versions of Malmoi
 * never share one. Rejects where `folder` does not exist.
 */
export async function indexPlace(store: string, folder: string, fingerprint: string): Promise<IndexPlace> {
  const index = path.join(await indexesPlace(store, folder), `${fingerprint}-v${FORMAT_VERSION}`);
  return { index, whole: `${index}.whole` };
}

/** Folder of all indexes of a folder. Rejects where `folder` does not exist. */
export async function indexesPlace(store: string, folder: string): Promise<string> {
  const real = await realpath(folder);
  const key = createHash('sha256').update(real).digest('hex').slice(0, 16);
  const name = path
    .basename(real)
    .replace(/[^\w가-힣-]+/g, '_')
    .slice(0, 40);
  return path.join(store, `${name}-${key}`);
}

/** Removes this index in earlier versions of the format, because it is derived data. Later versions stay. */
export async function removeOlder({ index }: IndexPlace): Promise<void> {
  const own = path.basename(index).replace(/-v\d+$/, '');
  for (const name of await readdir(path.dirname(index)).catch(() => [])) {
    const [, fingerprint, version = '0'] = /^(.*?)(?:-v(\d+))?(?:\.whole)?$/.exec(name)!;
    if (fingerprint !== own || Number(version) >= FORMAT_VERSION) continue;
    await rm(path.join(path.dirname(index), name), { recursive: true, force: true }).catch(() => undefined);
  }
}

export async function isWhole({ index, whole }: IndexPlace): Promise<boolean> {
  const found = await Promise.all([index, whole].map(each => stat(each).catch(() => null)));
  return found.every(each => each !== null);
}

/** Marks an index as complete. The mark is only a hint for people, so a failure to write it is ignored. */
export async function markWhole({ whole }: IndexPlace): Promise<void> {
  await mkdir(path.dirname(whole), { recursive: true, mode: 0o700 }).catch(() => undefined);
  await writeFile(whole, '', { mode: 0o600 }).catch(() => undefined);
}

export async function unmarkWhole({ whole }: IndexPlace): Promise<void> {
  await rm(whole, { force: true });
}

/** Removes an index that nobody has open. */
export async function removeIndex(place: IndexPlace): Promise<void> {
  await unmarkWhole(place);
  await rm(place.index, { recursive: true, force: true, maxRetries: 3 });
}
