/**
 * Keeps the index of one folder equal to the files in it.
 *
 * Reconcile, don't react: events only say where to look. A path's truth is what is on disk when its turn
 * comes: `#settle` brings one path from whatever the index knows to whatever the disk has.
 */
import { realpath, stat as statOf } from 'node:fs/promises';
import path from 'node:path';
import type { PassageIndex } from '../../index/passageIndex.ts';
import type { FileHead, FileRecord, PassageRecord } from '../../index/records.ts';
import type { SparseVector } from '../../index/sparseVector.ts';
import type { Markup } from '../../domain/location.ts';
import type { Exclusion, Explanation } from '../../domain/explanation.ts';
import type { FileReason, LedgerEntry } from '../../domain/ledger.ts';
import type { FolderOptions } from '../../domain/folder.ts';
import type { SpelledFile, WaitingFile } from '../../search/ranking/waitingNames.ts';
import type { ReadPassage } from '../../readers/passageRecords.ts';
import type { ReadAnswer, ReadRequest } from '../../readers/readPassages.ts';
import { isReadable, isTextFile } from '../../text/fileFormats.ts';
import { encodingNamed } from '../../readers/encodings/names.ts';
import { ThreadTimeoutError } from '../../threads/thread.ts';
import { UserError } from '../../errors/userError.ts';
import { batchesOf } from './batches.ts';
import { listFiles } from './listing.ts';
import { Pace, workOf } from './pace.ts';
import { WaitingFiles } from './waitingFiles.ts';

/** What the indexer needs of the rest of the engine. */
export interface IndexerPorts {
  readonly read: (request: ReadRequest, signal: AbortSignal) => Promise<ReadAnswer>;
  /** One vector a text; null where there is no model (the index is then literal only). */
  readonly encode:
    | ((
        batch: readonly { context: string; text: string; markup: Markup }[],
        signal: AbortSignal,
      ) => Promise<readonly SparseVector[]>)
    | null;
  /** Files that may be under way together: one is read or written while others are encoded. */
  readonly filesAtOnce: number;
  /** Resolves while indexing may go on (not paused). */
  readonly mayGoOn: (signal: AbortSignal) => Promise<void>;
  readonly onProgress: () => void;
  readonly onIndexed: () => void;
  readonly log: (line: string) => void;
}

const NO_VECTOR: SparseVector = {
  dimensions: new Uint32Array(),
  weights: new Float32Array(),
  places: new Uint16Array(),
};

/** So often a reader may end on a file as it is. */
const MAX_DEATHS = 3;

export class FolderIndexer {
  readonly options: FolderOptions;
  readonly index: PassageIndex;
  readonly #ports: IndexerPorts;
  readonly #optional: ReadonlySet<string>;
  readonly #abort = new AbortController();
  /** Paths whose turn has not come, in order, with their bytes; saved files go to the front. */
  #waiting = new Map<string, number>();
  /** What the last listing left out, and why. */
  #leftOut = new Map<string, FileReason>();
  /** Files that are reached through a link, and where they really are. */
  #linked: ReadonlyMap<string, string> = new Map();
  #accepts: (path: string) => boolean = () => true;
  #exclusionOf: (path: string) => Exclusion | null = () => null;
  #rescan = false;
  #working: Promise<void> | null = null;
  /** Paths whose turn it is. None is here twice: two turns of one path would race for its record. */
  readonly #underWay = new Map<string, Promise<void>>();
  /** Bytes of those. */
  readonly #bytes = new Map<string, number>();
  readonly pace = new Pace();
  readonly #unread = new WaitingFiles();
  /** What ended the work of the path it came from, and ends that of all. */
  #failure: unknown = null;
  #settled = 0;

  constructor(options: FolderOptions, index: PassageIndex, ports: IndexerPorts) {
    this.options = options;
    this.#optional = new Set(options.optional);
    this.index = index;
    this.#ports = ports;
  }

  get waiting(): number {
    return this.#waiting.size + this.#underWay.size;
  }

