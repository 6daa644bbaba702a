/**
 * The parts of an index at one moment, in memory as on disk: the segments that the manifest names, oldest
 * first, a segment for each log entry after them, and the table of files over all of them.
 */
import type { BlobStore } from './blobStore.ts';
import { FileTable } from './segment/fileTable.ts';
import { damagedEntries, LogFile } from './log/logFile.ts';
import type { Manifest } from './log/manifest.ts';
import { newName, type ManifestFile } from './log/manifestFile.ts';
import { IndexSnapshots } from './indexSnapshots.ts';
import { EvictedList } from './merge/evictedList.ts';
import type { EvictedVector } from './merge/evictedVectorCache.ts';
import { DamagedError } from './segment/sections.ts';
import { Segment } from './segment/segment.ts';
import { damageOf, openSegment } from './segment/segmentFile.ts';
import { VectorWindows } from './merge/vectorWindows.ts';

export interface CommitOptions {
  /** Blobs of evicted vectors that are worth keeping. */
  readonly evictedBlobs?: readonly string[];
  readonly newest?: readonly Uint8Array[] | undefined;
}

export class IndexState {
  readonly store: BlobStore;
  readonly manifest: ManifestFile;
  readonly evicted: EvictedList;
  readonly readings = new IndexSnapshots();
  readonly windows = new VectorWindows();
  #log: LogFile;
  #segments: Segment[] = [];
  #logged = 0;
  #files = new FileTable();

  constructor(store: BlobStore, manifest: ManifestFile) {
    this.store = store;
    this.manifest = manifest;
    this.evicted = new EvictedList(store);
    this.#log = LogFile.empty(store, manifest.current.log);
  }

  /** All segments, oldest first; later ones override earlier ones. */
  get segments(): readonly Segment[] {
    return this.#segments;
  }

  /** Segments that the manifest names. */
  get settled(): readonly Segment[] {
    return this.#segments.slice(0, this.#segments.length - this.#logged);
  }

  /** Segments of the log's entries. */
  get recent(): readonly Segment[] {
    return this.#segments.slice(this.#segments.length - this.#logged);
  }

  get files(): FileTable {
    return this.#files;
  }

  /** Bytes of all segments, of the log, and of the evicted vectors. */
  get bytes(): number {
    return this.#segments.reduce((sum, segment) => sum + segment.bytes, this.evicted.bytes);
  }

  /** Reads the parts that the manifest names, except damaged ones; returns a line for each of those. */
  async load(): Promise<readonly string[]> {
    const damage: string[] = [];
    const sound = async (name: string, open: () => Promise<Segment>): Promise<boolean> => {
      try {
        this.#add(await open());
        return true;
      } catch (error) {
        if (!(error instanceof DamagedError) || error.version === 'newer') throw error;
        damage.push(`${name}: ${error.message}`);
        return false;
      }
    };
    const { segments, retired, log: logName } = this.manifest.current;
    for (const name of segments) await sound(name, () => openSegment(this.store, name));
    damage.push(...(await this.evicted.open(retired)));
    const { log, read } = await LogFile.open(this.store, logName);
    this.#log = log;
    if (read.damaged > 0) damage.push(damagedEntries(log.name, read.damaged));
    for (const image of read.images)
      if (await sound(log.name, () => Segment.of(log.name, image))) this.#logged++;
    return damage;
  }

  /** Adds an entry to the log, where it is first durable and then visible. */
  async append(entry: Uint8Array, image: Uint8Array): Promise<void> {
    await this.manifest.settle();
    await this.#log.append(entry);
    this.#add(await Segment.of(this.#log.name, image));
    this.#logged++;
  }

  #add(segment: Segment): void {
    this.#segments.push(segment);
    this.#files.add(segment);
  }

  /**
   * Writes new segments, then the manifest that names them, and then removes the blobs that it no longer
   * names. `segments` make up the index from then on, new ones as images; the log is emptied, or kept with
   * its entries. `newest` is the image of a further segment with records that the index has not had before.
   */
  async commit(
    segments: readonly (Segment | readonly Uint8Array[])[],
    vectors: readonly EvictedVector[],
    log: 'new' | 'keep',
    { evictedBlobs = this.evicted.names, newest }: CommitOptions = {},
  ): Promise<void> {
    await this.manifest.settle();
    const names: string[] = [];
    const fresh: Segment[] = [];
    const written = async (image: readonly Uint8Array[]): Promise<Segment> => {
      const name = newName('segment');
      names.push(name);
      await this.store.write(name, ...image);
      const opened = await openSegment(this.store, name);
      fresh.push(opened);
      return opened;
    };
    const merged: Segment[] = [];
    let added: Segment | null = null;
    let retired = evictedBlobs;
    try {
      for (const segment of segments)
        merged.push(segment instanceof Segment ? segment : await written(segment));
      if (newest !== undefined) added = await written(newest);
      const worth = vectors.filter(({ vector }) => vector.dimensions.length > 0);
      if (worth.length > 0) {
        const name = newName('retired');
        names.push(name);
        retired = await this.evicted.add(worth, name, Date.now());
      }
    } catch (error) {
      // A full disk needs the space.
      await this.manifest.forget(names);
      for (const segment of fresh) await segment.close();
      throw error;
    }
    const next: Pick<Manifest, 'segments' | 'log' | 'retired'> = {
      segments: [...merged, ...(added === null ? [] : [added])].map(segment => segment.name),
      log: log === 'new' ? newName('log') : this.#log.name,
      retired,
    };
    try {
      await this.manifest.replace(next, names);
    } catch (error) {
      for (const segment of fresh) await segment.close();
      throw error;
    }
    await this.evicted.open(retired);
    this.#show(merged, log === 'keep' ? this.recent : []);
    if (added !== null) this.#add(added);
  }

  /** Makes these segments and log entries the index. */
  #show(segments: readonly Segment[], recent: readonly Segment[]): void {
    const before = new Set(this.#segments);
    const all = [...segments, ...recent];
    const kept = new Set(all);
    const gone = this.#segments.filter(segment => !kept.has(segment));
    for (const segment of gone) this.readings.retire(segment);
    if (this.#log.name !== this.manifest.current.log)
      this.#log = LogFile.empty(this.store, this.manifest.current.log);
    this.#logged = recent.length;
    this.windows.forget();
    const fresh = all.filter(segment => !before.has(segment));
    // Searches wait meanwhile, so a merge should cost what it has merged, not the whole index.
    if (this.#files.replace(gone, fresh)) {
      this.#segments = all;
      return;
    }
    this.#segments = [];
    this.#files = new FileTable();
    for (const segment of all) {
      segment.markAllLive();
      this.#add(segment);
    }
  }

  /** Reads and checks every byte; returns a line for a person about each damage. */
  async verify(): Promise<readonly string[]> {
    const found = [await this.manifest.verify()];
    for (const segment of this.#segments) found.push(await damageOf(segment));
    found.push(await this.#log.verify(this.#logged));
    return [...found.filter(line => line !== null), ...(await this.evicted.verify())];
  }

  async close(): Promise<void> {
    for (const segment of this.#segments) this.readings.retire(segment);
    this.#segments = [];
    this.#logged = 0;
    await this.evicted.close();
  }
}
