/** Searches of a team's index, of the engine's own and of both, with the time that they take. */
import type { Hit } from '../../../src/domain/hit.ts';
import type { LocalSource } from '../../../src/search/localSource.ts';
import { barOf, joinedHits, joinedMaxima, type SearchPlan } from '../../../src/search/passageSource.ts';
import { SEMANTIC_SHARE } from '../../../src/search/ranking/fusion.ts';
import { constantsOf } from '../../../src/search/ranking/fusionConstants.ts';
import { DEFAULT_REFERENCE } from '../../../src/search/ranking/semanticReference.ts';
import type { TeamSource } from '../../../src/team/search/teamSource.ts';

export const FUSION = { channel: 'hybrid', share: SEMANTIC_SHARE, reference: DEFAULT_REFERENCE } as const;
export const NEVER = new AbortController().signal;
export const TOP = 10;
/** Searches before anything is measured. */
export const WARM_UP = 20;

export interface Timed {
  readonly hits: readonly Hit[];
  readonly milliseconds: number;
}

export interface TimedTeam extends Timed {
  /** Milliseconds that the server reports. */
  readonly server: number;
}

export async function ranked(local: LocalSource, plan: SearchPlan): Promise<Timed> {
  const started = performance.now();
  const { hits, further } = await local.rank(plan);
  return { hits: [...hits, ...further].slice(0, TOP), milliseconds: performance.now() - started };
}

export async function fusedAlone(team: TeamSource, plan: SearchPlan): Promise<TimedTeam> {
  const started = performance.now();
  const source = team.asked(NEVER);
  const constants = constantsOf(await source.maxima(plan), FUSION);
  const { hits, further } = await source.rankWith(plan, constants);
  const milliseconds = performance.now() - started;
  return { hits: [...hits, ...further].slice(0, TOP), milliseconds, server: source.usage.took };
}

/** As `search/search.ts` does it. */
export async function fused(local: LocalSource, team: TeamSource, plan: SearchPlan): Promise<TimedTeam> {
  const started = performance.now();
  const source = team.asked(NEVER);
  const theirs = source.maxima(plan);
  const own = await local.rank(plan);
  const constants = constantsOf(joinedMaxima([own.ranking.maxima, await theirs]), FUSION);
  const again = local.rankWith(plan, constants);
  const bar = again.then(hits => barOf(hits, plan.settings));
  const [here, others] = await Promise.all([again, source.rankWith(plan, constants, bar)]);
  const { hits } = joinedHits([here, others], plan.settings);
  return { hits, milliseconds: performance.now() - started, server: source.usage.took };
}

export function rounded(value: number, digits = 1): number {
  return Number(value.toFixed(digits));
}
