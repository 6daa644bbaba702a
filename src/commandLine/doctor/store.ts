/** Whether indexes can be kept where they are to live, and by nobody else. */
import { access, constants, mkdir, readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { indexesPlace } from '../../workspace/files/indexPlace.ts';
import { freeBytes, type FreeBytes } from '../../model/store/diskSpace.ts';
import { PLATFORM, type Platform } from '../../platform/platform.ts';
import { fine, warning, wrong, type Check } from './check.ts';

/** Bytes below which an index of some thousand documents may not fit. */
const LITTLE_SPACE = 1e9;
const OTHERS = 0o077;

export async function checkStore(store: string, free: FreeBytes = freeBytes): Promise<Check[]> {
  try {
    await mkdir(store, { recursive: true, mode: 0o700 });
    await access(store, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    const { code = 'unusable' } = error as NodeJS.ErrnoException;
    return [
      wrong(
        'store',
        `${store} (${code})`,
        '쓸 수 있는 곳을 --store DIR로 알려 주세요 / name a place that can be written to with --store DIR',
      ),
    ];
  }
  const checks = [await ownerCheck(store)];
  const space = await free(store);
  if (space !== null && space < LITTLE_SPACE)
    checks.push(
      warning(
        'disk',
        `${Math.round(space / 1e6)} MB`,
        '디스크를 비우거나 --store DIR을 쓰세요 / free some space, or use --store DIR',
      ),
    );
  else if (space !== null) checks.push(fine('disk', `${(space / 1e9).toFixed(1)} GB`));
  return checks;
}

/** Windows keeps others out by the access list of the user's folder. */
export async function ownerCheck(store: string, { hasModeBits }: Platform = PLATFORM): Promise<Check> {
  const { uid, mode } = await stat(store);
  const isOurs = !hasModeBits || process.getuid === undefined || uid === process.getuid();
  if (!isOurs)
    return wrong(
      'store',
      `${store} (uid ${uid})`,
      '다른 사용자의 폴더입니다. --store DIR을 쓰세요 / it belongs to another user: use --store DIR',
    );
  if (hasModeBits && (mode & OTHERS) !== 0)
    return warning(
      'store',
      `${store} (${(mode & 0o777).toString(8)})`,
      `다른 사용자가 볼 수 있습니다 / others can look into it: chmod 700 '${store}'`,
    );
  return fine('store', store);
}

/** Whether there is an index of a folder. */
export async function checkFolder(store: string, folder: string): Promise<Check> {
  try {
    await access(folder, constants.R_OK | constants.X_OK);
    const place = await indexesPlace(store, folder);
    const entries = await readdir(place, { withFileTypes: true }).catch(() => []);
    const indexes = entries.filter(entry => entry.isDirectory());
    if (indexes.length > 0)
      return fine('index', `${place} (${indexes.map(({ name }) => path.basename(name)).join(', ')})`);
    return warning('index', `${folder}: 아직 색인이 없음 / no index yet`, `malmoi index '${folder}'`);
  } catch {
    return wrong(
      'index',
      folder,
      '폴더를 읽을 수 없습니다. 경로와 권한을 확인하세요 / the folder cannot be read: check its path and permissions',
    );
  }
}
