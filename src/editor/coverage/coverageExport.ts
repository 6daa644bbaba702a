/** The ledger as a file for other programs. Pure. */
import type { LedgerEntry } from '../../domain/ledger.ts';
import { csvOf } from '../export/csv.ts';

export interface LedgerWording {
  readonly header: readonly string[];
  readonly state: (entry: LedgerEntry) => string;
  readonly reason: (entry: LedgerEntry) => string;
}

/** Data as it is: its words are the same in every language. */
export function coverageAsJson(entries: readonly LedgerEntry[]): string {
  const rows = entries.map(({ modified, ...entry }) => ({
    ...entry,
    modified: timeOf(modified),
  }));
  return `${JSON.stringify(rows, null, 2)}\n`;
}

/** For people: states and reasons in their language. */
export function coverageAsCsv(entries: readonly LedgerEntry[], words: LedgerWording): string {
  const rows = entries.map(entry => [
    entry.folder,
    entry.path,
    words.state(entry),
    words.reason(entry),
    entry.passages,
    timeOf(entry.modified) ?? '',
    entry.detail ?? '',
  ]);
  return csvOf([words.header, ...rows]);
}

function timeOf(modified: number | undefined): string | null {
  return modified === undefined ? null : new Date(modified).toISOString();
}
