/** The team servers of one caller of the engine: changed as a whole, the ones before closed when nobody asks them. */
import { PromiseQueue } from '../async/promiseQueue.ts';
import type { TeamAccess } from '../domain/team/team.ts';
import type { RemoteSources } from '../search/remoteSearch.ts';

export interface ClosableSources extends RemoteSources {
  close(): Promise<void>;
}

/** Loads what speaks to servers, which most engines never need. */
export type OpenTeams = (servers: readonly TeamAccess[]) => Promise<ClosableSources>;

export class CallerTeams {
  readonly #open: OpenTeams;
  #current: ClosableSources | null = null;
  readonly #changes = new PromiseQueue();

  constructor(open: OpenTeams) {
    this.#open = open;
  }

  get current(): RemoteSources | undefined {
    return this.#current ?? undefined;
  }

  use(servers: readonly TeamAccess[]): Promise<void> {
    return this.#changes.run(async () => {
      const before = this.#current;
      this.#current = servers.length === 0 ? null : await this.#open(servers);
      void before?.close();
    });
  }

  close(): Promise<void> {
    return this.use([]);
  }
}
