/** Counts the passages that each clause of a query hides. */
import type { HiddenCount } from '../domain/query.ts';
import type { Conditions } from './filter/passageFilter.ts';
import type { LocalSource } from './localSource.ts';
import type { SearchPlan } from './passageSource.ts';

/**
 * For each of the conditions, which lack one clause each, the passages that would be found with them and are not found
 * with the plan's own. Rejects with `DamagedError`.
 */
export async function hiddenCounts(
  source: LocalSource,
  plan: SearchPlan,
  without: readonly Conditions[],
): Promise<readonly HiddenCount[]> {
  const found = await source.countMatching(plan);
  const counts: HiddenCount[] = [];
  for (const conditions of without) {
    const wider = await source.countMatching({ ...plan, conditions });
    const isExact = found.isExact && wider.isExact;
    counts.push({ count: Math.max(0, wider.count - found.count), isExact });
  }
  return counts;
}
