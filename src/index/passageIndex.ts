/**
 * The persisted index of one folder: immutable segments, a write-ahead log and a manifest.
 *
 * A change is one log entry (a small segment); it is acknowledged when the store reports it durable, and
 * visible from then on. When the log grows too large, its entries become one segment, which a new manifest
 * names. Neighbouring segments are merged in the background, at a pace that the owner sets. Damaged parts are
 * dropped and reported; the caller indexes their files again.
 */
import { PromiseQueue } from '../async/promiseQueue.ts';
import type { BlobStore } from './blobStore.ts';
import { tombstone, type FileCounts, type FilePlace } from './segment/fileTable.ts';
import { IndexState } from './indexState.ts';
import { logEntry } from './log/log.ts';
import { ManifestFile } from './log/manifestFile.ts';
import { tombstoneHead, Merging } from './merge/merging.ts';
import type { IndexSnapshot } from './indexSnapshots.ts';
import type { FileHead, FileRecord } from './records.ts';
import { DamagedError } from './segment/sections.ts';
import type { Segment } from './segment/segment.ts';
import { damageOf } from './segment/segmentFile.ts';
import { segmentInSteps } from './segment/segmentWriter.ts';
import type { SparseVector } from './sparseVector.ts';

/** When the log holds this many passages or files, they become a segment. */
const FLUSH_PASSAGES = 2_048;
const FLUSH_FILES = 256;
/** A change of this many passages becomes a segment by itself: there would be nothing to gain by a merge. */
const LARGE_CHANGE = FLUSH_PASSAGES / 2;

export interface IndexOptions {
  /** Resolves when merging may go on; it is called every few milliseconds. */
  readonly pace?: () => Promise<void>;
  /** Does the same where a change waits: its entry is put together, or the log becomes a segment. Defaults to `pace`. */
  readonly flushPace?: () => Promise<void>;
  /** Number of passages from which on a change is a segment by itself; 1,024 where nothing is said. */
  readonly largeChange?: number;
}

export class PassageIndex {
  readonly #state: IndexState;
  readonly #merging: Merging;
  /** Runs changes one after the other. */
  readonly #changes = new PromiseQueue();
  readonly #damage: string[];
  /** Resolves when a change that is under way may go on. */
  readonly #pace: () => Promise<void>;
  /** Called when damage was found and dropped, so that the index lacks the files concerned. */
  onDamage: (line: string) => void = () => undefined;

  readonly #largeChange: number;

