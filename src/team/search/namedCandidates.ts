/**
 * Like `rankNamed` of the engine: files whose name is the query come first, and those in a folder of that name are
 * favoured.
 */
import type { SearchPlan } from '../../search/passageSource.ts';
import { keyOfForm } from '../../search/ranking/exactNames.ts';
import type { Constants } from '../../search/ranking/fusionConstants.ts';
import { FOLDER_BONUS, NAME_BONUS } from '../../search/ranking/rankNamed.ts';
import { send } from '../client/send.ts';
import { segment } from '../client/teamIndexes.ts';
import type { FeatureNames } from '../features.ts';
import { bestCandidates, pageOf, scored, type CandidateOptions } from './candidates.ts';
import type { TeamQuery } from './scoring.ts';
import type { OpenConditions } from './teamConditions.ts';
import { isSameFile, type NamedCandidate, type SearchedIndex } from './teamHits.ts';

export interface NamedQuery {
  readonly plan: SearchPlan;
  readonly query: TeamQuery;
  readonly names: FeatureNames;
}

export async function namedCandidates(
  { client, searched }: SearchedIndex,
  { plan, query, names }: NamedQuery,
  constants: Constants,
  { filters, test }: OpenConditions,
  signal: AbortSignal,
): Promise<{ readonly best: readonly NamedCandidate[]; readonly took: number }> {
  const named = keyOfForm(plan.query.normalized);
  if (named === '') return { best: [], took: 0 };
  const key = names.name(named);
  const k = plan.settings.limit;
  const options = { k, test, signal };
  const within = (clause: object): CandidateOptions => ({ ...options, filters: [...filters, clause] });
  const firsts = [{ term: { names: key } }, { term: { number: 0 } }];
  const path = `/${segment(searched)}/_search`;
  const body = { size: k, query: { bool: { filter: [...filters, ...firsts] } } };
  const [files, inFolder, first] = await Promise.all([
    bestCandidates(client, searched, query, constants, within({ term: { names: key } })),
    bestCandidates(client, searched, query, constants, within({ term: { folders: key } })),
    send(client, { method: 'POST', path, body }, { signal }).then(pageOf),
  ]);
  const best: NamedCandidate[] = [];
  const unscored = first.documents
    .filter(document => test === null || test(document))
    .map(document => scored(document, query, { semantic: 0, lexical: 0 }));
  for (const hit of [...files.best, ...unscored])
    if (!best.some(({ document }) => isSameFile(document, hit.document)))
      best.push({ ...hit, name: NAME_BONUS, score: hit.score + NAME_BONUS });
  for (const hit of inFolder.best) best.push({ ...hit, name: FOLDER_BONUS, score: hit.score + FOLDER_BONUS });
  return { best, took: Math.max(files.took, inFolder.took, first.took) };
}
