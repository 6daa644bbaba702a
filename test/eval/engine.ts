/** Malmoi's channels, through the built command line: its passages, encoder, index and ranking. */
import { spawn } from 'node:child_process';
import path from 'node:path';
import { METRICS, type Figures } from '../../src/evaluation/metrics.ts';

export interface EngineOptions {
  /** The built programs. */
  readonly programs: string;
  /** Options of `malmoi eval`: --store, --model, --share. */
  readonly options: readonly string[];
}

/** Indexes what is not indexed yet, into the store, and answers every query. Rejects with what the command said. */
export async function measureChannel(
  folder: string,
  channel: string,
  { programs, options }: EngineOptions,
): Promise<Figures> {
  const args = ['eval', folder, '--channel', channel, '--json', ...options];
  const child = spawn(process.execPath, [path.join(programs, 'cli.js'), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let out = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (out += chunk));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (code !== 0) throw new Error(`malmoi ${args.join(' ')}: exit code ${code}`);
  const all = JSON.parse(out) as Figures;
  return Object.fromEntries(METRICS.map(metric => [metric, all[metric]])) as Figures;
}
