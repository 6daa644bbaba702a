/** Runs one search over the indexes of one model. */
import type { Scorer } from '../index/scoring/scorer.ts';
import { NO_VECTOR, type SparseVector } from '../index/sparseVector.ts';
import { withinLimit } from '../domain/queryLimits.ts';
import type { Hit } from '../domain/hit.ts';
import type { QueryChip } from '../domain/query.ts';
import type { SearchRequest, SearchResult } from '../domain/search.ts';
import { conditionsIn } from '../search/query/language/conditions.ts';
import { collapseBlanks } from '../search/query/language/collapseBlanks.ts';
import { STEERING } from '../search/query/language/parsedQuery.ts';
import { dimensionOf } from '../search/query/steering.ts';
import type { PhraseStates } from '../search/filter/phraseStates.ts';
import type { TeamAnswer } from '../domain/team/team.ts';
import type { RemoteSources } from '../search/remoteSearch.ts';
import { hiddenCounts } from '../search/hiding.ts';
import type { SearchPlan } from '../search/passageSource.ts';
import { search, withSource } from '../search/search.ts';
import type { Found, SearchedFolder, SearchSettings } from '../search/search.ts';
import { analyzeQuery, type AnalyzedQuery } from '../search/query/analyzeQuery.ts';
import { conditionsOf, type Conditions, type Place } from '../search/filter/passageFilter.ts';
import { isAnyWanted, standingOf } from '../search/explainFile.ts';
import type { Explanation, ExplainRequest } from '../domain/explanation.ts';
import { isReadable as hasReader } from '../text/fileFormats.ts';
import type { FilePlace } from '../index/segment/fileTable.ts';
import type { Lexicon } from '../text/forms/lexicon.ts';
import { both, fileFilter, type FileTest } from './fileFilter.ts';
import type { FolderIndexes } from './indexing/folderIndexes.ts';
import { namesIn } from './indexedNames.ts';
import { withoutMeaning } from './queryNotices.ts';
import { waitingHits, withWaiting, type WaitingFolder } from './waitingHits.ts';

export interface SearchContext {
  readonly scorer: Scorer;
  readonly phrases: PhraseStates;
  readonly signal: AbortSignal;
  readonly onLexical?: ((result: SearchResult) => void) | undefined;
  /** Notice for results where the model is unavailable (localised). */
  readonly lexicalNotice: string;
  /** The words of the documents; null until they have been read. */
  readonly lexicon: Lexicon | null;
  /** Sources that are elsewhere, of whoever asks. */
  readonly remote?: RemoteSources | undefined;
  /** A notice about remote sources that have not answered (localised); null for none. */
  readonly remoteNotice?: ((answers: readonly TeamAnswer[]) => string | null) | undefined;
  readonly log: (line: string) => void;
}

const DEFAULT_FLOOR = 0.2;
/** Number of hits among which an explanation looks for the file; beyond them its rank is counted. */
const LISTED = 200;
/** Number of files whose vectors a search puts before others'. */
const MOST_PREFERRED = 10;
/** Maximum number of meanings to exclude; each costs a run of the model. */
const MAX_AWAY = 4;
/** Maximum number of clauses whose hidden passages are counted; each costs a pass over the postings. */
const MOST_COUNTED = 6;
const NOTHING: Found = { words: [], terms: [], rewritings: [], hits: [], further: [], total: 0 };

/** Gives the lexical hits first (through `onLexical`), then the whole answer. Rejects with `AbortError`. */
export async function searchIndexes(
  indexes: FolderIndexes,
  params: SearchRequest,
  context: SearchContext,
): Promise<SearchResult> {
  const asked = new IndexSearch(indexes, params, context);
  const result = await asked.run();
  const isConditional = result.chips.some(({ kind }) => !STEERING.has(kind));
  if (!isConditional) return result;
  if (result.hits.length + result.further.length > 0) return { ...result, chips: await asked.countedChips() };
  const free = { ...params, query: asked.wordsAlone, plain: true };
  const { hits, total } = await new IndexSearch(indexes, free, { ...context, onLexical: undefined }).run();
  return hits.length === 0 ? result : { ...result, unconditional: { query: free.query, hits, total } };
}

