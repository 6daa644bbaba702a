/** The open folders of all clients, one model, one search over any of them. */
import { createHash } from 'node:crypto';
import { realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { PassageIndex } from '../index/passageIndex.ts';
import type { EncoderThread } from '../model/encoderThread.ts';
import type { ModelFolder } from '../model/modelFolder.ts';
import type {
  EngineActivity,
  EngineStatus,
  FolderOptions,
  LedgerEntry,
  SearchParams,
  SearchResult,
} from '../protocol.ts';
import type { ReaderThread } from '../readers/readerThread.ts';
import { engineMessage } from '../rpc/engineMessages.ts';
import { UserError } from '../rpc/userError.ts';
import { prepareQuery, withVector } from '../search/preparedQuery.ts';
import { search } from '../search/search.ts';
import type { PassageRules } from '../text/passages.ts';
import { FileStore } from './fileStore.ts';
import { FolderIndexer, type IndexerPorts } from './folderIndexer.ts';
import { Gate } from './gate.ts';
import { ModelHost } from './modelHost.ts';
import { Speed } from './speed.ts';

export interface LibraryOptions {
  /** Where all indexes live; each folder and model has its own folder in it. */
  readonly storePath: string;
  readonly modelPath: string;
  readonly language: string;
  readonly openEncoder: (folder: ModelFolder) => EncoderThread;
  readonly openReader: (folder: ModelFolder | null, rules: PassageRules) => ReaderThread;
  readonly log: (line: string) => void;
}

const DEFAULT_FLOOR = 0.2;

interface Opened {
  readonly model: ModelHost;
  readonly reader: ReaderThread;
}

export class Library {
  readonly #options: LibraryOptions;
  readonly #folders = new Map<string, FolderIndexer>();
  readonly #opening = new Map<string, Promise<FolderIndexer>>();
  readonly #gate = new Gate();
  readonly #speed = new Speed();
  readonly #progress = new Set<() => void>();
  readonly #indexed = new Set<() => void>();
  #opened: Opened | null = null;
  #problem: UserError | null = null;
  #damage: string | null = null;
  #ready: Promise<Opened> | null = null;

  constructor(options: LibraryOptions) {
    this.#options = options;
  }

  /** Opens the model. Without a usable one the library still indexes and finds literally. */
  open(): Promise<Opened> {
    this.#ready ??= this.#open();
    return this.#ready;
  }

  async #open(): Promise<Opened> {
    const model = await ModelHost.open(this.#options.modelPath, this.#options.openEncoder);
    if (model.problem !== null) this.#options.log(model.problem.message);
    this.#opened = { model, reader: this.#options.openReader(model.folder, model.rules) };
    return this.#opened;
  }

  /** Where the index of a folder lives. */
  async #storeOf(folder: string, fingerprint: string): Promise<string> {
    const real = await realpath(folder);
    const key = createHash('sha256').update(real).digest('hex').slice(0, 16);
    const name = path
      .basename(real)
      .replace(/[^\w가-힣-]+/g, '_')
      .slice(0, 40);
    return path.join(this.#options.storePath, `${name}-${key}`, fingerprint);
  }

  /** Opens (or finds open) the index of a folder. Indexing starts with `reconcile`. */
  async openFolder(options: FolderOptions): Promise<FolderIndexer> {
    const opened = await this.open();
    const known = this.#folders.get(options.path);
    if (known !== undefined && sameOptions(known.options, options)) return known;
    if (known !== undefined) await this.closeFolder(options.path);
    const opening = this.#opening.get(options.path) ?? this.#openFolder(options, opened);
    this.#opening.set(options.path, opening);
    try {
      return await opening;
    } finally {
      this.#opening.delete(options.path);
    }
  }

  async #openFolder(options: FolderOptions, { model, reader }: Opened): Promise<FolderIndexer> {
    const found = await stat(options.path).catch(() => null);
    if (found?.isDirectory() !== true) throw new UserError('folderUnreadable', options.path);
    const store = await FileStore.open(await this.#storeOf(options.path, model.fingerprint));
    const index = await PassageIndex.open(store, model.fingerprint);
    if (index.damage.length > 0) {
      this.#damage = engineMessage(this.#options.language, 'indexRepaired');
      for (const line of index.damage) this.#options.log(`index of ${path.basename(options.path)}: ${line}`);
    }
    const encode: IndexerPorts['encode'] = async (batch, signal) => {
      const inputs = batch.map(text => ({ kind: 'passage' as const, ...text }));
      const encoded = await model.encode(inputs, signal);
      this.#speed.add(encoded.tokens, encoded.milliseconds);
      return encoded.vectors;
    };
    const indexer = new FolderIndexer(options, index, {
      read: (request, signal) => reader.read(request, signal),
      encode: model.available ? encode : null,
      mayGoOn: signal => this.#gate.pass(signal),
      onProgress: () => this.#progress.forEach(listener => listener()),
      onIndexed: () => this.#indexed.forEach(listener => listener()),
      log: this.#options.log,
    });
    this.#folders.set(options.path, indexer);
    return indexer;
  }

  async closeFolder(folder: string): Promise<void> {
    const indexer = this.#folders.get(folder);
    this.#folders.delete(folder);
    await indexer?.stop();
  }

  /** Starts bringing a folder up to date; a failure becomes the status's problem. */
  async reconcile(folder: string): Promise<void> {
    await this.#guard(this.#folders.get(folder)?.reconcile());
  }

  /** Absolute paths: each goes to the folder that holds it. */
  async touch(paths: readonly string[]): Promise<void> {
    for (const [folder, indexer] of this.#folders) {
      const inside = paths
        .map(file => path.relative(folder, file).split(path.sep).join('/'))
        .filter(file => file !== '' && !file.startsWith('../') && !path.isAbsolute(file));
      if (inside.length > 0) await this.#guard(indexer.touch(inside));
    }
  }

  async #guard(work: Promise<void> | undefined): Promise<void> {
    try {
      await work;
      this.#problem = null;
    } catch (error) {
      if ((error as Error).name === 'AbortError') return;
      this.#options.log(`indexing stopped: ${(error as Error).stack ?? String(error)}`);
      this.#problem =
        error instanceof UserError ? error : new UserError('engineCrashed', (error as Error).message);
      this.#progress.forEach(listener => listener());
    }
  }

  pause(): void {
    this.#gate.close();
    this.#progress.forEach(listener => listener());
  }

  resume(): void {
    this.#gate.open();
    for (const [folder, indexer] of this.#folders)
      if (indexer.waiting > 0 || this.#problem !== null) void this.reconcile(folder);
    this.#progress.forEach(listener => listener());
  }

  /** Empties the index of a folder and fills it again. */
  async rebuild(folder: string): Promise<void> {
    const known = this.#folders.get(folder);
    if (known === undefined) return;
    await this.closeFolder(folder);
    await known.index.clear();
    await this.openFolder(known.options);
    this.#damage = null;
    this.#indexed.forEach(listener => listener());
    void this.reconcile(folder);
  }

  indexOf(folder: string): PassageIndex | null {
    return this.#folders.get(folder)?.index ?? null;
  }

  ledger(folders: readonly string[]): LedgerEntry[] {
    return folders.flatMap(folder => this.#folders.get(folder)?.ledger() ?? []);
  }

  /** Literal hits first (through `onLiteral`), then the whole answer. Rejects with `AbortError`. */
  async search(
    params: SearchParams,
    signal: AbortSignal,
    onLiteral?: (result: SearchResult) => void,
  ): Promise<SearchResult> {
    const started = performance.now();
    const folders = params.folders.flatMap(folder => {
      const index = this.indexOf(folder);
      return index === null ? [] : [{ path: folder, index }];
    });
    const settings = { limit: params.limit, channel: params.channel, floor: params.floor ?? DEFAULT_FLOOR };
    const finished = (
      result: ReturnType<typeof search>,
      stage: SearchResult['stage'],
      notice: string | null,
    ): SearchResult => ({
      ...result,
      stage,
      notice,
      milliseconds: performance.now() - started,
    });
    const query = prepareQuery(params.query);
    if (params.query.trim() === '')
      return finished({ words: [], terms: [], hits: [], total: 0 }, 'final', null);
    if (params.channel === 'lexical') return finished(search(folders, query, settings), 'final', null);
    if (params.channel === 'hybrid' && onLiteral !== undefined)
      onLiteral(finished(search(folders, query, { ...settings, channel: 'lexical' }), 'literal', null));
    const { model } = await this.open();
    const vector = await model.encodeQuery(params.query, signal, this.#options.log);
    signal.throwIfAborted();
    if (vector === null) {
      const notice = engineMessage(this.#options.language, 'semanticUnavailable');
      return finished(search(folders, query, { ...settings, channel: 'lexical' }), 'final', notice);
    }
    return finished(search(folders, withVector(query, vector, model.names), settings), 'final', null);
  }

  status(folders: readonly string[]): EngineStatus {
    const indexers = folders.flatMap(folder => this.#folders.get(folder) ?? []);
    const waiting = sum(indexers, indexer => indexer.waiting);
    const settled = sum(indexers, indexer => indexer.settled);
    let documents = 0;
    let passages = 0;
    let failed = 0;
    let skipped = 0;
    for (const { index } of indexers)
      for (const head of index.heads()) {
        passages += head.passageCount;
        if (head.state === 'indexed') documents++;
        else if (head.state === 'failed') failed++;
        else skipped++;
      }
    const known = documents + failed + skipped;
    const total = Math.max(known, waiting + settled);
    return {
      activity: this.#activity(indexers, waiting),
      done: Math.max(0, total - waiting),
      total,
      documents,
      passages,
      failed,
      skipped,
      bytes: sum(indexers, ({ index }) => index.bytes),
      tokensPerSecond: Math.round(this.#speed.tokensPerSecond),
      secondsLeft: this.#speed.secondsLeft(settled, waiting),
      model: this.#opened?.model.info ?? null,
      switching: null,
      job: null,
      problem: this.#problemText(),
    };
  }

  #problemText(): string | null {
    const problem = this.#problem ?? this.#opened?.model.problem ?? null;
    return problem === null
      ? this.#damage
      : engineMessage(this.#options.language, problem.code, problem.subject);
  }

  #activity(indexers: readonly FolderIndexer[], waiting: number): EngineActivity {
    if (this.#problem !== null) return 'failed';
    if (this.#gate.closed) return 'paused';
    if (indexers.some(indexer => indexer.scanning)) return 'scanning';
    return waiting > 0 ? 'indexing' : 'idle';
  }

  onProgress(listener: () => void): () => void {
    this.#progress.add(listener);
    return () => this.#progress.delete(listener);
  }

  onIndexed(listener: () => void): () => void {
    this.#indexed.add(listener);
    return () => this.#indexed.delete(listener);
  }

  async close(): Promise<void> {
    for (const folder of this.#folders.keys()) await this.closeFolder(folder);
    await Promise.all([this.#opened?.model.close(), this.#opened?.reader.close()]);
  }
}

function sum<T>(items: readonly T[], value: (item: T) => number): number {
  return items.reduce((total, item) => total + value(item), 0);
}

function sameOptions(a: FolderOptions, b: FolderOptions): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
