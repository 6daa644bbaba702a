/** "좁히기…": a pick of what the shown hits have, each a condition that is added to the query. */
import * as vscode from 'vscode';
import type { FacetKind, FacetValue } from '../../domain/search.ts';
import { facetsOf, narrowed } from '../../search/facets.ts';
import { LocalisedError } from '../errors.ts';
import { formatNumber } from '../localised.ts';
import type { CurrentResults } from '../results/currentResults.ts';
import { labelText, oneLine } from '../results/hitText.ts';

interface FacetItem extends vscode.QuickPickItem {
  readonly facet?: FacetValue;
}

const ICONS: Readonly<Record<FacetKind, string>> = {
  concept: 'lightbulb',
  folder: 'folder',
  type: 'file',
  tag: 'tag',
  month: 'calendar',
};

/** The narrower query; undefined where the person chose none. Throws a `LocalisedError` where nothing is shown. */
export async function narrow({ searched, hits }: CurrentResults): Promise<string | undefined> {
  if (searched === null || hits.length === 0)
    throw new LocalisedError(vscode.l10n.t('Search first: results can then be narrowed down.'));
  const chosen = await vscode.window.showQuickPick(facetItems(facetsOf(hits)), {
    title: vscode.l10n.t('Narrow Down: {0}', oneLine(searched.query)),
    placeHolder: vscode.l10n.t('Counted over the {0} passages shown', formatNumber(hits.length)),
  });
  return chosen?.facet === undefined ? undefined : narrowed(searched.query, chosen.facet.operator);
}

export function facetItems(facets: readonly FacetValue[]): FacetItem[] {
  if (facets.length === 0)
    return [{ label: vscode.l10n.t('All passages shown have the same folder, type, tags and month.') }];
  const items: FacetItem[] = [];
  let kind: FacetKind | null = null;
  for (const facet of facets) {
    if (facet.kind !== kind) {
      ({ kind } = facet);
      items.push({ kind: vscode.QuickPickItemKind.Separator, label: kindText(kind) });
    }
    items.push({
      facet,
      label: `$(${ICONS[facet.kind]}) ${labelText(facet.name)}`,
      description: formatNumber(facet.count),
    });
  }
  return items;
}

function kindText(kind: FacetKind): string {
  const texts: Readonly<Record<FacetKind, string>> = {
    concept: vscode.l10n.t('Related words'),
    folder: vscode.l10n.t('Folder'),
    type: vscode.l10n.t('Type'),
    tag: vscode.l10n.t('Tag'),
    month: vscode.l10n.t('Month of the last change'),
  };
  return texts[kind];
}
