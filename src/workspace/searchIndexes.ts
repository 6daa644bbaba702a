/** Runs one search over the indexes of one model. */
import type { Hit } from '../domain/hit.ts';
import type { SearchRequest, SearchResult } from '../domain/search.ts';
import type { AnalyzedQuery } from '../search/query/analyzeQuery.ts';
import { collapseBlanks } from '../search/query/language/collapseBlanks.ts';
import { STEERING } from '../search/query/language/parsedQuery.ts';
import { search } from '../search/search.ts';
import type { Found, SearchSettings } from '../search/search.ts';
import { AskedQuery, type SearchContext } from './askedQuery.ts';
import type { FolderIndexes } from './indexing/folderIndexes.ts';
import { withoutMeaning } from './queryNotices.ts';
import { waitingHits, withWaiting } from './waitingHits.ts';

export const DEFAULT_FLOOR = 0.2;
/** Number of files whose vectors a search puts before others'. */
const MOST_PREFERRED = 10;
const NOTHING: Found = { words: [], terms: [], rewritings: [], hits: [], further: [], total: 0 };

/** Gives the lexical hits first (through `onLexical`), then the whole answer. Rejects with `AbortError`. */
export async function searchIndexes(
  indexes: FolderIndexes,
  params: SearchRequest,
  context: SearchContext,
): Promise<SearchResult> {
  const started = performance.now();
  const searchOf = (query: AskedQuery): IndexSearch => new IndexSearch(query, params, context, started);
  const here = new AskedQuery(indexes, params, context);
  // Nobody waits for what is elsewhere: the hits by what is known here are shown meanwhile.
  if (here.unknownNames !== null && params.channel !== 'semantic') await searchOf(here).showLexical();
  const asked = await here.withNamesElsewhere();
  const result = await searchOf(asked).run();
  const isConditional = result.chips.some(({ kind }) => !STEERING.has(kind));
  if (!isConditional || result.hits.length + result.further.length > 0) return result;
  const free = { ...params, query: wordsAlone(asked.analyzed), plain: true };
  const own = { ...context, onLexical: undefined };
  const found = await new IndexSearch(new AskedQuery(indexes, free, own), free, own, started).run();
  const { hits, total } = found;
  return hits.length === 0 ? result : { ...result, unconditional: { query: free.query, hits, total } };
}

/** The query without its clauses; all of it where there are only clauses. */
function wordsAlone({ parsed, hasWords }: AnalyzedQuery): string {
  return hasWords ? collapseBlanks(parsed.searched) : parsed.text;
}

/** One search: the same query, folders and settings from its first hits to its last. */
class IndexSearch {
  readonly #asked: AskedQuery;
  readonly #params: SearchRequest;
  readonly #context: SearchContext;
  readonly #started: number;

  constructor(asked: AskedQuery, params: SearchRequest, context: SearchContext, started: number) {
    this.#asked = asked;
    this.#params = params;
    this.#context = context;
    this.#started = started;
  }

  async run(): Promise<SearchResult> {
    const { channel } = this.#params;
    const { analyzed, hasMeaning } = this.#asked;
    const { parsed, hasWords } = analyzed;
    if (!hasWords && parsed.chips.length === 0) return this.#finished(NOTHING);
    const needsModel = channel !== 'lexical' && (hasMeaning || parsed.negativeQueries.length > 0);
    const queryNotices = withoutMeaning(parsed);
    if (!needsModel) return this.#finished(await this.#lexical({ queryNotices }), { queryNotices });
    if (channel === 'hybrid') await this.showLexical();
    return this.#withMeaning();
  }

  /** Shows what is found by letters, here and at once. */
  async showLexical(): Promise<void> {
    const { onLexical } = this.#context;
    if (onLexical === undefined || this.#params.finalOnly === true) return;
    onLexical(this.#finished(await this.#lexical(), { stage: 'lexical' }));
  }

  async #withMeaning(): Promise<SearchResult> {
    const { limit, channel, floor = DEFAULT_FLOOR } = this.#params;
    const { scorer, phrases, lexicalNotice } = this.#context;
    const { folders, analyzed, indexes, hasMeaning } = this.#asked;
    const { parsed, read, withVector } = analyzed;
    const { vector, negativeQueries, reference } = await this.#asked.encoded(hasMeaning);
    if (vector === null) {
      const own = { notice: lexicalNotice, queryNotices: withoutMeaning(parsed) };
      return this.#finished(await this.#lexical(own), own);
    }
    const conditions = this.#asked.conditions(negativeQueries);
    // The rewritings that the model read were searched for, whether or not their letters were found.
    const withRead = (found: Found): Found => ({
      ...found,
      rewritings: [...new Set([...found.rewritings, ...read])].sort((a, b) => a.word - b.word),
    });
    const settings = { limit, channel, floor, reference, phrases, conditions };
    const found = await search(scorer, folders, withVector(vector, indexes.model.names), {
      ...settings,
      ...this.#elsewhere(local => this.#finished(withRead(local), { stage: 'lexical' })),
    });
    return this.#finished(withRead(found));
  }

  /** Asks the sources that are elsewhere as well; local hits are shown before anybody waits for these. */
  #elsewhere(shown: (found: Found) => SearchResult): Pick<SearchSettings, 'remote' | 'onLocal'> {
    const { remote, signal, onLexical } = this.#context;
    if (remote === undefined || remote.isEmpty) return {};
    return {
      remote: plan => remote.begin(plan, this.#asked.indexes.model.fingerprint, signal),
      onLocal: onLexical && (found => onLexical(shown(found))),
    };
  }

  /** `final`: fields of an answer after which nothing comes; only then are other sources asked. */
  #lexical(final?: Partial<SearchResult>): Promise<Found> {
    const { limit, floor = DEFAULT_FLOOR } = this.#params;
    const { scorer, phrases } = this.#context;
    const settings = {
      limit,
      floor,
      phrases,
      channel: 'lexical',
      conditions: this.#asked.conditions(),
    } as const;
    return search(scorer, this.#asked.folders, this.#asked.analyzed.lexical, {
      ...settings,
      ...(final && this.#elsewhere(local => this.#finished(local, { ...final, stage: 'lexical' }))),
    });
  }

  /** The hits of waiting files as of now: a file that was read meanwhile is not among them. */
  #waiting(): readonly Hit[] {
    const { analyzed, folders, files } = this.#asked;
    return analyzed.hasWords ? waitingHits(folders, analyzed.parsed, files) : [];
  }

  /** Gives vectors to found passages before others, because somebody asks about them; the best come first. */
  #prefer(hits: readonly Hit[]): void {
    const pending = hits.filter(hit => hit.pending === true).slice(0, MOST_PREFERRED);
    for (const { folder, file } of pending.reverse()) this.#asked.indexes.get(folder)?.prefer(file);
  }

  #finished(found: Found, own: Partial<SearchResult> = {}): SearchResult {
    const { chips, suggestions, notices } = this.#asked.analyzed.parsed;
    this.#prefer(found.hits);
    return {
      ...withWaiting(found, this.#waiting(), this.#params.limit),
      stage: 'final',
      model: this.#asked.indexes.model.info?.fingerprint ?? null,
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
    const said = team === undefined ? null : (this.#context.remoteNotice?.(team) ?? null);
    return [own, said].filter(line => line !== null).join(' ') || null;
  }
}
