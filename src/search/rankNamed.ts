/** The ranking with the files whose name is the query before all others, each by its best passage. */
import type { Scorer } from '../index/scorer.ts';
import type { Segment } from '../index/segment.ts';
import type { Scored } from './boundedLeaf.ts';
import { exactlyNamed } from './exactNames.ts';
import { rank, type Ranking, type RankSettings } from './fusion.ts';
import { SCALE } from './fusionConstants.ts';
import type { PreparedQuery } from './preparedQuery.ts';
import type { Place, WantedPassages } from './wantedPassages.ts';

/** What a name adds to a hit: as much as the rest of a perfect one. */
export const NAME_BONUS = SCALE;

export interface NamedHit extends Scored {
  /** What the file's name adds to the score; 0 where it is not the query. */
  readonly name: number;
}

export interface NamedRanking extends Omit<Ranking, 'hits'> {
  readonly hits: readonly NamedHit[];
}

/** Rejects with `DamagedError`. */
export async function rankNamed(
  scorer: Scorer,
  segments: readonly Segment[],
  query: PreparedQuery,
  settings: Omit<RankSettings, 'wanted' | 'rewritten'>,
  wanted: WantedPassages | null,
  ranking: Ranking,
): Promise<NamedRanking> {
  const files = exactlyNamed(segments, query.text)
    .map(places => places.filter(place => isWanted(place, wanted)))
    .filter(places => places.length > 0)
    .slice(0, settings.k);
  if (files.length === 0) return { ...ranking, hits: ranking.hits.map(hit => ({ ...hit, name: 0 })) };
  const { hits: scored } = await rank(scorer, segments, query.semantic, query.lexical, {
    ...settings,
    k: files.reduce((sum, places) => sum + places.length, 0),
    rewritten: query.rewritten,
    constants: ranking.constants,
    wanted: flagsOf(files.flat()),
  });
  const named = files.map(places => namedHit(places, scored)).sort((a, b) => b.score - a.score);
  const rest = ranking.hits.filter(hit => !named.some(other => isSame(hit, other)));
  return {
    ...ranking,
    hits: [...named, ...rest.map(hit => ({ ...hit, name: 0 }))].slice(0, settings.k),
    total: ranking.total + named.filter(({ score }) => score === NAME_BONUS).length,
  };
}

/** The file's best passage, or its first where the query finds none of them. */
function namedHit(places: readonly Place[], scored: readonly Scored[]): NamedHit {
  const best = scored.find(hit => places.some(place => isSame(hit, place)));
  const { segment, passage } = places[0]!;
  const nothing = {
    segment,
    passage,
    semantic: 0,
    lexical: 0,
    score: 0,
    semanticMatches: [],
    lexicalMatches: [],
  };
  const hit = best ?? nothing;
  return { ...hit, score: hit.score + NAME_BONUS, name: NAME_BONUS };
}

function isSame(a: Place, b: Place): boolean {
  return a.segment === b.segment && a.passage === b.passage;
}

/** A passage in doubt would have to be read first; a file is not put in front on a guess. */
function isWanted({ segment, passage }: Place, wanted: WantedPassages | null): boolean {
  return wanted === null || wanted.isCertain(segment, passage);
}

function flagsOf(places: readonly Place[]): (segment: Segment) => Uint8Array {
  const flags = new Map<Segment, Uint8Array>();
  for (const { segment, passage } of places) {
    const own = flags.get(segment) ?? new Uint8Array(segment.passageCount);
    own[passage] = 1;
    flags.set(segment, own);
  }
  return segment => flags.get(segment) ?? new Uint8Array(segment.passageCount);
}
