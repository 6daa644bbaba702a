/** How long searches of an index take, what they cost the server, and what leaving things out would gain and lose. */
import os from 'node:os';
import type { Client } from '@opensearch-project/opensearch';
import type { SearchPlan } from '../../../src/search/passageSource.ts';
import { constantsOf } from '../../../src/search/ranking/fusionConstants.ts';
import { send } from '../../../src/team/client/send.ts';
import { sendSearches } from '../../../src/team/client/sendSearches.ts';
import { refresh, type TeamIndex } from '../../../src/team/client/teamIndexes.ts';
import { FeatureNames } from '../../../src/team/features.ts';
import { bestOfEach } from '../../../src/team/search/candidates.ts';
import { Statistics } from '../../../src/team/search/statistics.ts';
import { TeamSource } from '../../../src/team/search/teamSource.ts';
import type { OpenSearchNode } from '../../team/server/openSearch.ts';
import { percentile } from '../figures.ts';
import { processorTime, type Print } from './processorTime.ts';
import { FUSION, fusedAlone, NEVER, rounded, TOP, WARM_UP } from './timedSearch.ts';

const AT_ONCE = 4;
/** Queries for which something is left out. */
const PRUNED = 60;
interface Stats {
  readonly _all: { readonly primaries: { readonly store: { readonly size_in_bytes: number } } };
}

export interface Loaded {
  readonly node: OpenSearchNode;
  readonly client: Client;
  readonly index: TeamIndex;
  /** The index, or several of the same kind. */
  readonly searched: string;
  /** Passages in all that is searched. */
  readonly size: number;
  /** Whether passages are there several times: then there is no exact top 10 to be compared with. */
  readonly isCopied?: boolean;
}

export async function load(loaded: Loaded, plans: readonly SearchPlan[], print: Print): Promise<void> {
  const { node, client, index, searched, size, isCopied = false } = loaded;
  await refresh(client, index.name);
  const team = new TeamSource(client, { name: 'bench', url: '' }, index, searched);
  const name = `${size.toLocaleString('en')} passages`;
  for (const plan of plans.slice(0, WARM_UP)) await fusedAlone(team, plan);
  const asked = plans.slice(WARM_UP);
  const times: number[] = [];
  const served: number[] = [];
  const before = processorTime(node.pid);
  for (const plan of asked) {
    const { milliseconds, server } = await fusedAlone(team, plan);
    times.push(milliseconds);
    served.push(server);
  }
  const spent = before === null ? null : (processorTime(node.pid)! - before) / asked.length;
  const note = `load average ${os
    .loadavg()
    .map(each => each.toFixed(0))
    .join(' ')}`;
  print({ name: `${name}: search p50`, value: rounded(percentile(times, 0.5)), unit: 'ms', note });
  print({ name: `${name}: search p95`, value: rounded(percentile(times, 0.95)), unit: 'ms', limit: 300 });
  print({ name: `${name}: of it the server p50`, value: rounded(percentile(served, 0.5)), unit: 'ms' });
  print({
    name: `${name}: server’s processor time`,
    value: spent === null ? null : rounded(spent),
    unit: 'ms a search',
  });
  const started = performance.now();
  await Promise.all(
    Array.from({ length: AT_ONCE }, async (_, n) => {
      for (let i = n; i < asked.length; i += AT_ONCE) await fusedAlone(team, asked[i]!);
    }),
  );
  const seconds = (performance.now() - started) / 1_000;
  print({
    name: `${name}: searches by ${AT_ONCE} at once`,
    value: rounded(asked.length / seconds),
    unit: '/s',
  });
  if (isCopied) return;
  await bytes(node, client, index, size, name, print);
  await leavingOut(node, client, index, plans.slice(0, PRUNED), name, print);
}

async function bytes(
  node: OpenSearchNode,
  client: Client,
  index: TeamIndex,
  size: number,
  name: string,
  print: Print,
): Promise<void> {
  await send(client, { method: 'POST', path: `/${index.name}/_flush` });
  const { body } = await node.request('GET', `/${index.name}/_stats/store,segments`);
  const { size_in_bytes: stored } = (body as Stats)._all.primaries.store;
  print({ name: `${name}: index`, value: rounded(stored / 1e6), unit: 'MB' });
  print({ name: `${name}: bytes a passage`, value: Math.round(stored / size), unit: 'B' });
}

interface Way {
  readonly name: string;
  /** Heaviest dimensions of a query that are looked for; null for all. */
  readonly dimensions: number | null;
  readonly counts: boolean;
}

const WAYS: readonly Way[] = [
  { name: 'all, hits counted', dimensions: null, counts: true },
  { name: 'all, the server skips what cannot be among the best', dimensions: null, counts: false },
  { name: '16 heaviest dimensions, the same', dimensions: 16, counts: false },
  { name: '8 heaviest dimensions, the same', dimensions: 8, counts: false },
];

/** The last request of a search alone, by the constants of the whole query: its cost, and recall of the exact top 10. */
async function leavingOut(
  node: OpenSearchNode,
  client: Client,
  index: TeamIndex,
  plans: readonly SearchPlan[],
  name: string,
  print: Print,
): Promise<void> {
  const place = { client, searched: index.name };
  const team = new TeamSource(client, { name: 'bench', url: '' }, index, index.name);
  const statistics = new Statistics(new FeatureNames(index.meta.salt));
  const exact: (readonly string[])[] = [];
  for (const { dimensions, counts, name: way } of WAYS) {
    let [found, wanted, spent] = [0, 0, 0];
    const times: number[] = [];
    for (const [i, plan] of plans.entries()) {
      const constants = constantsOf(await team.asked(NEVER).maxima(plan), FUSION);
      const { lexical, semantic: all } = plan.query;
      const request = statistics.request(lexical);
      const { answers } = await sendSearches(client, index.name, [request.body], { signal: NEVER });
      const { collection, weighed } = request.accept(answers[0]);
      const heaviest = [...all].sort((a, b) => b.weight - a.weight).slice(0, dimensions ?? all.length);
      const { averageLength } = index.meta;
      const query = { semantic: heaviest, lexical: weighed, collection, averageLength };
      const search = { k: TOP, filters: [], test: null, counts, query, weights: constants };
      const before = processorTime(node.pid);
      const started = performance.now();
      const [best] = (await bestOfEach(place, [search], NEVER)).found;
      times.push(performance.now() - started);
      if (before !== null) spent += processorTime(node.pid)! - before;
      const keys = best!.best.map(({ document }) => `${document.path} ${document.number}`);
      exact[i] ??= keys;
      wanted += exact[i].length;
      found += keys.filter(key => exact[i]!.includes(key)).length;
    }
    print({
      name: `${name}: ${way}`,
      value: rounded((100 * found) / wanted),
      unit: '% of the top 10',
      note: `p50 ${rounded(percentile(times, 0.5))} ms, p95 ${rounded(percentile(times, 0.95))} ms, processor ${rounded(spent / plans.length)} ms`,
    });
  }
}
