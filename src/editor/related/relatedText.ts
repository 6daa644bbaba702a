/** The place that the view of related passages asks about, and the words it shows. */
import * as vscode from 'vscode';
import type { DocumentRequest } from '../../domain/document.ts';
import type { Hit } from '../../domain/hit.ts';
import type { RelatedResult, SearchResult } from '../../domain/search.ts';
import { isReadable } from '../../text/fileFormats.ts';
import { sourceOf } from '../documents/documentUri.ts';
import { fileInFolder } from '../documents/fileInFolder.ts';
import { oneLine } from '../results/hitText.ts';
import type { Searched } from '../searchBox/searcher.ts';

export interface RelatedPlace {
  readonly folder: string;
  readonly file: string;
  readonly line: number | null;
}

/** Concepts named of a file or a passage. */
const NAMED = 4;

/** The passage at the cursor; null where the editor shows no document of an open folder. */
export function relatedAsked({ document, selection }: vscode.TextEditor): RelatedPlace | null {
  const source = relatedFile(document.uri);
  return source === null ? null : { ...source, line: selection.active.line };
}

/** The file of an open folder that a document shows, in a format that is read; otherwise null. */
export function relatedFile(uri: vscode.Uri): DocumentRequest | null {
  const source = sourceOf(uri);
  if (source !== null) return source;
  const folder = uri.scheme === 'file' ? vscode.workspace.getWorkspaceFolder(uri) : undefined;
  if (folder === undefined) return null;
  const file = fileInFolder(folder.uri.path, uri.path);
  return isReadable(file, new Set()) ? { folder: folder.uri.fsPath, file } : null;
}

/** Whether asking again would show the same: the cursor moved inside of the passage. */
export function isSamePlace(
  { folder, file, line }: RelatedPlace,
  shown: RelatedPlace | null,
  result: RelatedResult | null,
): boolean {
  if (shown === null || folder !== shown.folder || file !== shown.file) return false;
  const passage = result?.passage ?? null;
  if (passage === null || line === null) return line === shown.line;
  return line >= passage.line && line <= passage.endLine;
}

/** The concepts that they share with the one asked about: strongest first, each once. */
export function sharedConcepts(
  hits: readonly Pick<Hit, 'contributions'>[],
  all: readonly Pick<Hit, 'contributions'>[],
): readonly string[] {
  const counts = new Map<string, number>();
  for (const { contributions } of all)
    for (const { token } of contributions) counts.set(oneLine(token), (counts.get(oneLine(token)) ?? 0) + 1);
  // A concept that nearly all of them share says little about one of them.
  const rarity = (name: string): number => Math.log(1 + all.length / (counts.get(name) ?? 1));
  const sums = new Map<string, number>();
  for (const { contributions } of hits)
    for (const { token, value } of contributions) {
      const name = oneLine(token);
      sums.set(name, (sums.get(name) ?? 0) + value * rarity(name));
    }
  // A lone syllable names nothing.
  return [...sums]
    .filter(([name]) => Array.from(name).length > 1)
    .sort((a, b) => b[1] - a[1])
    .slice(0, NAMED)
    .map(([name]) => name);
}

/** The result in the shape of a search, for the code that opens and tints passages. */
export function asSearched({ words, terms, hits, model, milliseconds }: RelatedResult): Searched {
  const query = words.map(({ text }) => text).join(' ');
  const result: SearchResult = {
    stage: 'final',
    model,
    chips: [],
    queryNotices: [],
    suggestions: [],
    rewritings: [],
    words,
    terms,
    hits,
    further: [],
    unconditional: null,
    total: hits.length,
    milliseconds,
    notice: null,
  };
  return { query, channel: 'semantic', result };
}
