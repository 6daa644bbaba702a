/** Hosts an engine in this process: the library of its store, the models, and the server for other processes. */
import path from 'node:path';
import { EncoderPool } from '../model/encoderPool.ts';
import type { InstalledModels } from '../model/store/installedModels.ts';
import { ReaderThread } from '../readers/readerThread.ts';
import { claim } from '../rpc/endpoint.ts';
import { Server } from '../rpc/serve.ts';
import { startWatchdog } from '../rpc/watchdog.ts';
import { encoderPlan, readerThreads } from '../workspace/indexing/encoderPlan.ts';
import type { OpenTeams } from '../workspace/callerTeams.ts';
import { Library } from '../workspace/library.ts';
import { ModelCatalogue } from '../workspace/models/modelCatalogue.ts';
import { ServingModel } from '../workspace/models/servingModel.ts';
import { openScorer } from '../workspace/openScorer.ts';

export interface HostOptions {
  readonly storePath: string;
  readonly modelPath: string;
  /** True where `modelPath` was asked for by name, so that no client may change the model. */
  readonly modelFixed: boolean;
  /**
   * True where the model that answered last goes on answering until the indexes of `modelPath` are complete;
   * false where `modelPath` answers at once.
   */
  readonly keepsServing: boolean;
  readonly installed: InstalledModels;
  readonly version: string;
  readonly language: string;
  /** Folder of the built programs: threads and the scoring kernel. */
  readonly programs: string;
  /** Receives log lines; where absent, they go to the clients. */
  readonly log?: ((line: string) => void) | undefined;
  /** Called when a client came or went, with the number of clients connected now. */
  readonly onClients?: (count: number) => void;
  readonly onShutdown?: () => void;
  /** Folders that this process itself uses, so that a client that goes does not close them. */
  readonly ownFolders?: () => readonly string[];
}

export interface HostedEngine {
  readonly library: Library;
  readonly models: ModelCatalogue;
  readonly openTeams: OpenTeams;
  /** Number of clients connected now. */
  readonly clients: () => number;
  /** Releases the store: nothing is answered from here on, and clients look for another engine when all is closed. */
  readonly end: () => Promise<void>;
}

const NOTHING = (): void => undefined;

/** Resolves to null where another process is the engine of this store. */
export async function hostEngine(options: HostOptions): Promise<HostedEngine | null> {
  const { storePath, modelPath, installed, language, programs } = options;
  const program = (name: string): string => path.join(programs, name);
  const paths = async (): Promise<readonly string[]> => (await installed.list()).map(model => model.path);
  const library = new Library({
    storePath,
    modelPath,
    serving: options.keepsServing ? new ServingModel(storePath, paths) : null,
    scorer: await openScorer(programs),
    language,
    openEncoder: folder => new EncoderPool(program('modelWorker.js'), folder, encoderPlan(folder.manifest)),
    openReader: (folder, rules) =>
      new ReaderThread(program(path.join('readers', 'worker.mjs')), { folder, rules }, readerThreads()),
    log: options.log ?? (line => server.log(line)),
  });
  const log = options.log ?? ((line: string) => server.log(line));
  const openTeams: OpenTeams = async servers => {
    const { Teams } = await import('../team.ts');
    return new Teams(servers, log);
  };
  const models = new ModelCatalogue({
    installed,
    library,
    storePath,
    language,
    installer: program('modelInstaller.js'),
    fixed: options.modelFixed ? modelPath : null,
    environment: process.env,
  });
  const { onClients = NOTHING, onShutdown = NOTHING, ownFolders, version } = options;
  const own = ownFolders === undefined ? {} : { ownFolders };
  const server = new Server({ library, models, openTeams, version, language, onClients, onShutdown, ...own });
  const socket = await claim(storePath, (client, secret) => server.connect(client, secret));
  if (socket === null) {
    await Promise.all([library.close(), models.close()]);
    return null;
  }
  // From now on other processes may depend on this one.
  const stopWatching = startWatchdog(program('watchdog.js'));
  return {
    library,
    models,
    openTeams,
    clients: () => server.clients,
    end: async () => {
      server.leave();
      await Promise.all([library.close(), models.close()]).finally(() => {
        // The server hangs up only now: whoever listens at the address is the store's only writer.
        server.hangUp();
        socket.close();
        stopWatching();
      });
    },
  };
}
