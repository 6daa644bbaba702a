/**
 * Where the time of a fused search goes. The same requests are sent once more by a bare HTTP client that throws the
 * answers away, which is the least that anybody who asks this server would wait; the rest is this program's own.
 */
import type { Client } from '@opensearch-project/opensearch';
import { Pool } from 'undici';
import type { LocalSource } from '../../../src/search/localSource.ts';
import type { SearchPlan } from '../../../src/search/passageSource.ts';
import { pageOf, scored } from '../../../src/team/search/candidates.ts';
import type { TeamIndex } from '../../../src/team/client/teamIndexes.ts';
import { TeamSource } from '../../../src/team/search/teamSource.ts';
import type { OpenSearchNode } from '../../team/server/openSearch.ts';
import { percentile, type Figure } from '../figures.ts';
import { Recorder, type Recorded } from './recordedConnection.ts';
import { fused, fusedAlone, NEVER, ranked, rounded, WARM_UP } from './timedSearch.ts';

interface Round {
  readonly fused: number;
  readonly took: number;
  readonly bare: number;
  readonly local: number;
  readonly requests: number;
  readonly bytes: number;
  readonly own: number;
  readonly bareOwn: number;
}

const PLACES = ['fused', 'took', 'bare', 'local', 'requests', 'bytes', 'own', 'bareOwn'] as const;

export async function parts(
  node: OpenSearchNode,
  index: TeamIndex,
  local: LocalSource,
  plans: readonly SearchPlan[],
  name: string,
  print: (figure: Figure) => void,
): Promise<void> {
  const recorder = new Recorder();
  const client: Client = recorder.open(node.url);
  const pool = new Pool(node.url, { connections: 1, pipelining: 1 });
  const team = new TeamSource(client, { name: 'bench', url: '' }, index, index.name);
  const rounds: Round[] = [];
  try {
    for (const [i, plan] of plans.entries()) {
      const first = i % 2 === 0 ? await ranked(local, plan) : null;
      recorder.take();
      const before = process.cpuUsage();
      const both = await fused(local, team, plan);
      const own = cpu(before);
      const sent = recorder.take();
      const bare = await replay(pool, sent);
      const mine = first ?? (await ranked(local, plan));
      if (i < WARM_UP) continue;
      rounds.push({
        fused: both.milliseconds,
        took: both.server,
        bare: bare.milliseconds,
        local: mine.milliseconds,
        requests: sent.length,
        bytes: bare.bytes,
        own,
        bareOwn: bare.own,
      });
    }
    for (const place of PLACES) {
      const values = rounds.map(round => round[place]);
      print({
        name: `${name}: ${place}`,
        value: rounded(percentile(values, 0.5), 2),
        unit: '',
        note: `p95 ${rounded(percentile(values, 0.95), 2)}, mean ${rounded(values.reduce((a, b) => a + b, 0) / values.length, 2)}`,
      });
    }
    for (const [what, of] of [
      ['fused / (took + local)', (r: Round) => r.fused / (r.took + r.local)],
      ['fused / (bare + local)', (r: Round) => r.fused / (r.bare + r.local)],
    ] as const) {
      const values = rounds.map(of);
      print({
        name: `${name}: ${what}`,
        value: rounded(percentile(values, 0.5), 2),
        unit: '',
        note: `p95 ${rounded(percentile(values, 0.95), 2)}`,
      });
    }
    void fusedAlone;
    void pageOf;
    void scored;
    void NEVER;
  } finally {
    void client.close();
    await pool.close();
  }
}

function cpu(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

async function replay(
  pool: Pool,
  requests: readonly Recorded[],
): Promise<{ readonly milliseconds: number; readonly bytes: number; readonly own: number }> {
  let bytes = 0;
  const before = process.cpuUsage();
  const started = performance.now();
  for (const { path, body, contentType } of requests) {
    const { body: answer } = await pool.request({
      method: 'POST',
      path,
      body,
      headers: { 'content-type': contentType },
    });
    for await (const chunk of answer) bytes += (chunk as Buffer).length;
  }
  return { milliseconds: performance.now() - started, bytes, own: cpu(before) };
}
