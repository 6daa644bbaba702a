/** One model, and the index it makes of each open folder. */
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { PassageIndex } from '../../index/passageIndex.ts';
import { DamagedError } from '../../index/segment/sections.ts';
import type { DocumentRequest, DocumentText } from '../../domain/document.ts';
import type { EncoderPool } from '../../model/encoderPool.ts';
import type { ModelFolder } from '../../model/modelFolder.ts';
import type { VerifiedFiles } from '../../model/verifiedFiles.ts';
import type { FolderOptions } from '../../domain/folder.ts';
import type { ReaderThread } from '../../readers/readerThread.ts';
import { abortError } from '../../threads/abort.ts';
import { UserError } from '../../errors/userError.ts';
import type { PassageRules } from '../../text/passages.ts';
import { dutyCycle } from './dutyCycle.ts';
import { FileStore } from '../files/fileStore.ts';
import { FolderIndexer } from './folderIndexer.ts';
import type { IndexerPorts } from './indexerPorts.ts';
import { indexPlace, markWhole, removeOlder, unmarkWhole, type IndexPlace } from '../files/indexPlace.ts';
import { ModelHost } from '../models/modelHost.ts';
import type { ProcessorShare } from './processorShare.ts';
import { Speed } from './speed.ts';

export interface IndexesPorts {
  /** Folder of all indexes; each pair of folder and model has a folder of its own in it. */
  readonly storePath: string;
  readonly openEncoder: (folder: ModelFolder) => EncoderPool;
  readonly openReader: (folder: ModelFolder | null, rules: PassageRules) => ReaderThread;
  readonly verified: VerifiedFiles;
  /** Resolves while indexing may go on (not paused). */
  readonly mayGoOn: (signal: AbortSignal) => Promise<void>;
  /** Likewise where the model is used (not on the battery). */
  readonly mayEncode: (signal: AbortSignal) => Promise<void>;
  readonly share: ProcessorShare;
  readonly onProgress: () => void;
  /** Content of an index changed. */
  readonly onIndexed: (indexes: FolderIndexes) => void;
  readonly onDamage: () => void;
  readonly log: (line: string) => void;
}

/** Files that are read, or written together, while others wait for their reader. */
const READ_AT_ONCE = 48;
/** A batch may fail for what is in it; so many one after the other fail for the model. */
const MAX_FAILURES = 3;

export class FolderIndexes {
  readonly model: ModelHost;
  readonly speed = new Speed();
  /**
   * An encoder that fails three times in a row stops the second stage with a `UserError`, else each of many thousand
   * files would fail for it; while this is true, also one that fails before it has encoded anything. Other failures
   * are the file's.
   */
  demanding = false;
  /** Folders of this model's files: a model may be installed twice. */
  readonly paths = new Set<string>();
  #path: string;
  readonly #reader: ReaderThread;
  readonly #ports: IndexesPorts;
  readonly #folders = new Map<string, FolderIndexer>();
  readonly #places = new Map<string, IndexPlace>();
  readonly #opening = new Map<string, Promise<FolderIndexer>>();
  /** An index has one writer: it opens again only when what closes it is done. */
  readonly #closing = new Map<string, Promise<void>>();
  /** Batches under way. */
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

  /** Without a usable model (`model.problem`), folders are still indexed for literal search. */
  static async open(modelPath: string, ports: IndexesPorts): Promise<FolderIndexes> {
    const model = await ModelHost.open(modelPath, ports.openEncoder, ports.verified);
    if (model.problem !== null) ports.log(model.problem.message);
    return new FolderIndexes(modelPath, model, ports.openReader(model.folder, model.rules), ports);
  }

  /** Folder of the model's files, by which it was chosen. */
  get path(): string {
    return this.#path;
  }

  /** Goes by the name of `other`, whose model is the same to the byte. */
  adopt(other: FolderIndexes): void {
    this.#path = other.path;
    this.paths.add(other.path);
    if (other.model.folder !== null) this.model.rename(other.model.folder);
  }

