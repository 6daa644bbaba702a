/** Gives a caller the engine of a store: the one that already runs in another process, or else one in this process. */
import path from 'node:path';
import type { Engine } from '../domain/engine.ts';
import type { TeamAccess } from '../domain/team/team.ts';
import { connectEngine } from '../rpc/connect.ts';
import { EngineGoneError, type EngineClient } from '../rpc/engineClient.ts';
import { hostEngine, type HostOptions } from './hostEngine.ts';
import { localEngine } from './localEngine.ts';

export type EngineOptions = Pick<
  HostOptions,
  'storePath' | 'modelPath' | 'modelFixed' | 'installed' | 'version' | 'language' | 'programs'
> & {
  readonly log: (line: string) => void;
  /** Team servers that are searched as well. */
  readonly teams?: () => Promise<readonly TeamAccess[]>;
};

/** Number of times that an engine may die under a caller; every request can be repeated. */
const MAX_DEATHS = 3;

export async function createEngine(options: EngineOptions): Promise<Engine> {
  // Before an engine is hosted, which would keep the process alive.
  const teams = await teamsOf(options);
  const folders: string[] = [];
  const host = await hostEngine({ ...options, keepsServing: false, ownFolders: () => folders });
  const engine = host === null ? remoteEngine(options) : localEngine(host, folders);
  if (teams.length > 0) await engine.useTeams(teams);
  return engine;
}

/** A list of servers that cannot be read says so, and leaves the search of this machine alone. */
async function teamsOf({ teams, log }: EngineOptions): Promise<readonly TeamAccess[]> {
  try {
    return (await teams?.()) ?? [];
  } catch (error) {
    log((error as Error).message);
    return [];
  }
}

/**
 * Repeats work whose engine went away: the process that hosts it may be ended at any moment (Ctrl+C), and
 * another engine is started by then.
 */
async function surely<T>(work: () => Promise<T>): Promise<T> {
  for (let deaths = 0; ; deaths++)
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof EngineGoneError) || deaths === MAX_DEATHS) throw error;
    }
}

function remoteEngine(options: EngineOptions): Engine {
  const enginePath = path.join(options.programs, 'engine.js');
  const client: EngineClient = connectEngine({ ...options, enginePath });
  return {
    openFolders: (folders, own) => surely(() => client.openFolders(folders, own)),
    updateFolder: (folder, own) => surely(() => client.updateFolder(folder, own)),
    useTeams: (servers, own) => surely(() => client.useTeams(servers, own)),
    lexiconReady: own => surely(() => client.lexiconReady(own)),
    search: (params, own) => surely(() => client.search(params, own)),
    explain: (params, own) => surely(() => client.explain(params, own)),
    related: (params, own) => surely(() => client.related(params, own)),
    passages: (params, own) => surely(() => client.passages(params, own)),
    document: (params, own) => surely(() => client.document(params, own)),
    status: own => surely(() => client.status(own)),
    ledger: own => surely(() => client.ledger(own)),
    judge: (params, own) => surely(() => client.judge(params, own)),
    filesChanged: paths => client.filesChanged(paths),
    onStatus: listener => client.onStatus(listener),
    close: () => client.close(),
  };
}
