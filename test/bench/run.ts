/** `npm run bench [-- model | index | lexical | first | steer | panel | readers | runtimes | team | team-scale | team-cost] [--folder DIR --store DIR --only window,engine,encoder --json]`: see README.md beside this. */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { encoder } from './encoder.ts';
import { engine } from './engine.ts';
import { first } from './first/first.ts';
import { benchSteering } from './steer.ts';
import type { Channel } from '../../src/domain/channel.ts';
import type { Bench, Figure } from './figures.ts';
import { ENGINES } from './index/engines.ts';
import { benchIndex, indexHeader, indexLine } from './index/indexBench.ts';
import { benchLexical } from './lexical/lexicalBench.ts';
import { benchModel, type ModelFigure } from './model.ts';
import { benchReaders, readersHeader, readersLine } from './readers.ts';
import { runtimes } from './runtimes.ts';
import { window } from './window.ts';

const BENCHES: Readonly<Record<string, Bench>> = { window, encoder, engine };

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    quantisation: { type: 'string' },
    folder: { type: 'string' },
    store: { type: 'string' },
    only: { type: 'string', default: Object.keys(BENCHES).join(',') },
    json: { type: 'boolean', default: false },
    sizes: { type: 'string' },
    texts: { type: 'string' },
    engines: { type: 'string', default: Object.keys(ENGINES).join(',') },
    channels: { type: 'string', default: 'semantic,lexical,hybrid' },
    queries: { type: 'string', default: '50' },
    vectors: { type: 'string' },
    lucene: { type: 'string' },
    documents: { type: 'string', default: '1000' },
    threads: { type: 'string', default: '1' },
    rounds: { type: 'string', default: '40' },
    heap: { type: 'string', default: '4g' },
    copies: { type: 'string', default: '1' },
    until: { type: 'string', default: 'meaning' },
  },
});
const root = path.resolve(import.meta.dirname, '../..');
const { version } = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8')) as {
  version: string;
};
const temporary = values.store === undefined ? fs.mkdtempSync(path.join(os.tmpdir(), 'malmoi-bench-')) : null;
const options = {
  folder: path.resolve(values.folder ?? path.join(root, 'test/fixtures/notes')),
  store: path.resolve(values.store ?? temporary!),
  programs: path.join(root, process.env.MB_PROGRAMS ?? 'out/production'),
  model: path.join(root, 'media/model'),
  version,
};

