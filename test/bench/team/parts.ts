/**
 * Where the time of a fused search goes. The same requests are sent once more by a bare HTTP client that throws the
 * answers away, which is the least that anybody who asks this server would wait; the rest is this program's own.
 *
 * Times by the clock say little where others use the machine as well: each process then waits for its turn, and a fused
 * search has more turns than its parts. Processor time says what a search costs, whoever else is there.
 */
import { Pool } from 'undici';
import type { LocalSource } from '../../../src/search/localSource.ts';
import type { SearchPlan } from '../../../src/search/passageSource.ts';
import type { TeamIndex } from '../../../src/team/client/teamIndexes.ts';
import { TeamSource } from '../../../src/team/search/teamSource.ts';
import type { OpenSearchNode } from '../../team/server/openSearch.ts';
import { percentile } from '../figures.ts';
import { processorTime, type Print } from './processorTime.ts';
import { Recorder, type Recorded } from './recordedConnection.ts';
import { fused, ranked, rounded, WARM_UP } from './timedSearch.ts';

/** Milliseconds of one search but for `requests` and `kilobytes`. */
interface Round {
  readonly fused: number;
  /** As the server reports it, in whole milliseconds and without its reading of requests and writing of answers. */
  readonly took: number;
  readonly bare: number;
  readonly local: number;
  readonly requests: number;
  readonly kilobytes: number;
  readonly fusedCpu: number;
  readonly bareCpu: number;
  readonly localCpu: number;
  readonly serverCpu: number;
}

interface Searched {
  readonly node: OpenSearchNode;
  readonly index: TeamIndex;
  readonly local: LocalSource;
}

export async function parts(
  { node, index, local }: Searched,
  plans: readonly SearchPlan[],
  name: string,
  print: Print,
): Promise<void> {
  const recorder = new Recorder();
  const client = recorder.open(node.url);
  const pool = new Pool(node.url, { connections: 1, pipelining: 1 });
  // Statistics that are known from another query's words spare a request; these queries share few.
  const team = new TeamSource(client, { name: 'bench', url: '' }, index, index.name);
  const rounds: Round[] = [];
  try {
    for (const [i, plan] of plans.entries()) {
      const alone = (): Promise<Measured<unknown>> => measured(() => ranked(local, plan));
      // What comes second finds the texts in the cache, so they take turns.
      const before = i % 2 === 0 ? await alone() : null;
      recorder.take();
      const server = processorTime(node.pid) ?? 0;
      const both = await measured(() => fused(local, team, plan));
      const serverCpu = (processorTime(node.pid) ?? 0) - server;
      const requests = recorder.take();
      const bare = await measured(() => replay(pool, requests));
      const mine = before ?? (await alone());
      if (i < WARM_UP) continue;
      rounds.push({
        fused: both.milliseconds,
        took: both.value.server,
        bare: bare.milliseconds,
        local: mine.milliseconds,
        requests: requests.length,
        kilobytes: bare.value / 1_000,
        fusedCpu: both.cpu,
        bareCpu: bare.cpu,
        localCpu: mine.cpu,
        serverCpu,
      });
    }
  } finally {
    void client.close();
    await pool.close();
  }
  report(rounds, name, print);
}

function report(rounds: readonly Round[], name: string, print: Print): void {
  const mean = (of: (round: Round) => number): number =>
    rounds.reduce((sum, round) => sum + of(round), 0) / rounds.length;
  const share = (what: string, of: (round: Round) => number): void => {
    const values = rounds.map(of);
    const note = `median; p95 ${rounded(percentile(values, 0.95), 2)}; wanted: 1.3`;
    print({ name: `${name}: ${what}`, value: rounded(percentile(values, 0.5), 2), unit: '×', note });
  };
  const [own, bare, local] = [
    mean(each => each.fusedCpu),
    mean(each => each.bareCpu),
    mean(each => each.localCpu),
  ];
  const server = mean(each => each.serverCpu);
  share('fused search of the server’s reported time + local', each => each.fused / (each.took + each.local));
  share('fused search of the bare requests + local', each => each.fused / (each.bare + each.local));
  print({
    name: `${name}: the same by processor time`,
    value: rounded((own + server) / (bare + local + server), 2),
    unit: '×',
    note: `ms: server ${rounded(server)}; here ${rounded(own)}, of it bare requests ${rounded(bare)}, local search ${rounded(local)}`,
  });
  const times = (of: (round: Round) => number): string => {
    const values = rounds.map(of);
    return `${rounded(percentile(values, 0.5))} (p95 ${rounded(percentile(values, 0.95))})`;
  };
  print({
    name: `${name}: fused search`,
    value: rounded(
      percentile(
        rounds.map(each => each.fused),
        0.5,
      ),
    ),
    unit: 'ms',
    note: `p50: reported ${times(each => each.took)}, bare requests ${times(each => each.bare)}, local ${times(each => each.local)}; ${rounded(mean(each => each.requests))} requests, ${rounded(mean(each => each.kilobytes))} KB`,
  });
}

interface Measured<T> {
  readonly value: T;
  readonly milliseconds: number;
  /** Of this process. */
  readonly cpu: number;
}

async function measured<T>(work: () => Promise<T>): Promise<Measured<T>> {
  const before = process.cpuUsage();
  const started = performance.now();
  const value = await work();
  const milliseconds = performance.now() - started;
  const { user, system } = process.cpuUsage(before);
  return { value, milliseconds, cpu: (user + system) / 1_000 };
}

/** The bytes of the answers. */
async function replay(pool: Pool, requests: readonly Recorded[]): Promise<number> {
  let bytes = 0;
  for (const { path, body, contentType } of requests) {
    const headers = { 'content-type': contentType };
    const { body: answer } = await pool.request({ method: 'POST', path, body, headers });
    for await (const chunk of answer) bytes += (chunk as Buffer).length;
  }
  return bytes;
}
