/** What a process has cost so far, whatever else the machine does. */
import { readFileSync } from 'node:fs';
import type { Figure } from '../figures.ts';

export type Print = (figure: Figure) => void;

/** Linux counts processor time in hundredths of a second. */
const TICK = 10;

/** Milliseconds of processor time that a process has used; null where the system does not say. */
export function processorTime(pid: number): number | null {
  if (process.platform !== 'linux') return null;
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return TICK * (Number(fields[11]) + Number(fields[12]));
}
