/** Counts over the open folders, as clients see them. Pure. */
import type { EngineActivity, EngineStatus } from '../domain/engineStatus.ts';
import type { FileCounts } from '../index/segment/fileTable.ts';
import type { FolderIndexer } from './indexing/folderIndexer.ts';
import { secondsLeft } from './indexing/pace.ts';

/** Facts about the work that the indexers themselves do not know. */
export interface WorkState {
  readonly hasFailed: boolean;
  readonly isPaused: boolean;
  readonly isOnBattery: boolean;
}

/** The part of the status that tells how far the folders are. */
export function progressOf(
  indexers: readonly FolderIndexer[],
  state: WorkState,
): Omit<EngineStatus, 'tokensPerSecond' | 'model' | 'switching' | 'job' | 'problem'> {
  const counts = countsOf(indexers);
  const activity = activityOf(indexers, state);
  const current = indexers.map(indexer => indexer.current).find(name => name !== null);
  const rests = activity === 'indexing' && state.isOnBattery && counts.read === counts.total;
  return {
    ...counts,
    activity,
    ...(activity === 'indexing' && current !== undefined && { current }),
    ...(rests && { resting: 'battery', secondsLeft: null }),
  };
}

function activityOf(indexers: readonly FolderIndexer[], { hasFailed, isPaused }: WorkState): EngineActivity {
  if (hasFailed) return 'failed';
  if (isPaused) return 'paused';
  if (indexers.some(indexer => indexer.scanning)) return 'scanning';
  return indexers.some(indexer => indexer.isWaiting) ? 'indexing' : 'idle';
}

/** All values of the status that are summed over folders. */
function countsOf(
  indexers: readonly FolderIndexer[],
): Omit<EngineStatus, 'activity' | 'tokensPerSecond' | 'model' | 'switching' | 'job' | 'problem'> {
  const waiting = sum(indexers, indexer => indexer.waiting);
  const unread = sum(indexers, indexer => indexer.letters.size);
  const settled = sum(indexers, indexer => indexer.letters.settled);
  const count = (kind: keyof FileCounts): number => sum(indexers, ({ index }) => index.counts[kind]);
  const [documents, skipped, failed] = [count('indexed'), count('skipped'), count('failed')];
  const total = Math.max(documents + failed + skipped, unread + settled);
  const stages = indexers.map(indexer => (unread > 0 ? indexer.letters : indexer.meaning));
  return {
    done: Math.max(0, total - waiting),
    total,
    read: Math.max(0, total - unread),
    documents,
    passages: count('passages'),
    failed,
    skipped,
    bytes: sum(indexers, ({ index }) => index.bytes),
    secondsLeft: secondsLeft(
      stages.map(({ pace }) => pace),
      stages.reduce((bytes, stage) => bytes + stage.bytes, 0),
    ),
  };
}

function sum<T>(items: readonly T[], value: (item: T) => number): number {
  return items.reduce((total, item) => total + value(item), 0);
}
