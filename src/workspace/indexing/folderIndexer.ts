/**
 * Keeps the index of one folder equal to its files.
 *
 * Reconcile, don't react: events only say where to look. The truth about a path is what is on disk when its turn comes.
 * `Settling` brings a path from whatever the index knows to whatever the disk has, in two stages: first every file is
 * read and found by its letters, then pending passages get their vectors. Changes in the meantime are read at once,
 * beside the second stage.
 */
import path from 'node:path';
import { UserError } from '../../errors/userError.ts';
import type { Explanation } from '../../domain/explanation.ts';
import type { FolderOptions } from '../../domain/folder.ts';
import type { PassageIndex } from '../../index/passageIndex.ts';
import type { ReadRequest } from '../../readers/readPassages.ts';
import type { SpelledFile } from '../../search/ranking/waitingNames.ts';
import { isReadable } from '../../text/fileFormats.ts';
import { Admission } from './admission.ts';
import { differences } from './differences.ts';
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
  /** Rings when something enters a queue or a turn ends. */
  readonly #bell = new Bell();
  /** Files that are to be read. */
  readonly letters = new StageQueue(() => this.#turnEnded());
  /** Files that are found by their letters and still wait for their vectors. */
  readonly meaning = new StageQueue(() => this.#turnEnded());
  readonly #both = new QueueOverlap(this.letters, this.meaning);
  readonly #ports: IndexerPorts;
  readonly #optional: ReadonlySet<string>;
  readonly #abort = new AbortController();
  readonly #admission: Admission;
  readonly #settling: Settling;
  /** Every file of the last listing with its state. */
  readonly ledger: FolderLedger;
  readonly #unread = new WaitingFiles();
  #rescan = false;
  #working: Promise<void> | null = null;
  /** The first fatal error; it stops the whole queue, not only the file it came from. */
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
      goesOn: () => this.letters.waits && !this.#abort.signal.aborted,
      onRecord: () => this.#bell.ring(),
    });
    this.ledger = new FolderLedger(options.path, index, this.#admission, this.letters);
  }

  /** Number of files that wait for either stage or are in it. */
  get waiting(): number {
    return this.letters.size + this.meaning.size - this.#both.files;
  }

  get isWaiting(): boolean {
    return this.letters.size + this.meaning.size > 0;
  }

  /** Files that the last listing has and the index has not; `isUnread` tells which of them still wait. */
  get unread(): Iterable<SpelledFile> {
    return this.#unread;
  }

  isUnread(name: string): boolean {
    return this.letters.has(name) && this.index.head(name)?.state !== 'indexed';
  }

  get scanning(): boolean {
    return this.#rescan;
  }

  /** Whether there is no work left that is known. */
  get isSettled(): boolean {
    return this.#working === null && !this.#rescan && !this.letters.waits && !this.meaning.waits;
  }

  /** Compares the whole folder with the index and settles the differences. Resolves when nothing is left. */
  reconcile(): Promise<void> {
    this.#rescan = true;
    return this.#work();
  }

  /** These paths (relative to the folder) may have changed: looks at them first. */
  touch(paths: readonly string[]): Promise<void> {
    const fresh = new Map<string, number>();
    for (const touched of paths) {
      const name = touched.slice(touched.lastIndexOf('/') + 1);
      // Ignore rules changed, or folders came or went: only a new listing tells the consequences.
      if (!isReadable(touched, this.#optional) || name.startsWith('.')) this.#rescan = true;
      else fresh.set(touched, this.letters.bytesOf(touched) ?? this.index.head(touched)?.size ?? 0);
    }
    // A path that the listing excludes must not come in through an event.
    this.letters.addFirst(fresh);
    // The old content of the file may be gone, so encoding it is pointless.
    for (const name of fresh.keys()) this.meaning.abort(name);
    return this.#work();
  }

  /** A person looks at this file, so it goes first in the queue it is in. */
  prefer(name: string): void {
    this.letters.prefer(name);
    this.meaning.prefer(name);
  }

  /** Files under a folder (relative; '' is all) go before others; with `direct`, only those directly in it. */
  preferUnder(folder: string, direct: boolean): void {
    const prefix = folder === '' ? '' : `${folder}/`;
    const isWanted = (name: string): boolean =>
      name.startsWith(prefix) && (!direct || !name.includes('/', prefix.length));
    this.letters.preferAll(isWanted);
    this.meaning.preferAll(isWanted);
  }

  /** A file that is being worked on; null where there is none. */
  get current(): string | null {
    return this.letters.current ?? this.meaning.current;
  }

  /** Work resumes after a pause, which says nothing about the pace. */
  restartPace(): void {
    this.letters.pace.restart();
    this.meaning.pace.restart();
  }

  async stop(): Promise<void> {
    this.#abort.abort();
    this.letters.abortAll();
    this.meaning.abortAll();
    this.#settling.turnEnded();
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
        // Taken before the queues are looked at, so that nothing that comes afterwards is missed.
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
      // The caller may close the index or repair the failure and start anew, so no work may follow.
      if (this.#failure !== null) this.meaning.abortAll();
      await Promise.all([this.letters.ended(), this.meaning.ended()]);
    }
    this.letters.end();
    this.meaning.end();
    // Set in the same step as the last look at the queue: whatever comes in from here on starts the work anew.
    this.#working = null;
  }

  /** The next turn: lexical before semantic work, and no path in both at once. */
  #next(): { readonly stage: 'letters' | 'meaning'; readonly name: string } | null {
    const { atOnce } = this.#ports;
    const reading = atOnce.letters + this.#settling.held;
    const name = this.letters.next(reading, other => !this.meaning.isUnderWay(other));
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

  /** Never rejects: a fatal error is kept in `#failure`. */
  async #readTurn(name: string, signal: AbortSignal, isUrgent: boolean): Promise<void> {
    try {
      await this.#settling.read(name, signal, isUrgent ? 'soon' : 'any').catch(async (error: unknown) => {
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

  /** Never rejects, like `#readTurn`. */
  async #encodeTurn(name: string, signal: AbortSignal): Promise<void> {
    const onShare = (share: number): void => this.meaning.advance(name, share);
    try {
      await this.#settling.encode(name, signal, onShare).catch(async (error: unknown) => {
        // The file was touched, so its next turn is to be read.
        if (signal.aborted && this.letters.has(name)) return;
        this.#endOfAll(error, signal);
        await this.#settling.encodingFailed(name, error);
      });
    } catch (error) {
      this.#failure ??= error;
      this.meaning.add(name, this.meaning.bytesOf(name) ?? 0);
    }
  }

  /** Throws errors that are not the file's: nothing can go on until the user has solved them. */
  #endOfAll(error: unknown, signal: AbortSignal): void {
    if (signal.aborted || error instanceof UserError) throw error;
    this.#ports.log(`indexing one file failed: ${(error as Error).stack ?? String(error)}`);
  }

  #turnEnded(): void {
    this.#settling.turnEnded();
    this.#bell.ring();
    this.#ports.onProgress();
  }

  async #list(signal: AbortSignal): Promise<void> {
    this.#ports.onProgress();
    this.#rescan = false;
    const listing = await listFiles(this.options.path, this.options, signal);
    this.#admission.follow(listing);
    const found = differences(listing, this.index, head => this.#settling.hasEncoding(head));
    for (const { path: name, size } of found.unlike) this.letters.add(name, size);
    for (const { path: name, size } of found.pending) this.meaning.add(name, size);
    for (const name of found.gone) this.letters.add(name, 0);
    await this.#unread.list(found.unread);
    // From here on, searches find them by their names.
    if (found.unread.length > 0) this.#ports.onIndexed();
  }

  async #lets(name: string): Promise<boolean> {
    const answer = await this.#admission.lets(name);
    if (answer === 'unknown') this.#rescan = true;
    // The record has the name that the disk has, and the other is none.
    else if (typeof answer === 'object') this.letters.addFirst(new Map([[answer.spelled, 0]]));
    return answer === 'in';
  }

  encodingOf(name: string): Pick<ReadRequest, 'encoding' | 'preferred'> {
    return this.#settling.encodingOf(name);
  }

  /** The rule that excludes a file from the index, and whether there is a reader for it. */
  admission(name: string): Pick<Explanation, 'exclusion' | 'isReadable'> {
    return {
      exclusion: this.#admission.exclusionOf(name),
      isReadable: isReadable(name, this.#optional),
    };
  }

  /** How many files come before one that waits to be read; null where it does not wait. */
  waitingBefore(name: string): number | null {
    return this.letters.before(name);
  }

  /** The absolute path of a file that the folder has and allows to be read; null for any other. */
  async readable(name: string): Promise<string | null> {
    const isKnown = this.index.head(name) !== null || this.letters.has(name);
    return isKnown && (await this.#lets(name)) ? path.join(this.options.path, name) : null;
  }
}
