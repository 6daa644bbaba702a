/** A search of the window's folders, whichever surface asks. */
import type { Channel, SearchParams, SearchResult } from '../protocol.ts';
import type { EngineClient, SearchOptions } from '../rpc/engineClient.ts';

/** Longer queries are cut: nobody types them, and a selected page must not become one. */
export const LONGEST_QUERY = 2000;

export interface Searched {
  readonly query: string;
  readonly channel: Channel;
  readonly result: SearchResult;
}

export class Searcher {
  readonly #client: EngineClient;
  readonly #folders: () => Promise<readonly string[]>;

  constructor(client: EngineClient, folders: () => Promise<readonly string[]>) {
    this.#client = client;
    this.#folders = folders;
  }

  async search(
    wanted: Pick<SearchParams, 'query' | 'channel' | 'limit' | 'typing' | 'withoutRewritings' | 'plain'>,
    options: SearchOptions = {},
  ): Promise<Searched> {
    const folders = await this.#folders();
    options.signal?.throwIfAborted();
    const query = wanted.query.trim().slice(0, LONGEST_QUERY);
    const result = await this.#client.search({ ...wanted, query, folders }, options);
    return { query, channel: wanted.channel, result };
  }
}
