/**
 * Turns the log's entries into a segment, and merges neighbouring segments. The former happens in a change's
 * turn. The latter runs in the background at the owner's pace; only choosing the segments and replacing them
 * takes a turn.
 */
import { tombstone } from '../segment/fileTable.ts';
import type { IndexState } from '../indexState.ts';
import { KnownPassages } from '../knownPassages.ts';
import { runsThatFit, runToMerge, type Size } from './mergePolicy.ts';
import { mergeSegments, type Merged, type MergePlan } from './mergeSegments.ts';
import type { FileHead } from '../records.ts';
import type { EvictedVector } from './evictedVectorCache.ts';
import { DamagedError } from '../segment/sections.ts';
import type { Segment } from '../segment/segment.ts';
import { damageOf } from '../segment/segmentFile.ts';

/** When merging is behind by this many segments, writing waits. */
const TOO_MANY = 48;

export interface MergingPorts {
  /** Runs a change in its turn. */
  readonly serially: <T>(change: () => Promise<T>) => Promise<T>;
  /** Resolves when merging may go on. */
  readonly pace: () => Promise<void>;
  /** Does the same where a change waits for the merge. */
  readonly flushPace: () => Promise<void>;
  /** Called when segments are damaged: finds out which, and drops them. */
  readonly dropDamaged: () => Promise<unknown>;
  readonly onDamage: (line: string) => void;
}

/** The index was closed while segments were being merged. */
class ClosedError extends Error {}

export class Merging {
  readonly known = new KnownPassages();
  readonly #state: IndexState;
  readonly #ports: MergingPorts;
  #running: Promise<void> | null = null;
  /** The merge that runs, or the last one: false where nothing was to be merged. */
  #merge: Promise<boolean> = Promise.resolve(false);
  /** Number of changes that wait for merging. */
  #awaited = 0;
  #closed = false;

  constructor(state: IndexState, ports: MergingPorts) {
    this.#state = state;
    this.#ports = ports;
  }

  /** Resolves when no segments are left to merge. */
  async tidied(): Promise<void> {
    this.tidy();
    await this.#running;
  }

  /** Starts merging in the background where it is due. */
  tidy(): void {
    this.#running ??= this.#mergeAll().finally(() => (this.#running = null));
  }

  /** Waits where merging has fallen behind, until it has caught up; it goes without rests meanwhile. */
  async keepUp(): Promise<void> {
    this.#awaited++;
    try {
      while (this.#state.settled.length > TOO_MANY) {
        this.tidy();
        if (!(await this.#merge.catch(() => false))) return;
      }
    } finally {
      this.#awaited--;
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#running;
  }

  /**
   * Turns the log's entries into a segment, in a change's turn. `newest`: the image of a further segment, which begins
   * to exist in the same step.
   */
  async flush(newest?: readonly Uint8Array[]): Promise<void> {
    const { recent, settled: older } = this.#state;
    if (recent.length === 0 && newest === undefined) return;
    const images: (readonly Uint8Array[])[] = [];
    const evicted: EvictedVector[] = [];
    for (const { first, end } of runsThatFit(sizesOf(recent))) {
      const merged = await this.#merged(recent.slice(first, end), older.length > 0 || first > 0);
      images.push(merged.image);
      evicted.push(...merged.evicted);
    }
    await this.#state.commit([...older, ...images], evicted, 'new', { newest });
    this.tidy();
  }

  async #mergeAll(): Promise<void> {
    try {
      do this.#merge = this.#mergeOnce();
      while (await this.#merge);
    } catch (error) {
      if (error instanceof DamagedError) await this.#ports.dropDamaged().catch(() => undefined);
      // The disk may be full: the index goes on as it is, and the next change reports the reason.
    }
  }

  /** Resolves to false where nothing is to be merged. */
  async #mergeOnce(): Promise<boolean> {
    const job = await this.#ports.serially(() => {
      const { settled } = this.#state;
      const run = this.#closed ? null : runToMerge(sizesOf(settled));
      if (run === null) return Promise.resolve(null);
      const segments = settled.slice(run.first, run.end);
      return Promise.resolve({
        segments,
        plan: this.#state.files.mergePlan(segments, run.first > 0),
        reading: this.#state.readings.begin(settled),
      });
    });
    if (job === null) return false;
    const { segments, plan, reading } = job;
    try {
      const { image, evicted } = await this.merge(plan, () => this.#pace());
      return await this.#ports.serially(async () => {
        const { settled } = this.#state;
        const first = settled.indexOf(segments[0]!);
        const isThere = segments.every((segment, i) => settled[first + i] === segment);
        if (first === -1 || !isThere || this.#closed) return false;
        const after = settled.slice(first + segments.length);
        await this.#state.commit([...settled.slice(0, first), image, ...after], evicted, 'keep');
        return true;
      });
    } finally {
      reading.release();
    }
  }

  async #pace(): Promise<void> {
    await (this.#awaited > 0 ? this.#ports.flushPace() : this.#ports.pace());
    if (this.#closed) throw new ClosedError();
  }

  /** Merges the log's entries into one segment. Unreadable ones are lost; their files are read again later. */
  async #merged(segments: readonly Segment[], older: boolean): Promise<Merged> {
    const plan = this.#state.files.mergePlan(segments, older);
    try {
      return await this.merge(plan, this.#ports.flushPace);
    } catch (error) {
      if (!(error instanceof DamagedError)) throw error;
      const damage = new Map<Segment, string>();
      for (const segment of segments) {
        const line = await damageOf(segment);
        if (line !== null) damage.set(segment, line);
      }
      if (damage.size === 0) throw error;
      for (const line of damage.values()) this.#ports.onDamage(line);
      const deleted = [...damage.keys()]
        .flatMap(segment => this.#state.files.pathsIn(segment))
        .map(tombstoneHead);
      const sound = plan.parts.filter(({ segment }) => !damage.has(segment));
      const heads = plan.heads.filter(({ path }) => !deleted.some(head => head.path === path));
      // Older records of these files must not become valid again.
      return this.merge(
        { parts: sound, heads: [...heads, ...(older ? deleted : [])] },
        this.#ports.flushPace,
      );
    }
  }

  /** Merges the segments of a plan. Rejects with `DamagedError`. */
  async merge(plan: MergePlan, pace = this.#ports.pace): Promise<Merged> {
    const { segments, evicted } = this.#state;
    // Where addresses can't be read, a vector may be cached needlessly.
    await this.known.load(segments).catch((error: unknown) => {
      if (!(error instanceof DamagedError)) throw error;
    });
    const evicts = (hash: string): boolean => !this.known.isLive(hash, segments) && !evicted.has(hash);
    return mergeSegments(plan, { pace, evicts });
  }
}

function sizesOf(segments: readonly Segment[]): Size[] {
  return segments.map(({ passageCount, liveCount }) => ({ passages: passageCount, live: liveCount }));
}

/** The head of a tombstone: the file is deleted. */
export function tombstoneHead(path: string): FileHead {
  const { passages: _, ...head } = tombstone(path);
  return { ...head, passageCount: 0, pendingCount: 0 };
}
