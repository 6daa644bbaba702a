/**
 * Keeps the index of one folder equal to the files in it.
 *
 * Reconcile, don't react: events only say where to look. A path's truth is what is on disk when its turn
 * comes: `Settling` brings one path from whatever the index knows to whatever the disk has, in two stages: first
 * every file is read and found by its letters, then what is pending gets its vectors. What changes meanwhile is read
 * beside the second stage, at once.
 */
import path from 'node:path';
import { UserError } from '../../errors/userError.ts';
import type { Explanation } from '../../domain/explanation.ts';
import type { FolderOptions } from '../../domain/folder.ts';
import type { LedgerEntry } from '../../domain/ledger.ts';
import type { PassageIndex } from '../../index/passageIndex.ts';
import type { ReadRequest } from '../../readers/readPassages.ts';
import type { SpelledFile, WaitingFile } from '../../search/ranking/waitingNames.ts';
import { isReadable } from '../../text/fileFormats.ts';
import { Admission } from './admission.ts';
import { Bell } from './stages/bell.ts';
import { FolderLedger } from './folderLedger.ts';
import type { IndexerPorts } from './indexerPorts.ts';
import { listFiles } from './listing.ts';
import { Settling } from './stages/settling.ts';
import { QueueOverlap } from './stages/queueOverlap.ts';
import { StageQueue } from './stages/stageQueue.ts';
import { WaitingFiles } from './waitingFiles.ts';

export class FolderIndexer {
  readonly options: FolderOptions;
  readonly index: PassageIndex;
  /** Something came into a queue, or a turn came to its end. */
  readonly #bell = new Bell();
  /** Files that are to be read. */
  readonly letters = new StageQueue(() => this.#turnEnded());
  /** Files that are found by their letters, and whose vectors are to come. */
  readonly meaning = new StageQueue(() => this.#turnEnded());
  readonly #both = new QueueOverlap(this.letters, this.meaning);
  readonly #ports: IndexerPorts;
  readonly #optional: ReadonlySet<string>;
  readonly #abort = new AbortController();
  readonly #admission: Admission;
  readonly #settling: Settling;
  readonly #ledger: FolderLedger;
  readonly #unread = new WaitingFiles();
  #rescan = false;
  #working: Promise<void> | null = null;
  /** What ended the work of the path it came from, and ends that of all. */
  #failure: unknown = null;

  constructor(options: FolderOptions, index: PassageIndex, ports: IndexerPorts) {
    this.options = options;
    this.#optional = new Set(options.optional);
    this.index = index;
    this.#ports = ports;
    this.#admission = new Admission(options.path);
    this.#settling = new Settling(options, index, ports, {
      lets: name => this.#lets(name),
      underWay: () => this.letters.turns,
    });
    this.#ledger = new FolderLedger(options.path, index, this.#admission, this.letters);
  }

  /** Files that wait for either stage, or are in it. */
  get waiting(): number {
    return this.letters.size + this.meaning.size - this.#both.files;
  }

  get isWaiting(): boolean {
    return this.letters.size + this.meaning.size > 0;
  }

  /** Files that the last listing has and the index has not; `isUnread` tells those that still wait. */
  get unread(): Iterable<SpelledFile> {
    return this.#unread;
  }

  isUnread(name: string): boolean {
    return this.letters.has(name) && this.index.head(name)?.state !== 'indexed';
  }

  get scanning(): boolean {
    return this.#rescan;
  }

