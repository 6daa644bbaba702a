/** Sheets of an OpenDocument spreadsheet: the text of a cell is the displayed one. */
import type { DocumentBuilder } from '../../documentBuilder.ts';
import { attribute, type Attributes } from '../xml/parseXml.ts';
import { columnName, SheetRows } from '../xlsx/rows.ts';

/** The limit of rows in Excel and LibreOffice; a file may declare more repetitions of a row. */
const MAX_ROW = 1_048_576;

export class OdfSheets {
  readonly #builder: DocumentBuilder;
  #rows: SheetRows | null = null;
  #sheet = '';
  #row = 0;
  #column = 0;
  #repeatRow = 1;
  #repeatCell = 1;
  #cell: string[] = [];
  #cells: string[] = [];
  #firstCell = '';
  #comments: { readonly cell: string; readonly text: string }[] = [];

  constructor(builder: DocumentBuilder) {
    this.#builder = builder;
  }

  open(name: string, attributes: Attributes): void {
    if (name === 'table') this.#openSheet(attribute(attributes, 'table:name'));
    else if (name === 'table-row') {
      this.#repeatRow = repeated(attribute(attributes, 'table:number-rows-repeated'));
      this.#row++;
      this.#column = 0;
      this.#cells = [];
    } else if (name === 'table-cell' || name === 'covered-table-cell') {
      this.#repeatCell = repeated(attribute(attributes, 'table:number-columns-repeated'));
      this.#cell = [];
    }
  }

  /** Adds a paragraph to the open cell. */
  add(text: string): void {
    this.#cell.push(text);
  }

  comment(text: string): void {
    this.#comments.push({ cell: this.#address, text });
  }

  close(name: string): void {
    if (name === 'table-cell' || name === 'covered-table-cell') {
      const text = this.#cell.join(' ');
      if (text.trim() !== '') {
        if (this.#cells.length === 0) this.#firstCell = this.#address;
        this.#cells.push(text);
      }
      this.#cell = [];
      this.#column += this.#repeatCell;
    } else if (name === 'table-row') {
      this.#rows?.add(this.#row, this.#firstCell, this.#cells);
      this.#row = Math.min(MAX_ROW, this.#row + this.#repeatRow - 1);
    } else if (name === 'table') this.#closeSheet();
  }

  get #address(): string {
    return `${columnName(this.#column)}${this.#row}`;
  }

  #openSheet(name: string): void {
    this.#sheet = name;
    this.#row = 0;
    this.#rows = new SheetRows(this.#builder, name);
    this.#builder.at({ kind: 'cell', sheet: name, cell: 'A1' });
    this.#builder.heading(1, name);
  }

  #closeSheet(): void {
    this.#rows?.finish();
    this.#rows = null;
    for (const { cell, text } of this.#comments) {
      this.#builder.at({ kind: 'cell', sheet: this.#sheet, cell });
      this.#builder.block('paragraph', text);
    }
    this.#comments = [];
  }
}

function repeated(value: string): number {
  return Math.min(MAX_ROW, Math.max(1, Number(value) || 1));
}
