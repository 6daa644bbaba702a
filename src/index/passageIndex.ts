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
import { isIndexBlob, MANIFEST, readManifest, writeManifest, type Manifest } from './manifest.ts';
import { groupsOf, neighboursToMerge, recordsOf, tombstone } from './merge.ts';
import { Readings, type Reading } from './readings.ts';
import type { FileHead, FileRecord } from './records.ts';
import { DamagedError } from './sections.ts';
import { Segment } from './segment.ts';
import { writeSegment } from './segmentWriter.ts';
import type { SparseVector } from './sparseVector.ts';

/** When the log holds this many passages or files they become a segment. */
const FLUSH_PASSAGES = 2_048;
const FLUSH_FILES = 256;

export class PassageIndex {
  readonly #store: BlobStore;
  #manifest: Manifest;
  /** False after a manifest's writing failed: it may be on disk nevertheless. */
  #settled = true;
  /** Blobs of that manifest. */
  #abandoned: string[] = [];
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

  private constructor(store: BlobStore, manifest: Manifest, damage: string[]) {
    this.#store = store;
    this.#manifest = manifest;
    this.#log = LogFile.empty(store, manifest.log);
    this.#damage = damage;
  }

  /**
   * Opens or creates. An index of another fingerprint or an older format is thrown away and begun anew (it is
   * derived data). Throws what the store throws, and a `DamagedError` whose version is `newer` where a later
   * Malmoi made the index: that one is left as it is.
   */
  static async open(store: BlobStore, fingerprint: string): Promise<PassageIndex> {
    const damage: string[] = [];
    let manifest: Manifest | null = null;
    const bytes = await store.read(MANIFEST);
    if (bytes !== null) {
      try {
        manifest = await readManifest(bytes);
      } catch (error) {
        if (!(error instanceof DamagedError) || error.version === 'newer') throw error;
        // An index of an older version is no loss: it is made anew.
        if (error.version === null) damage.push(`${MANIFEST}: ${error.message}`);
      }
    } else if ((await store.list()).some(isIndexBlob)) damage.push(`${MANIFEST}: missing`);
    if (manifest?.fingerprint !== fingerprint) {
      const generation = (manifest?.generation ?? 0) + 1;
      manifest = { generation, fingerprint, segments: [], log: newLogName(generation) };
      await store.write(MANIFEST, writeManifest(manifest));
    }
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
    for (const name of this.#manifest.segments) {
      const blob = await this.#store.open(name);
      try {
        if (blob === null) throw new DamagedError('missing');
        this.#add(await Segment.open(name, blob));
      } catch (error) {
        await blob?.close();
        this.#dropAtLoad(name, error);
      }
    }
    const { log, read } = await LogFile.open(this.#store, this.#manifest.log);
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
    // Where it can't be written, there is still all to be read.
    await this.#tidy(this.#damage.length > found).catch(() => undefined);
  }

  #dropAtLoad(name: string, error: unknown): void {
    if (!(error instanceof DamagedError) || error.version === 'newer') throw error;
    this.#damage.push(`${name}: ${error.message}`);
  }

  /** Lets go of what is damaged, and of blobs that a change which never finished left behind. */
  async #tidy(damaged: boolean): Promise<void> {
    if (damaged) await (this.#logged > 0 ? this.#flush() : this.#commit(this.#segments, [], []));
    const { segments, log } = this.#manifest;
    const keep = new Set<string>([MANIFEST, log, ...segments]);
    const others = (await this.#store.list()).filter(name => !keep.has(name));
    if (others.length === 0) return;
    // A process that was killed may have renamed the manifest and not made that durable: the one before, which
    // names other blobs, could still come back.
    await this.#writeManifest(this.#manifest, []);
    for (const name of others) await this.#store.remove(name);
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
      await this.#settle();
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
    await this.#settle();
    const before = this.#manifest;
    const generation = before.generation + 1;
    const names: string[] = [];
    const fresh: Segment[] = [];
    try {
      for (const group of groupsOf(records)) {
        const name = `segment-${generation}-${names.length}`;
        names.push(name);
        await this.#store.write(name, writeSegment(group));
        const blob = await this.#store.open(name);
        if (blob === null) throw new Error(`${name} vanished`);
        fresh.push(await Segment.open(name, blob));
      }
      const segments = [...older, ...fresh, ...newer].map(segment => segment.name);
      await this.#writeManifest({ ...before, generation, segments, log: newLogName(generation) }, names);
    } catch (error) {
      for (const segment of fresh) await segment.close();
      // A full disk needs the space. What a manifest may name must stay until another has taken its place.
      if (this.#settled) await this.#forget(names);
      throw error;
    }
    this.#show([...older, ...fresh, ...newer]);
    await this.#forget([
      before.log,
      ...before.segments.filter(old => !this.#manifest.segments.includes(old)),
    ]);
  }

  /** These segments and an empty log are the index now. */
  #show(segments: readonly Segment[]): void {
    const kept = new Set(segments);
    for (const segment of this.#segments) if (!kept.has(segment)) this.#readings.retire(segment);
    this.#log = LogFile.empty(this.#store, this.#manifest.log);
    this.#logged = 0;
    this.#segments = [];
    this.#files = new FileTable();
    this.#known.forget();
    for (const segment of segments) {
      segment.revive();
      this.#add(segment);
    }
  }

  async #writeManifest(manifest: Manifest, fresh: readonly string[]): Promise<void> {
    this.#settled = false;
    this.#abandoned.push(...fresh);
    await this.#store.write(MANIFEST, writeManifest(manifest));
    this.#manifest = manifest;
    this.#settled = true;
    const { segments } = manifest;
    await this.#forget(this.#abandoned.splice(0).filter(name => !segments.includes(name)));
  }

  /**
   * A manifest whose writing failed may be on disk nevertheless, and it names another log: what is acknowledged from
   * now on would be lost. So the valid one is written again first, with a number of its own, for the names that the
   * failed one took must not be given again.
   */
  async #settle(): Promise<void> {
    if (this.#settled) return;
    await this.#writeManifest({ ...this.#manifest, generation: this.#manifest.generation + 1 }, []);
  }

  /** What stays is removed when the index is opened again. */
  async #forget(names: readonly string[]): Promise<void> {
    for (const name of names) await this.#store.remove(name).catch(() => undefined);
  }

  /** Reads and checks every byte; what is damaged, for a person to read. */
  verify(): Promise<readonly string[]> {
    return this.#serially(async () => {
      const found: string[] = [];
      const check = async (name: string, work: Promise<unknown>): Promise<void> => {
        try {
          await work;
        } catch (error) {
          if (!(error instanceof DamagedError)) throw error;
          found.push(`${name}: ${error.message}`);
        }
      };
      const manifest = await this.#store.read(MANIFEST);
      if (manifest === null) found.push(`${MANIFEST}: missing`);
      else await check(MANIFEST, readManifest(manifest));
      for (const segment of this.#segments) await check(segment.name, segment.verify());
      const log = await this.#log.verify(this.#logged);
      if (log !== null) found.push(log);
      return found;
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
        const error = await damageOf(segment);
        if (error === null) {
          if (!logged.has(segment)) sound.push(segment);
          continue;
        }
        damage.push(`${segment.name}: ${error.message}`);
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

function damageOf(segment: Segment): Promise<DamagedError | null> {
  return segment.verify().then(
    () => null,
    (error: unknown) => {
      if (error instanceof DamagedError) return error;
      throw error;
    },
  );
}

/** Never one that was there before: what an older log holds, should it not have gone, is not valid again. */
function newLogName(generation: number): string {
  return `log-${generation}-${Date.now().toString(36)}`;
}
