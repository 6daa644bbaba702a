/** Explains why a file of the open folders, or a document of a team, is or is not among the hits of a search. */
import type { Explanation, ExplainRequest } from '../domain/explanation.ts';
import type { Hit } from '../domain/hit.ts';
import type { QueryChip } from '../domain/query.ts';
import { teamOfFolder } from '../domain/team/team.ts';
import type { SparseVector } from '../index/sparseVector.ts';
import type { FilePlace } from '../index/segment/fileTable.ts';
import { isAnyWanted, standingOf, thresholdOf, type FileStanding } from '../search/explainFile.ts';
import { conditionsOf, type Conditions, type Place } from '../search/filter/passageFilter.ts';
import { isConditional, type SearchPlan } from '../search/passageSource.ts';
import { conditionsIn } from '../search/query/language/conditions.ts';
import { STEERING } from '../search/query/language/parsedQuery.ts';
import type { RemoteDocument, RemoteStanding } from '../search/remoteSearch.ts';
import { rankBeside, withSource } from '../search/search.ts';
import { isReadable as hasReader } from '../text/fileFormats.ts';
import { AskedQuery, DEFAULT_FLOOR, type SearchContext } from './askedQuery.ts';
import { fileFilter } from './fileFilter.ts';
import type { FolderIndexes } from './indexing/folderIndexes.ts';

/** Number of hits among which an explanation looks for the file; beyond them its rank is counted. */
const LISTED = 200;

/** Rejects with `AbortError` or `DamagedError`. */
export async function explainInIndexes(
  indexes: FolderIndexes,
  request: ExplainRequest,
  context: SearchContext,
): Promise<Explanation> {
  const asked = await new AskedQuery(indexes, { ...request, limit: LISTED }, context).withNamesElsewhere();
  const explained = new ExplainedFile(asked, request, context);
  const team = teamOfFolder(request.folder);
  return team === null ? explained.here() : explained.elsewhere({ ...team, file: request.file });
}

class ExplainedFile {
  readonly #asked: AskedQuery;
  readonly #request: ExplainRequest;
  readonly #context: SearchContext;

  constructor(asked: AskedQuery, request: ExplainRequest, context: SearchContext) {
    this.#asked = asked;
    this.#request = request;
    this.#context = context;
  }

