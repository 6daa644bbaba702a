/**
 * The persisted index of one folder: immutable segments, a write-ahead log, a manifest.
 *
 * A change is one log entry (a small segment); it is acknowledged when the store says it is durable, and
 * from then on visible. When the log's share grows, its files become one segment and a new manifest names
 * it. Whatever is damaged is dropped and reported; the caller indexes those files again.
 */
import type { BlobStore } from './blobStore.ts';
import { logEntry, readLog } from './log.ts';
import { MANIFEST, readManifest, writeManifest, type Manifest } from './manifest.ts';
import { groupsOf, tombstone } from './merge.ts';
import type { FileHead, FileRecord } from './records.ts';
import { DamagedError } from './sections.ts';
import { Segment } from './segment.ts';
import { writeSegment } from './segmentWriter.ts';
import type { SparseVector } from './sparseVector.ts';

/** When the log holds this many passages or files they become a segment. */
const FLUSH_PASSAGES = 2_048;
const FLUSH_FILES = 256;
/** Above this many segments, neighbours are merged. */
const MAX_SEGMENTS = 8;
/** Merges larger than this would hold up a query for too long. */
const MERGE_PASSAGES = 16_384;

export interface FilePlace {
  readonly segment: Segment;
  readonly file: number;
  readonly head: FileHead;
}

interface NewSegment {
  readonly name: string;
  readonly image: Uint8Array;
}

export interface Reading {
  /** Oldest first; later ones overrule earlier ones. */
  readonly segments: readonly Segment[];
  readonly release: () => void;
}

export class PassageIndex {
  readonly #store: BlobStore;
  #manifest: Manifest;
  /** Segments of the manifest, then one for each log entry; later ones overrule earlier ones. */
  #segments: Segment[] = [];
  #logged = 0;
  #logLength = 0;
  #files = new Map<string, FilePlace>();
  #byHash: Map<string, { segment: Segment; passage: number }> | null = null;
  #readers = 0;
  readonly #retired: Segment[] = [];
  #queue: Promise<unknown> = Promise.resolve();
  readonly #damage: string[];
  /** Something was found damaged and dropped: its files are no longer here. */
  onDamage: (line: string) => void = () => undefined;

  private constructor(store: BlobStore, manifest: Manifest, damage: string[]) {
    this.#store = store;
    this.#manifest = manifest;
    this.#damage = damage;
  }

  /**
   * Opens or creates. An index of another fingerprint or format is thrown away and begun anew (it is
   * derived data). Throws only what the store throws.
   */
  static async open(store: BlobStore, fingerprint: string): Promise<PassageIndex> {
    const damage: string[] = [];
    let manifest: Manifest | null = null;
    const bytes = await store.read(MANIFEST);
    if (bytes !== null) {
      try {
        manifest = await readManifest(bytes);
      } catch (error) {
        if (!(error instanceof DamagedError)) throw error;
        // An index of another version is no loss: it is made anew.
        if (error.version === null) damage.push(`${MANIFEST}: ${error.message}`);
      }
    }
    if (manifest?.fingerprint !== fingerprint) {
      const generation = (manifest?.generation ?? 0) + 1;
      manifest = {
        generation,
        fingerprint,
        segments: [],
        log: `log-${generation}-${Date.now().toString(36)}`,
      };
      await store.write(MANIFEST, writeManifest(manifest));
    }
    const index = new PassageIndex(store, manifest, damage);
    await index.#load(damage);
    return index;
  }

