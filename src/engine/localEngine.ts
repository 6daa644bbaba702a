/** The `Engine` of a caller in the process that hosts it. */
import type { Disposable, Engine } from '../domain/engine.ts';
import type { EngineStatus } from '../domain/engineStatus.ts';
import type { FolderRequest } from '../domain/folder.ts';
import type { HostedEngine } from './hostEngine.ts';
import { delay } from '../rpc/startEngine.ts';
import { CallerTeams } from '../workspace/callerTeams.ts';
import { abortable, signalOr } from '../threads/abort.ts';

/** Milliseconds that the engine goes on for other clients before they must start an engine of their own. */
const OTHERS_WAIT = 2_000;
const POLL = 50;

/** `folders` is filled with the folders that the caller opens; the host's `ownFolders` reports them. */
export function localEngine({ library, openTeams, clients, end }: HostedEngine, folders: string[]): Engine {
  const teams = new CallerTeams(openTeams);
  const status = (): EngineStatus => library.status(folders);
  const openFolders = async (wanted: readonly FolderRequest[]): Promise<void> => {
    const before = folders.splice(0);
    folders.push(...wanted.map(({ path }) => path));
    await Promise.all(before.filter(path => !folders.includes(path)).map(path => library.closeFolder(path)));
    for (const folder of wanted) {
      await library.openFolder(folder);
      if (folder.asItIs !== true) void library.reconcile(folder.path);
    }
  };
  return {
    openFolders: (wanted, options) => abortable(openFolders(wanted), options?.signal),
    updateFolder: (folder, options) => abortable(library.reconcile(folder), options?.signal),
    useTeams: (servers, options) => abortable(teams.use(servers), options?.signal),
    lexiconReady: options => abortable(library.lexiconReady(), options?.signal),
    search: (params, { signal, onLexical } = {}) =>
      library.answers.search(params, signalOr(signal), onLexical, teams.current),
    explain: (params, options) => library.answers.explain(params, signalOr(options?.signal), teams.current),
    related: (params, options) => abortable(library.answers.related(params), options?.signal),
    passages: (params, options) => {
      const signal = signalOr(options?.signal);
      return abortable(library.answers.passages(params, signal, teams.current), signal);
    },
    document: (params, options) => library.answers.document(params, signalOr(options?.signal), teams.current),
    status: () => Promise.resolve(status()),
    ledger: () => Promise.resolve(library.ledger(folders)),
    judge: params => library.judge(params),
    filesChanged: paths => void library.touch(paths),
    onStatus: (listener): Disposable => library.onProgress.add(() => listener(status())),
    close: async () => {
      const limit = performance.now() + OTHERS_WAIT;
      while (clients() > 0 && performance.now() < limit) await delay(POLL);
      await teams.close();
      await end();
    },
  };
}