  async here(): Promise<Explanation> {
    const { folder, file, filter } = this.#request;
    const { scorer, phrases } = this.#context;
    const { indexes, folders, analyzed } = this.#asked;
    const indexer = indexes.get(folder);
    const plan = await this.#plan();
    const isSearched = folders.some(({ path }) => path === folder);
    const found = await withSource(scorer, folders, phrases, async source => {
      // The places belong to the snapshots that the source holds: a merge must not remove the passages meanwhile.
      const places = isSearched ? placesOf(indexer?.index.place(file) ?? null) : [];
      if (places.length === 0) return { ...this.#nothing, hiddenBy: [] };
      const standing = analyzed.hasWords
        ? await standingOf(places, { folder, file }, source, plan)
        : this.#nothing;
      return { ...standing, hiddenBy: await this.#hiddenBy(places) };
    });
    const head = indexer?.index.head(file) ?? null;
    const test = fileFilter(filter);
    return {
      entry: indexer?.ledger.entry(file) ?? null,
      ...(indexer?.admission(file) ?? { exclusion: null, isReadable: hasReader(file) }),
      waitingBefore: indexer?.waitingBefore(file) ?? null,
      isFiltered: head !== null && test !== null && !test(head),
      ...found,
    };
  }

  /** The same for a document of a team: the constants are those of the search over all folders and servers. */
  async elsewhere(document: RemoteDocument): Promise<Explanation> {
    const { scorer, phrases, remote, signal } = this.#context;
    const { indexes, folders, analyzed } = this.#asked;
    const nobody = { state: 'missing', isThere: false } as const;
    const unknown = { ...NOT_HERE, ...this.#nothing, hiddenBy: [], isFiltered: false };
    if (remote === undefined || remote.isEmpty)
      return { ...unknown, team: { name: document.team, ...nobody } };
    const plan = await this.#plan();
    const chips = analyzed.parsed.chips.filter(({ kind }) => !STEERING.has(kind));
    const filter = fileFilter(this.#request.filter);
    const conditions = [
      conditionsOf({ literals: [], headings: [], tags: [] }, filter),
      ...(await Promise.all(chips.map(chip => this.#conditionsOf(chip)))),
    ];
    return withSource(scorer, folders, phrases, async source => {
      const search = remote.begin(plan, indexes.model.fingerprint, signal);
      const local = await source.rank(plan);
      const alone = { ...local, constants: local.ranking.constants };
      const ranked = isConditional(plan) ? alone : ((await rankBeside(source, local, search, plan)) ?? alone);
      const own = await search.standing(document, ranked.constants, conditions);
      const answer = search.answers().find(({ name }) => name === document.team);
      const team = {
        name: document.team,
        state: answer?.state ?? 'missing',
        isThere: own?.isThere ?? false,
      };
      if (own === null || !own.isThere) return { ...unknown, team };
      const [isInFilter, ...admits] = own.admits;
      const listed = [...ranked.hits, ...ranked.further];
      const standing = analyzed.hasWords ? this.#standing(own, listed, plan) : this.#nothing;
      const hiddenBy = chips.filter((_, i) => admits[i] === false);
      return { ...unknown, ...standing, hiddenBy, isFiltered: isInFilter === false, team };
    });
  }

  #standing(
    { best: own, above }: RemoteStanding,
    listed: readonly Hit[],
    { settings, query }: SearchPlan,
  ): FileStanding {
    const bestScore = listed[0]?.score ?? 0;
    const threshold = thresholdOf(settings.floor, bestScore);
    // A hit's score may include a bonus for its file's name.
    const at = listed.findIndex(this.#isOfFile);
    const best = listed[at] ?? own;
    if (best === null) return { ...this.#nothing, bestScore, threshold };
    const before = listed.filter(({ score }) => score > best.score).length;
    const rank = at === -1 ? Math.max(before, above) + 1 : at + 1;
    const has = new Set(best.contributions.map(({ word }) => word));
    return { best, rank, bestScore, threshold, lacking: query.words.filter((_, word) => !has.has(word)) };
  }

  readonly #isOfFile = ({ file, folder, origin }: Hit): boolean => {
    const { folder: wanted, file: named } = this.#request;
    if (file !== named) return false;
    const team = teamOfFolder(wanted);
    return (
      folder === wanted || (team !== null && origin?.team === team.team && origin.source === team.source)
    );
  };

  get #nothing(): FileStanding {
    const { words } = this.#asked.analyzed.lexical;
    return { best: null, rank: null, bestScore: 0, threshold: 0, lacking: words };
  }

  async #plan(): Promise<SearchPlan> {
    const { channel, floor = DEFAULT_FLOOR } = this.#request;
    const { analyzed, hasMeaning, indexes } = this.#asked;
    const needsModel = channel !== 'lexical' && hasMeaning;
    const { vector, negativeQueries, reference } = await this.#asked.encoded(needsModel);
    const isRead = needsModel && vector !== null;
    const query = isRead ? analyzed.withVector(vector, indexes.model.names) : analyzed.lexical;
    const settings = { limit: LISTED, channel: needsModel ? channel : 'lexical', floor, reference } as const;
    return { query, settings, conditions: this.#asked.conditions(negativeQueries) };
  }

  /** The clauses that none of these passages meets, tested one by one. */
  async #hiddenBy(places: readonly Place[]): Promise<QueryChip[]> {
    const hiding: QueryChip[] = [];
    for (const chip of this.#asked.analyzed.parsed.chips) {
      if (STEERING.has(chip.kind)) continue;
      const conditions = await this.#conditionsOf(chip);
      if (!(await isAnyWanted(places, conditions, this.#context.phrases))) hiding.push(chip);
    }
    return hiding;
  }

  async #conditionsOf(chip: QueryChip): Promise<Conditions> {
    const own = conditionsIn([chip]);
    const { signal, log } = this.#context;
    const away: SparseVector[] = [];
    for (const text of own.negativeQueries) {
      const vector = await this.#asked.indexes.model.encodeQuery(text, signal, log);
      if (vector !== null) away.push(vector);
    }
    return conditionsOf(own, fileFilter(own.filter), away);
  }
}

const NOT_HERE = { entry: null, exclusion: null, isReadable: true, waitingBefore: null } as const;

function placesOf(place: FilePlace | null): Place[] {
  if (place === null) return [];
  const { first, end } = place.segment.passagesOf(place.file);
  return Array.from({ length: end - first }, (_, i) => ({ segment: place.segment, passage: first + i }));
}
