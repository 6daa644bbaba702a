/** The place of a file in a query's ranking, and the query words that it lacks. */
import type { Hit } from '../domain/hit.ts';
import type { QueryWord } from '../domain/query.ts';
import { PassageFilter, type Conditions, type Place } from './filter/passageFilter.ts';
import type { PhraseStates } from './filter/phraseStates.ts';
import type { LocalSource } from './localSource.ts';
import type { SearchPlan } from './passageSource.ts';
import { FAR_SCORE } from './ranking/farHits.ts';

export interface FileStanding {
  /** The file's best passage as a hit; null where no passage matches. */
  readonly best: Hit | null;
  /** One-based rank among the passages that pass the filter; null with `best`. */
  readonly rank: number | null;
  readonly bestScore: number;
  readonly threshold: number;
  readonly lacking: readonly QueryWord[];
}

/**
 * `places` are the file's passages in `source`. The passages before the file's best are ranked but not explained: only
 * one explanation is asked for. Rejects with `DamagedError`.
 */
export async function standingOf(
  places: readonly Place[],
  { folder, file }: Pick<Hit, 'folder' | 'file'>,
  source: LocalSource,
  plan: SearchPlan,
): Promise<FileStanding> {
  const { ranking, near, far } = await source.rankedPlaces(plan);
  const { constants } = ranking;
  const all = [...near, ...far];
  const bestScore = all[0]?.score ?? 0;
  const threshold = thresholdOf(plan.settings.floor, bestScore);
  // A hit's score may include a bonus for its file's name, so it may be above those of the passages.
  const listed = all.findIndex(place => {
    const its = source.fileOf(place);
    return its.file === file && its.folder === folder;
  });
  const best =
    listed === -1
      ? await source.bestOf(places, plan, constants)
      : await source.explained(all[listed]!, plan, constants);
  const { words } = plan.query;
  if (best === null) return { best, rank: null, bestScore, threshold, lacking: words };
  const rank = listed === -1 ? await source.countFrom(best.score, plan, constants) : listed + 1;
  const has = new Set(best.contributions.map(({ word }) => word));
  return { best, rank, bestScore, threshold, lacking: words.filter((_, word) => !has.has(word)) };
}

/** Score below which hits are folded away. */
export function thresholdOf(floor: number, bestScore: number): number {
  return Math.max(FAR_SCORE, floor * bestScore);
}

/** Whether any of these passages passes the filter. Rejects with `DamagedError`. */
export async function isAnyWanted(
  places: readonly Place[],
  conditions: Conditions,
  phrases: PhraseStates,
): Promise<boolean> {
  const segments = [...new Set(places.map(({ segment }) => segment))];
  const wanted = await PassageFilter.of(segments, conditions, phrases);
  if (wanted === null) return true;
  await wanted.settle(places);
  return places.some(({ segment, passage }) => wanted.flags(segment)[passage] !== 0);
}
