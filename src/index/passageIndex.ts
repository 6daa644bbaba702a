/**
 * The persisted index of one folder: immutable segments, a write-ahead log, a manifest.
 *
 * A change is one log entry (a small segment); it is acknowledged when the store says it is durable, and
 * from then on visible. When the log's share grows, its files become one segment and a new manifest names
 * it. Whatever is damaged is dropped and reported; the caller indexes those files again.
 */
import type { BlobStore } from './blobStore.ts';
import { FileTable, type FilePlace } from './fileTable.ts';
import { KnownPassages } from './knownPassages.ts';
import { logEntry } from './log.ts';
import { damagedEntries, LogFile } from './logFile.ts';
import { ManifestFile } from './manifestFile.ts';
import { groupsOf, neighboursToMerge, recordsOf, tombstone } from './merge.ts';
import { Readings, type Reading } from './readings.ts';
import type { FileHead, FileRecord } from './records.ts';
import { DamagedError } from './sections.ts';
import { Segment } from './segment.ts';
import { damageOf, openSegment } from './segmentFile.ts';
import { writeSegment } from './segmentWriter.ts';
import type { SparseVector } from './sparseVector.ts';

/** When the log holds this many passages or files they become a segment. */
const FLUSH_PASSAGES = 2_048;
const FLUSH_FILES = 256;

export class PassageIndex {
  readonly #store: BlobStore;
  readonly #manifest: ManifestFile;
  #log: LogFile;
  /** Segments of the manifest, then one for each log entry; later ones overrule earlier ones. */
  #segments: Segment[] = [];
  #logged = 0;
  #files = new FileTable();
  readonly #known = new KnownPassages();
  readonly #readings = new Readings();
  #queue: Promise<unknown> = Promise.resolve();
  readonly #damage: string[];
  /** Something was found damaged and dropped: its files are no longer here. */
  onDamage: (line: string) => void = () => undefined;

  private constructor(store: BlobStore, manifest: ManifestFile, damage: string[]) {
    this.#store = store;
    this.#manifest = manifest;
    this.#log = LogFile.empty(store, manifest.current.log);
    this.#damage = damage;
  }

  /**
   * Opens or creates. An index of another fingerprint or an older format is thrown away and begun anew (it is
   * derived data). Throws what the store throws, and a `DamagedError` whose version is `newer` where a later
   * Malmoi made the index: that one is left as it is.
   */
  static async open(store: BlobStore, fingerprint: string): Promise<PassageIndex> {
    const damage: string[] = [];
    const manifest = await ManifestFile.open(store, fingerprint, damage);
    const index = new PassageIndex(store, manifest, damage);
    try {
      await index.#load();
    } catch (error) {
      await index.close();
      throw error;
    }
    return index;
  }

  async #load(): Promise<void> {
    const found = this.#damage.length;
    for (const name of this.#manifest.current.segments) {
      try {
        this.#add(await openSegment(this.#store, name));
      } catch (error) {
        this.#dropAtLoad(name, error);
      }
    }
    const { log, read } = await LogFile.open(this.#store, this.#manifest.current.log);
    this.#log = log;
    if (read.damaged > 0) this.#damage.push(damagedEntries(log.name, read.damaged));
    for (const image of read.images) {
      try {
        this.#add(await Segment.of(log.name, image));
        this.#logged++;
      } catch (error) {
        this.#dropAtLoad(log.name, error);
      }
    }
    try {
      // Lets go of what is damaged.
      if (this.#damage.length > found)
        await (this.#logged > 0 ? this.#flush() : this.#commit(this.#segments, [], []));
      await this.#manifest.forgetOthers();
    } catch {
      // Where nothing can be written, there is still all to be read.
    }
  }

  #dropAtLoad(name: string, error: unknown): void {
    if (!(error instanceof DamagedError) || error.version === 'newer') throw error;
    this.#damage.push(`${name}: ${error.message}`);
  }

  #add(segment: Segment): void {
    this.#segments.push(segment);
    this.#files.add(segment);
    this.#known.add(segment);
  }

  /** The segments as they are now; what replaces them meanwhile waits with closing them for the release. */
  acquire(): Reading {
    return this.#readings.begin(this.#segments);
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
    return this.#files.size;
  }

