/**
 * The team servers of one caller, searched beside the local index. Each has a time limit, one that has failed is left
 * alone for a while, and any fault of a server results only in a line about it.
 */
import type { DocumentPassage, DocumentText } from '../domain/document.ts';
import type { TeamAccess } from '../domain/team/team.ts';
import type { SearchPlan } from '../search/passageSource.ts';
import type { AskedNames, RemoteDocument, RemoteSearch, RemoteSources } from '../search/remoteSearch.ts';
import { TeamFault } from './client/teamFault.ts';
import { passagesOfDocument, textOfDocument } from './search/storedDocument.ts';
import { Team } from './teamServer.ts';
import { TeamsSearch } from './teamsSearch.ts';

const DOCUMENT_LIMIT = 15_000;
/** Milliseconds to ask whether names of a query's conditions are known. */
const NAMES_WAIT = 1_000;
const NO_NAMES: AskedNames = { paths: [], extensions: [], tags: [] };

export class Teams implements RemoteSources {
  readonly #servers: ReadonlyMap<string, Team>;

  constructor(servers: readonly TeamAccess[], log: (line: string) => void) {
    this.#servers = new Map(servers.map(access => [access.name, new Team(access, log)]));
  }

  get isEmpty(): boolean {
    return this.#servers.size === 0;
  }

  begin(plan: SearchPlan, fingerprint: string, signal: AbortSignal): RemoteSearch {
    return new TeamsSearch([...this.#servers.values()], plan, fingerprint, signal);
  }

  async document(request: RemoteDocument, signal: AbortSignal): Promise<DocumentText> {
    const team = this.#servers.get(request.team);
    if (team === undefined) return { problem: 'vanished' };
    return team.within(DOCUMENT_LIMIT, signal, async own => {
      const { client, source } = await team.open(own);
      return textOfDocument(client, source.searched, request, own);
    });
  }

  async passages(request: RemoteDocument, signal: AbortSignal): Promise<readonly DocumentPassage[]> {
    const team = this.#servers.get(request.team);
    if (team === undefined) return [];
    return team.within(DOCUMENT_LIMIT, signal, async own => {
      const { client, source } = await team.open(own);
      return passagesOfDocument(client, source.searched, request, own);
    });
  }

  async knownNames(names: AskedNames, signal: AbortSignal): Promise<AskedNames> {
    const known = await Promise.all(
      [...this.#servers.values()].map(team =>
        team
          .within(Math.min(NAMES_WAIT, team.wait), signal, async own =>
            (await team.open(own)).source.knownNames.of(names, own),
          )
          .catch((error: unknown) => {
            if (!(error instanceof TeamFault)) throw error;
            return NO_NAMES;
          }),
      ),
    );
    const all = (kind: keyof AskedNames): readonly string[] => [...new Set(known.flatMap(own => own[kind]))];
    return { paths: all('paths'), extensions: all('extensions'), tags: all('tags') };
  }

  async close(): Promise<void> {
    await Promise.all([...this.#servers.values()].map(team => team.close()));
  }
}
