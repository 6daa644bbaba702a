/** Counts what each clause of a query hides. */
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

/** A plan that was ranked, with the vectors of the meanings that it excludes, by their texts. */
export interface RankedPlan {
  readonly plan: SearchPlan;
  readonly away: ReadonlyMap<string, SparseVector>;
}

/** Maximum number of clauses whose hidden passages are counted; each costs a pass over the postings. */
const MOST_COUNTED = 6;

/** The query's clauses, each with the number of passages in the folders here that it alone hides. */
export async function countedChips(
  { analyzed: { parsed, hasWords }, context, folders, request }: AskedQuery,
  { plan, away }: RankedPlan,
): Promise<readonly QueryChip[]> {
  const { chips } = parsed;
  if (!hasWords) return chips;
  const counted = chips.filter(({ kind }) => !STEERING.has(kind)).slice(0, MOST_COUNTED);
  const without = counted.map(chip => {
    const own = conditionsIn(chips.filter(other => other !== chip));
    const vectors = own.negativeQueries.flatMap(text => away.get(text) ?? []);
    return conditionsOf(own, both(fileFilter(request.filter), fileFilter(own.filter)), vectors);
  });
  const counts = await withSource(context.scorer, folders, context.phrases, source =>
    hiddenCounts(source, plan, without),
  );
  return chips.map(chip => {
    const hides = counts[counted.indexOf(chip)];
    return hides === undefined ? chip : { ...chip, hides };
  });
}
