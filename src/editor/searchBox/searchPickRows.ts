/** The rows of the search box that are not hits. */
import * as vscode from 'vscode';
import type { Channel } from '../../domain/channel.ts';
import type { EngineStatus } from '../../domain/engineStatus.ts';
import type { QueryRewriting } from '../../domain/rewriting.ts';
import type { SearchResult } from '../../domain/search.ts';
import { commands } from '../commands.ts';
import { LocalisedError } from '../errors.ts';
import type { PickItem } from './quickPickItems.ts';
import { actionItem, noteItem, queryItem, separator } from './quickPickItems.ts';
import { labelText } from '../results/hitText.ts';
import type { Searched } from './searcher.ts';
import { activityText } from '../status/statusText.ts';
import { formatNumber, translate } from '../localised.ts';

/**
 * Number of rewritings with a row of their own (more would hide the hits), and of words in the summary of the others.
 */
const MOST_ROWS = 2;
const MOST_WORDS = 6;

export function recentRows(queries: readonly string[]): readonly PickItem[] {
  if (queries.length > 0) return [separator(vscode.l10n.t('Recent searches')), ...queries.map(queryItem)];
  return [
    noteItem(
      'lightbulb',
      vscode.l10n.t('Ask as you would ask a colleague'),
      vscode.l10n.t('For example: “How many days ahead do I ask for leave?”'),
    ),
  ];
}

/** Other forms of words that were searched for: rows above the hits, each of which removes its own form. */
export function rewritingRows(
  { result: { rewritings } }: Searched,
  searchWithout: (ids: readonly string[]) => void,
): readonly PickItem[] {
  const row = (label: string, own: readonly QueryRewriting[]): PickItem =>
    actionItem('replace', label, () => searchWithout(own.map(({ id }) => id)), {
      description: vscode.l10n.t('Search without it'),
      stays: true,
    });
  const rows = rewritings.slice(0, MOST_ROWS).map(each => {
    const [to, from] = [labelText(each.to), labelText(each.from)];
    return row(vscode.l10n.t('Also looked for “{0}” ({1})', to, from), [each]);
  });
  const others = rewritings.slice(MOST_ROWS);
  if (others.length === 0) return rows;
  const words = [...new Set(others.map(({ to }) => labelText(to)))].slice(0, MOST_WORDS);
  return [...rows, row(vscode.l10n.t('Also looked for: {0}', words.join(', ')), others)];
}

/** Conditions that the query's words may stand for: rows below the hits, each of which turns its own condition on. */
export function suggestionRows(
  { result: { suggestions } }: Searched,
  searchFor: (query: string) => void,
): readonly PickItem[] {
  return suggestions.slice(0, MOST_ROWS).map(({ query }) =>
    actionItem('filter', vscode.l10n.t('As a condition: {0}', labelText(query)), () => searchFor(query), {
      stays: true,
    }),
  );
}

/** Rows about hits that are not shown: because of the conditions, or because they are too weak. */
export function leftOutRows(
  { unconditional, further }: SearchResult,
  searchFor: (query: string) => void,
  showFar: () => void,
): readonly PickItem[] {
  const rows: PickItem[] = [];
  if (unconditional !== null) {
    const label = vscode.l10n.t(
      'Show results without the conditions: {0}',
      formatNumber(unconditional.total),
    );
    rows.push(actionItem('filter', label, () => searchFor(unconditional.query), { stays: true }));
  }
  if (further.length > 0) {
    const label = vscode.l10n.t('Show less relevant results: {0}', formatNumber(further.length));
    rows.push(actionItem('unfold', label, showFar, { stays: true }));
  }
  return rows;
}

/** Rows for an empty result: what was tried, and what to do next. */
export function nothingRows(
  searched: Searched,
  status: EngineStatus | null,
  {
    switchTo,
    searchFor,
    showFar,
  }: {
    readonly switchTo: (channel: Channel) => void;
    readonly searchFor: (query: string) => void;
    readonly showFar: () => void;
  },
): readonly PickItem[] {
  const rows: PickItem[] = [
    noteItem('circle-slash', vscode.l10n.t('Nothing found'), vscode.l10n.t('Try other words, or fewer.')),
  ];
  rows.push(...leftOutRows(searched.result, searchFor, showFar), ...suggestionRows(searched, searchFor));
  if (searched.result.notice !== null) rows.push(noteItem('info', searched.result.notice));
  if (status !== null && status.activity !== 'idle') {
    rows.push(
      noteItem(
        'sync',
        activityText(status, translate, formatNumber),
        vscode.l10n.t('Documents that have not been read yet can’t be found.'),
      ),
    );
  }
  if (searched.channel !== 'hybrid') {
    const widen = vscode.l10n.t('Search by Meaning and Keyword');
    rows.push(actionItem('sparkle', widen, () => switchTo('hybrid'), { stays: true }));
  }
  rows.push(
    actionItem('checklist', vscode.l10n.t('Show the Index Report'), run(commands.showLedger), {
      detail: vscode.l10n.t('Which files are searched, and why the others are not'),
    }),
  );
  return rows;
}

export function failureRows(error: unknown, message: string): readonly PickItem[] {
  if (error instanceof LocalisedError) return [noteItem('warning', message)];
  return [
    noteItem('error', message),
    actionItem('debug-restart', vscode.l10n.t('Restart the Engine'), run(commands.restartEngine)),
    actionItem('output', vscode.l10n.t('Show Log'), run(commands.showLog)),
  ];
}

function run(command: string): () => void {
  return () => void vscode.commands.executeCommand(command);
}
