/**
 * The persisted index of one folder: immutable segments, a write-ahead log, a manifest.
 *
 * A change is one log entry (a small segment); it is acknowledged when the store says it is durable, and
 * from then on visible. When the log's share grows, its entries become one segment and a new manifest names
 * it; neighbouring segments become one beside all else, at a pace that the owner sets. Whatever is damaged is
 * dropped and reported; the caller indexes those files again.
 */
import type { BlobStore } from './blobStore.ts';
import { FileTable, tombstone, type FilePlace } from './fileTable.ts';
import { KnownPassages } from './knownPassages.ts';
import { logEntry } from './log.ts';
import { damagedEntries, LogFile } from './logFile.ts';
import type { Manifest } from './manifest.ts';
import { ManifestFile, newName } from './manifestFile.ts';
import { runsThatFit, runToMerge, type Size } from './mergePolicy.ts';
import { mergeSegments, type MergePlan } from './mergeSegments.ts';
import { Readings, type Reading } from './readings.ts';
import type { FileHead, FileRecord } from './records.ts';
import { RetiredList } from './retiredList.ts';
import type { RetiredVector } from './retiredVectors.ts';
import { DamagedError } from './sections.ts';
import { Segment } from './segment.ts';
import { damageOf, openSegment } from './segmentFile.ts';
import { writeSegment } from './segmentWriter.ts';
import type { SparseVector } from './sparseVector.ts';
import { VectorWindows } from './vectorWindows.ts';

/** When the log holds this many passages or files they become a segment. */
const FLUSH_PASSAGES = 2_048;
const FLUSH_FILES = 256;
/** Merging that falls behind by so many segments holds up what is written. */
const TOO_MANY = 48;

export interface IndexOptions {
  /** Resolves when merging may go on: called every few milliseconds of it. */
  readonly pace?: () => Promise<void>;
}

/** The index was closed while segments were merged. */
class ClosedError extends Error {}

export class PassageIndex {
  readonly #store: BlobStore;
  readonly #manifest: ManifestFile;
  #log: LogFile;
  /** Segments of the manifest, then one for each log entry; later ones overrule earlier ones. */
  #segments: Segment[] = [];
  #logged = 0;
  #files = new FileTable();
  readonly #known = new KnownPassages();
  readonly #windows = new VectorWindows();
  readonly #retired: RetiredList;
  readonly #readings = new Readings();
  readonly #pace: () => Promise<void>;
  #queue: Promise<unknown> = Promise.resolve();
  #merging: Promise<void> | null = null;
  #closed = false;
  readonly #damage: string[];
  /** Something was found damaged and dropped: its files are no longer here. */
  onDamage: (line: string) => void = () => undefined;

