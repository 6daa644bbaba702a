/** Describes the ledger in words. Pure. */
import type { FileReason, FileState, LedgerEntry } from '../../domain/ledger.ts';
import type { Translate } from '../translate.ts';

/** Failed files come first: problems that the user can fix before files that are fine. */
export const STATE_ORDER: readonly FileState[] = ['failed', 'skipped', 'waiting', 'indexed'];

export function stateText(state: FileState, t: Translate): string {
  const texts: Readonly<Record<FileState, string>> = {
    failed: t('Failed'),
    skipped: t('Left out'),
    waiting: t('Waiting'),
    indexed: t('Indexed'),
  };
  return texts[state];
}

export function stateIcon(state: FileState): string {
  const texts: Readonly<Record<FileState, string>> = {
    failed: 'error',
    skipped: 'circle-slash',
    waiting: 'clock',
    indexed: 'check',
  };
  return texts[state];
}

export function reasonText(reason: FileReason, t: Translate): string {
  const texts: Readonly<Record<FileReason, string>> = {
    tooLarge: t('too large'),
    binary: t('not a text file, despite its name'),
    empty: t('empty'),
    unreadable: t('could not be read'),
    noPermission: t('no permission to read it'),
    vanished: t('disappeared while being read'),
    badEncoding: t('character encoding not recognised'),
    tooManyPassages: t('too many passages'),
    encoderFailed: t('the model could not encode it'),
    noText: t('contains no text'),
    encrypted: t('protected by a password'),
    distribution: t('distribution-only HWP: its text cannot be read'),
    drm: t('protected by DRM'),
    damaged: t('damaged, or not what its name says'),
    needsOcr: t('pages without text: needs OCR'),
    unreadableFonts: t('its fonts do not say which letters they show'),
    unpacksTooLarge: t('unpacks to more than can be read'),
    cut: t('only the beginning was read: it is very long'),
    crashes: t('set aside: reading it failed repeatedly'),
    partlyUnreadable: t('some of it could not be decoded'),
    archive: t('an archive: unpack it to search it'),
    ignored: t('left out by the settings or an ignore file'),
    link: t('a link that is not followed'),
    timeout: t('took too long to read'),
  };
  return texts[reason];
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

/** The reason for a file's state; for an indexed file, its passages. */
export function explanation(entry: LedgerEntry, t: Translate, number: (value: number) => string): string {
  if (entry.state === 'indexed') return indexedText(entry, t, number);
  return entry.reason === null ? stateText(entry.state, t) : reasonText(entry.reason, t);
}

function indexedText(
  { passages, reason, detail }: LedgerEntry,
  t: Translate,
  number: (value: number) => string,
): string {
  if (reason === null)
    return detail === null
      ? t('passages: {0}', number(passages))
      : t('passages: {0} · encoding {1}', number(passages), detail);
  if (reason === 'partlyUnreadable')
    return t(
      'passages: {0} · places that could not be decoded: {1}',
      number(passages),
      number(Number(detail)),
    );
  if (reason === 'needsOcr' || reason === 'cut' || reason === 'unreadableFonts')
    return t('passages: {0} · {1}', number(passages), reasonText(reason, t));
  // Empty files and those without text are found by their names.
  return t('{0} · found by name', reasonText(reason, t));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
