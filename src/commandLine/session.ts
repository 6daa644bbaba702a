/**
 * The engine as the command line uses it: the running one of this store where a window has one open,
 * else one in this process.
 */
import path from 'node:path';
import { EncoderPool } from '../model/encoderPool.ts';
import type { EngineStatus } from '../domain/engineStatus.ts';
import type { FolderRequest } from '../domain/folder.ts';
import type { LedgerEntry } from '../domain/ledger.ts';
import type { SearchParams, SearchResult } from '../domain/search.ts';
import { ReaderThread } from '../readers/readerThread.ts';
import { connectEngine } from '../rpc/connect.ts';
import { EngineGoneError } from '../rpc/engineClient.ts';
import { claim } from '../rpc/endpoint.ts';
import { Server } from '../rpc/serve.ts';
import { delay } from '../rpc/startEngine.ts';
import { startWatchdog } from '../rpc/watchdog.ts';
import { encoderPlan } from '../workspace/indexing/encoderPlan.ts';
import { openScorer } from '../workspace/openScorer.ts';
import { Library } from '../workspace/library.ts';
import { ModelCatalogue } from '../workspace/models/modelCatalogue.ts';
import type { InstalledModels } from '../model/store/installedModels.ts';

export interface SessionOptions {
  readonly storePath: string;
  readonly modelPath: string;
  /** `modelPath` was said on the command line. */
  readonly modelFixed: boolean;
  readonly installed: InstalledModels;
  readonly version: string;
  readonly language: string;
  /** Folder of the built engine.js and its worker files. */
  readonly programs: string;
  readonly log: (line: string) => void;
}

export interface Session {
  /** Brings the folder's index up to date; `onStatus` sees it happen. Rejects with the problem's message. */
  update(folder: FolderRequest, onStatus: (status: EngineStatus) => void): Promise<EngineStatus>;
  /** Opens the folder's index as it is. */
  open(folder: FolderRequest): Promise<void>;
  touch(paths: readonly string[]): void;
  status(): Promise<EngineStatus>;
  ledger(): Promise<readonly LedgerEntry[]>;
  /** Resolves when searches know the folder's words. */
  lexiconReady(): Promise<void>;
  search(params: SearchParams): Promise<SearchResult>;
  close(): Promise<void>;
}

/** Milliseconds that an engine in this process goes on for others who use it, before they must start one of their own. */
const OTHERS_WAIT = 2_000;
const POLL = 50;
/** So often an engine may die under a command; searching and indexing can be asked for again. */
const MAX_DEATHS = 3;

export async function newLibrary({
  storePath,
  modelPath,
  language,
  programs,
  log,
}: SessionOptions): Promise<Library> {
  return new Library({
    scorer: await openScorer(programs),
    storePath,
    modelPath,
    language,
    openEncoder: folder =>
      new EncoderPool(path.join(programs, 'modelWorker.js'), folder, encoderPlan(folder.manifest)),
    openReader: (folder, rules) =>
      new ReaderThread(path.join(programs, 'readerWorker.js'), { folder, rules }),
    log,
  });
}

export async function openSession(options: SessionOptions): Promise<Session> {
  const library = await newLibrary(options);
  const models = new ModelCatalogue({
    ...options,
    library,
    installer: path.join(options.programs, 'modelInstaller.js'),
    fixed: options.modelFixed ? options.modelPath : null,
    environment: process.env,
  });
  const folders: string[] = [];
  // A window that opens meanwhile finds this process and uses it.
  const server = new Server({
    ...options,
    library,
    models,
    onClients: () => undefined,
    onShutdown: () => undefined,
    ownFolders: () => folders,
  });
  const socket = await claim(options.storePath, client => server.connect(client));
  if (socket === null) return remoteSession(options);
  // Others may depend on this process from now on.
  startWatchdog(path.join(options.programs, 'watchdog.js'));
  const status = (): EngineStatus => library.status(folders);
  const open = async (folder: FolderRequest): Promise<void> => {
    folders.push(folder.path);
    await library.openFolder(folder);
  };
  return {
    open,
    update: async (folder, onStatus) => {
      await open(folder);
      const stop = library.onProgress(() => onStatus(status()));
      await library.reconcile(folder.path).finally(stop);
      return checked(status());
    },
    touch: paths => void library.touch(paths),
    status: () => Promise.resolve(status()),
    ledger: () => Promise.resolve(library.ledger(folders)),
    lexiconReady: () => library.lexiconReady(),
    search: params => library.search(params, new AbortController().signal),
    close: async () => {
      const limit = performance.now() + OTHERS_WAIT;
      while (server.clients > 0 && performance.now() < limit) await delay(POLL);
      server.leave();
      await Promise.all([library.close(), models.close()]);
      // Only now: whoever listens at the address is the store's only writer.
      server.hangUp();
      socket.close();
    },
  };
}

/** The process whose engine this is may be ended at any moment (Ctrl+C): another one is started by then. */
async function surely<T>(work: () => Promise<T>): Promise<T> {
  for (let deaths = 0; ; deaths++)
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof EngineGoneError) || deaths === MAX_DEATHS) throw error;
    }
}

function remoteSession(options: SessionOptions): Session {
  const client = connectEngine({ ...options, enginePath: path.join(options.programs, 'engine.js') });
  return {
    open: folder => surely(() => client.openFolders([{ ...folder, asItIs: true }])),
    update: async (folder, onStatus) => {
      const listening = client.onStatus(onStatus);
      try {
        await surely(() => client.openFolders([folder]));
        await surely(() => client.updateFolder(folder.path));
      } finally {
        listening.dispose();
      }
      return checked(await surely(() => client.status()));
    },
    touch: paths => client.filesChanged(paths),
    status: () => surely(() => client.status()),
    ledger: () => surely(() => client.ledger()),
    lexiconReady: () => surely(() => client.lexiconReady()),
    search: params => surely(() => client.search(params)),
    close: () => {
      client.dispose();
      return Promise.resolve();
    },
  };
}

function checked(status: EngineStatus): EngineStatus {
  if (status.activity === 'failed') throw new Error(status.problem ?? 'indexing failed');
  return status;
}
