/**
 * The persisted index of one folder: immutable segments, a write-ahead log, a manifest.
 *
 * A change is one log entry (a small segment); it is acknowledged when the store says it is durable, and
 * from then on visible. When the log's share grows, its entries become one segment and a new manifest names
 * it; neighbouring segments become one beside all else, at a pace that the owner sets. Whatever is damaged is
 * dropped and reported; the caller indexes those files again.
 */
import { PromiseQueue } from '../async/promiseQueue.ts';
import type { BlobStore } from './blobStore.ts';
import { tombstone, type FileCounts, type FilePlace } from './segment/fileTable.ts';
import { IndexState } from './indexState.ts';
import { logEntry } from './log/log.ts';
import { ManifestFile } from './log/manifestFile.ts';
import { headOfGone, Merging } from './merge/merging.ts';
import type { IndexSnapshot } from './indexSnapshots.ts';
import type { FileHead, FileRecord } from './records.ts';
import { DamagedError } from './segment/sections.ts';
import type { Segment } from './segment/segment.ts';
import { damageOf } from './segment/segmentFile.ts';
import { writeSegment } from './segment/segmentWriter.ts';
import type { SparseVector } from './sparseVector.ts';

/** When the log holds this many passages or files they become a segment. */
const FLUSH_PASSAGES = 2_048;
const FLUSH_FILES = 256;

export interface IndexOptions {
  /** Resolves when merging may go on: called every few milliseconds of it. */
  readonly pace?: () => Promise<void>;
  /** Likewise where a change waits for it: when the log becomes a segment. Else `pace`. */
  readonly flushPace?: () => Promise<void>;
}

export class PassageIndex {
  readonly #state: IndexState;
  readonly #merging: Merging;
  /** Changes happen one after the other. */
  readonly #changes = new PromiseQueue();
  readonly #damage: string[];
  /** Something was found damaged and dropped: its files are no longer here. */
  onDamage: (line: string) => void = () => undefined;

