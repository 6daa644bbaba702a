/** Results that leave the search: copied, exported, or shown as text. */
import * as vscode from 'vscode';
import type { Hit } from '../../domain/hit.ts';
import { folderName } from '../documents/hitUri.ts';
import { LocalisedError } from '../errors.ts';
import { formatNumber, translate } from '../localised.ts';
import type { CurrentResults } from '../results/currentResults.ts';
import { placeOf } from '../results/locationText.ts';
import { groupByFile } from '../results/resultGroups.ts';
import type { Searched } from '../searchBox/searcher.ts';
import { markdownLink, quotation } from './quotation.ts';
import { resultsAsCsv, resultsAsJson, resultsAsMarkdown, type PlaceNames } from './resultsExport.ts';
import { saveAs } from './saveAs.ts';

export const PLACES: PlaceNames = {
  path: ({ folder, file }) => {
    const name = folderName(folder);
    return name === null ? file : `${name}/${file}`;
  },
  place: hit => placeOf(hit, folderName(hit.folder), translate),
};

export function linkTo(hit: Hit): string {
  return markdownLink(hit, PLACES.path(hit));
}

export function quotationOf(hit: Hit): string {
  return quotation(hit, PLACES.path(hit), PLACES.place(hit));
}

export function searchedNow({ searched, hits }: CurrentResults): Searched {
  if (searched === null || hits.length === 0)
    throw new LocalisedError(vscode.l10n.t('There are no results. Search first.'));
  return searched;
}

export async function exportResults(current: CurrentResults): Promise<void> {
  const searched = searchedNow(current);
  await saveAs(vscode.l10n.t('search results'), {
    md: () => resultsAsMarkdown(searched, PLACES),
    csv: () =>
      resultsAsCsv(searched, PLACES, [
        vscode.l10n.t('File'),
        vscode.l10n.t('Place'),
        vscode.l10n.t('Headings'),
        vscode.l10n.t('Score'),
        vscode.l10n.t('Passage'),
      ]),
    json: () => resultsAsJson(searched),
  });
}

/** `결과 12개 · 파일 5개`. */
export function summaryOf({ result: { hits } }: Searched): string {
  return vscode.l10n.t(
    '{0} passages in {1} files',
    formatNumber(hits.length),
    formatNumber(groupByFile(hits).length),
  );
}
