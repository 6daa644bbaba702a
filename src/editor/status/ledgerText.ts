/** The ledger in words. Pure. */
import type { FileState, LedgerEntry } from '../../domain/ledger.ts';
import { reasonText, stateText } from '../../wording/fileState.ts';
import type { Say } from '../../wording/language.ts';
import type { Translate } from '../translate.ts';

/** Failed files come first: problems that the user can fix before files that are fine. */
export const STATE_ORDER: readonly FileState[] = ['failed', 'skipped', 'waiting', 'indexed'];

export function stateIcon(state: FileState): string {
  const texts: Readonly<Record<FileState, string>> = {
    failed: 'error',
    skipped: 'circle-slash',
    waiting: 'clock',
    indexed: 'check',
  };
  return texts[state];
}

/** How a report of this window says things; states and reasons are worded once for all surfaces (`wording/`). */
export interface LedgerWording {
  readonly t: Translate;
  readonly say: Say;
  readonly number: (value: number) => string;
}

/** The state as the title of a section, with a capital letter where the language has them. */
export function stateTitle(state: FileState, { say }: LedgerWording): string {
  const text = stateText(state, say);
  return text.charAt(0).toUpperCase() + text.slice(1);
}

export interface LedgerSection {
  readonly state: FileState;
  readonly entries: readonly LedgerEntry[];
}

/** Sections in `STATE_ORDER`, without empty ones; each sorted by path. */
export function ledgerSections(entries: readonly LedgerEntry[]): readonly LedgerSection[] {
  return STATE_ORDER.map(state => ({
    state,
    entries: entries
      .filter(entry => entry.state === state)
      .sort((a, b) => compare(a.folder, b.folder) || compare(a.path, b.path)),
  })).filter(section => section.entries.length > 0);
}

/** Why a file is where it is: for an indexed one its passages. */
export function explanation(entry: LedgerEntry, wording: LedgerWording): string {
  if (entry.state === 'indexed') return indexedText(entry, wording);
  const { reason, state } = entry;
  if (reason === null) return stateText(state, wording.say);
  return [reasonText(reason, wording.say), measureText(entry, wording)]
    .filter(text => text !== '')
    .join(' · ');
}

/** How large, how many pages, which share; '' where the detail is only a technical one. */
function measureText({ reason, detail }: LedgerEntry, { t, number }: LedgerWording): string {
  const [, first = '', second = ''] = /^(\d+)(?:\/(\d+)| ?%)?$/u.exec(detail ?? '') ?? [];
  if (first === '') return '';
  const amount = Number(first);
  if (reason === 'tooLarge') return t('{0} MB', number(Math.round(amount / 1e6)));
  if (reason === 'unreadableFonts') return t('{0}% of the letters', first);
  if (reason === 'tooManyPassages') return t('passages: {0}', number(amount));
  if (reason !== 'needsOcr') return '';
  return second === ''
    ? t('pages: {0}', number(amount))
    : t('{0} of {1} pages', number(amount), number(Number(second)));
}

function indexedText(entry: LedgerEntry, wording: LedgerWording): string {
  const { passages, reason, detail } = entry;
  const { t, say, number } = wording;
  if (reason === null)
    return detail === null
      ? t('passages: {0}', number(passages))
      : t('passages: {0} · encoding {1}', number(passages), detail);
  // Files that say nothing are found by what they are called.
  if (reason === 'empty' || reason === 'noText') return t('{0} · found by its name', reasonText(reason, say));
  if (reason === 'partlyUnreadable' && /^\d+$/u.test(detail ?? ''))
    return t(
      'passages: {0} · places that could not be decoded: {1}',
      number(passages),
      number(Number(detail)),
    );
  const remark = [reasonText(reason, say), measureText(entry, wording)].filter(text => text !== '');
  return t('passages: {0} · {1}', number(passages), remark.join(' · '));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
