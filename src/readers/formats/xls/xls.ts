/** Workbooks of Excel 2 to 2003 (`.xls`) and binary ones of later versions (`.xlsb`). */
import { read, set_cptable, type CellObject, type WorkBook, type WorkSheet } from '@e965/xlsx';
import { DocumentBuilder } from '../../documentBuilder.ts';
import type { ReadOptions, ReadResult } from '../../readers.ts';
import { EmbeddedFiles } from '../embedded.ts';
import { looksLikeOle, Ole } from '../ole/ole.ts';
import { addOleProperties, decodeCodePage } from '../ole/properties.ts';
import { addStorages } from '../ole/storages.ts';
import { ProblemError } from '../problem.ts';
import { formatNumber } from '../xlsx/numberFormat.ts';
import { columnName, SheetRows } from '../xlsx/rows.ts';
import { biffTexts, isProtectedBiff } from './biff.ts';
import { withoutFormulas } from './formulas.ts';

/** Workbooks before Excel 97 are written in a code page of Windows: the library asks for a table of them. */
set_cptable({
  utils: {
    hascp: () => true,
    decode: (page: number, bytes: Uint8Array | string) =>
      decodeCodePage(typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : Buffer.from(bytes), page),
    encode: (_page: number, text: string) => Buffer.from(text, 'latin1'),
  },
});

export async function readXls(bytes: Uint8Array, options: ReadOptions): Promise<ReadResult> {
  const ole = looksLikeOle(bytes) ? new Ole(bytes) : null;
  const stream = ole?.stream('Workbook') ?? ole?.stream('Book') ?? null;
  if (stream !== null && isProtectedBiff(stream)) throw new ProblemError('encrypted', 'FILEPASS');
  const workbook = parsed(stream === null ? bytes : withoutFormulas(stream));
  const builder = new DocumentBuilder();
  if (ole !== null) addOleProperties(builder, ole);
  const comments = workbook.SheetNames.flatMap(name =>
    addSheet(builder, name, workbook.Sheets[name], workbook),
  );
  builder.leave(1);
  // A comment's box holds the comment.
  const said = new Set(comments.map(text => text.replace(/\s+/gu, ' ').trim()));
  const texts = stream === null ? [] : biffTexts(stream);
  builder.block('list', texts.filter(text => !said.has(text)).join('\n'));
  const files = new EmbeddedFiles(options);
  if (ole !== null) addStorages(files, ole, '');
  await files.appendTo(builder);
  return builder.finish();
}

function parsed(bytes: Uint8Array): WorkBook {
  /* oxlint-disable no-console -- nothing is written, the library is kept from it */
  // The library writes a line for each record that it does not know; a damaged file has a million of them.
  const { error: report } = console;
  console.error = () => {};
  try {
    return read(bytes, {
      type: 'buffer',
      dense: true,
      cellNF: true,
      cellHTML: false,
      cellFormula: false,
      bookVBA: false,
    });
  } catch (error) {
    const message = error instanceof Error ? error.message : '';
    if (/password|encrypt/iu.test(message)) throw new ProblemError('encrypted', 'library');
    throw error;
  } finally {
    console.error = report;
  }
  /* oxlint-enable no-console */
}

/** Answers with the comments on its cells. */
function addSheet(
  builder: DocumentBuilder,
  name: string,
  sheet: WorkSheet | undefined,
  workbook: WorkBook,
): string[] {
  builder.at({ kind: 'cell', sheet: name, cell: 'A1' });
  builder.heading(1, name);
  const rows = new SheetRows(builder, name);
  const comments: { readonly cell: string; readonly text: string }[] = [];
  const links = new Set<string>();
  const isDate1904 = workbook.Workbook?.WBProps?.date1904 === true;
  // Rows and cells that are not there are holes, which are passed over: a sheet may say that it has a million rows.
  const data: (CellObject | undefined)[][] =
    (sheet?.['!data'] as (CellObject | undefined)[][] | undefined) ?? [];
  data.forEach((row, r) => {
    if (row === undefined || builder.full) return;
    const cells: string[] = [];
    let first = '';
    row.forEach((cell, c) => {
      if (cell === undefined) return;
      const address = `${columnName(c)}${r + 1}`;
      const text = shown(cell, isDate1904);
      if (text !== '' && cells.length === 0) first = address;
      if (text !== '') cells.push(text);
      for (const { a, t } of cell.c ?? []) comments.push({ cell: address, text: commentText(a, t) });
      if (cell.l?.Target !== undefined && !cell.l.Target.startsWith('#')) links.add(cell.l.Target);
    });
    rows.add(r + 1, first, cells);
  });
  rows.finish();
  for (const { cell, text } of comments) {
    builder.at({ kind: 'cell', sheet: name, cell });
    builder.block('paragraph', text);
  }
  builder.block('list', [...links].map(link => link.replace(/^mailto:/iu, '')).join('\n'));
  return comments.map(({ text }) => text);
}

function shown(cell: CellObject, isDate1904: boolean): string {
  if (cell.t === 'n' && typeof cell.v === 'number') {
    const code = typeof cell.z === 'string' ? cell.z : '';
    // What the library calls format 14: the system's own way to write a date.
    const format = code === 'm/d/yy' ? { id: 14, code: '' } : { id: 0, code };
    return formatNumber(cell.v, format, isDate1904);
  }
  if (cell.t === 'z' || cell.v === undefined) return '';
  return cell.w ?? String(cell.v);
}

function commentText(author: string | undefined, text: string | undefined): string {
  const comment = text ?? '';
  return author === undefined || author === '' || comment.startsWith(author)
    ? comment
    : `${author}: ${comment}`;
}
