/** A worksheet: its displayed cells and the other texts on it (ECMA-376 part 1, 18.3). */
import { attribute, parseXml, relationId, type Attributes } from '../xml/parseXml.ts';
import { formatNumber, type NumberFormat } from './numberFormat.ts';
import { GENERAL } from './cellStyles.ts';
import { RichText, unescaped } from './richText.ts';
import { columnName, type SheetRows } from './rows.ts';

export interface Workbook {
  readonly strings: readonly string[];
  readonly formats: readonly NumberFormat[];
  readonly isDate1904: boolean;
}

/** The texts and links of a sheet outside its cells. */
export interface SheetRest {
  /** Prompts of cells, and headers and footers of the printed page. */
  readonly texts: string[];
  /** Relations of links. */
  readonly links: string[];
}

const PRINTED = new Set(['oddHeader', 'oddFooter', 'evenHeader', 'evenFooter', 'firstHeader', 'firstFooter']);
const PROMPTS = ['promptTitle', 'prompt', 'errorTitle', 'error'];

export function readSheet(
  bytes: Uint8Array,
  workbook: Workbook,
  rows: SheetRows,
  isDone: () => boolean,
): SheetRest {
  const reader = new SheetReader(workbook, rows);
  parseXml(bytes, reader, isDone);
  rows.finish();
  return reader.rest;
}

class SheetReader {
  readonly rest: SheetRest = { texts: [], links: [] };
  readonly #workbook: Workbook;
  readonly #rows: SheetRows;
  readonly #rich = new RichText();
  #row = 0;
  #column = -1;
  #cells: string[] = [];
  #firstCell = '';
  #type = '';
  #style = 0;
  #value = '';
  #collects = false;

  constructor(workbook: Workbook, rows: SheetRows) {
    this.#workbook = workbook;
    this.#rows = rows;
  }

  readonly open = (name: string, attributes: Attributes): void => {
    if (name === 'row') {
      this.#row = Number(attribute(attributes, 'r')) || this.#row + 1;
      this.#column = -1;
      this.#cells = [];
    } else if (name === 'c') this.#openCell(attributes);
    else if (name === 'v' || PRINTED.has(name)) {
      this.#value = '';
      this.#collects = true;
    } else if (name === 'hyperlink') {
      const id = relationId(attributes);
      if (id !== '') this.rest.links.push(id);
    } else if (name === 'dataValidation')
      this.rest.texts.push(...PROMPTS.map(prompt => unescaped(attribute(attributes, prompt))));
    else this.#rich.open(name);
  };

  readonly text = (value: string): void => {
    if (this.#collects) this.#value += value;
    else this.#rich.text(value);
  };

  readonly close = (name: string): void => {
    if (name === 'v') this.#collects = false;
    else if (name === 'c') this.#closeCell();
    else if (name === 'row') this.#rows.add(this.#row, this.#firstCell, this.#cells);
    else if (PRINTED.has(name)) {
      this.#collects = false;
      this.rest.texts.push(printedText(this.#value));
      this.#value = '';
    } else this.#rich.close(name);
  };

  #openCell(attributes: Attributes): void {
    const letters = /^[A-Z]{1,3}/u.exec(attribute(attributes, 'r'))?.[0];
    this.#column = letters === undefined ? this.#column + 1 : columnNumber(letters);
    this.#type = attribute(attributes, 't');
    this.#style = Number(attribute(attributes, 's')) || 0;
    this.#value = '';
    this.#rich.take();
  }

  #closeCell(): void {
    const text = this.#shown();
    if (text.trim() === '') return;
    if (this.#cells.length === 0) this.#firstCell = `${columnName(this.#column)}${this.#row}`;
    this.#cells.push(text);
  }

  #shown(): string {
    const value = this.#value;
    if (this.#type === 's') return this.#workbook.strings[Number(value)] ?? '';
    if (this.#type === 'inlineStr') return this.#rich.take();
    if (this.#type === 'b') return value === '' ? '' : value.trim() === '1' ? 'TRUE' : 'FALSE';
    if (this.#type === 'str' || this.#type === 'e') return unescaped(value);
    const number = Number(value);
    // ISO 8601 dates (`t="d"`) and values that are not numbers stay as they are written.
    if (value.trim() === '' || !Number.isFinite(number)) return value;
    const format = this.#workbook.formats[this.#style] ?? GENERAL;
    return formatNumber(number, format, this.#workbook.isDate1904);
  }
}

/** Codes for fonts, page numbers and dates begin with `&` (18.3.1.39). */
function printedText(value: string): string {
  return value
    .replace(/&(?:"[^"]*"|K[0-9a-f]{6}|K\d{2}[+-]\d{3}|\d{1,3}|[A-Z])/giu, ' ')
    .replaceAll('&&', '&')
    .trim();
}

function columnNumber(letters: string): number {
  let number = 0;
  for (const letter of letters) number = number * 26 + letter.charCodeAt(0) - 64;
  return number - 1;
}
