/**
 * Brings a team's index up to a folder: what the folder has and the index has not is read, cut and encoded as the
 * engine does it, and what the folder no longer has is taken out.
 *
 * The index itself is the checkpoint: a file's first document is written when all its others are there, so a push that
 * was cut short goes on where it was, on any machine.
 */
import path from 'node:path';
import type { Client } from '@opensearch-project/opensearch';
import type { FolderOptions } from '../../domain/folder.ts';
import { listFiles, type ListedFile } from '../../workspace/indexing/listing.ts';
import { BulkWriter } from '../client/bulk.ts';
import { refresh, type TeamIndex } from '../client/teamIndexes.ts';
import { putSource, sourcesOf } from '../client/teamSources.ts';
import type { TeamFault } from '../client/teamFault.ts';
import { FilePusher, type PushCounts, type PushPorts } from './filePusher.ts';
import { allPaths, documentIds, knownFiles, type KnownFile } from './serverState.ts';

export interface PushOptions {
  readonly client: Client;
  readonly index: TeamIndex;
  readonly folder: FolderOptions;
  /** What the folder is called in the index. */
  readonly source: string;
  readonly ports: PushPorts;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: PushProgress) => void;
  /** Files that were read and have nothing for the index, by path: they are not read again while they are the same. */
  readonly skipped: Map<string, KnownFile>;
  /** Milliseconds that the push waits for a server that is away. */
  readonly patience?: number;
  readonly now?: () => number;
}

export interface PushProgress extends PushCounts {
  readonly total: number;
  /** Why the server takes nothing just now. */
  readonly waitingFor: TeamFault | null;
}

export interface PushResult extends PushCounts {
  /** Files that are no longer in the folder. */
  readonly removed: number;
}

/** The folder is empty and its source is not: more likely a disk that is not there than documents that are not. */
export class EmptyFolderError extends Error {
  override readonly name = 'EmptyFolderError';
}

const REMOVED_AT_ONCE = 200;

/** Resolves when the index has what the folder had when it was listed, and says so of the source. */
export async function pushFolder(options: PushOptions): Promise<PushResult> {
  const { client, index, folder, source, ports, signal, skipped, patience, onProgress } = options;
  // What the last push has written must be found.
  await refresh(client, index.name);
  const known = await knownFiles(client, index.name, source, signal);
  const present = await allPaths(client, index.name, source, signal);
  const listing = await listFiles(folder.path, folder, signal);
  const files = listing.files.filter(file => !file.ignored);
  if (files.length === 0 && present.size > 0) throw new EmptyFolderError();
  const wanted = files.filter(file => !isKnown(file, known) && !isKnown(file, skipped));
  wanted.sort((a, b) => b.modified - a.modified);
  let waitingFor: TeamFault | null = null;
  const writer = new BulkWriter(client, index.name, {
    signal,
    ...(patience === undefined ? {} : { patience }),
    onWaiting: fault => {
      waitingFor = fault;
      tell();
    },
  });
  const pusher = new FilePusher({ ...options, writer, ports, present, hasAny: present.size > 0 });
  const tell = (): void => onProgress({ ...pusher.counts, total: wanted.length, waitingFor });
  pusher.onProgress = tell;
  await pusher.push(
    wanted.map(file => ({ ...file, absolute: path.join(folder.path, file.path) })),
    signal,
  );
  const names = new Set(files.map(file => file.path));
  const isUnreadable = (name: string): boolean =>
    listing.unreadable.some(unread => name.startsWith(`${unread}/`));
  const gone = [...present].filter(name => !names.has(name) && !isUnreadable(name));
  for (let at = 0; at < gone.length; at += REMOVED_AT_ONCE) {
    const ids = await documentIds(client, index.name, source, gone.slice(at, at + REMOVED_AT_ONCE), signal);
    await writer.write([...ids.values()].flat().map(id => ({ kind: 'delete' as const, id })));
  }
  await refresh(client, index.name);
  await markComplete(options);
  return { ...pusher.counts, removed: gone.length };
}

function isKnown(file: ListedFile, known: ReadonlyMap<string, KnownFile>): boolean {
  const own = known.get(file.path);
  return own?.size === file.size && own.modified === file.modified;
}

async function markComplete({ client, index, source, now = Date.now }: PushOptions): Promise<void> {
  const own = (await sourcesOf(client, index.name)).get(source);
  if (own !== undefined && own.complete === null)
    await putSource(client, index.name, { ...own, complete: now() });
}
