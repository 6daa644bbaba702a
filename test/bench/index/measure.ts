/**
 * One engine with one corpus, in a process of its own: `measure.ts JSON`, where JSON is a `Task`. An index on
 * disk is built by one process and measured by the next. Prints rows as JSON lines.
 */
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import { percentile } from '../figures.ts';
import type { Channel } from '../../../src/domain/channel.ts';
import { BruteForce, isExact } from './bruteForce.ts';
import { updatedFile, type Corpus } from './corpus.ts';
import type { BenchEngine } from './engine.ts';
import { ENGINES } from './engines.ts';
import { KernelFloor, listsOf, NativeFloor, postingsIn, type QueryLists } from './floor.ts';
import { Lucene } from './lucene.ts';
import { compiledKernel, Malmoi } from './malmoi.ts';
import { EMPTY_ROW, type IndexRow } from './row.ts';
import { syntheticCorpus } from './syntheticCorpus.ts';
import { vectorFile } from './vectorFile.ts';

export interface Task {
  readonly phase: 'build' | 'measure';
  readonly engine: string;
  readonly folder: string;
  readonly programs: string;
  readonly lucene: string | null;
  readonly vectors: string | null;
  readonly passages: number;
  readonly queries: number;
  readonly channels: readonly Channel[];
  readonly build_s: number | null;
}

const K = 10;
const ROUNDS = 15;
/** Of one channel; what is slow is asked less often. */
const BUDGET_MS = 20_000;
const UPDATES = 7;

const task = JSON.parse(process.argv[2]!) as Task;
const corpus: Corpus =
  task.vectors === null
    ? syntheticCorpus(task.passages, task.queries)
    : vectorFile(task.vectors, task.passages);
const engine = ENGINES[task.engine]!({ ...task, words: task.channels.some(name => name !== 'semantic') });
if (task.phase === 'build') {
  const started = performance.now();
  await engine.build(corpus);
  print((performance.now() - started) / 1000);
} else await measure();
process.exit(0);

function print(value: unknown): void {
  fs.writeSync(1, `${JSON.stringify(value)}\n`);
}

async function measure(): Promise<void> {
  collectGarbage();
  const before = process.memoryUsage().rss;
  let buildSeconds = task.build_s;
  if (!engine.persistent) {
    const started = performance.now();
    await engine.build(corpus);
    buildSeconds = (performance.now() - started) / 1000;
  }
  const opening = performance.now();
  await engine.open();
  const open_ms = engine.persistent ? performance.now() - opening : null;
  const bytes = engine.bytes();
  const timed: {
    readonly channel: Channel;
    readonly row: IndexRow;
    readonly answers: (readonly number[])[];
  }[] = [];
  for (const channel of engine.channels.filter(name => task.channels.includes(name))) {
    const { row, answers } = await timesOf(channel);
    collectGarbage();
    const resident = engine instanceof Lucene ? residentOf(engine.pid) : process.memoryUsage().rss - before;
    timed.push({
      channel,
      answers,
      row: {
        ...EMPTY_ROW,
        ...row,
        engine: engine.name,
        channel,
        data: corpus.name,
        passages: corpus.passages,
        bytes_per_passage: bytes === null ? null : bytes / corpus.passages,
        resident_mb: resident / 1e6,
        open_ms,
        build_s: buildSeconds,
      },
    });
  }
  // After all has been timed: what it is compared with needs time and memory of its own.
  const rows: IndexRow[] = [];
  for (const { channel, row, answers } of timed) {
    const exact = await exactShare(channel, answers);
    if (engine instanceof Malmoi && channel === 'semantic') {
      const { beside, floors } = await againstFloor(engine);
      rows.push({ ...row, ...beside, exact }, ...floors);
    } else rows.push({ ...row, exact });
  }
  const update_ms = await updateTime();
  for (const row of rows) print(row.engine === engine.name ? { ...row, update_ms } : row);
  await engine.close();
}

function collectGarbage(): void {
  (globalThis as { gc?: () => void }).gc?.();
}

function residentOf(pid: number): number {
  return Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)])) * 1024;
}

async function timeOf(query: number, channel: Channel): Promise<{ ms: number; answer: readonly number[] }> {
  const started = performance.now();
  const answer = await engine.search(corpus.queries[query]!, channel, K);
  const ms = performance.now() - started;
  return { ms: engine instanceof Lucene ? engine.milliseconds : ms, answer };
}

