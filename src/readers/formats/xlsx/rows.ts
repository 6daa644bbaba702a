/** Turns the rows of a sheet into blocks of a few lines, each with the address of its first cell. */
import type { DocumentBuilder } from '../../documentBuilder.ts';

/** A block is as long as a passage: in a longer one, later rows would get the address of the first. */
const MAX_CHARACTERS = 600;
const MAX_ROWS = 30;

export class SheetRows {
  readonly #builder: DocumentBuilder;
  readonly #sheet: string;
  #lines: string[] = [];
  #length = 0;
  #first: { readonly row: number; readonly cell: string } | null = null;
  #last = 0;

  constructor(builder: DocumentBuilder, sheet: string) {
    this.#builder = builder;
    this.#sheet = sheet;
  }

  /** `cells` has no empty ones; an empty row ends a block. */
  add(row: number, firstCell: string, cells: readonly string[]): void {
    const line = cells
      .map(cell => cell.replace(/\s+/gu, ' ').trim())
      .filter(cell => cell !== '')
      .join('\t');
    if (line === '') return;
    const isFull = this.#length + line.length > MAX_CHARACTERS || this.#lines.length >= MAX_ROWS;
    if (isFull || row > this.#last + 1) this.finish();
    this.#first ??= { row, cell: firstCell };
    this.#lines.push(line);
    this.#length += line.length;
    this.#last = row;
  }

  finish(): void {
    if (this.#first !== null) {
      this.#builder.at({ kind: 'cell', sheet: this.#sheet, cell: this.#first.cell });
      this.#builder.block('table', this.#lines.join('\n'));
    }
    this.#lines = [];
    this.#length = 0;
    this.#first = null;
  }
}

/** The name of a zero-based column, such as `AB` for 27. */
export function columnName(column: number): string {
  let name = '';
  for (let left = column + 1; left > 0; left = Math.floor((left - 1) / 26))
    name = String.fromCharCode(65 + ((left - 1) % 26)) + name;
  return name;
}
