/** The table of past runs: `results.md`, a row a set and run. Figures only, never a set's texts. */
import fs from 'node:fs';
import path from 'node:path';
import { format } from 'prettier';
import { SEMANTIC_SHARE } from '../../src/search/ranking/fusion.ts';
import { BM25 } from '../../src/search/ranking/bm25.ts';
import type { Figures } from '../../src/evaluation/metrics.ts';
import { decimals, type SetFigures } from './figures.ts';

const FILE = path.join(import.meta.dirname, 'results.md');
const CHANNELS = ['lexical', 'semantic', 'hybrid'] as const;

export interface RunSettings {
  readonly model: string;
  readonly share: number | null;
}

/** What the figures depend on. */
export function settingsOf({ share }: RunSettings): string {
  return `share ${share ?? SEMANTIC_SHARE}, k1 ${BM25.k1}, b ${BM25.b}, heading ${BM25.headingWeight}`;
}

/** nDCG@10 / recall@100. */
function cell(figures: Figures | undefined): string {
  return figures === undefined ? '' : `${decimals(figures['ndcg@10'])} / ${decimals(figures['recall@100'])}`;
}

export async function record(
  sets: Readonly<Record<string, SetFigures>>,
  settings: RunSettings,
  date: string,
): Promise<void> {
  const rows = Object.entries(sets).map(([name, { channels, peers }]) => {
    const best = Object.entries(peers).sort(([, a], [, b]) => b['ndcg@10'] - a['ndcg@10'])[0];
    const peer = best === undefined ? '' : `${best[0]} ${cell(best[1])}`;
    const own = CHANNELS.map(channel => cell(channels[channel]));
    return `| ${[date, settings.model, settingsOf(settings), name, ...own, peer].join(' | ')} |`;
  });
  const text = `${fs.readFileSync(FILE, 'utf8').trimEnd()}\n${rows.join('\n')}\n`;
  fs.writeFileSync(FILE, await format(text, { parser: 'markdown', printWidth: 110 }));
}

/** The rows of these sets, newest last. */
export function pastRuns(sets: readonly string[]): string {
  const lines = fs.readFileSync(FILE, 'utf8').split('\n');
  const rows = lines.filter(line => line.startsWith('|'));
  const own = rows.slice(2).filter(row => sets.some(name => row.split('|')[4]?.trim() === name));
  return own.length === 0 ? '' : [...rows.slice(0, 2), ...own].join('\n');
}
