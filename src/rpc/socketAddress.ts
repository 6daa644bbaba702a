/** Where the clients of a store find its engine, and its key. Pure. */
import { createHash } from 'node:crypto';
import type { Platform } from '../platform/platform.ts';

/** Longest path of a Unix socket that every system takes (sun_path is 104 bytes on macOS). */
const MAX_SOCKET_PATH = 100;
/** Characters of a user's name in the name of a pipe, which has 256 at the most. */
const MOST_OF_NAME = 64;

/** The user and the folders that an address depends on. */
export interface SocketUser {
  readonly name: string;
  /** -1 where users have no numbers. */
  readonly uid: number;
  /** A folder for the sockets of this user (`XDG_RUNTIME_DIR`), or the folder for temporary files. */
  readonly runtimeFolder: string;
  /** A folder of the user's profile, which others can't read. */
  readonly dataFolder: string;
}

/**
 * The path of a local socket or the name of a pipe. Only this user can reach a socket, because its folder is private.
 * A pipe is in no folder: everybody may read from it, and whoever is first makes it, so both ends prove that they know
 * the engine's key (`proof.ts`).
 *
 * On Windows every spelling of a store has the same address, since two engines must not write one store: paths there
 * ignore case, and the editor writes `c:\` where the command line has `C:\`.
 */
export function socketAddress(store: string, user: SocketUser, { path, hasNamedPipes }: Platform): string {
  const place = path.resolve(store);
  if (hasNamedPipes) {
    // A backslash would begin another name, and a domain may stand before one.
    const name = user.name.replace(/[\\/]/g, '-').slice(0, MOST_OF_NAME);
    return String.raw`\\.\pipe\malmoi-${name}-${digestOf(place.toLowerCase())}`;
  }
  const inside = path.join(store, 'engine.sock');
  if (Buffer.byteLength(inside) <= MAX_SOCKET_PATH) return inside;
  return path.join(user.runtimeFolder, `malmoi-${user.uid}`, `${digestOf(place)}.sock`);
}

/**
 * The file with the key of the store's engine. Windows has no mode bits, and a store may lie where others read: the key
 * is in the profile there.
 */
export function keyPath(store: string, user: SocketUser, { path, hasNamedPipes }: Platform): string {
  if (!hasNamedPipes) return path.join(store, 'engine.key');
  return path.join(user.dataFolder, `engine-${digestOf(path.resolve(store).toLowerCase())}.key`);
}

function digestOf(place: string): string {
  return createHash('sha256').update(place).digest('hex').slice(0, 16);
}
