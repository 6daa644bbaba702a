/** The indexes of this process as a source of passages; their segments stay open as long as their snapshots. */
import type { Scorer } from '../index/scoring/scorer.ts';
import type { Segment } from '../index/segment/segment.ts';
import type { Hit } from '../domain/hit.ts';
import type { PassageText } from '../domain/passage.ts';
import type { HiddenCount } from '../domain/query.ts';
import { Explanations } from './explanations.ts';
import { PhraseStates } from './filter/phraseStates.ts';
import { PassageFilter, type Place } from './filter/passageFilter.ts';
import type { PassageSource, RankedHits, SearchPlan } from './passageSource.ts';
import { lexicalConstant, type Scored } from './ranking/boundedScores.ts';
import { isFar } from './ranking/farHits.ts';
import { rank, type Ranking, type RankSettings } from './ranking/fusion.ts';
import type { Constants, Maxima } from './ranking/fusionConstants.ts';
import { newestPassages } from './ranking/newestPassages.ts';
import { flagsOf, rankNamed, type NamedHit, type NamedRanking } from './ranking/rankNamed.ts';
import { rankFiltered } from './ranking/rankFiltered.ts';

type Rules = Omit<RankSettings, 'wanted' | 'rewritten'>;

export class LocalSource implements PassageSource {
  readonly #scorer: Scorer;
  readonly #folderOf: ReadonlyMap<Segment, string>;
  readonly #segments: readonly Segment[];
  readonly #phrases: PhraseStates;
  readonly #explanations = new Explanations();

  /** `folderOf` has the segments to search, each with the absolute path of its folder. */
  constructor(
    scorer: Scorer,
    folderOf: ReadonlyMap<Segment, string>,
    phrases: PhraseStates = new PhraseStates(),
  ) {
    this.#scorer = scorer;
    this.#folderOf = folderOf;
    this.#segments = [...folderOf.keys()];
    this.#phrases = phrases;
  }