  private constructor(state: IndexState, damage: string[], { pace, flushPace }: IndexOptions) {
    this.#state = state;
    this.#damage = damage;
    this.#merging = new Merging(state, {
      serially: change => this.#changes.run(change),
      pace: pace ?? (() => Promise.resolve()),
      flushPace: flushPace ?? pace ?? (() => Promise.resolve()),
      dropDamaged: () => this.dropDamaged(),
      onDamage: line => this.#report(line),
    });
  }

  /**
   * Opens or creates. An index of another fingerprint or an older format is thrown away and begun anew (it is
   * derived data). Throws what the store throws, and a `DamagedError` whose version is `newer` where a later
   * Malmoi made the index: that one is left as it is.
   */
  static async open(
    store: BlobStore,
    fingerprint: string,
    options: IndexOptions = {},
  ): Promise<PassageIndex> {
    const damage: string[] = [];
    const manifest = await ManifestFile.open(store, fingerprint, damage);
    const index = new PassageIndex(new IndexState(store, manifest), damage, options);
    try {
      await index.#changes.run(() => index.#load());
    } catch (error) {
      await index.close();
      throw error;
    }
    return index;
  }

  async #load(): Promise<void> {
    const damage = await this.#state.load();
    this.#damage.push(...damage);
    try {
      // Lets go of what is damaged.
      if (damage.length > 0)
        await (this.#state.recent.length > 0
          ? this.#merging.flush()
          : this.#state.commit(this.#state.segments, [], 'new'));
      await this.#state.manifest.forgetOthers();
    } catch {
      // Where nothing can be written, there is still all to be read.
    }
  }

  /** The segments as they are now; what replaces them meanwhile waits with closing them for the release. */
  acquire(): IndexSnapshot {
    return this.#state.readings.begin(this.#state.segments);
  }

  /** What was found damaged so far, for a person to read. */
  get damage(): readonly string[] {
    return this.#damage;
  }

  #report(line: string): void {
    this.#damage.push(line);
    this.onDamage(line);
  }

  get fileCount(): number {
    return this.#state.files.size;
  }

  get passageCount(): number {
    return this.#state.files.counts.passages;
  }

  /** As of now; costs nothing. */
  get counts(): FileCounts {
    return this.#state.files.counts;
  }

  /** Bytes on disk. */
  get bytes(): number {
    return this.#state.bytes;
  }

  place(path: string): FilePlace | null {
    return this.#state.files.get(path);
  }

  head(path: string): FileHead | null {
    return this.#state.files.get(path)?.head ?? null;
  }

  heads(): Generator<FileHead> {
    return this.#state.files.heads();
  }

  /**
   * How many passages have each lexical term that begins with `prefix`, by what follows it; passages that are gone
   * count until their segment is merged. Reads the dictionaries only, a block at a time; `pace` resolves when the
   * work may go on. Rejects with `DamagedError`.
   */
  async termCounts(prefix: string, pace: () => Promise<void>): Promise<Map<string, number>> {
    const counts = new Map<string, number>();
    const reading = this.acquire();
    try {
      const key = new TextEncoder().encode(prefix);
      const decoder = new TextDecoder();
      for (const { lexicalLists } of reading.segments)
        for await (const block of lexicalLists.dictionary(key)) {
          for (const { term, count } of block) {
            const rest = decoder.decode(term.subarray(key.length));
            counts.set(rest, (counts.get(rest) ?? 0) + count);
          }
          await pace();
        }
    } finally {
      reading.release();
    }
    return counts;
  }

  /** The vector of any passage that a file has, or had, with this content address: equal text is encoded once. */
  async vectorOf(hash: string): Promise<SparseVector | null> {
    const reading = this.acquire();
    try {
      const found = await this.#merging.known.find(hash, reading.segments);
      if (found === null) return await this.#state.retired.find(hash);
      return await this.#state.windows.vector(found.segment, found.passage);
    } catch (error) {
      if (!(error instanceof DamagedError)) throw error;
      // The text is encoded again; what else the damage cost is found out beside it.
      this.dropDamaged().catch(() => undefined);
      return null;
    } finally {
      reading.release();
    }
  }

  /**
   * Replaces the given files in one atomic, durable step: a search sees all of the change or nothing.
   * Resolves when it is durable and visible.
   */
  replace(records: readonly FileRecord[]): Promise<void> {
    return this.#changes
      .run(async () => {
        if (records.length === 0) return;
        const image = writeSegment(records);
        await this.#state.append(logEntry(image), image);
        const { recent } = this.#state;
        const passages = recent.reduce((sum, segment) => sum + segment.passageCount, 0);
        if (passages >= FLUSH_PASSAGES || recent.length >= FLUSH_FILES) await this.#merging.flush();
      })
      .then(() => this.#merging.keepUp());
  }

  remove(paths: readonly string[]): Promise<void> {
    return this.replace(
      paths.filter(path => this.#state.files.get(path) !== null).map(path => tombstone(path)),
    );
  }

  /** Gives a file's record another stamp (size, time, hash), its passages as they are. */
  async updateMetadata(head: Omit<FileRecord, 'passages'>): Promise<void> {
    if (this.#state.files.get(head.path) !== null)
      await this.replace([{ ...head, passages: [], keepsPassages: true }]);
  }

  /** Turns the log into a segment and merges what should be merged, now. */
  async flush(): Promise<void> {
    await this.#changes.run(() => this.#merging.flush());
    await this.#merging.tidied();
  }

  /** Deletes everything. The index stays usable, empty. */
  clear(): Promise<void> {
    return this.#changes.run(() => this.#state.commit([], [], 'new', []));
  }

  /** Reads and checks every byte; what is damaged, for a person to read. */
  verify(): Promise<readonly string[]> {
    return this.#changes.run(() => this.#state.verify());
  }

  /** Looks through everything and drops the segments that are damaged; true where there were any. */
  dropDamaged(): Promise<boolean> {
    return this.#changes.run(async () => {
      const damage: string[] = [];
      const recent: Segment[] = [];
      const sound: Segment[] = [];
      const gone = new Set<string>();
      const { segments, files, retired } = this.#state;
      const logged = new Set(this.#state.recent);
      for (const segment of segments) {
        const line = await damageOf(segment);
        if (line === null) (logged.has(segment) ? recent : sound).push(segment);
        else {
          damage.push(line);
          // An older record of a file must not come to light again.
          for (const path of files.pathsIn(segment)) gone.add(path);
        }
      }
      const cached = await retired.verify();
      if (damage.length + cached.length === 0) return false;
      const worth = retired.names.filter(name => !cached.some(line => line.startsWith(`${name}: `)));
      const plan = files.mergePlan(recent, true);
      const merged = await this.#merging.merge({
        parts: plan.parts,
        heads: [...plan.heads.filter(({ path }) => !gone.has(path)), ...[...gone].map(headOfGone)],
      });
      await retired.open(worth);
      await this.#state.commit([...sound, merged.image], merged.retired, 'new');
      for (const line of [...damage, ...cached]) this.#report(line);
      return true;
    });
  }

  async close(): Promise<void> {
    await this.#merging.close();
    await this.#changes.settled();
    await this.#state.close();
  }
}
