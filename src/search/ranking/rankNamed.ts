/** Ranks the files whose name is the query before all others, and favours those in a folder of that name. */
import type { Scorer } from '../../index/scoring/scorer.ts';
import type { Segment } from '../../index/segment/segment.ts';
import type { Scored } from './boundedScores.ts';
import { exactlyNamed, inFolderNamed } from './exactNames.ts';
import { rank, type Ranking, type RankSettings } from './fusion.ts';
import { SCALE } from './fusionConstants.ts';
import type { EncodedQuery } from '../query/encodedQuery.ts';
import type { Place, PassageFilter } from '../filter/passageFilter.ts';

/** Bonus of a file's name: as much as the rest of a perfect hit. */
export const NAME_BONUS = SCALE;

/** Bonus of the hits in a folder of that name: a good match elsewhere still comes first. */
export const FOLDER_BONUS = 0.35 * SCALE;

export interface NamedHit extends Scored {
  /** The bonus for the file's or its folder's name; 0 where neither is the query. */
  readonly name: number;
}

export interface NamedRanking extends Omit<Ranking, 'hits'> {
  readonly hits: readonly NamedHit[];
}

/** Ranks with names; rejects with `DamagedError`. */
export async function rankNamed(
  scorer: Scorer,
  segments: readonly Segment[],
  query: EncodedQuery,
  settings: Omit<RankSettings, 'wanted' | 'rewritten'>,
  wanted: PassageFilter | null,
  ranking: Ranking,
): Promise<NamedRanking> {
  const { k } = settings;
  const isIn = (place: Place): boolean => isWanted(place, wanted);
  const files = exactlyNamed(segments, query.normalized)
    .map(places => places.filter(isIn))
    .filter(places => places.length > 0)
    .slice(0, k);
  const inFolder = inFolderNamed(segments, query.normalized).filter(isIn);
  const rankThese = async (places: readonly Place[], count: number): Promise<readonly Scored[]> => {
    if (places.length === 0) return [];
    const { constants } = ranking;
    const own = { ...settings, k: count, rewritten: query.rewritten, constants, wanted: flagsOf(places) };
    return (await rank(scorer, segments, query.semantic, query.lexical, own)).hits;
  };
  const scored = await rankThese(files.flat(), files.flat().length);
  const named = files.map(places => namedHit(places, scored));
  const favoured = (await rankThese(inFolder, k)).map(hit => withBonus(hit, FOLDER_BONUS));
  const hits: NamedHit[] = [];
  // A passage is listed once, with its largest bonus.
  for (const hit of [...named, ...favoured, ...ranking.hits.map(each => withBonus(each, 0))])
    if (!hits.some(other => isSame(hit, other))) hits.push(hit);
  hits.sort((one, other) => other.score - one.score);
  const onlyByName = named.filter(({ score }) => score === NAME_BONUS).length;
  return { ...ranking, hits: hits.slice(0, k), total: ranking.total + onlyByName };
}

function withBonus(hit: Scored, bonus: number): NamedHit {
  return { ...hit, score: hit.score + bonus, name: bonus };
}

/** The file's best passage, or its first one where the query matches none of them. */
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
  return withBonus(best ?? nothing, NAME_BONUS);
}

function isSame(a: Place, b: Place): boolean {
  return a.segment === b.segment && a.passage === b.passage;
}

/**
 * An unverified passage does not count: its text would have to be read first, and a file is not promoted on a
 * guess.
 */
function isWanted({ segment, passage }: Place, wanted: PassageFilter | null): boolean {
  return wanted === null || wanted.isCertain(segment, passage);
}

/** Flags (u8) of only these passages, for `RankSettings.wanted`. */
export function flagsOf(places: readonly Place[]): (segment: Segment) => Uint8Array {
  const flags = new Map<Segment, Uint8Array>();
  for (const { segment, passage } of places) {
    const own = flags.get(segment) ?? new Uint8Array(segment.passageCount);
    own[passage] = 1;
    flags.set(segment, own);
  }
  return segment => flags.get(segment) ?? new Uint8Array(segment.passageCount);
}
