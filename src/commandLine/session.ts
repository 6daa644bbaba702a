/**
 * The engine as the command line uses it: the running one of this store where a window has one open,
 * else one in this process.
 */
import path from 'node:path';
import { EncoderPool } from '../model/encoderPool.ts';
import type { EngineStatus, FolderOptions, LedgerEntry, SearchParams, SearchResult } from '../protocol.ts';
import { ReaderThread } from '../readers/readerThread.ts';
import { connectEngine } from '../rpc/connect.ts';
import { claim } from '../rpc/endpoint.ts';
import { Server } from '../rpc/serve.ts';
import { encoderPlan } from '../workspace/encoderPlan.ts';
import { openScorer } from '../workspace/openScorer.ts';
import { Library } from '../workspace/library.ts';
import { ModelCatalogue } from '../workspace/modelCatalogue.ts';
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
  update(folder: FolderOptions, onStatus: (status: EngineStatus) => void): Promise<EngineStatus>;
  /** Opens the folder's index as it is. */
  open(folder: FolderOptions): Promise<void>;
  touch(paths: readonly string[]): void;
  status(): Promise<EngineStatus>;
  ledger(): Promise<readonly LedgerEntry[]>;
  /** Resolves when searches know the folder's words; an engine of others is not waited for. */
  lexiconReady(): Promise<void>;
  search(params: SearchParams): Promise<SearchResult>;
  close(): Promise<void>;
}

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
  const status = (): EngineStatus => library.status(folders);
  const open = async (folder: FolderOptions): Promise<void> => {
    await library.openFolder(folder);
    folders.push(folder.path);
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
      await Promise.all([library.close(), models.close()]);
      socket.close();
    },
  };
}

function remoteSession(options: SessionOptions): Session {
  const client = connectEngine({ ...options, enginePath: path.join(options.programs, 'engine.js') });
  return {
    open: folder => client.openFolders([folder]),
    update: async (folder, onStatus) => {
      const settled = new Promise<EngineStatus>(resolve => {
        client.onStatus(status => {
          onStatus(status);
          if (status.activity === 'idle' || status.activity === 'failed') resolve(status);
        });
      });
      await client.openFolders([folder]);
      return checked(await settled);
    },
    touch: paths => client.filesChanged(paths),
    status: () => client.status(),
    ledger: () => client.ledger(),
    lexiconReady: () => Promise.resolve(),
    search: params => client.search(params),
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
