/** The purposes of the groups of an RTF document (RTF 1.9.1, "Destinations"). */

/**
 * - `body`: text in its place;
 * - `note`: text that stands beside its paragraph (footnotes, comments, text boxes);
 * - `late`: text of every page (headers, footers);
 * - `field`: the instruction of a field;
 * - `object`: an embedded file in hexadecimal digits.
 */
export type Destination =
  'body' | 'note' | 'late' | 'meta' | 'styles' | 'fonts' | 'field' | 'object' | 'skip';

/** Properties of the document by their control words. */
export const META: ReadonlyMap<string, string> = new Map([
  ['title', 'title'],
  ['subject', 'subject'],
  ['author', 'creator'],
  ['keywords', 'keywords'],
  ['doccomm', 'description'],
  ['category', 'category'],
  ['manager', 'Manager'],
  ['company', 'Company'],
]);

export const SIGNS: ReadonlyMap<string, string> = new Map([
  ['line', '\n'],
  ['lbr', '\n'],
  ['tab', '\t'],
  ['emdash', '—'],
  ['endash', '–'],
  ['emspace', ' '],
  ['enspace', ' '],
  ['qmspace', ' '],
  ['lquote', '‘'],
  ['rquote', '’'],
  ['ldblquote', '“'],
  ['rdblquote', '”'],
  ['bullet', '•'],
  ['~', '\u00a0'],
  ['_', '-'],
]);

const DESTINATIONS: ReadonlyMap<string, Destination> = new Map<string, Destination>([
  ...['footnote', 'annotation', 'atnauthor', 'shptxt', 'dptxbxtext'].map(word => [word, 'note'] as const),
  ...['header', 'headerl', 'headerr', 'headerf', 'footer', 'footerl', 'footerr', 'footerf'].map(
    word => [word, 'late'] as const,
  ),
  ['fonttbl', 'fonts'],
  ['stylesheet', 'styles'],
  ['fldinst', 'field'],
  ['objdata', 'object'],
  ...['fldrslt', 'result', 'shpinst', 'shp', 'shpgrp', 'ud', 'shprslt', 'do'].map(
    word => [word, 'body'] as const,
  ),
  ...['colortbl', 'pict', 'nonshppict', 'listtext', 'pntext', 'upr', 'bkmkstart', 'bkmkend', 'filetbl'].map(
    word => [word, 'skip'] as const,
  ),
  ...['revtbl', 'listtable', 'sp', 'objclass', 'objname', 'template', 'operator', 'comment', 'xe', 'tc'].map(
    word => [word, 'skip'] as const,
  ),
  ...['creatim', 'revtim', 'printim', 'buptim', 'hlinkbase', 'private', 'ftnsep', 'ftnsepc', 'aftnsep'].map(
    word => [word, 'skip'] as const,
  ),
  ['info', 'meta'],
]);

/** The destination of a group that begins with this word; null where the word begins none. */
export function destinationOf(word: string, isIgnorable: boolean, outer: Destination): Destination | null {
  // The Unicode form of the preceding group.
  if (word === 'ud') return 'body';
  if (outer === 'skip') return isIgnorable ? 'skip' : null;
  if (outer === 'meta' && META.has(word)) return 'meta';
  // A text that programs without drawing show instead of the drawing; it has been read already.
  if (word === 'shprslt') return 'skip';
  if (word === 'tc' || word === 'xe' || word === 'comment')
    return isIgnorable || outer === 'meta' ? 'skip' : null;
  const known = DESTINATIONS.get(word);
  if (known !== undefined) return known;
  return isIgnorable ? 'skip' : null;
}
