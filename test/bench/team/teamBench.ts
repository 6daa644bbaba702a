/** `npm run bench -- team`: a team's index on a real OpenSearch of this machine, beside the engine's own. */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Client } from '@opensearch-project/opensearch';
import type { Hit } from '../../../src/domain/hit.ts';
import { LocalSource } from '../../../src/search/localSource.ts';
import type { SearchPlan } from '../../../src/search/passageSource.ts';
import { openClient } from '../../../src/team/client/openClient.ts';
import type { TeamIndex } from '../../../src/team/client/teamIndexes.ts';
import { beginIndex } from '../../../src/team/push/beginIndex.ts';
import { pushFolder } from '../../../src/team/push/pushFolder.ts';
import { TeamSource } from '../../../src/team/search/teamSource.ts';
import { indexFingerprint } from '../../../src/workspace/models/modelHost.ts';
import { openScorer } from '../../../src/workspace/openScorer.ts';
import { percentile, type Figure } from '../figures.ts';
import { OpenSearchNode } from '../../team/server/openSearch.ts';
import { openRealModel, writeCorpus, type RealModel } from './corpus.ts';
import { parts } from './parts.ts';
import { fusedAlone, NEVER, ranked, rounded, TOP, WARM_UP } from './timedSearch.ts';

export interface TeamBenchOptions {
  /** BEIR sets. */
  readonly sets: readonly string[];
  readonly documents: number;
  readonly queries: number;
  readonly model: string;
  readonly programs: string;
}

export async function benchTeam(options: TeamBenchOptions, print: (figure: Figure) => void): Promise<void> {
  const work = mkdtempSync(path.join(os.tmpdir(), 'malmoi-team-bench-'));
  const node = await OpenSearchNode.start({ heap: '1g', fast: true });
  const real = await openRealModel(options.model, options.programs);
  const client = await openClient({ name: 'bench', url: node.url, credentials: null });
  try {
    const { folder, questions } = await writeCorpus(options.sets, options.documents, path.join(work, 'docs'));
    const index = await pushed(real, client, folder, print);
    const asked = everyNth(questions, options.queries);
    const plans: SearchPlan[] = [];
    for (const text of asked)
      plans.push({
        query: await real.queryOf(text),
        settings: { limit: TOP, channel: 'hybrid', floor: 0 },
      });
    await compare({ real, node, client, index }, plans, options.programs, print);
  } finally {
    await real.close();
    void client.close();
    await node.stop();
    rmSync(work, { recursive: true, force: true });
  }
}

function everyNth<T>(all: readonly T[], count: number): readonly T[] {
  const step = Math.max(1, all.length / count);
  return Array.from({ length: Math.min(count, all.length) }, (_, i) => all[Math.floor(i * step)]!);
}

async function pushed(
  real: RealModel,
  client: Client,
  folder: Parameters<typeof pushFolder>[0]['folder'],
  print: (figure: Figure) => void,
): Promise<TeamIndex> {
  const { manifest } = real.model;
  const own = { client, team: 'bench', folder, source: 'docs', ports: real.ports, signal: NEVER };
  const index = await beginIndex({
    ...own,
    owner: 'bench',
    takesOver: false,
    manifest,
    fingerprint: indexFingerprint(manifest),
    plainTerms: false,
    layout: { shards: 1, replicas: 0 },
  });
  // The encoder's threads open the model at their first batch: that is no part of its speed.
  await real.queryOf('회의');
  const started = performance.now();
  const result = await pushFolder({ ...own, index, skipped: new Map(), onProgress: () => undefined });
  const seconds = (performance.now() - started) / 1_000;
  const alone = await real.encodeAlone();
  const speed = result.passages / seconds;
  const encoder = alone.passages / alone.seconds;
  print({ name: 'passages pushed', value: result.passages, unit: '' });
  print({
    name: 'push',
    value: rounded(speed),
    unit: 'passages/s',
    note: 'read, cut, encoded, written, refreshed',
  });
  print({ name: 'encoder alone', value: rounded(encoder), unit: 'passages/s' });
  print({
    name: 'push of the encoder’s speed',
    value: rounded(speed / encoder, 3),
    unit: '',
    note: 'wanted: 0.9',
  });
  return index;
}

interface Compared {
  readonly real: RealModel;
  readonly node: OpenSearchNode;
  readonly client: Client;
  readonly index: TeamIndex;
}

async function compare(
  { real, node, client, index }: Compared,
  plans: readonly SearchPlan[],
  programs: string,
  print: (figure: Figure) => void,
): Promise<void> {
  const own = await real.localIndex();
  const { segments, release } = own.acquire();
  const local = new LocalSource(await openScorer(programs), new Map(segments.map(each => [each, '/bench'])));
  const team = new TeamSource(client, { name: 'bench', url: '' }, index, index.name);
  let [same, largest, compared] = [0, 0, 0];
  const totals: number[] = [];
  for (const [i, plan] of plans.entries()) {
    const mine = await ranked(local, plan);
    const theirs = await fusedAlone(team, plan);
    if (i >= WARM_UP) totals.push(theirs.milliseconds);
    const scores = new Map(mine.hits.map(hit => [hit.id.split(':')[0], hit.score]));
    for (const hit of theirs.hits) {
      const score = scores.get(hit.id.split(':')[0]);
      if (score === undefined) continue;
      compared++;
      largest = Math.max(largest, Math.abs(hit.score - score) / score);
    }
    if (isSameTop(mine.hits, theirs.hits, largest)) same++;
  }
  print({
    name: 'queries with the same top 10',
    value: rounded((100 * same) / plans.length, 2),
    unit: '%',
    note: `${plans.length} queries; wanted: 99.5`,
  });
  print({
    name: 'largest difference of a score',
    value: rounded(1e6 * largest),
    unit: 'millionths of it',
    note: `${compared} hits`,
  });
  print({
    name: 'team search p50, p95',
    value: rounded(percentile(totals, 0.5)),
    unit: 'ms',
    note: `p95 ${rounded(percentile(totals, 0.95))}`,
  });
  await parts({ node, index, local }, plans, 'real passages', print);
  release();
  await own.close();
}

/** Passages of equal score may stand in any order. */
function isSameTop(mine: readonly Hit[], theirs: readonly Hit[], rounding: number): boolean {
  if (mine.length !== theirs.length) return false;
  const key = (hit: Hit): string => hit.id.split(':')[0]!;
  const known = new Set(mine.map(key));
  const least = mine.at(-1)?.score ?? 0;
  return theirs.every(hit => known.has(key(hit)) || Math.abs(hit.score - least) <= 2 * rounding * least);
}
