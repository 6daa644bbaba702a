/** The file with the key of a store's engines: whoever can read it is this user. */
import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { mkdir, open, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { patientRename } from '../platform/patience.ts';
import { PLATFORM } from '../platform/platform.ts';
import { asDigits, newKey } from './proof.ts';

/** Bytes that are read of the file; a key has 64. */
const MOST = 256;

/**
 * The key that is there, or else a new one, put there whole or not at all. A key stays: a full disk keeps no engine from
 * starting again.
 */
export async function ensureKey(file: string): Promise<Buffer> {
  const known = await readKey(file);
  if (known !== null) return known;
  const key = newKey();
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  const fresh = `${file}.${randomUUID()}`;
  try {
    // Made by us or not at all: nobody waits there with an open file.
    await writeFile(fresh, key.toString('hex'), { flag: 'wx', mode: 0o600 });
    await patientRename(fresh, file);
    return key;
  } catch (error) {
    await rm(fresh, { force: true }).catch(() => undefined);
    throw error;
  }
}

/** Null where there is no key, or one that somebody else may have read or written. */
export async function readKey(file: string): Promise<Buffer | null> {
  // Without waiting, since a pipe that somebody has put there would never open.
  const { O_RDONLY, O_NOFOLLOW, O_NONBLOCK } = constants;
  const flags = PLATFORM.hasModeBits ? O_RDONLY | O_NOFOLLOW | O_NONBLOCK : O_RDONLY;
  const handle = await open(file, flags).catch(() => null);
  if (handle === null) return null;
  try {
    const found = await handle.stat();
    if (!found.isFile()) return null;
    if (PLATFORM.hasModeBits && (found.uid !== process.getuid?.() || (found.mode & 0o077) !== 0)) return null;
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(MOST), 0, MOST, 0);
    const digits = asDigits(buffer.toString('latin1', 0, bytesRead));
    return digits === null ? null : Buffer.from(digits, 'hex');
  } catch {
    return null;
  } finally {
    await handle.close();
  }
}
