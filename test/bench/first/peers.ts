/** What others take for the same folder in the same run: reading it, searching through it, indexing its letters. */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import type { Figure } from '../figures.ts';

/** In memory, minisearch takes some fifty times as much as the text. */
const MOST_FOR_MEMORY = 30e6;

interface Measured {
  readonly seconds: number;
  readonly cpu: number;
  readonly megabytes: number;
}

export function* peers(folder: string): Generator<Figure> {
  const grep = ripgrep(folder);
  yield {
    name: 'ripgrep over the folder',
    value: grep,
    unit: 's',
    ...(grep === null && { note: 'rg is not installed' }),
  };
  yield figureOf('reading all files', measured('read', folder));
  yield figureOf('SQLite FTS5, bigrams', measured('fts5', folder));
  const bytes = fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .reduce((sum, entry) => sum + fs.statSync(path.join(entry.parentPath, entry.name)).size, 0);
  if (bytes <= MOST_FOR_MEMORY) yield figureOf('minisearch, bigrams', measured('minisearch', folder));
  else
    yield { name: 'minisearch, bigrams', value: null, unit: 's', note: 'more text than it has memory for' };
}

function figureOf(name: string, { seconds, cpu, megabytes }: Measured): Figure {
  return { name, value: seconds, unit: 's', note: `${cpu.toFixed(1)} s of CPU, ${Math.round(megabytes)} MB` };
}

/** Seconds for a word that stands nowhere: every byte is looked at. */
function ripgrep(folder: string): number | null {
  const started = performance.now();
  const found = spawnSync('rg', ['--count', '뷁뷁뷁', folder]);
  return found.error === undefined ? (performance.now() - started) / 1000 : null;
}

function measured(name: string, folder: string): Measured {
  const program = path.join(import.meta.dirname, 'peer.ts');
  const options = ['--disable-warning=MODULE_TYPELESS_PACKAGE_JSON', '--disable-warning=ExperimentalWarning'];
  const { stdout, stderr, status } = spawnSync(process.execPath, [...options, program, name, folder], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`${name}: ${stderr}`);
  return JSON.parse(stdout) as Measured;
}