async function timesOf(
  channel: Channel,
): Promise<{ readonly row: Partial<IndexRow>; readonly answers: (readonly number[])[] }> {
  const cold: number[] = [];
  const answers: (readonly number[])[] = [];
  const started = performance.now();
  for (let query = 0; query < corpus.queries.length; query++) {
    const { ms, answer } = await timeOf(query, channel);
    cold.push(ms);
    answers.push(answer);
  }
  // Cold queries of a large index say little of how long the next ones take.
  const spent = engine instanceof Malmoi ? 0 : performance.now() - started;
  const rounds = Math.min(ROUNDS, Math.max(1, Math.floor(BUDGET_MS / spent)));
  const medians: number[] = [];
  const all: number[] = [];
  for (let query = 0; query < corpus.queries.length; query++) {
    const times: number[] = [];
    // What it needs is brought back, if other queries drove it out.
    if (rounds > 1) await timeOf(query, channel);
    for (let round = 0; round < rounds; round++) times.push((await timeOf(query, channel)).ms);
    medians.push(percentile(times, 0.5));
    all.push(...times);
  }
  return {
    answers,
    row: {
      p50_ms: percentile(medians, 0.5),
      p99_ms: percentile(all, 0.99),
      first_ms: cold[0]!,
      cold_p50_ms: percentile(cold, 0.5),
    },
  };
}

/** The engine's row against the floor in its own kernel, then the floors' rows. */
async function againstFloor(own: Malmoi & BenchEngine): Promise<{
  readonly beside: Partial<IndexRow>;
  readonly floors: readonly IndexRow[];
}> {
  const { segments } = own;
  const lists: QueryLists[] = [];
  for (const query of corpus.queries) lists.push(await listsOf(segments, query));
  const wasm = new KernelFloor(compiledKernel(task.programs));
  const native = NativeFloor.open(task.folder, lists);
  const medians = { engine: [] as number[], wasm: [] as number[], native: [] as number[] };
  const all = { wasm: [] as number[], native: [] as number[] };
  for (let query = 0; query < lists.length; query++) {
    wasm.place(lists[query]!);
    const times = { engine: [] as number[], wasm: [] as number[], native: [] as number[] };
    for (let round = -2; round < ROUNDS; round++) {
      // Turn by turn: what else the machine does then costs all of them alike.
      const turn = { engine: (await timeOf(query, 'semantic')).ms, wasm: wasm.time(), native: 0 };
      if (native !== null) turn.native = await native.time(query);
      if (round < 0) continue;
      times.engine.push(turn.engine);
      times.wasm.push(turn.wasm);
      times.native.push(turn.native);
    }
    for (const name of ['engine', 'wasm', 'native'] as const)
      medians[name].push(percentile(times[name], 0.5));
    all.wasm.push(...times.wasm);
    all.native.push(...times.native);
  }
  await native?.close();
  const ratios = medians.engine.map((value, i) => value / medians.wasm[i]!);
  const postings = Math.round(percentile(lists.map(postingsIn), 0.5));
  const base = { ...EMPTY_ROW, channel: 'semantic', data: corpus.name, passages: corpus.passages };
  const floor = (engineName: string, name: 'wasm' | 'native', note: string): IndexRow => ({
    ...base,
    engine: engineName,
    p50_ms: percentile(medians[name], 0.5),
    p99_ms: percentile(all[name], 0.99),
    by_floor: percentile(
      medians[name].map((value, i) => value / medians.wasm[i]!),
      0.5,
    ),
    floor_ms: percentile(medians.wasm, 0.5),
    note,
  });
  const note = `${segments.length} segments, ${postings} postings a query`;
  const beside = {
    floor_ms: percentile(medians.wasm, 0.5),
    by_floor: percentile(ratios, 0.5),
    note: `${note}, ${percentile(medians.engine, 0.5).toFixed(3)} ms beside the floor`,
  };
  if (task.engine !== 'wasm') return { beside, floors: [] };
  const floors = [floor('floor wasm', 'wasm', note)];
  if (native !== null) floors.push(floor('floor C', 'native', note));
  return { beside, floors };
}

async function exactShare(channel: Channel, answers: readonly (readonly number[])[]): Promise<number | null> {
  let scores: readonly Float64Array[];
  if (engine instanceof Malmoi) scores = await engine.bruteForce(corpus.queries, channel, corpus.passages);
  // Its words have other weights in each engine: no order is the right one.
  else if (channel !== 'semantic') return null;
  else {
    const brute = new BruteForce(corpus.queries, corpus.passages);
    let passage = 0;
    for (const { vector } of corpus.items()) brute.add(passage++, vector);
    scores = brute.scores;
  }
  return answers.filter((answer, i) => isExact(answer, scores[i]!, K)).length / answers.length;
}

async function updateTime(): Promise<number> {
  const { first, passages } = updatedFile(corpus);
  const times: number[] = [];
  for (let i = 0; i < UPDATES; i++) {
    const started = performance.now();
    await engine.update(first, passages);
    times.push(performance.now() - started);
  }
  return percentile(times, 0.5);
}