  /** Opens (or finds open) the index of a folder. Indexing starts with `reconcile`. */
  async openFolder(options: FolderOptions): Promise<FolderIndexer> {
    const known = this.#folders.get(options.path);
    if (known !== undefined && sameOptions(known.options, options)) return known;
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
    const { storePath, log, mayGoOn, mayEncode, onProgress } = this.#ports;
    const found = await stat(options.path).catch(() => null);
    if (found?.isDirectory() !== true) throw new UserError('folderUnreadable', options.path);
    await this.#closing.get(options.path);
    const place = await indexPlace(storePath, options.path, model.fingerprint);
    this.#places.set(options.path, place);
    const index = await openIndex(place, model.fingerprint);
    // Closed meanwhile: another may be about to open it.
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
      read: (request, signal) => this.#reader.read(request, signal),
      encode: model.available ? this.#encode : null,
      // One more than the model can take: a file is read and another written meanwhile.
      atOnce: { letters: READ_AT_ONCE, meaning: model.sessions + 1 },
      mayGoOn,
      mayEncode,
      onProgress,
      onIndexed: () => this.#ports.onIndexed(this),
      log,
    });
    this.#folders.set(options.path, indexer);
    return indexer;
  }

  /** The text of a file that an open folder has and lets be read; `problem` for any other. */
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
      // Batches that go side by side share the time that each took.
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

  /** Resolves when its files are let go; then another may open the index. */
  closeFolder(folder: string): Promise<void> {
    return this.#letGo(folder, indexer => indexer.stop());
  }

  /** Empties the index of a folder. `openFolder` and `reconcile` fill it again. */
  clearFolder(folder: string): Promise<void> {
    return this.#letGo(folder, async indexer => {
      await indexer.stop();
      await unmarkWhole(this.#places.get(folder)!);
      await indexer.index.clear();
    });
  }

  #letGo(folder: string, work: (indexer: FolderIndexer) => Promise<void>): Promise<void> {
    const indexer = this.#folders.get(folder);
    if (indexer === undefined) return this.#closing.get(folder) ?? Promise.resolve();
    this.#folders.delete(folder);
    const closing = work(indexer)
      .then(() => indexer.index.close())
      .finally(() => this.#closing.delete(folder));
    // Whoever opens it next must not fail for this.
    this.#closing.set(
      folder,
      closing.catch(() => undefined),
    );
    return closing;
  }

  /** Resolves when the index equals the folder. Rejects with a `UserError`, or `AbortError` when it is closed. */
  async reconcile(folder: string): Promise<void> {
    const indexer = this.#folders.get(folder);
    if (indexer === undefined) return;
    await indexer.reconcile();
    if (this.#folders.get(folder) === indexer) await markWhole(this.#places.get(folder)!);
  }

  /** True where something was damaged: its files are being indexed again. */
  async dropDamaged(folders: readonly string[]): Promise<boolean> {
    let dropped = false;
    for (const folder of folders) if (await this.#folders.get(folder)?.index.dropDamaged()) dropped = true;
    return dropped;
  }

  get(folder: string): FolderIndexer | null {
    return this.#folders.get(folder) ?? null;
  }

  get all(): readonly FolderIndexer[] {
    return [...this.#folders.values()];
  }

  /** True if the folder is open with these options and nothing is left to do for it. */
  isSettled(options: FolderOptions): boolean {
    const indexer = this.#folders.get(options.path);
    return indexer !== undefined && sameOptions(indexer.options, options) && indexer.isSettled;
  }

  /** Frees the model once the queries that began with it are answered; the indexes stay on disk. */
  async close(): Promise<void> {
    this.#closed = true;
    await Promise.allSettled(this.#opening.values());
    await Promise.allSettled([...this.#folders.keys()].map(folder => this.closeFolder(folder)));
    await Promise.allSettled(this.#closing.values());
    await Promise.all([this.model.retire(), this.#reader.close()]);
  }
}

async function openIndex(place: IndexPlace, fingerprint: string): Promise<PassageIndex> {
  const store = await FileStore.open(place.index);
  await removeOlder(place);
  try {
    return await PassageIndex.open(store, fingerprint, { pace: dutyCycle(), flushPace: dutyCycle(0) });
  } catch (error) {
    if (error instanceof DamagedError && error.version === 'newer')
      throw new UserError('newerFormat', place.index, { cause: error });
    throw error;
  }
}

export function sameOptions(a: FolderOptions, b: FolderOptions): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** Passages of the indexes of these folders, and how many of them wait for their vectors. */
export function passagesOf(indexers: readonly FolderIndexer[]): {
  readonly all: number;
  readonly pending: number;
} {
  const all = indexers.reduce((sum, { index }) => sum + index.counts.passages, 0);
  const pending = indexers.reduce((sum, { index }) => sum + index.counts.pending, 0);
  return { all, pending };
}