  get passageCount(): number {
    let count = 0;
    for (const { passageCount } of this.#files.heads()) count += passageCount;
    return count;
  }

  /** Bytes of all segments and the log. */
  get bytes(): number {
    return this.#segments.reduce((sum, segment) => sum + segment.bytes, 0);
  }

  place(path: string): FilePlace | null {
    return this.#files.get(path);
  }

  head(path: string): FileHead | null {
    return this.#files.get(path)?.head ?? null;
  }

  heads(): Generator<FileHead> {
    return this.#files.heads();
  }

  /** The vector of any passage, in any file, with this content address: equal text is encoded once. */
  async vectorOf(hash: string): Promise<SparseVector | null> {
    const found = this.#known.find(hash, this.#segments);
    if (found === null) return null;
    const reading = this.acquire();
    try {
      return await found.segment.vector(found.passage);
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
    return this.#serially(async () => {
      if (records.length === 0) return;
      const image = writeSegment(records);
      await this.#manifest.settle();
      await this.#log.append(logEntry(image));
      this.#add(await Segment.of(this.#log.name, image));
      this.#logged++;
      const passages = this.#recent.reduce((sum, segment) => sum + segment.passageCount, 0);
      if (passages >= FLUSH_PASSAGES || this.#logged >= FLUSH_FILES) await this.#flush();
    });
  }

  remove(paths: readonly string[]): Promise<void> {
    return this.replace(paths.filter(path => this.#files.get(path) !== null).map(path => tombstone(path)));
  }

  /** Gives a file's record another stamp (size, time, hash), its passages as they are. */
  async restamp(head: Omit<FileRecord, 'passages'>): Promise<void> {
    const place = this.#files.get(head.path);
    if (place === null) return;
    const reading = this.acquire();
    const record = await place.segment
      .records([place.file])
      .then(([only]) => only!)
      .catch(async (error: unknown) => {
        if (!(error instanceof DamagedError)) throw error;
        await this.dropDamaged();
        return null;
      })
      .finally(reading.release);
    if (record !== null) await this.replace([{ ...head, passages: record.passages }]);
  }

  /** Turns the log into a segment now. */
  flush(): Promise<void> {
    return this.#serially(() => this.#flush());
  }

  /** Deletes everything. The index stays usable, empty. */
  clear(): Promise<void> {
    return this.#serially(() => this.#commit([], [], []));
  }

  /** The log's entries. */
  get #recent(): readonly Segment[] {
    return this.#segments.slice(this.#segments.length - this.#logged);
  }

  async #flush(): Promise<void> {
    if (this.#logged === 0) return;
    const older = this.#segments.slice(0, -this.#logged);
    await this.#commit(older, await this.#merged(this.#recent, older.length === 0), []);
    for (;;) {
      const at = neighboursToMerge(this.#segments);
      if (at === null) return;
      const merged = await this.#merged(this.#segments.slice(at, at + 2), at === 0);
      await this.#commit(this.#segments.slice(0, at), merged, this.#segments.slice(at + 2));
    }
  }

  #merged(segments: readonly Segment[], oldest: boolean): Promise<FileRecord[]> {
    return recordsOf(segments, this.#files, oldest, line => this.#report(line));
  }

  /** Writes new segments, then the manifest that names them, then forgets what it no longer names. */
  async #commit(
    older: readonly Segment[],
    records: readonly FileRecord[],
    newer: readonly Segment[],
  ): Promise<void> {
    await this.#manifest.settle();
    const names: string[] = [];
    const fresh: Segment[] = [];
    try {
      for (const group of groupsOf(records)) {
        const name = this.#manifest.newSegment(names.length);
        names.push(name);
        await this.#store.write(name, writeSegment(group));
        fresh.push(await openSegment(this.#store, name));
      }
    } catch (error) {
      // A full disk needs the space.
      await this.#manifest.forget(names);
      for (const segment of fresh) await segment.close();
      throw error;
    }
    const segments = [...older, ...fresh, ...newer];
    try {
      await this.#manifest.replace(
        segments.map(segment => segment.name),
        names,
      );
    } catch (error) {
      for (const segment of fresh) await segment.close();
      throw error;
    }
    this.#show(segments);
  }

  /** These segments and an empty log are the index now. */
  #show(segments: readonly Segment[]): void {
    const kept = new Set(segments);
    for (const segment of this.#segments) if (!kept.has(segment)) this.#readings.retire(segment);
    this.#log = LogFile.empty(this.#store, this.#manifest.current.log);
    this.#logged = 0;
    this.#segments = [];
    this.#files = new FileTable();
    this.#known.forget();
    for (const segment of segments) {
      segment.revive();
      this.#add(segment);
    }
  }

  /** Reads and checks every byte; what is damaged, for a person to read. */
  verify(): Promise<readonly string[]> {
    return this.#serially(async () => {
      const found = [await this.#manifest.verify()];
      for (const segment of this.#segments) found.push(await damageOf(segment));
      found.push(await this.#log.verify(this.#logged));
      return found.filter(line => line !== null);
    });
  }

  /** Looks through everything and drops the segments that are damaged; true where there were any. */
  dropDamaged(): Promise<boolean> {
    return this.#serially(async () => {
      const damage: string[] = [];
      const logged = new Set(this.#recent);
      const sound: Segment[] = [];
      const gone: FileRecord[] = [];
      for (const segment of this.#segments) {
        const line = await damageOf(segment);
        if (line === null) {
          if (!logged.has(segment)) sound.push(segment);
          continue;
        }
        damage.push(line);
        logged.delete(segment);
        // An older record of a file must not come to light again.
        const { files, tombstones } = this.#files.validIn(segment);
        gone.push(...[...files.map(file => segment.file(file).path), ...tombstones].map(tombstone));
      }
      if (damage.length === 0) return false;
      const recent = await this.#merged([...logged], false);
      await this.#commit(sound, [...recent, ...gone], []);
      for (const line of damage) this.#report(line);
      return true;
    });
  }

  async close(): Promise<void> {
    await this.#queue;
    for (const segment of this.#segments) this.#readings.retire(segment);
    this.#segments = [];
  }

  /** Changes happen one after the other; a failed one does not stop the next. */
  #serially<T>(change: () => Promise<T>): Promise<T> {
    const done = this.#queue.then(change);
    this.#queue = done.catch(() => undefined);
    return done;
  }
}
