/** Histories of an index on a disk that may stop or fail, and what may be seen after them. */
import { PassageIndex } from '../../src/index/passageIndex.ts';
import { DamagedError } from '../../src/index/segment/sections.ts';
import type { Segment } from '../../src/index/segment/segment.ts';
import { FileStore } from '../../src/workspace/files/fileStore.ts';
import { Crash, type CrashingDisk } from './crashingDisk.ts';
import { vectorsOf } from '../../src/index/merge/vectorWindows.ts';
import { file, passage, pendingPassage, vectorOf } from './records.ts';

export type Change =
  | { readonly kind: 'put'; readonly files: Readonly<Record<string, string>> }
  /** Found by letters; their vectors are to come with a `put`. */
  | { readonly kind: 'letters'; readonly files: Readonly<Record<string, string>> }
  | { readonly kind: 'remove' | 'updateMetadata'; readonly path: string }
  /** A bit of every text on the disk that segments hold changes (texts begin with `글 `, which no term does). */
  | { readonly kind: 'damage' }
  | { readonly kind: 'flush' | 'clear' | 'dropDamaged' | 'reopen' };

/** Path -> text of what an index holds, with `PENDING` where its vector is to come. */
export type Contents = ReadonlyMap<string, string>;

/** A change of three files is a segment by itself, a smaller one an entry of the log. */
export async function openOn(disk: CrashingDisk): Promise<PassageIndex> {
  return PassageIndex.open(await FileStore.open('/index', disk), 'f', { largeChange: 3 });
}

export async function apply(index: PassageIndex, change: Change, disk: CrashingDisk): Promise<PassageIndex> {
  switch (change.kind) {
    case 'put':
      await index.replace(
        Object.entries(change.files).map(([path, text]) =>
          file(path, [passage(text, vectorOf({ [text.length]: 1 }))]),
        ),
      );
      break;
    case 'letters':
      await index.replace(
        Object.entries(change.files).map(([path, text]) => file(path, [pendingPassage(text)])),
      );
      break;
    case 'remove':
      await index.remove([change.path]);
      break;
    case 'updateMetadata': {
      const { passages: _, ...head } = file(change.path, []);
      await index.updateMetadata({ ...head, modified: Date.now() });
      break;
    }
    case 'damage':
      for (const { path } of index.heads()) {
        const { segment } = index.place(path)!;
        if (segment.name.startsWith('segment')) disk.damage(segment.name, '글 ');
      }
      break;
    case 'reopen':
      await index.close();
      return openOn(disk);
    case 'flush':
      await index.flush();
      break;
    case 'clear':
      await index.clear();
      break;
    case 'dropDamaged':
      await index.dropDamaged();
  }
  return index;
}

export const DAMAGED = '(damaged)';
const PENDING = ' (pending)';

/** The contents that a change leaves; `flushed` has the paths whose texts segments hold. */
export function after(contents: Contents, change: Change, flushed: ReadonlySet<string>): Contents {
  const next = new Map(contents);
  if (change.kind === 'put') for (const [path, text] of Object.entries(change.files)) next.set(path, text);
  else if (change.kind === 'letters')
    for (const [path, text] of Object.entries(change.files)) next.set(path, text + PENDING);
  else if (change.kind === 'remove') next.delete(change.path);
  else if (change.kind === 'clear') next.clear();
  else if (change.kind === 'damage') for (const path of flushed) if (next.has(path)) next.set(path, DAMAGED);
  if (change.kind === 'dropDamaged') for (const [path, text] of next) if (text === DAMAGED) next.delete(path);
  return next;
}

/** What a search would see, and that it is what the table of files says. */
export async function contentsOf(index: PassageIndex): Promise<Contents> {
  const found = new Map<string, string>();
  const { segments, release } = index.acquire();
  for (const segment of segments)
    for (let p = 0; p < segment.passageCount; p++) {
      if (segment.live[p] === 0) continue;
      const { path } = segment.file(segment.fileOf(p));
      if (found.has(path) || index.place(path)?.segment !== segment) throw new Error(`${path} is seen twice`);
      const text = await segment.text(p).catch((error: unknown) => {
        if (error instanceof DamagedError) return DAMAGED;
        throw error;
      });
      if (text === DAMAGED) found.set(path, text);
      else found.set(path, text + ((await isPending(segment, p)) ? PENDING : ''));
    }
  release();
  if (found.size !== index.fileCount) throw new Error('files without passages');
  return found;
}

/** A passage has its vector, or says that it is to come. */
async function isPending(segment: Segment, p: number): Promise<boolean> {
  const pending = segment.passages.isPending(p);
  const [vector] = await vectorsOf(segment, p, p + 1);
  if (pending === vector!.dimensions.length > 0)
    throw new Error(`pending: ${pending}, and its vector is not`);
  return pending;
}

/** Paths whose texts lie in segments on the disk, not in the log. */
export function flushedIn(index: PassageIndex): Set<string> {
  const found = new Set<string>();
  for (const { path } of index.heads())
    if (index.place(path)!.segment.name.startsWith('segment')) found.add(path);
  return found;
}

export function keyOf(contents: Contents): string {
  return JSON.stringify([...contents].sort());
}

/** What is there, and what may be: the change that never came back, as a whole or not at all. */
export interface Ending {
  readonly acknowledged: Contents;
  readonly pending: Contents;
}

/** Runs a history until the machine stops. */
export async function runTo(disk: CrashingDisk, history: readonly Change[]): Promise<Ending> {
  let acknowledged: Contents = new Map();
  let pending = acknowledged;
  try {
    let index = await openOn(disk);
    for (const change of history) {
      pending = after(acknowledged, change, flushedIn(index));
      index = await apply(index, change, disk);
      acknowledged = pending;
    }
  } catch (error) {
    if (!(error instanceof Crash)) throw error;
  }
  return { acknowledged, pending };
}
