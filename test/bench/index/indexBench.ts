/** `npm run bench -- index`: this index beside others on the same passages, each in a process of its own. */
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Channel } from '../../../src/domain/channel.ts';
import { ENGINES } from './engines.ts';
import type { Task } from './measure.ts';
import { EMPTY_ROW, type IndexRow } from './row.ts';

export interface IndexBenchOptions {
  readonly programs: string;
  readonly sizes: readonly number[];
  readonly engines: readonly string[];
  readonly channels: readonly Channel[];
  readonly vectors: string | null;
  readonly lucene: string | null;
  readonly queries: number;
}

const HEAP_MB = 8_192;

export function benchIndex(options: IndexBenchOptions, report: (row: IndexRow) => void): void {
  for (const passages of options.sizes)
    for (const name of options.engines) {
      const engine = ENGINES[name];
      if (engine === undefined) throw new Error(`no engine ${name}: ${Object.keys(ENGINES).join(', ')}`);
      const { limit } = engine({ folder: '', programs: options.programs, lucene: options.lucene });
      const skipped = (note: string): void => report({ ...EMPTY_ROW, engine: name, passages, note });
      if (name === 'lucene' && options.lucene === null) skipped('skipped: needs --lucene JAR and a JDK');
      else if (passages > limit) skipped(`skipped: measured up to ${limit} passages`);
      else {
        try {
          for (const row of rowsOf(name, passages, options)) report(row);
        } catch (error) {
          skipped(`failed: ${(error as Error).message.split('\n')[0]}`);
        }
      }
    }
}

function rowsOf(engine: string, passages: number, options: IndexBenchOptions): IndexRow[] {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'malmoi-bench-index-'));
  const { programs, lucene, vectors, queries, channels } = options;
  const task = { engine, folder, programs, lucene, vectors, passages, queries, channels };
  const persistent = ENGINES[engine]!({ folder, programs, lucene }).persistent;
  try {
    const build_s = persistent ? (run({ ...task, phase: 'build', build_s: null })[0] as number) : null;
    return run({ ...task, phase: 'measure', build_s }) as IndexRow[];
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

function run(task: Task): unknown[] {
  const flags = [`--max-old-space-size=${HEAP_MB}`, '--expose-gc', '--disable-warning=ExperimentalWarning'];
  const output = execFileSync(
    process.execPath,
    [
      ...flags,
      '--disable-warning=MODULE_TYPELESS_PACKAGE_JSON',
      path.join(import.meta.dirname, 'measure.ts'),
      JSON.stringify(task),
    ],
    { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] },
  );
  return output
    .split('\n')
    .filter(line => line !== '')
    .map(line => JSON.parse(line) as unknown);
}

const COLUMNS: readonly (readonly [title: string, width: number, value: (row: IndexRow) => string])[] = [
  ['engine', 13, row => row.engine],
  ['channel', 8, row => row.channel],
  ['passages', 9, row => String(row.passages)],
  ['exact', 6, row => (row.exact === null ? '-' : row.exact.toFixed(2))],
  ['p50 ms', 9, row => shown(row.p50_ms)],
  ['p99 ms', 9, row => shown(row.p99_ms)],
  ['cold p50', 9, row => shown(row.cold_p50_ms)],
  ['first', 9, row => shown(row.first_ms)],
  ['floor ms', 9, row => shown(row.floor_ms)],
  ['/floor', 7, row => shown(row.by_floor)],
  ['B/passage', 10, row => shown(row.bytes_per_passage)],
  ['MB', 7, row => shown(row.resident_mb)],
  ['open ms', 8, row => shown(row.open_ms)],
  ['build s', 8, row => shown(row.build_s)],
  ['update ms', 10, row => shown(row.update_ms)],
];

export function indexHeader(): string {
  return COLUMNS.map(([title, width], i) => (i < 2 ? title.padEnd(width) : title.padStart(width))).join(' ');
}

export function indexLine(row: IndexRow): string {
  const cells = COLUMNS.map(([, width, value], i) =>
    i < 2 ? value(row).padEnd(width) : value(row).padStart(width),
  );
  return `${cells.join(' ')}  ${row.note}`.trimEnd();
}

function shown(value: number | null): string {
  if (value === null) return '-';
  return value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(value >= 1 ? 2 : 3);
}
