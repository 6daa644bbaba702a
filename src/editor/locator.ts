/** Where semantic tokens lit up, asked once per query and passage (an answer costs a forward pass). */
import type { Hit, LocatedHit } from '../protocol.ts';
import type { EngineClient } from '../rpc/engineClient.ts';
import { hitKey } from './merge.ts';

const MOST_QUERIES = 8;

export class Locator {
  readonly #client: Pick<EngineClient, 'locate'>;
  /** query -> passage -> answer; the oldest query goes first. */
  readonly #answers = new Map<string, Map<string, LocatedHit>>();

  constructor(client: Pick<EngineClient, 'locate'>) {
    this.#client = client;
  }

  async locate(query: string, hits: readonly Hit[], signal?: AbortSignal): Promise<readonly LocatedHit[]> {
    const known = this.#known(query);
    const unknown = hits.filter(hit => !known.has(hitKey(hit)));
    if (unknown.length > 0) {
      const wanted = unknown.map(({ folder, id }) => ({ folder, id }));
      const answers = await this.#client.locate({ query, hits: wanted }, signal);
      const byId = new Map(answers.map(answer => [answer.id, answer]));
      for (const hit of unknown) {
        const answer = byId.get(hit.id);
        if (answer !== undefined) known.set(hitKey(hit), answer);
      }
    }
    return hits.flatMap(hit => known.get(hitKey(hit)) ?? []);
  }

  /** The index changed: a passage's id may now stand for another text. */
  forget(): void {
    this.#answers.clear();
  }

  #known(query: string): Map<string, LocatedHit> {
    const known = this.#answers.get(query) ?? new Map<string, LocatedHit>();
    this.#answers.delete(query);
    this.#answers.set(query, known);
    if (this.#answers.size > MOST_QUERIES) this.#answers.delete(this.#answers.keys().next().value!);
    return known;
  }
}