/** Explains why a file is, or is not, among the hits of a search. Rejects with `AbortError` or `DamagedError`. */
export function explainInIndexes(
  indexes: FolderIndexes,
  request: ExplainRequest,
  context: SearchContext,
): Promise<Explanation> {
  return new IndexSearch(indexes, { ...request, limit: LISTED }, context).explain(request);
}

/** One search: the same query, folders and settings from its first hits to its last. */
class IndexSearch {
  readonly #indexes: FolderIndexes;
  readonly #params: SearchRequest;
  readonly #context: SearchContext;
  readonly #started = performance.now();
  readonly #folders: readonly (SearchedFolder & WaitingFolder)[];
  readonly #analyzed: AnalyzedQuery;
  readonly #files: FileTest;
  /** The plan that was ranked last, with the vectors of the meanings that it excludes. */
  #ranked: { readonly plan: SearchPlan; readonly away: ReadonlyMap<string, SparseVector> } | null = null;

  constructor(indexes: FolderIndexes, params: SearchRequest, context: SearchContext) {
    this.#indexes = indexes;
    this.#params = params;
    this.#context = context;
    this.#folders = params.folders.flatMap(path => {
      const indexer = indexes.get(path);
      if (indexer === null) return [];
      const { index, unread } = indexer;
      return [{ path, index, unread, isUnread: name => indexer.isUnread(name) }];
    });
    const names = namesIn(
      this.#folders.map(({ index }) => index),
      this.#folders.map(({ unread }) => unread),
    );
    this.#analyzed = analyzeQuery(withinLimit(params.query), {
      // In plain text, every word is only itself.
      operators: params.plain !== true,
      lexicon: params.plain === true ? null : context.lexicon,
      typing: params.typing,
      without: params.withoutRewritings,
      now: new Date(),
      names: { ...names, hasDimension: name => dimensionOf(name, indexes.model.names) !== null },
    });
    this.#files = both(fileFilter(params.filter), fileFilter(this.#analyzed.parsed.filter));
  }

  /** The query without its clauses; all of it where there are only clauses. */
  get wordsAlone(): string {
    const { parsed, hasWords } = this.#analyzed;
    return hasWords ? collapseBlanks(parsed.searched) : parsed.text;
  }

  async run(): Promise<SearchResult> {
    const { channel } = this.#params;
    const { parsed, hasWords } = this.#analyzed;
    if (!hasWords && parsed.chips.length === 0) return this.#finished(NOTHING);
    const needsModel = channel !== 'lexical' && (this.#hasMeaning || parsed.negativeQueries.length > 0);
    const queryNotices = withoutMeaning(parsed);
    if (!needsModel) return this.#finished(await this.#lexical({ queryNotices }), { queryNotices });
    const { onLexical } = this.#context;
    if (channel === 'hybrid' && onLexical !== undefined && this.#params.finalOnly !== true)
      onLexical(this.#finished(await this.#lexical(), { stage: 'lexical' }));
    return this.#withMeaning();
  }

  /** The model has something to say. Whoever asks for meaning alone gets what it makes of the words. */
  get #hasMeaning(): boolean {
    const { parsed, asked, isReadable } = this.#analyzed;
    const isAsked = isReadable || (this.#params.channel === 'semantic' && asked.trim() !== '');
    return isAsked || parsed.dimensions.length > 0 || parsed.added.length > 0;
  }

  async #withMeaning(): Promise<SearchResult> {
    const { limit, channel, floor = DEFAULT_FLOOR } = this.#params;
    const { scorer, phrases, lexicalNotice } = this.#context;
    const { parsed, read, withVector } = this.#analyzed;
    const { model } = this.#indexes;
    const { vector, negativeQueries, reference } = await this.#encoded(this.#hasMeaning);
    if (vector === null) {
      const own = { notice: lexicalNotice, queryNotices: withoutMeaning(parsed) };
      return this.#finished(await this.#lexical(own), own);
    }
    const conditions = this.#conditions(negativeQueries);
    // The rewritings that the model read were searched for, whether or not their letters were found.
    const withRead = (found: Found): Found => ({
      ...found,
      rewritings: [...new Set([...found.rewritings, ...read])].sort((a, b) => a.word - b.word),
    });
    const settings = { limit, channel, floor, reference, phrases, conditions };
    const query = withVector(vector, model.names);
    const asked = channel === 'lexical' ? { ...query, semantic: [] } : query;
    const away = new Map(parsed.negativeQueries.map((text, i) => [text, negativeQueries[i]!]));
    this.#ranked = { plan: { query: asked, settings, conditions }, away };
    const found = await search(scorer, this.#folders, query, {
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
      remote: plan => remote.begin(plan, this.#indexes.model.fingerprint, signal),
      onLocal: onLexical && (found => onLexical(shown(found))),
    };
  }

  #conditions(negativeQueries: readonly SparseVector[] = []): Conditions {
    const { parsed } = this.#analyzed;
    const fileFilters = [this.#params.filter ?? {}, parsed.filter];
    return { ...conditionsOf(parsed, this.#files, negativeQueries), fileFilters };
  }

  /** The query's clauses, each with what it alone hides of the folders here; call it after `run`. */
  async countedChips(): Promise<readonly QueryChip[]> {
    const { chips } = this.#analyzed.parsed;
    const ranked = this.#ranked;
    const counted = chips.filter(({ kind }) => !STEERING.has(kind)).slice(0, MOST_COUNTED);
    if (ranked === null || !this.#analyzed.hasWords) return chips;
    const without = counted.map(chip => {
      const own = conditionsIn(chips.filter(other => other !== chip));
      const away = own.negativeQueries.flatMap(text => ranked.away.get(text) ?? []);
      return conditionsOf(own, both(fileFilter(this.#params.filter), fileFilter(own.filter)), away);
    });
    const counts = await withSource(this.#context.scorer, this.#folders, this.#context.phrases, source =>
      hiddenCounts(source, ranked.plan, without),
    );
    return chips.map(chip => {
      const hides = counts[counted.indexOf(chip)];
      return hides === undefined ? chip : { ...chip, hides };
    });
  }

  /** Encodes the query; `vector` is null where no model works. */
  async #encoded(hasMeaning: boolean): Promise<QueryVectors> {
    const { signal, log } = this.#context;
    const { parsed, asked } = this.#analyzed;
    const { model } = this.#indexes;
    // Dimensions alone need no reading.
    const isRead = hasMeaning && asked.trim() !== '';
    const vector = isRead ? await model.encodeQuery(asked, signal, log) : NO_VECTOR;
    const negativeQueries: SparseVector[] = [];
    for (const text of parsed.negativeQueries.slice(0, MAX_AWAY)) {
      const away = vector === null ? null : await model.encodeQuery(text, signal, log);
      if (away !== null) negativeQueries.push(away);
    }
    const reference = await model.reference(signal, log);
    signal.throwIfAborted();
    return { vector, negativeQueries, reference };
  }

  async explain({ folder, file }: ExplainRequest): Promise<Explanation> {
    const { channel, floor = DEFAULT_FLOOR } = this.#params;
    const { scorer, phrases } = this.#context;
    const { hasWords, lexical, withVector, parsed } = this.#analyzed;
    const indexer = this.#indexes.get(folder);
    const needsModel = channel !== 'lexical' && this.#hasMeaning;
    const { vector, negativeQueries, reference } = await this.#encoded(needsModel);
    const query = needsModel && vector !== null ? withVector(vector, this.#indexes.model.names) : lexical;
    const settings = { limit: LISTED, channel: needsModel ? channel : 'lexical', floor, reference } as const;
    const plan = { query, settings, conditions: conditionsOf(parsed, this.#files, negativeQueries) };
    const nothing = { best: null, rank: null, bestScore: 0, threshold: 0, lacking: lexical.words };
    const isSearched = this.#folders.some(({ path }) => path === folder);
    const found = await withSource(scorer, this.#folders, phrases, async source => {
      // The places belong to the snapshots that the source holds: a merge must not remove the passages meanwhile.
      const places = isSearched ? placesOf(indexer?.index.place(file) ?? null) : [];
      if (places.length === 0) return { ...nothing, hiddenBy: [] };
      const standing = hasWords ? await standingOf(places, { folder, file }, source, plan) : nothing;
      return { ...standing, hiddenBy: await this.#hiddenBy(places) };
    });
    const head = indexer?.index.head(file) ?? null;
    const test = fileFilter(this.#params.filter);
    return {
      entry: indexer?.entry(file) ?? null,
      ...(indexer?.admission(file) ?? { exclusion: null, isReadable: hasReader(file) }),
      waitingBefore: indexer?.waitingBefore(file) ?? null,
      isFiltered: head !== null && test !== null && !test(head),
      ...found,
    };
  }

  /** The clauses that none of these passages meets, tested one by one. */
  async #hiddenBy(places: readonly Place[]): Promise<QueryChip[]> {
    const { parsed } = this.#analyzed;
    const hiding: QueryChip[] = [];
    for (const chip of parsed.chips) {
      if (STEERING.has(chip.kind)) continue;
      const own = conditionsIn([chip]);
      const { signal, log } = this.#context;
      const away: SparseVector[] = [];
      for (const text of own.negativeQueries) {
        const vector = await this.#indexes.model.encodeQuery(text, signal, log);
        if (vector !== null) away.push(vector);
      }
      const conditions = conditionsOf(own, fileFilter(own.filter), away);
      if (!(await isAnyWanted(places, conditions, this.#context.phrases))) hiding.push(chip);
    }
    return hiding;
  }

  /** `final`: fields of an answer after which nothing comes; only then are other sources asked. */
  #lexical(final?: Partial<SearchResult>): Promise<Found> {
    const { limit, floor = DEFAULT_FLOOR } = this.#params;
    const { scorer, phrases } = this.#context;
    const conditions = this.#conditions();
    const settings = { limit, floor, phrases, channel: 'lexical', conditions } as const;
    this.#ranked = { plan: { query: this.#analyzed.lexical, settings, conditions }, away: new Map() };
    return search(scorer, this.#folders, this.#analyzed.lexical, {
      ...settings,
      ...(final && this.#elsewhere(local => this.#finished(local, { ...final, stage: 'lexical' }))),
    });
  }

  /** The hits of waiting files as of now: a file that was read meanwhile is not among them. */
  #waiting(): readonly Hit[] {
    const { parsed, hasWords } = this.#analyzed;
    if (!hasWords) return [];
    return waitingHits(this.#folders, parsed, this.#files);
  }

  /** Gives vectors to found passages before others, because somebody asks about them; the best come first. */
  #prefer(hits: readonly Hit[]): void {
    const pending = hits.filter(hit => hit.pending === true).slice(0, MOST_PREFERRED);
    for (const { folder, file } of pending.reverse()) this.#indexes.get(folder)?.prefer(file);
  }

  #finished(found: Found, own: Partial<SearchResult> = {}): SearchResult {
    const { chips, suggestions, notices } = this.#analyzed.parsed;
    this.#prefer(found.hits);
    return {
      ...withWaiting(found, this.#waiting(), this.#params.limit),
      stage: 'final',
      model: this.#indexes.model.info?.fingerprint ?? null,
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

interface QueryVectors {
  readonly vector: SparseVector | null;
  /** Vectors of the meanings that the query excludes. */
  readonly negativeQueries: readonly SparseVector[];
  readonly reference: number;
}

function placesOf(place: FilePlace | null): Place[] {
  if (place === null) return [];
  const { first, end } = place.segment.passagesOf(place.file);
  return Array.from({ length: end - first }, (_, i) => ({ segment: place.segment, passage: first + i }));
}