  async maxima(plan: SearchPlan): Promise<Maxima> {
    const wanted = await this.#wanted(plan);
    return (await this.#ranked(plan, { ...rulesOf(plan), k: 1 }, wanted)).maxima;
  }

  rankWith(plan: SearchPlan, constants: Constants): Promise<LocalHits> {
    return this.#found(plan, { ...rulesOf(plan), constants });
  }

  /** Runs both phases, for a source that is the only one. Rejects with `DamagedError`. */
  rank(plan: SearchPlan): Promise<LocalHits> {
    return this.#found(plan, rulesOf(plan));
  }

  /** The passages that `rank` makes hits of, without their texts and explanations, which are most of its time. */
  rankedPlaces(plan: SearchPlan): Promise<LocalPlaces> {
    return this.#places(plan, rulesOf(plan));
  }

  /** The file of a passage. */
  fileOf({ segment, passage }: Place): Pick<Hit, 'folder' | 'file'> {
    return {
      folder: this.#folderOf.get(segment)!,
      file: segment.files.path(segment.fileOf(passage)),
    };
  }

  /** Passages that pass the filter, newest first, for a query without words. */
  async newest(plan: SearchPlan): Promise<RankedHits> {
    const wanted = await this.#wanted(plan);
    if (wanted === null) return { hits: [], further: [], total: 0 };
    const { places, total } = await newestPassages(wanted, plan.settings.limit);
    const hits = await Promise.all(places.map(place => this.#hitOf(place, 0, () => [])));
    return { hits, further: [], total };
  }

  async explain(plan: SearchPlan, constants: Constants, id: string): Promise<Hit | null> {
    const place = await this.#placeOf(id);
    if (place === null) return null;
    return (await this.bestOf([place], plan, constants)) ?? this.#hitOf(place, 0, () => []);
  }

  /** The best of these passages by given constants, ignoring the filter; null where none matches. */
  async bestOf(places: readonly Place[], plan: SearchPlan, constants: Constants): Promise<Hit | null> {
    const { query } = plan;
    const rules = { ...rulesOf(plan), k: 1, constants, rewritten: query.rewritten, wanted: flagsOf(places) };
    const segments = this.#segments;
    const { hits } = await rank(this.#scorer, segments, query.semantic, query.lexical, rules);
    return hits.length === 0 ? null : this.explained({ ...hits[0]!, name: 0 }, plan, constants);
  }

  /** The best passages of all but these, by meaning alone. */
  async others({ query, settings }: SearchPlan, own: readonly Place[]): Promise<readonly Hit[]> {
    const wanted = othersThan(own);
    const rules = { ...rulesOf({ query, settings }), wanted };
    const { hits, constants } = await rank(this.#scorer, this.#segments, query.semantic, [], rules);
    const least = (hits[0]?.score ?? 0) * settings.floor;
    const near = hits.filter(({ score }) => score >= least);
    return Promise.all(near.map(hit => this.explained({ ...hit, name: 0 }, { query, settings }, constants)));
  }

  /** Number of passages that score at least this much by given constants, ignoring the filter. */
  async countFrom(score: number, { query, ...plan }: SearchPlan, constants: Constants): Promise<number> {
    const rules = { ...rulesOf({ query, ...plan }), k: 1, constants, countFrom: score };
    const { semantic, lexical, rewritten } = query;
    return (await rank(this.#scorer, this.#segments, semantic, lexical, { ...rules, rewritten })).total;
  }

  /** Number of passages that match the words and pass the filter, whatever their scores. */
  async countMatching({ query, ...plan }: SearchPlan): Promise<HiddenCount> {
    const wanted = await this.#wanted({ query, ...plan });
    // No score matters, so neither do the constants.
    const constants = { semantic: 1, lexical: 1, pending: 1 };
    const rules = { ...rulesOf({ query, ...plan }), k: 1, floor: 0, constants, rewritten: query.rewritten };
    const flags = wanted === null ? undefined : (segment: Segment): Uint8Array => wanted.flags(segment);
    const { semantic, lexical } = query;
    const { total } = await rank(this.#scorer, this.#segments, semantic, lexical, {
      ...rules,
      wanted: flags,
    });
    return { count: total, isExact: wanted === null || !wanted.hasDoubt };
  }

  async #found(plan: SearchPlan, rules: Rules): Promise<LocalHits> {
    const { ranking, near, far } = await this.#places(plan, rules);
    const shown = (hits: readonly NamedHit[]): Promise<Hit[]> =>
      Promise.all(hits.map(hit => this.explained(hit, plan, ranking.constants)));
    const hits = await shown(near);
    return { ranking, hits, further: await shown(far), total: Math.max(hits.length, ranking.total) };
  }

  async #places(plan: SearchPlan, rules: Rules): Promise<LocalPlaces> {
    const wanted = await this.#wanted(plan);
    const others = await this.#ranked(plan, rules, wanted);
    const ranking = await rankNamed(this.#scorer, this.#segments, plan.query, rules, wanted, others);
    // The bonus of a name is no measure for the other hits.
    const best = Math.max(0, ...ranking.hits.map(({ score, name }) => score - name));
    const isNear = (hit: NamedHit): boolean =>
      hit.score >= best * plan.settings.floor && !isFar(hit, plan.query);
    return {
      ranking,
      near: ranking.hits.filter(isNear),
      far: ranking.hits.filter(hit => !isNear(hit)),
    };
  }

  #wanted({ conditions }: SearchPlan): Promise<PassageFilter | null> {
    if (conditions === undefined) return Promise.resolve(null);
    return PassageFilter.of(this.#segments, conditions, this.#phrases);
  }

  #ranked({ query }: SearchPlan, rules: Rules, wanted: PassageFilter | null): Promise<Ranking> {
    return rankFiltered(this.#scorer, this.#segments, query, rules, wanted);
  }

  /** The hit of a ranked passage, with the addends of its score. */
  explained(hit: Scored & { readonly name: number }, plan: SearchPlan, constants: Constants): Promise<Hit> {
    const own = { ...constants, lexical: lexicalConstant(hit.segment, hit.passage, constants) };
    return this.#hitOf(hit, hit.score, (passage, headings) =>
      this.#explanations.of(hit, passage, headings, plan.query, own),
    );
  }

  async #hitOf(
    { segment, passage }: Place,
    score: number,
    explain: (passage: PassageText, headings: readonly string[]) => Hit['contributions'],
  ): Promise<Hit> {
    const { hash, ...place } = await segment.passage(passage);
    const text = await segment.text(passage);
    const { path, modified, tags } = segment.file(segment.fileOf(passage));
    const id = passageId(hash, place.start, path);
    const contributions = explain({ text, markup: place.markup }, place.headings);
    const folder = this.#folderOf.get(segment)!;
    const hit = { ...place, id, folder, file: path, modified, tags, text, score, contributions };
    return segment.passages.isPending(passage) ? { ...hit, pending: true } : hit;
  }

  async #placeOf(id: string): Promise<Place | null> {
    const [hash, start, path] = partsOfId(id);
    for (const segment of this.#segments)
      for (let file = 0; file < segment.fileCount; file++) {
        if (segment.files.path(file) !== path) continue;
        const { first, end } = segment.passagesOf(file);
        for (let passage = first; passage < end; passage++) {
          if (segment.live[passage] === 0) continue;
          const stored = await segment.passage(passage);
          if (stored.hash === hash && stored.start === start) return { segment, passage };
        }
      }
    return null;
  }
}

export interface LocalHits extends RankedHits {
  readonly ranking: NamedRanking;
}

/** Ranked passages, best first, those too weak to be answers apart. */
export interface LocalPlaces {
  readonly ranking: NamedRanking;
  readonly near: readonly NamedHit[];
  readonly far: readonly NamedHit[];
}

/** The value of `Hit.id`: the same text at the same place of the same file always has the same id. */
export function passageId(hash: string, start: number, path: string): string {
  return `${hash}:${start}:${path}`;
}

function othersThan(places: readonly Place[]): (segment: Segment) => Uint8Array | null {
  const flags = new Map<Segment, Uint8Array>();
  for (const { segment, passage } of places) {
    const others = flags.get(segment) ?? new Uint8Array(segment.passageCount).fill(1);
    others[passage] = 0;
    flags.set(segment, others);
  }
  return segment => flags.get(segment) ?? null;
}

export function partsOfId(id: string): readonly [hash: string, start: number, path: string] {
  const [hash = '', start = '', ...path] = id.split(':');
  return [hash, Number(start), path.join(':')];
}

function rulesOf({ query, settings }: SearchPlan): Rules {
  const { limit: k, floor, reference } = settings;
  const hasNoMeaning = query.semantic.length === 0 && settings.channel === 'hybrid';
  return { channel: hasNoMeaning ? 'lexical' : settings.channel, k, floor, reference };
}
