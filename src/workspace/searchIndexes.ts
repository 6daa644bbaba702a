/** Runs one search over the indexes of one model. */
import type { Hit } from '../domain/hit.ts';
import type { SearchRequest, SearchResult } from '../domain/search.ts';
import { STEERING } from '../search/query/language/parsedQuery.ts';
import { search } from '../search/search.ts';
import type { Found, SearchSettings } from '../search/search.ts';
import { countedChips, type RankedPlan } from './countedChips.ts';
import type { FolderIndexes } from './indexing/folderIndexes.ts';
import { withoutMeaning } from './queryNotices.ts';
import { waitingHits, withWaiting } from './waitingHits.ts';
import { AskedQuery, DEFAULT_FLOOR, type SearchContext } from './askedQuery.ts';

/** Number of files whose vectors a search puts before others'. */
const MOST_PREFERRED = 10;
const NOTHING: Found = { words: [], terms: [], rewritings: [], hits: [], further: [], total: 0 };

/** Gives the lexical hits first (through `onLexical`), then the whole answer. Rejects with `AbortError`. */
export async function searchIndexes(
  indexes: FolderIndexes,
  params: SearchRequest,
  context: SearchContext,
): Promise<SearchResult> {
  const here = new AskedQuery(indexes, params, context);
  // Nobody waits for what is elsewhere: the hits by what is known here are shown meanwhile.
  if (here.unknownNames !== null && params.channel !== 'semantic') await new IndexSearch(here).showLexical();
  const query = await here.withNamesElsewhere();
  const own = new IndexSearch(query);
  const result = await own.run();
  const isConditional = result.chips.some(({ kind }) => !STEERING.has(kind));
  if (!isConditional) return result;
  if (result.hits.length + result.further.length > 0) {
    const chips = own.ranked === null ? result.chips : await countedChips(query, own.ranked);
    return { ...result, chips };
  }
  const free = { ...params, query: query.wordsAlone, plain: true };
  const { hits, total } = await new IndexSearch(
    new AskedQuery(indexes, free, { ...context, onLexical: undefined }),
  ).run();
  return hits.length === 0 ? result : { ...result, unconditional: { query: free.query, hits, total } };
}

/** The steps of one search, from its first hits to its last. */
class IndexSearch {
  readonly #query: AskedQuery;
  readonly #started = performance.now();
  /** The plan that was ranked last. */
  ranked: RankedPlan | null = null;

  constructor(query: AskedQuery) {
    this.#query = query;
  }

  async run(): Promise<SearchResult> {
    const { channel } = this.#query.request;
    const { parsed, hasWords } = this.#query.analyzed;
    if (!hasWords && parsed.chips.length === 0) return this.#finished(NOTHING);
    const needsModel = channel !== 'lexical' && (this.#query.hasMeaning || parsed.negativeQueries.length > 0);
    const queryNotices = withoutMeaning(parsed);
    if (!needsModel) return this.#finished(await this.#lexical({ queryNotices }), { queryNotices });
    if (channel === 'hybrid') await this.showLexical();
    return this.#withMeaning();
  }

  /** Shows what is found by letters, here and at once. */
  async showLexical(): Promise<void> {
    const { onLexical } = this.#query.context;
    if (onLexical === undefined || this.#query.request.finalOnly === true) return;
    onLexical(this.#finished(await this.#lexical(), { stage: 'lexical' }));
  }

  async #withMeaning(): Promise<SearchResult> {
    const { limit, channel, floor = DEFAULT_FLOOR } = this.#query.request;
    const { scorer, phrases, lexicalNotice } = this.#query.context;
    const { parsed, read, withVector } = this.#query.analyzed;
    const { model } = this.#query.indexes;
    const { vector, negativeQueries, reference } = await this.#query.encoded(this.#query.hasMeaning);
    if (vector === null) {
      const own = { notice: lexicalNotice, queryNotices: withoutMeaning(parsed) };
      return this.#finished(await this.#lexical(own), own);
    }
    const conditions = this.#query.conditions(negativeQueries);
    // The rewritings that the model read were searched for, whether or not their letters were found.
    const withRead = (found: Found): Found => ({
      ...found,
      rewritings: [...new Set([...found.rewritings, ...read])].sort((a, b) => a.word - b.word),
    });
    const settings = { limit, channel, floor, reference, phrases, conditions };
    const query = withVector(vector, model.names);
    const asked = channel === 'lexical' ? { ...query, semantic: [] } : query;
    const away = new Map(parsed.negativeQueries.map((text, i) => [text, negativeQueries[i]!]));
    this.ranked = { plan: { query: asked, settings, conditions }, away };
    const found = await search(scorer, this.#query.folders, query, {
      ...settings,
      ...this.#elsewhere(local => this.#finished(withRead(local), { stage: 'lexical' })),
    });
    return this.#finished(withRead(found));
  }

  /** Asks the sources that are elsewhere as well; local hits are shown before anybody waits for these. */
  #elsewhere(shown: (found: Found) => SearchResult): Pick<SearchSettings, 'remote' | 'onLocal'> {
    const { remote, signal, onLexical } = this.#query.context;
    if (remote === undefined || remote.isEmpty) return {};
    return {
      remote: plan => remote.begin(plan, this.#query.indexes.model.fingerprint, signal),
      onLocal: onLexical && (found => onLexical(shown(found))),
    };
  }

  /** `final`: fields of an answer after which nothing comes; only then are other sources asked. */
  #lexical(final?: Partial<SearchResult>): Promise<Found> {
    const { limit, floor = DEFAULT_FLOOR } = this.#query.request;
    const { scorer, phrases } = this.#query.context;
    const { folders, analyzed } = this.#query;
    const conditions = this.#query.conditions();
    const settings = { limit, floor, phrases, channel: 'lexical', conditions } as const;
    this.ranked = { plan: { query: analyzed.lexical, settings, conditions }, away: new Map() };
    return search(scorer, folders, analyzed.lexical, {
      ...settings,
      ...(final && this.#elsewhere(local => this.#finished(local, { ...final, stage: 'lexical' }))),
    });
  }

  /** The hits of waiting files as of now: a file that was read meanwhile is not among them. */
  #waiting(): readonly Hit[] {
    const { parsed, hasWords } = this.#query.analyzed;
    if (!hasWords) return [];
    return waitingHits(this.#query.folders, parsed, this.#query.files);
  }

  /** Gives vectors to found passages before others, because somebody asks about them; the best come first. */
  #prefer(hits: readonly Hit[]): void {
    const pending = hits.filter(hit => hit.pending === true).slice(0, MOST_PREFERRED);
    for (const { folder, file } of pending.reverse()) this.#query.indexes.get(folder)?.prefer(file);
  }

  #finished(found: Found, own: Partial<SearchResult> = {}): SearchResult {
    const { chips, suggestions, notices } = this.#query.analyzed.parsed;
    this.#prefer(found.hits);
    return {
      ...withWaiting(found, this.#waiting(), this.#query.request.limit),
      stage: 'final',
      model: this.#query.indexes.model.info?.fingerprint ?? null,
      chips,
      suggestions,
      queryNotices: notices,
      unconditional: null,
      milliseconds: performance.now() - this.#started,
      ...own,
      notice: this.#notice(found, own.notice ?? null),
    };
  }

  #notice({ team }: Found, own: string | null): string | null {
    const said = team === undefined ? null : (this.#query.context.remoteNotice?.(team) ?? null);
    return [own, said].filter(line => line !== null).join(' ') || null;
  }
}