  async #load(damage: string[]): Promise<void> {
    const { segments, log } = this.#manifest;
    for (const name of segments) {
      const blob = await this.#store.open(name);
      try {
        if (blob === null) throw new DamagedError('missing');
        this.#add(await Segment.open(name, blob));
      } catch (error) {
        await blob?.close();
        if (!(error instanceof DamagedError)) throw error;
        damage.push(`${name}: ${error.message}`);
      }
    }
    const bytes = (await this.#store.read(log)) ?? new Uint8Array();
    const { images, length, damaged } = readLog(bytes);
    if (length < bytes.length) await this.#store.truncate(log, length);
    this.#logLength = length;
    if (damaged > 0) damage.push(`${log}: ${damaged} damaged entries`);
    for (const image of images) {
      this.#add(await Segment.of(log, image));
      this.#logged++;
    }
    const keep = new Set<string>([MANIFEST, log, ...segments]);
    for (const name of await this.#store.list()) if (!keep.has(name)) await this.#store.remove(name);
  }

  #add(segment: Segment): void {
    this.#segments.push(segment);
    for (let file = 0; file < segment.fileCount; file++) {
      const head = segment.file(file);
      const older = this.#files.get(head.path);
      if (older !== undefined) {
        const { first, end } = older.segment.passagesOf(older.file);
        older.segment.kill(first, end);
      }
      if (head.state === 'removed') this.#files.delete(head.path);
      else this.#files.set(head.path, { segment, file, head });
    }
    if (this.#byHash !== null) this.#rememberHashes(segment);
  }

  /** The segments as they are now; what replaces them meanwhile waits with closing them for the release. */
  acquire(): Reading {
    this.#readers++;
    let released = false;
    return {
      segments: this.#segments,
      release: () => {
        if (released) return;
        released = true;
        if (--this.#readers === 0) for (const segment of this.#retired.splice(0)) void segment.close();
      },
    };
  }

  #retire(segment: Segment): void {
    if (this.#readers > 0) this.#retired.push(segment);
    else void segment.close();
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
    for (const { head } of this.#files.values()) count += head.passageCount;
    return count;
  }

  /** Bytes of all segments and the log. */
  get bytes(): number {
    return this.#segments.reduce((sum, segment) => sum + segment.bytes, 0);
  }

  place(path: string): FilePlace | null {
    return this.#files.get(path) ?? null;
  }

  head(path: string): FileHead | null {
    return this.#files.get(path)?.head ?? null;
  }

  *heads(): Generator<FileHead> {
    for (const { head } of this.#files.values()) yield head;
  }

  /** The vector of any passage, in any file, with this content address: equal text is encoded once. */
  async vectorOf(hash: string): Promise<SparseVector | null> {
    if (this.#byHash === null) {
      this.#byHash = new Map();
      for (const segment of this.#segments) this.#rememberHashes(segment);
    }
    const found = this.#byHash.get(hash);
    if (found === undefined) return null;
    const reading = this.acquire();
    try {
      return await found.segment.vector(found.passage);
    } catch (error) {
      if (!(error instanceof DamagedError)) throw error;
      // The text is encoded again; what else the damage cost is found out beside it.
      void this.dropDamaged();
      return null;
    } finally {
      reading.release();
    }
  }

  #rememberHashes(segment: Segment): void {
    for (let p = 0; p < segment.passageCount; p++)
      this.#byHash!.set(segment.hash(p), { segment, passage: p });
  }

  /**
   * Replaces the given files in one atomic, durable step: a search sees all of the change or nothing.
   * Resolves when it is durable and visible.
   */
  replace(records: readonly FileRecord[]): Promise<void> {
    return this.#serially(async () => {
      if (records.length === 0) return;
      const image = writeSegment(records);
      await this.#append(logEntry(image));
      this.#add(await Segment.of(this.#manifest.log, image));
      this.#logged++;
      const recent = this.#segments.slice(-this.#logged);
      const passages = recent.reduce((sum, segment) => sum + segment.passageCount, 0);
      if (passages >= FLUSH_PASSAGES || this.#logged >= FLUSH_FILES) await this.#flush();
    });
  }

  async #append(entry: Uint8Array): Promise<void> {
    const { log } = this.#manifest;
    try {
      await this.#store.append(log, entry);
    } catch (error) {
      // A full disk may leave part of the entry: cut it off, so that the next one starts clean.
      await this.#store.truncate(log, this.#logLength).catch(() => undefined);
      throw error;
    }
    this.#logLength += entry.length;
  }

  remove(paths: readonly string[]): Promise<void> {
    return this.replace(paths.filter(path => this.#files.has(path)).map(path => tombstone(path)));
  }

  /** Gives a file's record another stamp (size, time, hash), its passages as they are. */
  async restamp(head: Omit<FileRecord, 'passages'>): Promise<void> {
    const place = this.#files.get(head.path);
    if (place === undefined) return;
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
    return this.#serially(async () => {
      await this.#commit([], [], []);
      this.#files.clear();
      this.#byHash = null;
    });
  }

  async #flush(): Promise<void> {
    if (this.#logged === 0) return;
    const older = this.#segments.slice(0, -this.#logged);
    const recent = this.#segments.slice(-this.#logged);
    const merged = await this.#merge(recent, older.length === 0);
    await this.#commit(older, merged, []);
    await this.#mergeSmall();
  }

  /** Keeps the number of segments down: merges the two neighbours that are smallest together. */
  async #mergeSmall(): Promise<void> {
    while (this.#segments.length > MAX_SEGMENTS) {
      let best = -1;
      let size = MERGE_PASSAGES + 1;
      for (let i = 0; i + 1 < this.#segments.length; i++) {
        const together = this.#segments[i]!.passageCount + this.#segments[i + 1]!.passageCount;
        if (together < size) [best, size] = [i, together];
      }
      if (best === -1) return;
      const merged = await this.#merge(this.#segments.slice(best, best + 2), best === 0);
      await this.#commit(this.#segments.slice(0, best), merged, this.#segments.slice(best + 2));
    }
  }

  /** Live files of neighbouring segments as new ones; tombstones stay unless nothing older is left. */
  async #merge(segments: readonly Segment[], oldest: boolean): Promise<NewSegment[]> {
    const records: FileRecord[] = [];
    for (const segment of segments) {
      const files: number[] = [];
      for (let file = 0; file < segment.fileCount; file++) {
        const head = segment.file(file);
        const place = this.#files.get(head.path);
        if (place?.segment === segment && place.file === file) files.push(file);
        else if (head.state === 'removed' && place === undefined && !oldest)
          records.push(tombstone(head.path));
      }
      try {
        records.push(...(await segment.records(files)));
      } catch (error) {
        if (!(error instanceof DamagedError)) throw error;
        // What can't be read can't be kept; the files' next reading brings it back.
        this.#report(`${segment.name}: ${error.message}`);
        // Older records of these files must not come to light again.
        if (!oldest) records.push(...files.map(file => tombstone(segment.file(file).path)));
      }
    }
    const groups = groupsOf(records);
    return groups.map((group, i) => ({ name: this.#newName('segment', i), image: writeSegment(group) }));
  }

  #newName(kind: string, part: number): string {
    return `${kind}-${this.#manifest.generation + 1}-${part}`;
  }

  /** Writes new segments, then the manifest that names them, then forgets what it no longer names. */
  async #commit(
    older: readonly Segment[],
    fresh: readonly NewSegment[],
    newer: readonly Segment[],
  ): Promise<void> {
    const before = this.#manifest;
    const written: Segment[] = [];
    for (const { name, image } of fresh) {
      await this.#store.write(name, image);
      const blob = await this.#store.open(name);
      if (blob === null) throw new Error(`${name} vanished`);
      written.push(await Segment.open(name, blob));
    }
    const segments = [...older, ...written, ...newer];
    const manifest: Manifest = {
      ...before,
      generation: before.generation + 1,
      segments: segments.map(segment => segment.name),
      log: this.#newName('log', 0),
    };
    await this.#store.write(MANIFEST, writeManifest(manifest));
    this.#manifest = manifest;
    this.#logged = 0;
    this.#logLength = 0;
    const kept = new Set(segments);
    for (const segment of this.#segments) if (!kept.has(segment)) this.#retire(segment);
    this.#segments = [];
    this.#files = new Map();
    this.#byHash = null;
    for (const segment of segments) {
      segment.revive();
      this.#add(segment);
    }
    for (const name of [before.log, ...before.segments.filter(old => !manifest.segments.includes(old))])
      await this.#store.remove(name);
  }

  /** Reads and checks every byte; what is damaged, for a person to read. */
  async verify(): Promise<readonly string[]> {
    const reading = this.acquire();
    const found: string[] = [];
    try {
      for (const segment of reading.segments)
        await segment.verify().catch((error: unknown) => {
          if (!(error instanceof DamagedError)) throw error;
          found.push(`${segment.name}: ${error.message}`);
        });
    } finally {
      reading.release();
    }
    return found;
  }

  /** Looks through everything and drops the segments that are damaged; true where there were any. */
  dropDamaged(): Promise<boolean> {
    return this.#serially(async () => {
      const reported = this.#damage.length;
      const logged = new Set(this.#logged === 0 ? [] : this.#segments.slice(-this.#logged));
      const sound: Segment[] = [];
      const gone: FileRecord[] = [];
      for (const segment of this.#segments) {
        const damage = await segment.verify().then(
          () => null,
          (error: unknown) => {
            if (!(error instanceof DamagedError)) throw error;
            return error;
          },
        );
        if (damage === null) {
          if (!logged.has(segment)) sound.push(segment);
          continue;
        }
        this.#damage.push(`${segment.name}: ${damage.message}`);
        for (let file = 0; file < segment.fileCount; file++) {
          const { path } = segment.file(file);
          // An older record of a file must not come to light again.
          if (this.#files.get(path)?.segment === segment) gone.push(tombstone(path));
        }
        logged.delete(segment);
      }
      if (this.#damage.length === reported) return false;
      const recent = await this.#merge([...logged], false);
      const last = gone.length === 0 ? [] : [{ name: this.#newName('gone', 0), image: writeSegment(gone) }];
      await this.#commit(sound, [...recent, ...last], []);
      for (const line of this.#damage.slice(reported)) this.onDamage(line);
      return true;
    });
  }

  async close(): Promise<void> {
    await this.#queue;
    for (const segment of this.#segments) this.#retire(segment);
    this.#segments = [];
  }

  /** Changes happen one after the other; a failed one does not stop the next. */
  #serially<T>(change: () => Promise<T>): Promise<T> {
    const done = this.#queue.then(change);
    this.#queue = done.catch(() => undefined);
    return done;
  }
}
