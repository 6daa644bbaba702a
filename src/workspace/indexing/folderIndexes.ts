/** One model, and the index it makes of each open folder. */
import { PromiseQueue } from '../../async/promiseQueue.ts';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { DocumentRequest, DocumentText } from '../../domain/document.ts';
import type { EncoderPool } from '../../model/encoderPool.ts';
import type { ModelFolder } from '../../model/modelFolder.ts';
import type { VerifiedFiles } from '../../model/verifiedFiles.ts';
import type { FolderOptions } from '../../domain/folder.ts';
import type { ReaderThread } from '../../readers/readerThread.ts';
import { abortError } from '../../threads/abort.ts';
import { UserError } from '../../errors/userError.ts';
import type { PassageRules } from '../../text/passages.ts';
import { FolderIndexer } from './folderIndexer.ts';
import type { Searches } from './dutyCycle.ts';
import type { IndexerPorts } from './indexerPorts.ts';
import { indexPlace, markWhole, unmarkWhole, type IndexPlace } from '../files/indexPlace.ts';
import { ModelHost } from '../models/modelHost.ts';
import { openIndex } from '../files/openIndex.ts';
import type { ProcessorShare } from './processorShare.ts';
import { Speed } from './speed.ts';

export interface IndexesPorts {
  /** Folder of all indexes, in which each pair of folder and model has a folder of its own. */
  readonly storePath: string;
  readonly openEncoder: (folder: ModelFolder) => EncoderPool;
  readonly openReader: (folder: ModelFolder | null, rules: PassageRules) => ReaderThread;
  readonly verified: VerifiedFiles;
  /** Resolves while indexing may go on (not paused). */
  readonly mayGoOn: (signal: AbortSignal) => Promise<void>;
  /** Resolves while the model may be used as well (not on the battery). */
  readonly mayEncode: (signal: AbortSignal) => Promise<void>;
  readonly share: ProcessorShare;
  /** Long work on the engine's main thread stands back for them. */
  readonly searches: Searches;
  readonly onProgress: () => void;
  /** The content of an index changed. */
  readonly onIndexed: (indexes: FolderIndexes) => void;
  readonly onDamage: () => void;
  readonly log: (line: string) => void;
}

/** Number of files that are read, or written together, while others wait for their reader. */
const READ_AT_ONCE = 48;
/** A batch may fail because of its content; so many failures in a row are the model's fault. */
const MAX_FAILURES = 3;

export class FolderIndexes {
  readonly model: ModelHost;
  readonly speed = new Speed();
  /**
   * An encoder that fails three times in a row stops the second stage with a `UserError`; otherwise each of many
   * thousand files would fail. While this is true, an encoder that fails before it has encoded anything does so too.
   * Other failures are the file's.
   */
  demanding = false;
  /** Folders with this model's files: a model may be installed twice. */
  readonly paths = new Set<string>();
  #path: string;
  readonly #reader: ReaderThread;
  readonly #ports: IndexesPorts;
  readonly #folders = new Map<string, FolderIndexer>();
  readonly #places = new Map<string, IndexPlace>();
  readonly #opening = new Map<string, Promise<FolderIndexer>>();
  /** Open indexers by the place of their index. */
  readonly #openAt = new Map<string, FolderIndexer>();
  readonly #turns = new Map<string, PromiseQueue>();
  /** Batches in progress. */
  #encoding = 0;
  #failures = 0;
  #encoded = false;
  #closed = false;

  private constructor(modelPath: string, model: ModelHost, reader: ReaderThread, ports: IndexesPorts) {
    this.#path = modelPath;
    this.paths.add(modelPath);
    this.model = model;
    this.#reader = reader;
    this.#ports = ports;
  }

  /** Without a usable model (`model.problem`), folders are still indexed for lexical search. */
  static async open(modelPath: string, ports: IndexesPorts): Promise<FolderIndexes> {
    const model = await ModelHost.open(modelPath, ports.openEncoder, ports.verified);
    if (model.problem !== null) ports.log(model.problem.message);
    return new FolderIndexes(modelPath, model, ports.openReader(model.folder, model.rules), ports);
  }

