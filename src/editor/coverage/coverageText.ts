/** The ledger in the window's language, for the tree, its filter and its export. */
import type { FileReason, FileState, LedgerEntry } from '../../domain/ledger.ts';
import { reasonText } from '../../wording/fileState.ts';
import { formatNumber, sayHere, translate } from '../localised.ts';
import { oneLine } from '../results/hitText.ts';
import { explanation, stateTitle } from '../status/ledgerText.ts';
import type { CoverageFilter } from './coverageGroups.ts';

const WORDING = { t: translate, say: sayHere, number: formatNumber };

export function stateName(state: FileState): string {
  return stateTitle(state, WORDING);
}

export function reasonName(reason: FileReason): string {
  return reasonText(reason, sayHere);
}

/** Why a file is where it is; for an indexed one its passages. */
export function explained(entry: LedgerEntry): string {
  return explanation(entry, WORDING);
}

/** The text that the filter looks through besides the path. */
export function saidOf(entry: LedgerEntry): string {
  return [explained(entry), entry.detail ?? ''].join('\n');
}

export function filterText({ state, reason, text }: CoverageFilter): string {
  return [
    ...(state === null ? [] : [stateName(state)]),
    ...(reason === null ? [] : [reasonName(reason)]),
    ...(text === '' ? [] : [`“${oneLine(text)}”`]),
  ].join(' · ');
}
