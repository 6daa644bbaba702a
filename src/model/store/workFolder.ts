/**
 * A folder in which a model is put together before it is installed: `<models>/.work/<key>/`, on the same file system,
 * owned by one process at a time. Its content can be continued after a crash under the same key.
 */
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { UserError } from '../../errors/userError.ts';
import { explained } from './download/partFile.ts';

const WORK = '.work';
const LOCK = 'lock';
/** Interval in milliseconds at which the owner touches its lock. */
const HEARTBEAT = 20_000;
/** A lock of this age in milliseconds belongs to nobody: its process ended, or its number went to another. */
const STALE = 300_000;
const DAY = 86_400_000;
/** A download is worth keeping longer than content unpacked from a file that still exists. */
const KEPT_DOWNLOAD = 14 * DAY;

export class WorkFolder {
  readonly path: string;
  readonly #lock: string;
  readonly #heartbeat: NodeJS.Timeout;

  private constructor(folder: string) {
    this.path = folder;
    this.#lock = path.join(folder, LOCK);
    this.#heartbeat = setInterval(() => {
      const now = new Date();
      utimes(this.#lock, now, now).catch(() => undefined);
    }, HEARTBEAT).unref();
  }

  /**
   * Opens the folder. Throws `UserError`: `modelBusy` when another process works in it, `modelsUnusable`, `diskSpace`.
   */
  static async open(models: string, key: string): Promise<WorkFolder> {
    const folder = path.join(models, WORK, key);
    await explained(models, async () => {
      await mkdir(folder, { recursive: true });
      await claim(path.join(folder, LOCK), key);
    });
    return new WorkFolder(folder);
  }

  /** Leaves the content for a later `open` of the same key. */
  async keep(): Promise<void> {
    clearInterval(this.#heartbeat);
    await rm(this.#lock, { force: true });
  }

  async remove(): Promise<void> {
    clearInterval(this.#heartbeat);
    await rm(this.path, { recursive: true, force: true, maxRetries: 3 });
  }
}

async function claim(lock: string, key: string): Promise<void> {
  for (let tries = 0; tries < 3; tries++) {
    try {
      return await writeFile(lock, JSON.stringify({ pid: process.pid, host: os.hostname() }), { flag: 'wx' });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    if (await isHeld(lock)) break;
    // Only one process can rename it: two that find it stale must not remove each other's new lock.
    const stale = `${lock}-${process.pid}-${tries}`;
    await rename(lock, stale).catch(() => undefined);
    await rm(stale, { force: true });
  }
  throw new UserError('modelBusy', key);
}

async function isHeld(lock: string): Promise<boolean> {
  const found = await stat(lock).catch(() => null);
  if (found === null) return false;
  if (Date.now() - found.mtimeMs > STALE) return false;
  try {
    const { pid, host } = JSON.parse(await readFile(lock, 'utf8')) as { pid?: unknown; host?: unknown };
    if (host !== os.hostname() || typeof pid !== 'number') return true;
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // A half-written lock is being written by its owner just now. EPERM means that the process is alive and another
    // user's.
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}

/** Removes the remains of crashed installations: after a day, downloads after two weeks; never locked ones. */
export async function cleanLeftovers(models: string, now = Date.now()): Promise<void> {
  const work = path.join(models, WORK);
  for (const name of await readdir(work).catch((): string[] => [])) {
    const folder = path.join(work, name);
    if (await isHeld(path.join(folder, LOCK))) continue;
    const age = now - (await newestTime(folder));
    if (age > (name.startsWith('download-') ? KEPT_DOWNLOAD : DAY))
      await rm(folder, { recursive: true, force: true }).catch(() => undefined);
  }
}

/** Milliseconds since 1970 of the last change in `folder`, two levels down. */
async function newestTime(folder: string, depth = 2): Promise<number> {
  const found = await stat(folder).catch(() => null);
  if (found === null) return Infinity;
  let newest = found.mtimeMs;
  if (found.isDirectory() && depth > 0)
    for (const name of await readdir(folder).catch((): string[] => []))
      newest = Math.max(newest, await newestTime(path.join(folder, name), depth - 1));
  return newest;
}
