/** Workbooks that a library reads: binary ones of Excel 2007 and later (`.xlsb`), and those of Excel 2 to 4. */
import { read, set_cptable, type CellObject, type WorkBook, type WorkSheet } from '@e965/xlsx';
import { DocumentBuilder } from '../../documentBuilder.ts';
import type { ReadResult } from '../../readers.ts';
import { decodeCodePage } from '../ole/properties.ts';
import { ProblemError } from '../problem.ts';
import { formatNumber } from '../xlsx/numberFormat.ts';
import { withoutFormulas } from './formulas.ts';
import { columnName, SheetRows } from '../xlsx/rows.ts';

/** Workbooks before Excel 97 use a Windows code page, whose table the library must be given. */
set_cptable({
  utils: {
    hascp: () => true,
    decode: (page: number, bytes: Uint8Array | string) =>
      decodeCodePage(typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : Buffer.from(bytes), page),
    encode: (_page: number, text: string) => Buffer.from(text, 'latin1'),
  },
});

/** A workbook of Excel 2 to 4, which has no container. */
export function readOldWorkbook(bytes: Uint8Array): ReadResult {
  return readWithLibrary(withoutFormulas(bytes));
}

export function readWithLibrary(bytes: Uint8Array): ReadResult {
  const workbook = parsed(bytes);
  const builder = new DocumentBuilder();
  for (const name of workbook.SheetNames) addSheet(builder, name, workbook.Sheets[name], workbook);
  return builder.finish();
}

function parsed(bytes: Uint8Array): WorkBook {
  /* oxlint-disable no-console -- nothing is written, the library is kept from it */
  // The library logs a line for each record that it does not know, and a damaged file may have a million of them.
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
    throw new ProblemError(/password|encrypt/iu.test(message) ? 'encrypted' : 'damaged', 'library');
  } finally {
    console.error = report;
  }
  /* oxlint-enable no-console */
}

function addSheet(
  builder: DocumentBuilder,
  name: string,
  sheet: WorkSheet | undefined,
  workbook: WorkBook,
): void {
  builder.at({ kind: 'cell', sheet: name, cell: 'A1' });
  builder.heading(1, name);
  const rows = new SheetRows(builder, name);
  const comments: { readonly cell: string; readonly text: string }[] = [];
  const isDate1904 = workbook.Workbook?.WBProps?.date1904 === true;
  // Missing rows and cells are holes, which are skipped: a sheet may claim a million rows.
  const data = (sheet?.['!data'] as (CellObject | undefined)[][] | undefined) ?? [];
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
      for (const { t } of cell.c ?? []) comments.push({ cell: address, text: t ?? '' });
    });
    rows.add(r + 1, first, cells);
  });
  rows.finish();
  for (const { cell, text } of comments) {
    builder.at({ kind: 'cell', sheet: name, cell });
    builder.block('paragraph', text);
  }
}

function shown(cell: CellObject, isDate1904: boolean): string {
  if (cell.t === 'n' && typeof cell.v === 'number') {
    const code = typeof cell.z === 'string' ? cell.z : '';
    // The library's name for format 14, the system's own date format.
    const format = code === 'm/d/yy' ? { id: 14, code: '' } : { id: 0, code };
    return formatNumber(cell.v, format, isDate1904);
  }
  if (cell.t === 'z' || cell.v === undefined) return '';
  return cell.w ?? String(cell.v);
}