  private constructor(store: BlobStore, manifest: ManifestFile, damage: string[], options: IndexOptions) {
    this.#store = store;
    this.#retired = new RetiredList(store);
    this.#pace = options.pace ?? (() => Promise.resolve());
    this.#manifest = manifest;
    this.#log = LogFile.empty(store, manifest.current.log);
    this.#damage = damage;
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
    const index = new PassageIndex(store, manifest, damage, options);
    try {
      await index.#serially(() => index.#load());
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
    this.#damage.push(...(await this.#retired.open(this.#manifest.current.retired)));
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
        await (this.#logged > 0 ? this.#flush() : this.#commit(this.#segments, [], 'new'));
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
    return this.#files.passageCount;
  }

  /** Bytes of all segments, the log and what is kept of passages that are gone. */
  get bytes(): number {
    return this.#segments.reduce((sum, segment) => sum + segment.bytes, this.#retired.bytes);
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

  /** The vector of any passage that a file has, or had, with this content address: equal text is encoded once. */
  async vectorOf(hash: string): Promise<SparseVector | null> {
    const reading = this.acquire();
    try {
      const found = await this.#known.find(hash, reading.segments);
      if (found === null) return await this.#retired.find(hash);
      return await this.#windows.vector(found.segment, found.passage);
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
    }).then(() => this.#keepUp());
  }

  remove(paths: readonly string[]): Promise<void> {
    return this.replace(paths.filter(path => this.#files.get(path) !== null).map(path => tombstone(path)));
  }

  /** Gives a file's record another stamp (size, time, hash), its passages as they are. */
  async restamp(head: Omit<FileRecord, 'passages'>): Promise<void> {
    if (this.#files.get(head.path) !== null)
      await this.replace([{ ...head, passages: [], keepsPassages: true }]);
  }

  /** Turns the log into a segment and merges what should be merged, now. */
  async flush(): Promise<void> {
    await this.#serially(() => this.#flush());
    await this.tidied();
  }

  /** Deletes everything. The index stays usable, empty. */
  clear(): Promise<void> {
    return this.#serially(() => this.#commit([], [], 'new', []));
  }

  /** The log's entries. */
  get #recent(): readonly Segment[] {
    return this.#segments.slice(this.#segments.length - this.#logged);
  }

  async #flush(): Promise<void> {
    if (this.#logged === 0) return;
    const recent = this.#recent;
    const older = this.#segments.slice(0, -this.#logged);
    const images: (readonly Uint8Array[])[] = [];
    const retired: RetiredVector[] = [];
    for (const { first, end } of runsThatFit(sizesOf(recent))) {
      const merged = await this.#merged(recent.slice(first, end), older.length > 0 || first > 0);
      images.push(merged.image);
      retired.push(...merged.retired);
    }
    await this.#commit([...older, ...images], retired, 'new');
    this.#tidy();
  }

  /** Resolves when nothing is left that should be merged. */
  async tidied(): Promise<void> {
    this.#tidy();
    await this.#merging;
  }

  #tidy(): void {
    this.#merging ??= this.#mergeAll().finally(() => (this.#merging = null));
  }

  async #keepUp(): Promise<void> {
    if (this.#segments.length - this.#logged > TOO_MANY) await this.tidied();
  }

  async #mergeAll(): Promise<void> {
    try {
      while (await this.#mergeOnce());
    } catch (error) {
      if (error instanceof ClosedError) return;
      if (error instanceof DamagedError) await this.dropDamaged();
      // A full disk, say: what is there goes on as it is, and the next change tells its reason.
    }
  }

  /** Merges beside all else, but for choosing the segments and putting the new one in their place. */
  async #mergeOnce(): Promise<boolean> {
    const job = await this.#serially(() => {
      const settled = this.#segments.slice(0, this.#segments.length - this.#logged);
      const run = this.#closed ? null : runToMerge(sizesOf(settled));
      if (run === null) return Promise.resolve(null);
      const segments = settled.slice(run.first, run.end);
      return Promise.resolve({
        segments,
        plan: this.#files.mergePlan(segments, run.first > 0),
        reading: this.acquire(),
      });
    });
    if (job === null) return false;
    const { segments, plan, reading } = job;
    try {
      const { image, retired } = await this.#merge(plan);
      return await this.#serially(async () => {
        const first = this.#segments.indexOf(segments[0]!);
        const isThere = segments.every((segment, i) => this.#segments[first + i] === segment);
        if (first === -1 || !isThere || this.#closed) return false;
        const settled = this.#segments.slice(0, this.#segments.length - this.#logged);
        const after = settled.slice(first + segments.length);
        await this.#commit([...settled.slice(0, first), image, ...after], retired, 'keep');
        return true;
      });
    } finally {
      reading.release();
    }
  }

  /** The log's entries as one segment. What can't be read can't be kept: the files' next reading brings it back. */
  async #merged(
    segments: readonly Segment[],
    older: boolean,
  ): Promise<{ readonly image: readonly Uint8Array[]; readonly retired: readonly RetiredVector[] }> {
    const plan = this.#files.mergePlan(segments, older);
    try {
      return await this.#merge(plan);
    } catch (error) {
      if (!(error instanceof DamagedError)) throw error;
      const damage = new Map<Segment, string>();
      for (const segment of segments) {
        const line = await damageOf(segment);
        if (line !== null) damage.set(segment, line);
      }
      if (damage.size === 0) throw error;
      for (const line of damage.values()) this.#report(line);
      const gone = [...damage.keys()].flatMap(segment => this.#files.pathsIn(segment)).map(headOfGone);
      const sound = plan.parts.filter(({ segment }) => !damage.has(segment));
      const heads = plan.heads.filter(({ path }) => !gone.some(head => head.path === path));
      // Older records of these files must not come to light again.
      return this.#merge({ parts: sound, heads: [...heads, ...(older ? gone : [])] });
    }
  }

  async #merge(
    plan: MergePlan,
  ): Promise<{ image: readonly Uint8Array[]; retired: readonly RetiredVector[] }> {
    // Where addresses can't be read, a vector too many is kept.
    await this.#known.load(this.#segments).catch(ignoreDamage);
    const segments = this.#segments;
    const pace = async (): Promise<void> => {
      await this.#pace();
      if (this.#closed) throw new ClosedError();
    };
    return mergeSegments(plan, {
      pace,
      retires: hash => !this.#known.isLive(hash, segments) && !this.#retired.has(hash),
    });
  }

  /**
   * Writes new segments, then the manifest that names them, then forgets what it no longer names. `segments` are what
   * the index consists of from then on, new ones as images; the log is begun anew or kept with its entries.
   */
  async #commit(
    segments: readonly (Segment | readonly Uint8Array[])[],
    vectors: readonly RetiredVector[],
    log: 'new' | 'keep',
    retiredBlobs: readonly string[] = this.#retired.names,
  ): Promise<void> {
    await this.#manifest.settle();
    const names: string[] = [];
    const fresh: Segment[] = [];
    const all: Segment[] = [];
    let retired = retiredBlobs;
    try {
      for (const segment of segments) {
        if (segment instanceof Segment) {
          all.push(segment);
          continue;
        }
        const name = newName('segment');
        names.push(name);
        await this.#store.write(name, ...segment);
        const opened = await openSegment(this.#store, name);
        fresh.push(opened);
        all.push(opened);
      }
      const worth = vectors.filter(({ vector }) => vector.dimensions.length > 0);
      if (worth.length > 0) {
        const name = newName('retired');
        names.push(name);
        retired = await this.#retired.add(worth, name, Date.now());
      }
    } catch (error) {
      // A full disk needs the space.
      await this.#manifest.forget(names);
      for (const segment of fresh) await segment.close();
      throw error;
    }
    const next: Pick<Manifest, 'segments' | 'log' | 'retired'> = {
      segments: all.map(segment => segment.name),
      log: log === 'new' ? newName('log') : this.#log.name,
      retired,
    };
    try {
      await this.#manifest.replace(next, names);
    } catch (error) {
      for (const segment of fresh) await segment.close();
      throw error;
    }
    await this.#retired.open(retired);
    this.#show(all, log === 'keep' ? this.#recent : []);
  }

  /** These segments and log entries are the index now. */
  #show(segments: readonly Segment[], recent: readonly Segment[]): void {
    const kept = new Set([...segments, ...recent]);
    for (const segment of this.#segments) if (!kept.has(segment)) this.#readings.retire(segment);
    if (this.#log.name !== this.#manifest.current.log)
      this.#log = LogFile.empty(this.#store, this.#manifest.current.log);
    this.#logged = recent.length;
    this.#segments = [];
    this.#files = new FileTable();
    this.#windows.forget();
    for (const segment of [...segments, ...recent]) {
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
      return [...found.filter(line => line !== null), ...(await this.#retired.verify())];
    });
  }

  /** Looks through everything and drops the segments that are damaged; true where there were any. */
  dropDamaged(): Promise<boolean> {
    return this.#serially(async () => {
      const damage: string[] = [];
      const recent: Segment[] = [];
      const sound: Segment[] = [];
      const gone = new Set<string>();
      const logged = new Set(this.#recent);
      for (const segment of this.#segments) {
        const line = await damageOf(segment);
        if (line === null) (logged.has(segment) ? recent : sound).push(segment);
        else {
          damage.push(line);
          // An older record of a file must not come to light again.
          for (const path of this.#files.pathsIn(segment)) gone.add(path);
        }
      }
      const cached = await this.#retired.verify();
      if (damage.length + cached.length === 0) return false;
      const worth = this.#retired.names.filter(name => !cached.some(line => line.startsWith(`${name}: `)));
      const plan = this.#files.mergePlan(recent, true);
      const { image, retired } = await this.#merge({
        parts: plan.parts,
        heads: [...plan.heads.filter(({ path }) => !gone.has(path)), ...[...gone].map(headOfGone)],
      });
      await this.#retired.open(worth);
      await this.#commit([...sound, image], retired, 'new');
      for (const line of [...damage, ...cached]) this.#report(line);
      return true;
    });
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#merging;
    await this.#queue;
    for (const segment of this.#segments) this.#readings.retire(segment);
    this.#segments = [];
    await this.#retired.close();
  }

  /** Changes happen one after the other; a failed one does not stop the next. */
  #serially<T>(change: () => Promise<T>): Promise<T> {
    const done = this.#queue.then(change);
    this.#queue = done.catch(() => undefined);
    return done;
  }
}

function sizesOf(segments: readonly Segment[]): Size[] {
  return segments.map(({ passageCount, liveCount }) => ({ passages: passageCount, live: liveCount }));
}

function headOfGone(path: string): FileHead {
  const { passages: _, ...head } = tombstone(path);
  return { ...head, passageCount: 0 };
}

function ignoreDamage(error: unknown): void {
  if (!(error instanceof DamagedError)) throw error;
}
