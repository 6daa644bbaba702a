/** A search of the window's folders, whichever surface asks. */
import type { Channel } from '../../domain/channel.ts';
import type { SearchQuery, SearchResult } from '../../domain/search.ts';
import { withinLimit } from '../../domain/queryLimits.ts';
import type { SearchOptions } from '../../domain/engine.ts';
import type { EngineClient } from '../../rpc/engineClient.ts';

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

  async search(wanted: SearchQuery, options: SearchOptions = {}): Promise<Searched> {
    const folders = await this.#folders();
    options.signal?.throwIfAborted();
    const query = withinLimit(wanted.query.trim());
    const result = await this.#client.search({ ...wanted, query, folders }, options);
    return { query, channel: wanted.channel, result };
  }
}
