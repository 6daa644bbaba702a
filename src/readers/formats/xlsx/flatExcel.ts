/** Workbooks that are one XML file (SpreadsheetML 2003); many Korean systems export them and name them `.xls`. */
import { DocumentBuilder } from '../../documentBuilder.ts';
import type { ReadResult } from '../../readers.ts';
import { addProperties } from '../ooxml/properties.ts';
import { attribute, parseXml } from '../xml/parseXml.ts';
import { columnName, SheetRows } from './rows.ts';

/** Excel's own limit of columns. */
const MAX_COLUMN = 16_384;

export function readFlatExcel(bytes: Uint8Array): ReadResult {
  const builder = new DocumentBuilder();
  addProperties(builder, bytes, 'DocumentProperties');
  let rows: SheetRows | null = null;
  let [row, column, first] = [0, 0, ''];
  let cells: string[] = [];
  let text = '';
  let collects = 0;
  parseXml(
    bytes,
    {
      open: (name, attributes) => {
        const index = Number(attribute(attributes, 'ss:Index'));
        if (name === 'Worksheet') {
          const sheet = attribute(attributes, 'ss:Name');
          builder.at({ kind: 'cell', sheet, cell: 'A1' });
          builder.heading(1, sheet);
          rows = new SheetRows(builder, sheet);
          row = 0;
        } else if (name === 'Row') {
          [row, column, cells] = [index > 0 ? index : row + 1, 0, []];
        } else if (name === 'Cell') column = Math.min(MAX_COLUMN, index > 0 ? index : column + 1);
        else if (name === 'Data' || name === 'Comment') {
          if (collects++ === 0) text = '';
        }
      },
      text: value => {
        if (collects > 0) text += value;
      },
      close: name => {
        if (name === 'Data' || name === 'Comment') {
          if (--collects > 0 || text.trim() === '') return;
          if (cells.length === 0) first = `${columnName(column - 1)}${row}`;
          cells.push(text);
        } else if (name === 'Row') rows?.add(row, first, cells);
        else if (name === 'Worksheet') rows?.finish();
      },
    },
    () => builder.full,
  );
  rows = rows as SheetRows | null;
  rows?.finish();
  return builder.finish();
}