  private constructor(
    state: IndexState,
    damage: string[],
    { pace, flushPace, largeChange = LARGE_CHANGE }: IndexOptions,
  ) {
    this.#largeChange = largeChange;
    this.#state = state;
    this.#damage = damage;
    this.#pace = flushPace ?? pace ?? (() => Promise.resolve());
    this.#merging = new Merging(state, {
      serially: change => this.#changes.run(change),
      pace: pace ?? (() => Promise.resolve()),
      flushPace: this.#pace,
      dropDamaged: () => this.dropDamaged(),
      onDamage: line => this.#report(line),
    });
  }

  /**
   * Opens or creates an index. One of another fingerprint or an older format is deleted and started again,
   * because it is derived data. Throws the store's errors, and a `DamagedError` whose version is `newer`
   * where a later Malmoi made the index; that one is left as it is.
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
      // Removes the damaged parts.
      if (damage.length > 0)
        await (this.#state.recent.length > 0
          ? this.#merging.flush()
          : this.#state.commit(this.#state.segments, [], 'new'));
      await this.#state.manifest.forgetOthers();
    } catch {
      // Where nothing can be written, everything can still be read.
    }
  }

  /**
   * Takes a snapshot of the current segments; a segment that is replaced meanwhile is closed only after the
   * release.
   */
  acquire(): IndexSnapshot {
    return this.#state.readings.begin(this.#state.segments);
  }

  /** Lines about the damage found so far, for a person to read. */
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

  /** The present state; reading it costs nothing. */
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
   * Number of passages that have each lexical term beginning with `prefix`, by the rest of the term; deleted
   * passages count until their segment is merged. It reads only the dictionaries, a block at a time; `pace`
   * resolves when the work may go on. Rejects with `DamagedError`.
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

  /**
   * The vector of any passage that a file has, or had, with this content address, so that equal text is
   * encoded once.
   */
  async vectorOf(hash: string): Promise<SparseVector | null> {
    const reading = this.acquire();
    try {
      const found = await this.#merging.known.find(hash, reading.segments);
      if (found === null) return await this.#state.evicted.find(hash);
      return await this.#state.windows.vector(found.segment, found.passage);
    } catch (error) {
      if (!(error instanceof DamagedError)) throw error;
      // The text is encoded again; a background check finds the rest of the damage.
      this.dropDamaged().catch(() => undefined);
      return null;
    } finally {
      reading.release();
    }
  }

  /**
   * Replaces the given files in one atomic, durable step: a search sees the whole change or nothing of it.
   * Resolves when it is durable and visible.
   */
  replace(records: readonly FileRecord[]): Promise<void> {
    return this.#changes
      .run(async () => {
        if (records.length === 0) return;
        const image = await this.#image(records);
        if (records.reduce((sum, { passages }) => sum + passages.length, 0) >= this.#largeChange)
          return this.#merging.flush([image]);
        await this.#state.append(logEntry(image), image);
        const { recent } = this.#state;
        const passages = recent.reduce((sum, segment) => sum + segment.passageCount, 0);
        if (passages >= FLUSH_PASSAGES || recent.length >= FLUSH_FILES) await this.#merging.flush();
      })
      .then(() => this.#merging.keepUp());
  }

  async #image(records: readonly FileRecord[]): Promise<Uint8Array> {
    const steps = segmentInSteps(records);
    for (;;) {
      const { done, value } = steps.next();
      if (done === true) return value;
      await this.#pace();
    }
  }

  remove(paths: readonly string[]): Promise<void> {
    return this.replace(
      paths.filter(path => this.#state.files.get(path) !== null).map(path => tombstone(path)),
    );
  }

  /** Updates a file's metadata (size, time, hash) and keeps its passages. */
  async updateMetadata(head: Omit<FileRecord, 'passages'>): Promise<void> {
    if (this.#state.files.get(head.path) !== null)
      await this.replace([{ ...head, passages: [], keepsPassages: true }]);
  }

  /** Turns the log into a segment and merges all segments that are due, now. */
  async flush(): Promise<void> {
    await this.#changes.run(() => this.#merging.flush());
    await this.#merging.tidied();
  }

  /** Deletes everything. The index stays usable, empty. */
  clear(): Promise<void> {
    return this.#changes.run(() => this.#state.commit([], [], 'new', { evictedBlobs: [] }));
  }

  /** Reads and checks every byte; returns lines about the damage, for a person. */
  verify(): Promise<readonly string[]> {
    return this.#changes.run(() => this.#state.verify());
  }

  /** Checks everything and drops the damaged segments; resolves to true where there were any. */
  dropDamaged(): Promise<boolean> {
    return this.#changes.run(async () => {
      const damage: string[] = [];
      const recent: Segment[] = [];
      const sound: Segment[] = [];
      const deleted = new Set<string>();
      const { segments, files, evicted } = this.#state;
      const logged = new Set(this.#state.recent);
      for (const segment of segments) {
        const line = await damageOf(segment);
        if (line === null) (logged.has(segment) ? recent : sound).push(segment);
        else {
          damage.push(line);
          // An older record of a file must not become valid again.
          for (const path of files.pathsIn(segment)) deleted.add(path);
        }
      }
      const cached = await evicted.verify();
      if (damage.length + cached.length === 0) return false;
      const worth = evicted.names.filter(name => !cached.some(line => line.startsWith(`${name}: `)));
      const plan = files.mergePlan(recent, true);
      const merged = await this.#merging.merge({
        parts: plan.parts,
        heads: [...plan.heads.filter(({ path }) => !deleted.has(path)), ...[...deleted].map(tombstoneHead)],
      });
      await evicted.open(worth);
      await this.#state.commit([...sound, merged.image], merged.evicted, 'new');
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
