/**
 * A disk that keeps what was synced and loses any part of the rest: `FileStore` runs on it as on a real one.
 *
 * Each primitive operation (create, write, truncate, sync, rename, unlink) is a step. A test stops the machine at a
 * step (`crashAt`), or lets a step fail (`failAt`); then `outcomes` lists disks that the next start may find:
 * - of a file's data since its last sync: nothing, everything, a torn or zero-filled write, a later operation
 *   without an earlier one;
 * - of the folder's entries since its last sync: any subset, so that renames get lost, removed files come back, and
 *   a new file is nameless although its data was synced (more than POSIX systems do, as much as POSIX allows).
 */
import path from 'node:path';
import type { Files, OpenFile } from '../../src/workspace/files/files.ts';

type Data =
  | { readonly kind: 'write'; readonly at: number; readonly bytes: Uint8Array }
  | { readonly kind: 'truncate'; readonly length: number };

interface Inode {
  synced: Uint8Array;
  now: Uint8Array;
  pending: Data[];
}

type Entry =
  | { readonly kind: 'link'; readonly name: string; readonly inode: Inode }
  | { readonly kind: 'rename'; readonly from: string; readonly to: string; readonly inode: Inode }
  | { readonly kind: 'unlink'; readonly name: string };

/** The machine has stopped. */
export class Crash extends Error {
  override readonly name = 'Crash';
}

export class CrashingDisk implements Files {
  #synced = new Map<string, Inode>();
  #now = new Map<string, Inode>();
  #pending: Entry[] = [];
  /** Operations so far. */
  steps = 0;
  crashAt = Infinity;
  /** Steps that fail, with the code of the error. A failing write leaves half of its bytes. */
  readonly failAt = new Map<number, string>();
  #crashed = false;