  /** Bytes that wait, as far as they count (`pace.ts`). */
  get waitingBytes(): number {
    let bytes = 0;
    for (const waiting of this.#waiting.values()) bytes += workOf(waiting);
    for (const [name, underWay] of this.#bytes) bytes += workOf(underWay) - this.pace.doneOf(name);
    return bytes;
  }

  /** Files settled since the queue was last empty. */
  get settled(): number {
    return this.#settled;
  }

  /** Files that the last listing has and the index has not; `isUnread` tells those that still wait. */
  get unread(): Iterable<SpelledFile> {
    return this.#unread;
  }

  isUnread(name: string): boolean {
    const isWaiting = this.#waiting.has(name) || this.#underWay.has(name);
    return isWaiting && this.index.head(name)?.state !== 'indexed';
  }

  get scanning(): boolean {
    return this.#rescan;
  }

  /** Nothing is left to do that is known of. */
  get isSettled(): boolean {
    return this.#working === null && !this.#rescan && this.#waiting.size === 0;
  }

  /** Compares the whole folder with the index and settles what differs. Resolves when nothing is left. */
  reconcile(): Promise<void> {
    this.#rescan = true;
    return this.#work();
  }

  /** Something happened to these paths (relative to the folder): looks at them first. */
  touch(paths: readonly string[]): Promise<void> {
    const fresh = new Map<string, number>();
    for (const touched of paths) {
      const name = touched.slice(touched.lastIndexOf('/') + 1);
      // Ignore rules, folders that came or went: only a new listing knows what they mean.
      if (!isReadable(touched, this.#optional) || name.startsWith('.')) this.#rescan = true;
      else fresh.set(touched, this.#waiting.get(touched) ?? this.index.head(touched)?.size ?? 0);
    }
    if (fresh.size > 0) {
      // A path the listing leaves out must not come in through an event.
      this.#waiting = new Map([...fresh, ...this.#waiting]);
    }
    return this.#work();
  }

  async stop(): Promise<void> {
    this.#abort.abort();
    await this.#working?.catch(() => undefined);
  }

  #work(): Promise<void> {
    if (this.#working !== null) return this.#working;
    const working = this.#drain().finally(() => {
      if (this.#working === working) this.#working = null;
      this.#ports.onProgress();
    });
    this.#working = working;
    return working;
  }

  async #drain(): Promise<void> {
    const { signal } = this.#abort;
    this.#failure = null;
    try {
      for (;;) {
        if (this.#failure !== null) throw this.#failure as Error;
        if (this.#rescan || this.#nextPath() !== null) {
          await this.#ports.mayGoOn(signal);
          if (this.#rescan) await this.#list(signal);
          else this.#begin(signal);
        } else if (this.#underWay.size > 0) await Promise.race(this.#underWay.values());
        else break;
      }
    } finally {
      // Whoever stops us may close the index: nothing may come after.
      await Promise.all(this.#underWay.values());
    }
    this.#settled = 0;
    this.pace.end();
    // In the same step as the last look at the queue: what comes in from here on starts anew.
    this.#working = null;
  }

  /** Lets the next path have its turn. */
  #begin(signal: AbortSignal): void {
    const next = this.#nextPath();
    if (next === null) return;
    this.#bytes.set(next, this.#waiting.get(next) ?? 0);
    this.#waiting.delete(next);
    this.pace.begin();
    this.#underWay.set(next, this.#turnOf(next, signal));
  }

  /**
   * The first that waits and is not under way (a path that changed meanwhile has another turn after this one); null
   * also while enough are under way.
   */
  #nextPath(): string | null {
    if (this.#underWay.size >= this.#ports.filesAtOnce) return null;
    for (const name of this.#waiting.keys()) if (!this.#underWay.has(name)) return name;
    return null;
  }

  /** Never rejects: what ends everything is kept in `#failure`. */
  async #turnOf(name: string, signal: AbortSignal): Promise<void> {
    try {
      await this.#settleOrFail(name, signal);
      this.#settled++;
      this.#unread.settle(name);
    } catch (error) {
      this.#failure ??= error;
    }
    this.#underWay.delete(name);
    this.pace.settle(name, this.#bytes.get(name) ?? 0);
    this.#bytes.delete(name);
    this.#ports.onProgress();
  }

  async #settleOrFail(name: string, signal: AbortSignal): Promise<void> {
    try {
      await this.#settle(name, signal);
    } catch (error) {
      if (signal.aborted) throw error;
      if (error instanceof UserError) {
        // Not this file's fault: nothing can go on until the user has mended it.
        this.#waiting.set(name, this.#bytes.get(name) ?? 0);
        throw error;
      }
      this.#ports.log(`indexing one file failed: ${(error as Error).stack ?? String(error)}`);
      await this.#fail(name, 'encoderFailed', (error as Error).message);
    }
  }

  async #list(signal: AbortSignal): Promise<void> {
    this.#ports.onProgress();
    this.#rescan = false;
    const listing = await listFiles(this.options.path, this.options, signal);
    const { files, linked, leftOut, archives, unreadable, accepts } = listing;
    this.#exclusionOf = listing.exclusionOf;
    this.#accepts = accepts;
    this.#linked = linked;
    this.#leftOut = new Map([
      ...files.filter(file => file.ignored).map(file => [file.path, 'ignored'] as const),
      ...leftOut.map(link => [link, 'link'] as const),
      ...archives.map(archive => [archive, 'archive'] as const),
    ]);
    const wanted = new Map(files.filter(file => !file.ignored).map(file => [file.path, file]));
    const gone: string[] = [];
    for (const head of this.index.heads()) {
      if (wanted.has(head.path) || unreadable.some(folder => head.path.startsWith(`${folder}/`))) continue;
      gone.push(head.path);
    }
    // New content first: a moved file finds its old vectors while its old record is still there.
    const unread: WaitingFile[] = [];
    for (const [name, file] of wanted) {
      const head = this.index.head(name);
      const known = head !== null && head.size === file.size && head.modified === file.modified;
      if (!known || head.state === 'failed' || !this.#hasEncoding(head)) this.#waiting.set(name, file.size);
      if (!known && head?.state !== 'indexed') unread.push(file);
    }
    for (const name of gone) this.#waiting.set(name, 0);
    await this.#unread.list(unread);
    // Searches find them by their names from here on.
    if (unread.length > 0) this.#ports.onIndexed();
  }

  /** Brings one path's record up to date with the disk. */
  async #settle(name: string, signal: AbortSignal): Promise<void> {
    const head = this.index.head(name);
    const absolute = path.join(this.options.path, name);
    const isWanted = this.#accepts(name) && (await this.#mayRead(name));
    const stat = !isWanted ? null : await statOf(absolute).catch(() => null);
    if (stat === null) return this.#remove(name);
    const isToBeRead = head === null || head.state === 'failed' || !this.#hasEncoding(head);
    const retry = isToBeRead ? null : head.hash;
    let answer: ReadAnswer;
    try {
      answer = await this.#ports.read(
        { file: absolute, path: name, knownHash: retry === '' ? null : retry, ...this.encodingOf(name) },
        signal,
      );
    } catch (error) {
      if (signal.aborted) throw error;
      const { size, mtimeMs: modified } = stat;
      return this.#readerDied(name, error, { size, modified });
    }
    if (answer.result === 'vanished') return this.#remove(name);
    const { size, modified, hash } = answer;
    const stamp = { path: name, size, modified, hash };
    if (answer.result === 'unchanged') {
      if (head !== null && (head.size !== size || head.modified !== modified))
        await this.index.updateMetadata({ ...head, ...stamp });
      return;
    }
    if (answer.result === 'skipped') {
      const { reason, detail } = answer;
      await this.index.replace([{ ...stamp, state: 'skipped', reason, detail, tags: [], passages: [] }]);
      this.#ports.onIndexed();
      return;
    }
    const passages = await this.#withVectors(answer.passages, signal, share => {
      this.pace.advance(name, this.#bytes.get(name) ?? 0, share);
    });
    const { tags, reason, detail } = answer;
    await this.index.replace([{ ...stamp, state: 'indexed', reason, detail, tags, passages }]);
    this.#ports.onIndexed();
  }

  /**
   * False where a file is not, or where a link leads there that the last listing has not followed: an event must not
   * bring in what lies outside of the folder.
   */
  async #mayRead(name: string): Promise<boolean> {
    const place = await realpath(path.join(this.options.path, name)).catch(() => null);
    if (place === null) return false;
    const isHere = place === path.join(await realpath(this.options.path), name);
    if (isHere || this.#linked.get(name) === place) return true;
    // New, or another spelling of a name: a listing knows.
    if (!this.#leftOut.has(name)) this.#rescan = true;
    return false;
  }

  async #remove(name: string): Promise<void> {
    if (this.index.head(name) === null) return;
    await this.index.remove([name]);
    this.#ports.onIndexed();
  }

  /** Equal text is encoded once: a passage that any file has, or had, brings its vector along. */
  async #withVectors(
    passages: readonly ReadPassage[],
    signal: AbortSignal,
    onProgress: (share: number) => void,
  ): Promise<PassageRecord[]> {
    const { encode, mayGoOn } = this.#ports;
    const vectors = new Map<string, SparseVector>();
    const missing: ReadPassage[] = [];
    for (const passage of passages) {
      if (vectors.has(passage.hash)) continue;
      const isNothing = passage.tokens === 0 && passage.context === '';
      const known = encode === null || isNothing ? NO_VECTOR : await this.index.vectorOf(passage.hash);
      if (known === null) missing.push(passage);
      vectors.set(passage.hash, known ?? NO_VECTOR);
    }
    const total = missing.reduce((sum, { tokens }) => sum + tokens, 0);
    let done = 0;
    for (const batch of batchesOf(missing.map(passage => passage.tokens))) {
      await mayGoOn(signal);
      const texts = batch.map(i => {
        const { context, text, markup } = missing[i]!;
        return { context, text, markup };
      });
      const encoded = await encode!(texts, signal);
      batch.forEach((i, row) => vectors.set(missing[i]!.hash, encoded[row]!));
      for (const i of batch) done += missing[i]!.tokens;
      onProgress(done / total);
    }
    return passages.map(({ context: _, tokens: __, ...passage }) => ({
      ...passage,
      vector: vectors.get(passage.hash)!,
    }));
  }