try {
  if (positionals[0] === 'model')
    await benchModel(
      options.model,
      figure => console.log(values.json ? JSON.stringify(figure) : modelLine(figure)),
      values.quantisation?.split(','),
    );
  else if (positionals[0] === 'index') {
    if (!values.json) console.log(indexHeader());
    benchIndex(
      {
        programs: options.programs,
        sizes: (values.sizes ?? '10000,100000,1000000').split(',').map(Number),
        engines: values.engines.split(','),
        channels: values.channels.split(',') as Channel[],
        queries: Number(values.queries),
        vectors: values.vectors === undefined ? null : path.resolve(values.vectors),
        lucene: values.lucene === undefined ? null : path.resolve(values.lucene),
      },
      row => console.log(values.json ? JSON.stringify(row) : indexLine(row)),
    );
  } else if (positionals[0] === 'team') {
    const { benchTeam } = await import('./team/teamBench.ts');
    const shared = path.join(root, '../shared/eval');
    const sets = values.texts?.split(',') ?? [
      path.join(shared, 'autorag_ko'),
      path.join(shared, 'tydiqa_ko'),
    ];
    await benchTeam(
      {
        sets: sets.map(set => path.resolve(set)),
        documents: Number(values.documents),
        queries: Number(values.queries),
        model: options.model,
        programs: options.programs,
      },
      figure => console.log(values.json ? JSON.stringify({ bench: 'team', ...figure }) : line(figure)),
    );
  } else if (positionals[0] === 'team-scale') {
    const { benchTeamScale } = await import('./team/scale.ts');
    const sizes = (values.sizes ?? '100000').split(',').map(Number);
    await benchTeamScale(
      {
        sizes,
        queries: Number(values.queries),
        copies: Number(values.copies),
        heap: values.heap,
        programs: options.programs,
        home: values.store === undefined ? null : options.store,
      },
      figure => console.log(values.json ? JSON.stringify({ bench: 'team-scale', ...figure }) : line(figure)),
    );
  } else if (positionals[0] === 'team-cost') {
    const { costOf, lineOf, MEASURED } = await import('./team/costModel.ts');
    for (const passages of [1e5, 1e6, 1e7, 1e8, 1e9]) {
      const cost = costOf(passages, MEASURED);
      console.log(values.json ? JSON.stringify({ bench: 'team-cost', ...cost }) : lineOf(cost));
    }
  } else if (positionals[0] === 'lexical') {
    const figures = await benchLexical({
      programs: options.programs,
      store: options.store,
      texts: path.resolve(values.texts ?? path.join(root, '../shared/eval/techdocs_ko/corpus.jsonl.gz')),
      size: Number(values.sizes ?? 100_000),
      queries: Number(values.queries),
    });
    for (const figure of figures)
      console.log(values.json ? JSON.stringify({ bench: 'lexical', ...figure }) : line(figure));
  } else if (positionals[0] === 'first') {
    for await (const figure of first({
      ...options,
      until: values.until === 'letters' ? 'letters' : 'meaning',
    }))
      console.log(values.json ? JSON.stringify({ bench: 'first', ...figure }) : line(figure));
  } else if (positionals[0] === 'runtimes') {
    const { threads, rounds } = values;
    const given = { ...options, threads: Number(threads), rounds: Number(rounds) };
    for (const figure of await runtimes(given))
      console.log(values.json ? JSON.stringify({ bench: 'runtimes', ...figure }) : line(figure));
  } else if (positionals[0] === 'steer') {
    const size = Number(values.sizes ?? 100_000);
    for (const figure of await benchSteering(options, size, Number(values.queries)))
      console.log(values.json ? JSON.stringify({ bench: 'steer', ...figure }) : line(figure));
  } else if (positionals[0] === 'panel') {
    // In a process of its own: it is a page's code, and needs Chromium.
    const bench = path.join(root, 'test/panel/panelBench.ts');
    process.exitCode = spawnSync(process.execPath, [bench], { stdio: 'inherit' }).status ?? 1;
  } else if (positionals[0] === 'readers') {
    if (!values.json) console.log(readersHeader());
    const documents = values.folder ?? path.join(root, '../shared/documents');
    for await (const figure of benchReaders(path.resolve(documents)))
      console.log(values.json ? JSON.stringify({ bench: 'readers', ...figure }) : readersLine(figure));
  } else if (positionals[0] !== undefined) throw new Error(`no bench ${positionals[0]}`);
  else
    for (const name of values.only.split(',')) {
      const bench = BENCHES[name];
      if (bench === undefined) throw new Error(`no bench ${name}: ${Object.keys(BENCHES).join(', ')}`);
      if (!values.json) console.log(`\n${name}`);
      for (const figure of await bench(options)) {
        console.log(values.json ? JSON.stringify({ bench: name, ...figure }) : line(figure));
      }
    }
} finally {
  if (temporary !== null) fs.rmSync(temporary, { recursive: true, force: true });
}

function modelLine(figure: ModelFigure): string {
  const { model, quantisation, batch, length, tokens_per_s, ratio, milliseconds, resident_mb } = figure;
  const shape = `${batch} x ${length}`;
  return [
    `  ${model.padEnd(11)} ${quantisation.padEnd(6)} ${shape.padEnd(8)}`,
    `${String(tokens_per_s).padStart(6)} tokens/s`,
    `${(100 * ratio).toFixed(0).padStart(4)} % of ${(figure.gemm_peak_flops / 1e9).toFixed(0)} GFLOP/s`,
    `${milliseconds.toFixed(1).padStart(7)} ms a call`,
    `${resident_mb} MB`,
    figure.fidelity === null ? '' : `cosine ${figure.fidelity.toFixed(4)}`,
  ].join('  ');
}

function line({ name, value, unit, limit, note }: Figure): string {
  const shown = typeof value === 'number' ? round(value) : value === null ? '-' : value ? 'yes' : 'no';
  const over = limit !== undefined && typeof value === 'number' && value > limit;
  const held = limit === undefined ? '' : `  (limit ${limit}${over ? ', OVER' : ''})`;
  return `  ${name.padEnd(28)} ${`${shown} ${unit}`.padEnd(16)}${held}${note === undefined ? '' : `  ${note}`}`;
}

function round(value: number): string {
  return Number.isInteger(value) || Math.abs(value) >= 1000
    ? Math.round(value).toLocaleString('en')
    : value.toFixed(1);
}