  /** True where the operation should do half of its work and fail. */
  #step(): void {
    if (this.#crashed || this.steps >= this.crashAt) {
      this.#crashed = true;
      throw new Crash('the machine has stopped');
    }
    const code = this.failAt.get(this.steps++);
    if (code !== undefined) throw Object.assign(new Error(code), { code });
  }

  mkdir(): Promise<void> {
    return Promise.resolve();
  }

  async open(file: string, flags: string): Promise<OpenFile> {
    await Promise.resolve();
    const name = path.basename(file);
    if (flags === 'r' && this.#isFolder(name)) return this.#folderHandle();
    let inode = this.#now.get(name);
    if (inode === undefined) {
      if (flags.startsWith('r')) throw Object.assign(new Error('ENOENT'), { code: 'ENOENT' });
      this.#step();
      inode = { synced: new Uint8Array(), now: new Uint8Array(), pending: [] };
      this.#now.set(name, inode);
      this.#pending.push({ kind: 'link', name, inode });
    } else if (flags === 'w') this.#truncate(inode, 0);
    return this.#fileHandle(inode);
  }

  #isFolder(name: string): boolean {
    return name === 'index';
  }

  #folderHandle(): OpenFile {
    const no = (): never => {
      throw new Error('a folder');
    };
    const sync = (): Promise<void> => {
      this.#step();
      this.#synced = new Map(this.#now);
      this.#pending = [];
      return Promise.resolve();
    };
    return { stat: no, read: no, writeFile: no, truncate: no, datasync: no, sync, close: done };
  }

  #fileHandle(inode: Inode): OpenFile {
    const sync = async (): Promise<void> => {
      await Promise.resolve();
      this.#step();
      inode.synced = inode.now;
      inode.pending = [];
    };
    return {
      stat: () => Promise.resolve({ size: inode.now.length }),
      read: (into, offset, length, position) => {
        const bytes = inode.now.subarray(position, position + length);
        into.set(bytes, offset);
        return Promise.resolve({ bytesRead: bytes.length });
      },
      writeFile: async bytes => {
        await Promise.resolve();
        try {
          this.#step();
        } catch (error) {
          if (!(error instanceof Crash)) this.#write(inode, bytes.slice(0, bytes.length >> 1));
          throw error;
        }
        this.#write(inode, bytes.slice());
      },
      truncate: async length => {
        await Promise.resolve();
        this.#truncate(inode, length);
      },
      datasync: sync,
      sync,
      close: done,
    };
  }

  #write(inode: Inode, bytes: Uint8Array): void {
    const write: Data = { kind: 'write', at: inode.now.length, bytes };
    inode.now = applied(inode.now, write);
    inode.pending.push(write);
  }

  #truncate(inode: Inode, length: number): void {
    this.#step();
    const cut: Data = { kind: 'truncate', length };
    inode.now = applied(inode.now, cut);
    inode.pending.push(cut);
  }

  readdir(): Promise<{ name: string; isFile(): boolean }[]> {
    return Promise.resolve([...this.#now.keys()].map(name => ({ name, isFile: () => true })));
  }

  async readFile(file: string): Promise<Uint8Array> {
    await Promise.resolve();
    const inode = this.#now.get(path.basename(file));
    if (inode === undefined) throw Object.assign(new Error('ENOENT'), { code: 'ENOENT' });
    return inode.now.slice();
  }

  async rename(from: string, to: string): Promise<void> {
    await Promise.resolve();
    this.#step();
    const entry = {
      kind: 'rename' as const,
      from: path.basename(from),
      to: path.basename(to),
      inode: this.#now.get(path.basename(from))!,
    };
    change(this.#now, entry);
    this.#pending.push(entry);
  }

  async rm(file: string): Promise<void> {
    await Promise.resolve();
    const name = path.basename(file);
    if (!this.#now.has(name)) return;
    this.#step();
    change(this.#now, { kind: 'unlink', name });
    this.#pending.push({ kind: 'unlink', name });
  }

  /** Changes a bit of the first place where a file holds this text. */
  damage(name: string, text: string): void {
    const inode = this.#now.get(name)!;
    const at = Buffer.from(inode.now).indexOf(text);
    if (at === -1) return;
    inode.now = inode.now.slice();
    inode.now[at]! ^= 1;
    // Only files that were synced are damaged.
    inode.synced = inode.now;
  }

  /** The machine goes on and another process starts: nothing is lost, nothing more is durable. */
  killed(): CrashingDisk {
    const disk = new CrashingDisk();
    const copies = new Map<Inode, Inode>();
    const copy = (inode: Inode): Inode => {
      if (!copies.has(inode)) copies.set(inode, { ...inode, pending: [...inode.pending] });
      return copies.get(inode)!;
    };
    const all = (map: Map<string, Inode>): Map<string, Inode> =>
      new Map([...map].map(([name, inode]) => [name, copy(inode)]));
    disk.#synced = all(this.#synced);
    disk.#now = all(this.#now);
    disk.#pending = this.#pending.map(entry =>
      entry.kind === 'unlink' ? entry : { ...entry, inode: copy(entry.inode) },
    );
    return disk;
  }

  /** What may be on the disk after a power loss, the worst of it: `limit` bounds their number. */
  outcomes(limit = 200): CrashingDisk[] {
    const found = new Map<string, CrashingDisk>();
    for (const survivors of subsets(this.#pending)) {
      const names = new Map(this.#synced);
      for (const entry of survivors) change(names, entry);
      for (const contents of this.#contents([...new Set(names.values())])) {
        const disk = new CrashingDisk();
        let key = '';
        for (const [name, inode] of [...names].sort(([a], [b]) => (a < b ? -1 : 1))) {
          const bytes = contents.get(inode)!;
          key += `${name}:${Buffer.from(bytes).toString('latin1')}|`;
          disk.#now.set(name, { synced: bytes, now: bytes, pending: [] });
        }
        disk.#synced = new Map(disk.#now);
        found.set(key, disk);
        if (found.size >= limit) return [...found.values()];
      }
    }
    return [...found.values()];
  }

  /** Each with one content of every file: all files at their first or last outcome, or one of them at any. */
  *#contents(inodes: readonly Inode[]): Generator<Map<Inode, Uint8Array>> {
    const choices = new Map(inodes.map(inode => [inode, contentsOf(inode)]));
    const open = inodes.filter(inode => choices.get(inode)!.length > 1);
    const base = new Map(inodes.map(inode => [inode, choices.get(inode)![0]!]));
    yield base;
    yield new Map(inodes.map(inode => [inode, choices.get(inode)!.at(-1)!]));
    for (const inode of open)
      for (const bytes of choices.get(inode)!) yield new Map([...base, [inode, bytes]]);
  }
}

function done(): Promise<void> {
  return Promise.resolve();
}

function change(names: Map<string, Inode>, entry: Entry): void {
  if (entry.kind === 'link') names.set(entry.name, entry.inode);
  else if (entry.kind === 'unlink') names.delete(entry.name);
  else {
    names.set(entry.to, entry.inode);
    if (names.get(entry.from) === entry.inode) names.delete(entry.from);
  }
}

function applied(bytes: Uint8Array, data: Data): Uint8Array {
  if (data.kind === 'truncate') {
    const cut = new Uint8Array(data.length);
    cut.set(bytes.subarray(0, data.length));
    return cut;
  }
  const grown = new Uint8Array(Math.max(bytes.length, data.at + data.bytes.length));
  grown.set(bytes);
  grown.set(data.bytes, data.at);
  return grown;
}

/** What a file may hold after a power loss: nothing new first, everything last. */
function contentsOf({ synced, pending }: Inode): Uint8Array[] {
  const found = [synced];
  for (const survivors of subsets(pending)) {
    let bytes = synced;
    for (const data of survivors) {
      if (data.kind === 'write')
        for (const cut of cuts(data.bytes.length)) {
          const torn = data.bytes.slice(0, cut);
          found.push(applied(bytes, { ...data, bytes: torn }));
          // The length is there, the data is not.
          const zeros = new Uint8Array(data.bytes.length);
          zeros.set(torn);
          found.push(applied(bytes, { ...data, bytes: zeros }));
        }
      bytes = applied(bytes, data);
    }
    found.push(bytes);
  }
  return found;
}

/** In a header, at its end, in the middle, before the last byte. */
function cuts(length: number): number[] {
  return [0, 1, 5, 15, 16, 40, length >> 1, length - 8, length - 1].filter(cut => cut >= 0 && cut < length);
}

/** All subsets in order; of many, the beginnings, each alone, and all but one. The whole comes last. */
function subsets<T>(list: readonly T[]): T[][] {
  if (list.length <= 5)
    return Array.from({ length: 2 ** list.length }, (_, bits) => list.filter((__, i) => (bits >> i) & 1));
  return [
    ...list.map((_, i) => list.slice(0, i)),
    ...list.map(one => [one]),
    ...list.map(one => list.filter(other => other !== one)),
    [...list],
  ];
}
