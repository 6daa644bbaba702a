/** The ledger as a tree: states, in them folders, in them files; made as far as somebody looks. Pure. */
import type { FileReason, FileState, LedgerEntry } from '../../domain/ledger.ts';
import { STATE_ORDER } from '../status/ledgerText.ts';

export interface CoverageFilter {
  readonly state: FileState | null;
  readonly reason: FileReason | null;
  /** A part of a path or of what is said of a file. */
  readonly text: string;
}

export const EVERYTHING: CoverageFilter = { state: null, reason: null, text: '' };

export interface StateGroup {
  readonly state: FileState;
  readonly entries: readonly LedgerEntry[];
}

export interface DirectoryGroup {
  /** Absolute path of the workspace folder, and the directory in it; '' is the folder itself. */
  readonly folder: string;
  readonly directory: string;
  readonly entries: readonly LedgerEntry[];
}

/** So few files of a state are shown without their folders. */
const FLAT = 30;

export function isEverything({ state, reason, text }: CoverageFilter): boolean {
  return state === null && reason === null && text === '';
}

/** `said`: what the tree says of an entry, which is looked through as well. */
export function filtered(
  entries: readonly LedgerEntry[],
  { state, reason, text }: CoverageFilter,
  said: (entry: LedgerEntry) => string,
): readonly LedgerEntry[] {
  const wanted = plain(text).trim();
  return entries.filter(
    entry =>
      (state === null || entry.state === state) &&
      (reason === null || entry.reason === reason) &&
      (wanted === '' || plain(`${entry.path}\n${said(entry)}`).includes(wanted)),
  );
}

/** Tens of thousands of rows are compared at once: a cheap form of the text is enough. */
function plain(text: string): string {
  return text.normalize('NFC').toLowerCase();
}

/** In the order of what somebody can mend; without empty groups. */
export function byState(entries: readonly LedgerEntry[]): readonly StateGroup[] {
  const groups = new Map<FileState, LedgerEntry[]>();
  for (const entry of entries) {
    const group = groups.get(entry.state);
    if (group === undefined) groups.set(entry.state, [entry]);
    else group.push(entry);
  }
  return STATE_ORDER.flatMap(state => {
    const group = groups.get(state);
    return group === undefined ? [] : [{ state, entries: group }];
  });
}

/** By path; null where there are so few files that their folders would only be in the way. */
export function byDirectory(entries: readonly LedgerEntry[]): readonly DirectoryGroup[] | null {
  if (entries.length <= FLAT) return null;
  const groups = new Map<string, DirectoryGroup & { readonly entries: LedgerEntry[] }>();
  for (const entry of entries) {
    const directory = directoryOf(entry.path);
    const key = `${entry.folder}\n${directory}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { folder: entry.folder, directory, entries: [entry] });
    else group.entries.push(entry);
  }
  return [...groups.values()].sort(
    (a, b) => compare(a.folder, b.folder) || compare(a.directory, b.directory),
  );
}

export function byPath(entries: readonly LedgerEntry[]): readonly LedgerEntry[] {
  return [...entries].sort((a, b) => compare(a.folder, b.folder) || compare(a.path, b.path));
}

/** How many files have each reason, most first. */
export function reasonCounts(
  entries: readonly LedgerEntry[],
): readonly (readonly [reason: FileReason, count: number])[] {
  const counts = new Map<FileReason, number>();
  for (const { reason } of entries) if (reason !== null) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1]);
}

export function directoryOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
