/** The clauses of a query, each with the number of passages that it alone hides. */
import type { QueryChip } from '../domain/query.ts';
import type { SparseVector } from '../index/sparseVector.ts';
import { conditionsOf } from '../search/filter/passageFilter.ts';
import { hiddenCounts } from '../search/hiding.ts';
import type { SearchPlan } from '../search/passageSource.ts';
import { conditionsIn } from '../search/query/language/conditions.ts';
import { STEERING } from '../search/query/language/parsedQuery.ts';
import { withSource } from '../search/search.ts';
import type { AskedQuery } from './askedQuery.ts';
import { both, fileFilter } from './fileFilter.ts';

/** A plan that was ranked, with the vectors of the meanings that it excludes. */
export interface RankedPlan {
  readonly plan: SearchPlan;
  readonly away: ReadonlyMap<string, SparseVector>;
}

/** Maximum number of clauses whose hidden passages are counted; each costs a pass over the postings. */
const MOST_COUNTED = 6;

/** Counts in the folders of this machine. Rejects with `DamagedError`. */
export async function countedClauses(
  { analyzed, request, context, folders }: AskedQuery,
  { plan, away }: RankedPlan,
): Promise<readonly QueryChip[]> {
  const { chips } = analyzed.parsed;
  const counted = chips.filter(({ kind }) => !STEERING.has(kind)).slice(0, MOST_COUNTED);
  // Without words nothing is ranked: every passage of a file matches as well as another.
  if (counted.length === 0 || !analyzed.hasWords) return chips;
  const without = counted.map(chip => {
    const others = conditionsIn(chips.filter(other => other !== chip));
    const vectors = others.negativeQueries.flatMap(text => away.get(text) ?? []);
    return conditionsOf(others, both(fileFilter(request.filter), fileFilter(others.filter)), vectors);
  });
  const counts = await withSource(context.scorer, folders, context.phrases, source =>
    hiddenCounts(source, plan, without),
  );
  return chips.map(chip => {
    const hides = counts[counted.indexOf(chip)];
    return hides === undefined ? chip : { ...chip, hides };
  });
}
