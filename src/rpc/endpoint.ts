/** The address of a store's engine, and the way one process becomes its only owner. */
import { chmod, mkdir, open, rm, stat } from 'node:fs/promises';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import envPaths from 'env-paths';
import { UserError } from '../errors/userError.ts';
import { PLATFORM } from '../platform/platform.ts';
import { ensureKey, readKey } from './engineKey.ts';
import type { Secret } from './proof.ts';
import { keyPath, socketAddress, type SocketUser } from './socketAddress.ts';

const LOCK_AGE = 10_000;

/** The address of a store on this machine, for this user. */
export function socketPath(store: string): string {
  return socketAddress(store, thisUser(), PLATFORM);
}

/** Takes a connection of somebody who has still to prove that they know the secret. */
export type Connected = (socket: net.Socket, secret: Secret) => void;

/** The secret of the store's engines; null where there is none that can be trusted. */
export async function secretOf(store: string): Promise<Secret | null> {
  const key = await readKey(keyPath(store, thisUser(), PLATFORM));
  return key === null ? null : { key, pipe: pipeOf(store) };
}

function pipeOf(store: string): string {
  return PLATFORM.hasNamedPipes ? socketPath(store) : '';
}

function thisUser(): SocketUser {
  const uid = process.getuid?.() ?? -1;
  return {
    // In a container, a user may have a number and no name.
    name: PLATFORM.hasNamedPipes ? os.userInfo().username : String(uid),
    uid,
    runtimeFolder: process.env['XDG_RUNTIME_DIR'] ?? os.tmpdir(),
    dataFolder: envPaths('malmoi', { suffix: '' }).data,
  };
}

/**
 * Connects to whoever listens at the address, or null where nobody does; they have still to prove that they are the
 * engine. Rejects with `UserError` `storeUnusable` where the place is another user's: what is asked there would be read
 * by them.
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
 * short-lived lock, so that two starters don't remove each other's. The key is where clients look for it before any of
 * them is `connected`. Clients poll and connect the moment it listens: `connected` must be ready for them before
 * this resolves.
 */
export async function claim(store: string, connected: Connected): Promise<net.Server | null> {
  const address = socketPath(store);
  if (PLATFORM.hasNamedPipes) return listen(store, connected);
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
    const server = await listen(store, connected);
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

/** Only who listens makes a key: two starters would make two. */
async function listen(store: string, connected: Connected): Promise<net.Server | null> {
  const early: net.Socket[] = [];
  let take = (socket: net.Socket): void => void early.push(socket);
  const server = await bind(socketPath(store), socket => {
    socket.on('error', () => socket.destroy());
    take(socket);
  });
  if (server === null) return null;
  const file = keyPath(store, thisUser(), PLATFORM);
  try {
    const secret = { key: await ensureKey(file), pipe: pipeOf(store) };
    take = socket => connected(socket, secret);
    for (const socket of early) take(socket);
    return server;
  } catch (error) {
    server.close();
    for (const socket of early) socket.destroy();
    throw new UserError('storeUnusable', file, { cause: error });
  }
}

function bind(address: string, taken: (socket: net.Socket) => void): Promise<net.Server | null> {
  return new Promise((resolve, reject) => {
    const server = net.createServer(taken);
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve(null);
      else reject(new UserError('storeUnusable', address, { cause: error }));
    });
    server.listen(address, () => resolve(server));
  });
}