  /** The folder of the model's files, by which it was chosen. */
  get path(): string {
    return this.#path;
  }

  /** Takes the name of `other`, whose model is identical byte for byte. */
  adopt(other: FolderIndexes): void {
    this.#path = other.path;
    this.paths.add(other.path);
    if (other.model.folder !== null) this.model.rename(other.model.folder);
  }

  /** Opens the index of a folder, or finds it open. Indexing starts with `reconcile`. */
  async openFolder(options: FolderOptions): Promise<FolderIndexer> {
    const known = this.#folders.get(options.path);
    if (known !== undefined && hasOptions(known, options)) return known;
    if (known !== undefined) await this.closeFolder(options.path);
    const opening = this.#opening.get(options.path) ?? this.#openFolder(options);
    this.#opening.set(options.path, opening);
    try {
      return await opening;
    } finally {
      this.#opening.delete(options.path);
    }
  }

  async #openFolder(options: FolderOptions): Promise<FolderIndexer> {
    const { model } = this;
    const { storePath } = this.#ports;
    const found = await stat(options.path).catch(() => null);
    if (found?.isDirectory() !== true) throw new UserError('folderUnreadable', options.path);
    const place = await indexPlace(storePath, options.path, model.fingerprint);
    this.#places.set(options.path, place);
    return this.#turnAt(place).run(async () => {
      // The folder may be open under another name: through a link, or in another case.
      const opened = this.#openAt.get(place.index) ?? (await this.#openIndexer(options, place));
      this.#openAt.set(place.index, opened);
      this.#folders.set(options.path, opened);
      return opened;
    });
  }

  /** The turns of opening and closing the index at a place: it has one writer, whatever names its folder has. */
  #turnAt({ index }: IndexPlace): PromiseQueue {
    const turns = this.#turns.get(index) ?? new PromiseQueue();
    this.#turns.set(index, turns);
    return turns;
  }

  async #openIndexer(options: FolderOptions, place: IndexPlace): Promise<FolderIndexer> {
    const { model } = this;
    const { log, mayGoOn, mayEncode, onProgress } = this.#ports;
    const index = await openIndex(place, model.fingerprint, this.#ports.searches);
    // It was closed in the meantime, and another may be about to open the index.
    if (this.#closed) {
      await index.close();
      throw abortError();
    }
    index.onDamage = line => {
      this.#ports.onDamage();
      log(`index of ${path.basename(options.path)}: ${line}`);
      void this.reconcile(options.path).catch(() => undefined);
    };
    if (index.damage.length > 0) {
      this.#ports.onDamage();
      for (const line of index.damage) log(`index of ${path.basename(options.path)}: ${line}`);
    }
    const indexer = new FolderIndexer(options, index, {
      read: (request, signal) => this.#reader.read(request, signal, this.#ports.share.share),
      encode: model.available ? this.#encode : null,
      // One more than the model can take, so that a file is read and another one written in the meantime.
      atOnce: { letters: READ_AT_ONCE, meaning: model.sessions + 1 },
      mayGoOn,
      mayEncode,
      onProgress,
      onIndexed: () => this.#ports.onIndexed(this),
      log,
    });
    return indexer;
  }

  /** The text of a file that an open folder has and allows to be read; `problem` for any other. */
  async document({ folder, file }: DocumentRequest, signal: AbortSignal): Promise<DocumentText> {
    const absolute = (await this.get(folder)?.readable(file)) ?? null;
    if (absolute === null) return { problem: 'vanished' };
    const encodings = this.get(folder)!.encodingOf(file);
    return this.#reader.text({ want: 'text', file: absolute, path: file, ...encodings }, signal);
  }

  readonly #encode: NonNullable<IndexerPorts['encode']> = async (batch, signal) => {
    const inputs = batch.map(text => ({ kind: 'passage' as const, ...text }));
    this.#encoding++;
    try {
      const encoded = await this.model.encode(inputs, signal);
      // Concurrent batches share the time that each of them took.
      const atOnce = Math.min(this.#encoding, this.model.sessions);
      this.speed.add(encoded.tokens, encoded.milliseconds / atOnce, batch.length);
      this.#failures = 0;
      this.#encoded = true;
      await this.#ports.share.rest(encoded.milliseconds);
      return encoded.vectors;
    } catch (error) {
      if (signal.aborted || error instanceof UserError) throw error;
      this.#failures++;
      const isOfFile = this.#encoded || !this.demanding;
      if (isOfFile && this.#failures < MAX_FAILURES) throw error;
      throw new UserError('engineCrashed', (error as Error).message, { cause: error });
    } finally {
      this.#encoding--;
    }
  };

  /** Resolves when its files are released, so that another may open the index. */
  async closeFolder(folder: string): Promise<void> {
    const indexer = this.#folders.get(folder);
    this.#folders.delete(folder);
    await this.#atPlaceOf(folder, async place => {
      // It stays open for those who have it open under another name.
      if (indexer === undefined || [...this.#folders.values()].includes(indexer)) return;
      await this.#release(indexer, place);
    });
  }

  /** Empties the index of a folder, under all its names. `openFolder` and `reconcile` fill it again. */
  async clearFolder(folder: string): Promise<void> {
    const indexer = this.#folders.get(folder);
    if (indexer === undefined) return;
    this.#forget(indexer);
    await this.#atPlaceOf(folder, async place => {
      this.#forget(indexer);
      await indexer.stop();
      await unmarkWhole(place);
      await indexer.index.clear();
      await this.#release(indexer, place);
    });
  }

  #forget(indexer: FolderIndexer): void {
    for (const [folder, opened] of this.#folders) if (opened === indexer) this.#folders.delete(folder);
  }

  async #atPlaceOf(folder: string, work: (place: IndexPlace) => Promise<void>): Promise<void> {
    const place = this.#places.get(folder);
    if (place !== undefined) await this.#turnAt(place).run(() => work(place));
  }

  async #release(indexer: FolderIndexer, place: IndexPlace): Promise<void> {
    try {
      await indexer.stop();
      await indexer.index.close();
    } finally {
      this.#openAt.delete(place.index);
    }
  }

  /** Resolves when the index equals the folder. Rejects with a `UserError`, or with `AbortError` when it is closed. */
  async reconcile(folder: string): Promise<void> {
    const indexer = this.#folders.get(folder);
    if (indexer === undefined) return;
    await indexer.reconcile();
    if (this.#folders.get(folder) === indexer) await markWhole(this.#places.get(folder)!);
  }

  /** True where something was damaged and its files are being indexed again. */
  async dropDamaged(folders: readonly string[]): Promise<boolean> {
    let dropped = false;
    for (const folder of folders) if (await this.#folders.get(folder)?.index.dropDamaged()) dropped = true;
    return dropped;
  }

  get(folder: string): FolderIndexer | null {
    return this.#folders.get(folder) ?? null;
  }

  get all(): readonly FolderIndexer[] {
    return [...new Set(this.#folders.values())];
  }

  /** Whether the folder is open with these options and has no work left. */
  isSettled(options: FolderOptions): boolean {
    const indexer = this.#folders.get(options.path);
    return indexer !== undefined && hasOptions(indexer, options) && indexer.isSettled;
  }

  /** Frees the model once the queries that began with it are answered; the indexes stay on disk. */
  async close(): Promise<void> {
    this.#closed = true;
    await Promise.allSettled(this.#opening.values());
    await Promise.allSettled([...this.#folders.keys()].map(folder => this.closeFolder(folder)));
    await Promise.all([...this.#turns.values()].map(turns => turns.settled()));
    await Promise.all([this.model.retire(), this.#reader.close()]);
  }
}

export function sameOptions(a: FolderOptions, b: FolderOptions): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** A folder that is open under another name keeps the options of that one: there is one index. */
function hasOptions({ options: own }: FolderIndexer, wanted: FolderOptions): boolean {
  return own.path !== wanted.path || sameOptions(own, wanted);
}