  /** Nothing is left to do that is known of. */
  get isSettled(): boolean {
    return this.#working === null && !this.#rescan && !this.letters.waits && !this.meaning.waits;
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
      else fresh.set(touched, this.letters.bytesOf(touched) ?? this.index.head(touched)?.size ?? 0);
    }
    // A path the listing leaves out must not come in through an event.
    this.letters.addFirst(fresh);
    // What it was may be what it is no longer.
    for (const name of fresh.keys()) this.meaning.abort(name);
    return this.#work();
  }

  /** Somebody looks at this file: it comes before others in whatever it waits for. */
  prefer(name: string): void {
    this.letters.prefer(name);
    this.meaning.prefer(name);
  }

  /** What is under a folder (relative; '' is all) comes before others; `direct`: what stands in it itself. */
  preferUnder(folder: string, direct: boolean): void {
    const prefix = folder === '' ? '' : `${folder}/`;
    const isWanted = (name: string): boolean =>
      name.startsWith(prefix) && (!direct || !name.includes('/', prefix.length));
    this.letters.preferAll(isWanted);
    this.meaning.preferAll(isWanted);
  }

  /** A file that is being worked on; null while none is. */
  get current(): string | null {
    return this.letters.current ?? this.meaning.current;
  }

  /** Work goes on after a pause, which says nothing about the pace. */
  restartPace(): void {
    this.letters.pace.restart();
    this.meaning.pace.restart();
  }

  async stop(): Promise<void> {
    this.#abort.abort();
    this.letters.abortAll();
    this.meaning.abortAll();
    this.#bell.ring();
    await this.#working?.catch(() => undefined);
  }

  #work(): Promise<void> {
    this.#bell.ring();
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
        // Before a look at the queues: what comes in after it is heard.
        const { rung } = this.#bell;
        signal.throwIfAborted();
        if (this.#failure !== null) throw this.#failure as Error;
        if (this.#rescan || this.#next() !== null) {
          await this.#ports.mayGoOn(signal);
          if (this.#rescan) await this.#list(signal);
          else this.#begin();
        } else if (this.letters.size + this.meaning.size > 0) await rung;
        else break;
      }
    } finally {
      // Whoever stops us may close the index, and whoever mends what failed starts anew: nothing may come after.
      if (this.#failure !== null) this.meaning.abortAll();
      await Promise.all([this.letters.ended(), this.meaning.ended()]);
    }
    this.letters.end();
    this.meaning.end();
    // In the same step as the last look at the queue: what comes in from here on starts anew.
    this.#working = null;
  }

  /** The next turn: letters before meaning, and no path in both at a time. */
  #next(): { readonly stage: 'letters' | 'meaning'; readonly name: string } | null {
    const { atOnce } = this.#ports;
    const name = this.letters.next(atOnce.letters, other => !this.meaning.isUnderWay(other));
    if (name !== null) return { stage: 'letters', name };
    if (this.letters.size > 0) return null;
    this.letters.pace.end();
    const pending = this.meaning.next(atOnce.meaning, () => true);
    return pending === null ? null : { stage: 'meaning', name: pending };
  }

  #begin(): void {
    const next = this.#next();
    if (next === null) return;
    const { stage, name } = next;
    if (stage === 'letters') this.letters.begin(name, (signal, first) => this.#readTurn(name, signal, first));
    else this.meaning.begin(name, signal => this.#encodeTurn(name, signal));
  }

  /** Never rejects: what ends everything is kept in `#failure`. */
  async #readTurn(name: string, signal: AbortSignal, isUrgent: boolean): Promise<void> {
    try {
      await this.#settling.read(name, signal).catch(async (error: unknown) => {
        this.#endOfAll(error, signal);
        await this.#settling.readingFailed(name, error);
      });
      this.#unread.settle(name);
      const head = this.index.head(name);
      if (head === null || head.pendingCount === 0) this.meaning.drop(name);
      else if (isUrgent) this.meaning.addFirst(new Map([[name, head.size]]));
      else this.meaning.add(name, head.size);
    } catch (error) {
      this.#failure ??= error;
      this.letters.add(name, this.letters.bytesOf(name) ?? 0);
    }
  }

  /** Likewise. */
  async #encodeTurn(name: string, signal: AbortSignal): Promise<void> {
    const onShare = (share: number): void => this.meaning.advance(name, share);
    try {
      await this.#settling.encode(name, signal, onShare).catch(async (error: unknown) => {
        // It was touched: its next turn is to read it.
        if (signal.aborted && this.letters.has(name)) return;
        this.#endOfAll(error, signal);
        await this.#settling.encodingFailed(name, error);
      });
    } catch (error) {
      this.#failure ??= error;
      this.meaning.add(name, this.meaning.bytesOf(name) ?? 0);
    }
  }

  /** Throws what is not the file's fault: nothing can go on until the user has mended it. */
  #endOfAll(error: unknown, signal: AbortSignal): void {
    if (signal.aborted || error instanceof UserError) throw error;
    this.#ports.log(`indexing one file failed: ${(error as Error).stack ?? String(error)}`);
  }

  #turnEnded(): void {
    this.#bell.ring();
    this.#ports.onProgress();
  }

  async #list(signal: AbortSignal): Promise<void> {
    this.#ports.onProgress();
    this.#rescan = false;
    const listing = await listFiles(this.options.path, this.options, signal);
    const { files, unreadable } = listing;
    this.#admission.follow(listing);
    const wanted = files.filter(file => !file.ignored).sort((a, b) => b.modified - a.modified);
    const names = new Set(wanted.map(file => file.path));
    const isUnreadable = (name: string): boolean => unreadable.some(folder => name.startsWith(`${folder}/`));
    const gone: string[] = [];
    for (const head of this.index.heads())
      if (!names.has(head.path) && !isUnreadable(head.path)) gone.push(head.path);
    // New content first: a moved file finds its old vectors while its old record is still there.
    const unread: WaitingFile[] = [];
    for (const file of wanted) {
      const head = this.index.head(file.path);
      const known = head !== null && head.size === file.size && head.modified === file.modified;
      if (!known || head.state === 'failed' || !this.#settling.hasEncoding(head))
        this.letters.add(file.path, file.size);
      else if (head.pendingCount > 0) this.meaning.add(file.path, file.size);
      if (!known && head?.state !== 'indexed') unread.push(file);
    }
    for (const name of gone) this.letters.add(name, 0);
    await this.#unread.list(unread);
    // Searches find them by their names from here on.
    if (unread.length > 0) this.#ports.onIndexed();
  }

  async #lets(name: string): Promise<boolean> {
    const answer = await this.#admission.lets(name);
    if (answer === 'unknown') this.#rescan = true;
    return answer === 'in';
  }

  encodingOf(name: string): Pick<ReadRequest, 'encoding' | 'preferred'> {
    return this.#settling.encodingOf(name);
  }

  /** What became of one file; null where the last listing has none of this name. */
  entry(name: string): LedgerEntry | null {
    return this.#ledger.entry(name);
  }

  /** Every file of the folder with its state. */
  ledger(): LedgerEntry[] {
    return this.#ledger.entries();
  }

  /** What leaves a file out of the index, and whether there is a reader for it. */
  admission(name: string): Pick<Explanation, 'exclusion' | 'isReadable'> {
    return {
      exclusion: this.#admission.exclusionOf(name),
      isReadable: isReadable(name, this.#optional),
    };
  }

  /** How many files have their turn before one that waits to be read; null where it does not wait. */
  waitingBefore(name: string): number | null {
    return this.letters.before(name);
  }

  /** A file that the folder has and lets be read: its absolute path; null for any other. */
  async readable(name: string): Promise<string | null> {
    const isKnown = this.index.head(name) !== null || this.letters.has(name);
    return isKnown && (await this.#lets(name)) ? path.join(this.options.path, name) : null;
  }
}
