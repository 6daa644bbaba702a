/** Results of a search as a file for other programs, and as the text of a search editor. Pure. */
import type { Hit } from '../../domain/hit.ts';
import type { Searched } from '../searchBox/searcher.ts';
import { oneLine } from '../results/hitText.ts';
import { groupByFile } from '../results/resultGroups.ts';
import { csvOf } from './csv.ts';
import { quotation } from './quotation.ts';

export interface PlaceNames {
  /** Path of a hit's file as a link is written: with its folder's name where several are open. */
  readonly path: (hit: Hit) => string;
  /** `휴가/연차.md:12`, `보고서.pdf · 3쪽`. */
  readonly place: (hit: Hit) => string;
}

export function resultsAsMarkdown({ query, result }: Searched, { path, place }: PlaceNames): string {
  const quotations = result.hits.map(hit => quotation(hit, path(hit), place(hit)));
  return [`# ${oneLine(query)}`, '', ...quotations].join('\n');
}

export function resultsAsCsv({ result }: Searched, names: PlaceNames, header: readonly string[]): string {
  const rows = result.hits.map(hit => [
    names.path(hit),
    names.place(hit),
    hit.headings.join(' › '),
    Number(hit.score.toFixed(3)),
    hit.text,
  ]);
  return csvOf([header, ...rows]);
}

/** Everything that is known of the hits, with the addends of their scores. */
export function resultsAsJson({ query, channel, result }: Searched): string {
  const { model, words, hits } = result;
  return `${JSON.stringify({ query, channel, model, words, hits }, null, 2)}\n`;
}

/** Lines of a passage that a search editor shows: further ones are a click away. */
const MOST_LINES = 12;

export interface SearchEditorText extends Pick<PlaceNames, 'path'> {
  /** `결과 12개, 파일 5개`. */
  readonly summary: string;
}

/**
 * The format of VS Code's own search editors (language `search-result`), whose links, colours and folding then work:
 * a file's path with a colon, and below it lines with their numbers, a colon after those that match.
 */
export function searchEditorText({ query, result }: Searched, { path, summary }: SearchEditorText): string {
  const files = groupByFile(result.hits).flatMap(({ hits }) => [
    `${oneLine(path(hits[0]!))}:`,
    ...[...hits]
      .sort((a, b) => a.start - b.start)
      .flatMap((hit, i) => [...(i > 0 ? [''] : []), ...linesOf(hit)]),
    '',
  ]);
  return [`# Query: ${oneLine(query)}`, '', summary, '', ...files].join('\n');
}

function linesOf(hit: Hit): readonly string[] {
  const lines = hit.text.split(/\r\n|\r|\n/u);
  const marked = markedLines(hit);
  const last = hit.line + lines.length;
  const width = String(last).length;
  const shown = lines.slice(0, MOST_LINES).map((line, i) => {
    const text = oneLine(line);
    // A number is a place in a text file; other formats have pages and cells.
    if (hit.location.kind !== 'line') return `    ${text}`;
    return `  ${String(hit.line + i + 1).padStart(width)}${marked.has(i) ? ': ' : '  '}${text}`;
  });
  return lines.length > MOST_LINES ? [...shown, '    …'] : shown;
}

/** Lines, counted from the passage's first, that have a word of the query; the first one where none has. */
function markedLines({ text, contributions }: Hit): ReadonlySet<number> {
  const lines = new Set<number>();
  for (const { kind, ranges } of contributions)
    if (kind === 'literal' || kind === 'rewritten')
      for (const { start } of ranges) lines.add(text.slice(0, start).split(/\r\n|\r|\n/u).length - 1);
  return lines.size > 0 ? lines : new Set([0]);
}
