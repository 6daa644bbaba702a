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

  readonly #onAnswer: (result: SearchResult) => void;

  /** `folders` resolves when all that is searched is open. */
  constructor(
    client: EngineClient,
    folders: () => Promise<readonly string[]>,
    onAnswer: (result: SearchResult) => void = () => undefined,
  ) {
    this.#client = client;
    this.#folders = folders;
    this.#onAnswer = onAnswer;
  }

  async search(wanted: SearchQuery, options: SearchOptions = {}): Promise<Searched> {
    const folders = await this.#folders();
    options.signal?.throwIfAborted();
    const query = withinLimit(wanted.query.trim());
    const result = await this.#client.search({ ...wanted, query, folders }, options);
    this.#onAnswer(result);
    return { query, channel: wanted.channel, result };
  }
}