  /** The encoding that the user says a file has, or files of the folder have. */
  encodingOf(name: string): Pick<ReadRequest, 'encoding' | 'preferred'> {
    const { encodings, encoding } = this.options;
    const own = encodings?.[name];
    return {
      ...(own === undefined ? {} : { encoding: own }),
      ...(encoding === undefined ? {} : { preferred: encoding }),
    };
  }

  /** Whether a file was read in the encoding that the user says it has. */
  #hasEncoding({ path: name, detail, state, reason }: FileHead): boolean {
    const own = this.options.encodings?.[name];
    if (own === undefined || state !== 'indexed' || !isTextFile(name) || reason !== null) return true;
    return (detail ?? 'utf-8') === encodingNamed(own);
  }

  /** A file that ends its reader again and again is put aside until it changes. */
  async #readerDied(
    name: string,
    error: unknown,
    stamp: { readonly size: number; readonly modified: number },
  ): Promise<void> {
    const head = this.index.head(name);
    const isSame = head?.size === stamp.size && head.modified === stamp.modified;
    const before =
      isSame && head.state === 'failed' ? Number(/^(\d+)×/u.exec(head.detail ?? '')?.[1] ?? 0) : 0;
    const detail = `${before + 1}× ${(error as Error).message}`;
    const reason = reasonOf(error);
    if (before + 1 < MAX_DEATHS) return this.#fail(name, reason, detail, stamp);
    const own = { path: name, ...stamp, hash: '', tags: [], passages: [] };
    await this.index.replace([
      { ...own, state: 'skipped', reason: reason === 'unreadable' ? 'crashes' : reason, detail },
    ]);
    this.#ports.onIndexed();
  }

  async #fail(
    name: string,
    reason: FileReason,
    detail: string,
    stamp: { size: number; modified: number } = { size: 0, modified: 0 },
  ): Promise<void> {
    const record: FileRecord = {
      path: name,
      ...stamp,
      hash: '',
      state: 'failed',
      reason,
      detail,
      tags: [],
      passages: [],
    };
    await this.index.replace([record]);
    this.#ports.onIndexed();
  }

  /** Every file of the folder with its state. */
  /** What became of one file; null where the last listing has none of this name. */
  entry(name: string): LedgerEntry | null {
    const folder = this.options.path;
    if (this.#waiting.has(name) || this.#underWay.has(name))
      return { folder, path: name, state: 'waiting', reason: null, detail: null, passages: 0 };
    const reason = this.#leftOut.get(name);
    if (reason !== undefined)
      return { folder, path: name, state: 'skipped', reason, detail: null, passages: 0 };
    const head = this.index.head(name);
    return head === null ? null : entryOf(folder, head);
  }

  /** What leaves a file out of the index, and whether there is a reader for it. */
  admission(name: string): Pick<Explanation, 'exclusion' | 'isReadable'> {
    return { exclusion: this.#exclusionOf(name), isReadable: isReadable(name, this.#optional) };
  }

  /** How many files have their turn before one that waits; null where it does not wait. */
  waitingBefore(name: string): number | null {
    if (this.#underWay.has(name)) return 0;
    if (!this.#waiting.has(name)) return null;
    let before = this.#underWay.size;
    for (const other of this.#waiting.keys()) {
      if (other === name) break;
      before++;
    }
    return before;
  }

  /** A file that the folder has and lets be read: its absolute path; null for any other. */
  async readable(name: string): Promise<string | null> {
    const isKnown = this.index.head(name) !== null || this.waitingBefore(name) !== null;
    if (!isKnown || !this.#accepts(name) || !(await this.#mayRead(name))) return null;
    return path.join(this.options.path, name);
  }

  ledger(): LedgerEntry[] {
    const folder = this.options.path;
    const rows = new Map<string, LedgerEntry>();
    for (const head of this.index.heads()) rows.set(head.path, entryOf(folder, head));
    for (const [name, reason] of this.#leftOut)
      rows.set(name, { folder, path: name, state: 'skipped', reason, detail: null, passages: 0 });
    for (const name of [...this.#underWay.keys(), ...this.#waiting.keys()])
      rows.set(name, { folder, path: name, state: 'waiting', reason: null, detail: null, passages: 0 });
    return [...rows.values()];
  }
}

/** Why a reader gave up on a file. */
function reasonOf(error: unknown): FileReason {
  if (error instanceof ThreadTimeoutError) return 'timeout';
  const { code } = error as { readonly code?: unknown };
  return code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'tooLarge' : 'unreadable';
}

function entryOf(folder: string, head: FileHead): LedgerEntry {
  const state = head.state === 'removed' ? 'skipped' : head.state;
  return {
    folder,
    path: head.path,
    state,
    reason: head.reason,
    detail: head.detail,
    passages: head.passageCount,
  };
}
