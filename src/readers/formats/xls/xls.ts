/** Workbooks from before 2007: `.xls`. */
import { DocumentBuilder } from '../../documentBuilder.ts';
import type { ReadOptions, ReadResult } from '../../readers.ts';
import { EmbeddedFiles } from '../embedded.ts';
import { decryptedBiff } from '../ole/defaultPassword.ts';
import { Ole } from '../ole/ole.ts';
import { addOleProperties } from '../ole/properties.ts';
import { addStorages } from '../ole/storages.ts';
import { ProblemError } from '../problem.ts';
import { columnName, SheetRows } from '../xlsx/rows.ts';
import { isProtectedBiff } from './biff.ts';
import { BiffWorkbook, type BiffSheet } from './biffWorkbook.ts';

export async function readXls(bytes: Uint8Array, options: ReadOptions): Promise<ReadResult> {
  const ole = new Ole(bytes);
  const written = ole.stream('Workbook') ?? ole.stream('Book');
  if (written === null) throw new ProblemError('damaged', 'no Workbook');
  const stream = isProtectedBiff(written) ? decryptedBiff(written) : written;
  if (stream === null) throw new ProblemError('encrypted', 'FILEPASS');
  const { sheets, names } = new BiffWorkbook(stream);
  if (sheets.length === 0) throw new ProblemError('damaged', 'no sheets');
  const builder = new DocumentBuilder();
  addOleProperties(builder, ole);
  for (const sheet of sheets) addSheet(builder, sheet);
  builder.leave(1);
  builder.block('list', names.join('\n'));
  const files = new EmbeddedFiles(options);
  addStorages(files, ole, '');
  await files.appendTo(builder);
  return builder.finish();
}

function addSheet(builder: DocumentBuilder, { name, cells, comments, boxes, links, texts }: BiffSheet): void {
  builder.at({ kind: 'cell', sheet: name, cell: 'A1' });
  builder.heading(1, name);
  const rows = new SheetRows(builder, name);
  for (const [row, columns] of [...cells.rows].sort(([a], [b]) => a - b)) {
    const sorted = [...columns].sort(([a], [b]) => a - b);
    rows.add(
      row + 1,
      `${columnName(sorted[0]![0])}${row + 1}`,
      sorted.map(([, text]) => text),
    );
  }
  rows.finish();
  for (const { row, column, author, object } of comments) {
    const text = boxes.get(object) ?? '';
    boxes.delete(object);
    builder.at({ kind: 'cell', sheet: name, cell: `${columnName(column)}${row + 1}` });
    // Excel writes the author into a note's text; other programs do not.
    builder.block('paragraph', author === '' || text.startsWith(author) ? text : `${author}: ${text}`);
  }
  builder.at({ kind: 'cell', sheet: name, cell: 'A1' });
  for (const text of boxes.values()) builder.block('paragraph', text);
  builder.block('list', [...texts].filter(text => text.trim() !== '').join('\n'));
  builder.block('list', [...links].join('\n'));
}
