/** The address of a store's engine, and the way one process becomes its only owner. */
import { chmod, mkdir, open, rm, stat } from 'node:fs/promises';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { UserError } from '../errors/userError.ts';
import { PLATFORM } from '../platform/platform.ts';
import { socketAddress, type SocketUser } from './socketAddress.ts';

const LOCK_AGE = 10_000;

/** The address of a store on this machine, for this user. */
export function socketPath(store: string): string {
  return socketAddress(store, thisUser(), PLATFORM);
}

function thisUser(): SocketUser {
  const uid = process.getuid?.() ?? -1;
  return {
    // In a container, a user may have a number and no name.
    name: PLATFORM.hasNamedPipes ? os.userInfo().username : String(uid),
    uid,
    runtimeFolder: process.env['XDG_RUNTIME_DIR'] ?? os.tmpdir(),
  };
}

/**
 * Connects to a running engine, or null where there is none. Rejects with `UserError` `storeUnusable` where the place
 * is another user's: what is asked there would be read by them.
 */
export async function connectSocket(store: string): Promise<net.Socket | null> {
  const address = socketPath(store);
  if (!PLATFORM.hasNamedPipes) await requireOwn(path.dirname(address));
  return new Promise(resolve => {
    const socket = net.connect(address);
    socket.once('connect', () => {
      socket.removeAllListeners('error');
      resolve(socket);
    });
    socket.once('error', () => resolve(null));
  });
}

/** In a shared temporary folder somebody else could wait for our queries. */
async function requireOwn(folder: string): Promise<void> {
  const found = await stat(folder).catch(() => null);
  if (found !== null && found.uid !== process.getuid?.()) throw new UserError('storeUnusable', folder);
}

/**
 * Becomes the owner of the store: resolves to a listening server, or to null where another process owns it. The system
 * releases a socket or pipe when its process dies, so there is no stale owner; a stale socket *file* is removed under a
 * short-lived lock, so that two starters don't remove each other's. Clients poll and connect the moment it listens:
 * `connected` must be ready for them before this resolves.
 */
export async function claim(
  store: string,
  connected: (socket: net.Socket) => void,
): Promise<net.Server | null> {
  const address = socketPath(store);
  if (PLATFORM.hasNamedPipes) return listen(address, connected);
  try {
    await mkdir(path.dirname(address), { recursive: true, mode: 0o700 });
    await mkdir(store, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw new UserError('storeUnusable', store, { cause: error });
  }
  await requireOwn(path.dirname(address));
  const lock = `${address}.lock`;
  const handle = await takeLock(lock);
  if (handle === null) return null;
  try {
    const running = await connectSocket(store);
    if (running !== null) {
      running.destroy();
      return null;
    }
    await rm(address, { force: true });
    const server = await listen(address, connected);
    if (server !== null) await chmod(address, 0o600).catch(() => undefined);
    return server;
  } finally {
    await handle.close();
    await rm(lock, { force: true });
  }
}

async function takeLock(lock: string): Promise<Awaited<ReturnType<typeof open>> | null> {
  for (let attempt = 0; attempt < 100; attempt++) {
    try {
      return await open(lock, 'wx', 0o600);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST')
        throw new UserError('storeUnusable', lock, { cause: error });
    }
    const age = await stat(lock).then(
      found => Date.now() - found.mtimeMs,
      () => 0,
    );
    if (age > LOCK_AGE) await rm(lock, { force: true });
    else await new Promise(resolve => setTimeout(resolve, 50));
  }
  return null;
}

function listen(address: string, connected: (socket: net.Socket) => void): Promise<net.Server | null> {
  return new Promise((resolve, reject) => {
    const server = net.createServer(connected);
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve(null);
      else reject(new UserError('storeUnusable', address, { cause: error }));
    });
    server.listen(address, () => resolve(server));
  });
}
