/** One query as it meets the indexes: the same folders, names and conditions from its first hits to its last. */
import type { SearchRequest, SearchResult } from '../domain/search.ts';
import type { TeamAnswer } from '../domain/team/team.ts';
import { withinLimit } from '../domain/queryLimits.ts';
import type { Scorer } from '../index/scoring/scorer.ts';
import { NO_VECTOR, type SparseVector } from '../index/sparseVector.ts';
import { conditionsOf, type Conditions } from '../search/filter/passageFilter.ts';
import type { PhraseStates } from '../search/filter/phraseStates.ts';
import { analyzeQuery, type AnalyzedQuery } from '../search/query/analyzeQuery.ts';
import { collapseBlanks } from '../search/query/language/collapseBlanks.ts';
import { dimensionOf } from '../search/query/steering.ts';
import type { AskedNames, RemoteSources } from '../search/remoteSearch.ts';
import type { SearchedFolder } from '../search/search.ts';
import type { Lexicon } from '../text/forms/lexicon.ts';
import { both, fileFilter, type FileTest } from './fileFilter.ts';
import type { FolderIndexes } from './indexing/folderIndexes.ts';
import { namesElsewhere, namesIn } from './indexedNames.ts';
import type { WaitingFolder } from './waitingHits.ts';

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

/** Least score of a hit that is not folded away. */
export const DEFAULT_FLOOR = 0.2;
/** Maximum number of meanings to exclude; each costs a run of the model. */
const MAX_AWAY = 4;

export class AskedQuery {
  readonly indexes: FolderIndexes;
  readonly request: SearchRequest;
  readonly context: SearchContext;
  readonly folders: readonly (SearchedFolder & WaitingFolder)[];
  readonly analyzed: AnalyzedQuery;
  readonly files: FileTest;
  /** Names in its conditions that no document here has; null where nobody else could have them. */
  readonly unknownNames: AskedNames | null;

  /** `elsewhere`: names that documents elsewhere have. */
  constructor(
    indexes: FolderIndexes,
    request: SearchRequest,
    context: SearchContext,
    elsewhere?: AskedNames,
  ) {
    this.indexes = indexes;
    this.request = request;
    this.context = context;
    const opened = new Map(request.folders.map(path => [indexes.get(path), path]));
    this.folders = [...opened].flatMap(([indexer, path]) => {
      if (indexer === null) return [];
      const { index, unread } = indexer;
      return [{ path, index, unread, isUnread: name => indexer.isUnread(name) }];
    });
    const here = namesIn(
      this.folders.map(({ index }) => index),
      this.folders.map(({ unread }) => unread),
    );
    const { names, unknown } = namesElsewhere(here, elsewhere);
    this.analyzed = analyzeQuery(withinLimit(request.query), {
      // In plain text, every word is only itself.
      operators: request.plain !== true,
      lexicon: request.plain === true ? null : context.lexicon,
      typing: request.typing,
      without: request.withoutRewritings,
      now: new Date(),
      names: { ...names, hasDimension: name => dimensionOf(name, indexes.model.names) !== null },
    });
    const isAskable = context.remote?.isEmpty === false && elsewhere === undefined;
    this.unknownNames = isAskable ? unknown() : null;
    this.files = both(fileFilter(request.filter), fileFilter(this.analyzed.parsed.filter));
  }

  /** The same query with the names that documents elsewhere have; this one where it has none of them. */
  async withNamesElsewhere(): Promise<AskedQuery> {
    const { remote, signal } = this.context;
    if (this.unknownNames === null || remote === undefined) return this;
    const known = await remote.knownNames(this.unknownNames, signal);
    const count = known.paths.length + known.extensions.length + known.tags.length;
    return count === 0 ? this : new AskedQuery(this.indexes, this.request, this.context, known);
  }

  /** The query without its clauses; all of it where there are only clauses. */
  get wordsAlone(): string {
    const { parsed, hasWords } = this.analyzed;
    return hasWords ? collapseBlanks(parsed.searched) : parsed.text;
  }

  /** The model has something to say. Whoever asks for meaning alone gets what it makes of the words. */
  get hasMeaning(): boolean {
    const { parsed, asked, isReadable } = this.analyzed;
    const isAsked = isReadable || (this.request.channel === 'semantic' && asked.trim() !== '');
    return isAsked || parsed.dimensions.length > 0 || parsed.added.length > 0;
  }

  conditions(negativeQueries: readonly SparseVector[] = []): Conditions {
    const { parsed } = this.analyzed;
    const fileFilters = [this.request.filter ?? {}, parsed.filter];
    return { ...conditionsOf(parsed, this.files, negativeQueries), fileFilters };
  }

  /** Encodes the query; `vector` is null where no model works. */
  async encoded(hasMeaning: boolean): Promise<QueryVectors> {
    const { signal, log } = this.context;
    const { parsed, asked } = this.analyzed;
    const { model } = this.indexes;
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
}

export interface QueryVectors {
  readonly vector: SparseVector | null;
  /** Vectors of the meanings that the query excludes. */
  readonly negativeQueries: readonly SparseVector[];
  readonly reference: number;
}
