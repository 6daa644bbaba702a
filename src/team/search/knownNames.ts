/** Which names in a query's conditions some document of an index has; kept for a while, for they are typed on and on. */
import * as v from 'valibot';
import type { AskedNames } from '../../search/remoteSearch.ts';
import { normalizeTag } from '../../text/tags.ts';
import { send } from '../client/send.ts';
import { segment } from '../client/teamIndexes.ts';
import { TeamFault } from '../client/teamFault.ts';
import { pathFilter, tagFilter } from './teamConditions.ts';
import type { SearchedIndex } from './teamHits.ts';

const KEPT_FOR = 30_000;
const MOST_NAMES = 2_000;

const Answer = v.object({
  aggregations: v.object({
    names: v.object({
      buckets: v.record(v.string(), v.object({ doc_count: v.pipe(v.number(), v.minValue(0)) })),
    }),
  }),
});

type Kind = keyof AskedNames;
const KINDS: readonly Kind[] = ['paths', 'extensions', 'tags'];

export class KnownNamesOf {
  readonly #place: SearchedIndex;
  readonly #known = new Map<string, boolean>();
  #since = 0;

  constructor(place: SearchedIndex) {
    this.#place = place;
  }

  /** Rejects with `TeamFault`. */
  async of(names: AskedNames, signal: AbortSignal): Promise<AskedNames> {
    if (performance.now() - this.#since > KEPT_FOR || this.#known.size > MOST_NAMES) {
      this.#known.clear();
      this.#since = performance.now();
    }
    const asked = KINDS.flatMap(kind => names[kind].map(name => ({ key: `${kind} ${name}`, kind, name })));
    const unknown = asked.filter(({ key }) => !this.#known.has(key));
    if (unknown.length > 0) await this.#ask(unknown, signal);
    const has = (kind: Kind): readonly string[] =>
      names[kind].filter(name => this.#known.get(`${kind} ${name}`) === true);
    return { paths: has('paths'), extensions: has('extensions'), tags: has('tags') };
  }

  async #ask(
    asked: readonly { readonly key: string; readonly kind: Kind; readonly name: string }[],
    signal: AbortSignal,
  ): Promise<void> {
    const { client, searched } = this.#place;
    // The keys are numbers, because a name may be anything.
    const filters = Object.fromEntries(asked.map(({ kind, name }, i) => [`n${i}`, filterOf(kind, name)]));
    const body = { size: 0, track_total_hits: false, aggs: { names: { filters: { filters } } } };
    const path = `/${segment(searched)}/_search`;
    const answer = v.safeParse(Answer, await send(client, { method: 'POST', path, body }, { signal }));
    if (!answer.success) throw new TeamFault('malformed', 'names');
    const { buckets } = answer.output.aggregations.names;
    asked.forEach(({ key }, i) => this.#known.set(key, (buckets[`n${i}`]?.doc_count ?? 0) > 0));
  }
}

function filterOf(kind: Kind, name: string): object {
  if (kind === 'extensions') return { term: { extension: name } };
  if (kind === 'tags') return tagFilter(normalizeTag(name));
  // A pattern that only the client understands counts as known: its passages are checked one by one.
  return pathFilter(name) ?? { exists: { field: 'path' } };
}
