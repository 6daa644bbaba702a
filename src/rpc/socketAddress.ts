/** The address at which the clients of a store find its engine. Pure. */
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
}

/**
 * The path of a local socket or the name of a pipe. Only this user can reach a socket, because its folder is private;
 * a pipe admits writers of its own user alone.
 *
 * On Windows every spelling of a store has the same address, since two engines must not write one store: paths there
 * ignore case, and the editor writes `c:\` where the command line has `C:\`.
 */
export function socketAddress(store: string, user: SocketUser, { path, hasNamedPipes }: Platform): string {
  const place = path.resolve(store);
  if (hasNamedPipes) {
    // A backslash would begin another name, and a domain may stand before one.
    const name = user.name.replace(/[\\/]/g, '-').slice(0, MOST_OF_NAME);
    return String.raw`\\.\pipe\malmoi-${name}-${keyOf(place.toLowerCase())}`;
  }
  const inside = path.join(store, 'engine.sock');
  if (Buffer.byteLength(inside) <= MAX_SOCKET_PATH) return inside;
  return path.join(user.runtimeFolder, `malmoi-${user.uid}`, `${keyOf(place)}.sock`);
}

function keyOf(place: string): string {
  return createHash('sha256').update(place).digest('hex').slice(0, 16);
}
