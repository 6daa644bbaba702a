/** Cells of a worksheet of Excel 5 to 2003 (MS-XLS 2.4): the values of their records as Excel shows them. */
import { GENERAL } from '../xlsx/cellStyles.ts';
import { formatNumber, type NumberFormat } from '../xlsx/numberFormat.ts';
import { stringAt } from './biffStrings.ts';

const [LABELSST, LABEL, RSTRING, RK, MULRK, NUMBER, FORMULA, BOOLERR, STRING] = [
  0xfd, 0x204, 0xd6, 0x27e, 0xbd, 0x203, 0x06, 0x205, 0x207,
];
const ERRORS: ReadonlyMap<number, string> = new Map([
  [0, '#NULL!'],
  [7, '#DIV/0!'],
  [15, '#VALUE!'],
  [23, '#REF!'],
  [29, '#NAME?'],
  [36, '#NUM!'],
  [42, '#N/A'],
]);

export interface BiffGlobals {
  readonly strings: string[];
  /** Format codes by number. */
  readonly formats: Map<number, string>;
  /** The number of the format of each cell style. */
  readonly styles: number[];
  isDate1904: boolean;
  /** Code page of strings; null since Excel 97, which has Unicode. */
  codePage: number | null;
}

export class BiffCells {
  /** Texts by row and column, both zero-based. */
  readonly rows = new Map<number, Map<number, string>>();
  readonly #globals: BiffGlobals;
  /** A formula whose text stands in the next record. */
  #awaited: { readonly row: number; readonly column: number } | null = null;

  constructor(globals: BiffGlobals) {
    this.#globals = globals;
  }

  add(type: number, data: Buffer): void {
    if (type === STRING && this.#awaited !== null && data.length >= 3) {
      const { row, column } = this.#awaited;
      this.#set(row, column, stringAt(data, 2, data.readUInt16LE(0), this.#globals.codePage));
    }
    // Records of shared formulas may stand between a formula and its text.
    if (type === STRING) this.#awaited = null;
    if (data.length < 8) return;
    const [row, column, style] = [data.readUInt16LE(0), data.readUInt16LE(2), data.readUInt16LE(4)];
    if (type === MULRK) this.#addMany(row, column, data);
    else if (type === RK && data.length >= 10)
      this.#set(row, column, this.#number(rkValue(data.readInt32LE(6)), style));
    else if (type === NUMBER && data.length >= 14)
      this.#set(row, column, this.#number(data.readDoubleLE(6), style));
    else if (type === LABELSST && data.length >= 10)
      this.#set(row, column, this.#globals.strings[data.readUInt32LE(6)] ?? '');
    else if ((type === LABEL || type === RSTRING) && data.length >= 9)
      this.#set(row, column, stringAt(data, 8, data.readUInt16LE(6), this.#globals.codePage));
    else if (type === BOOLERR) this.#set(row, column, truthOrError(data[6]!, data[7] === 1));
    else if (type === FORMULA && data.length >= 14) this.#addResult(row, column, style, data);
  }

  #addMany(row: number, first: number, data: Buffer): void {
    for (let at = 4, column = first; at + 8 <= data.length; at += 6, column++)
      this.#set(row, column, this.#number(rkValue(data.readInt32LE(at + 2)), data.readUInt16LE(at)));
  }

  #addResult(row: number, column: number, style: number, data: Buffer): void {
    this.#awaited = null;
    if (data.readUInt16LE(12) !== 0xffff) this.#set(row, column, this.#number(data.readDoubleLE(6), style));
    else if (data[6] === 0) this.#awaited = { row, column };
    else if (data[6] === 1 || data[6] === 2) this.#set(row, column, truthOrError(data[8]!, data[6] === 2));
  }

  #number(value: number, style: number): string {
    if (!Number.isFinite(value)) return '';
    const id = this.#globals.styles[style];
    const format: NumberFormat =
      id === undefined ? GENERAL : { id, code: this.#globals.formats.get(id) ?? '' };
    // Excel also writes its built-in formats into the file, in the language of the person who saved it.
    const known = id !== undefined && id < 164 && id !== 0 ? { id, code: '' } : format;
    return formatNumber(value, known, this.#globals.isDate1904);
  }

  #set(row: number, column: number, text: string): void {
    if (text.trim() === '') return;
    let cells = this.rows.get(row);
    if (cells === undefined) this.rows.set(row, (cells = new Map()));
    cells.set(column, text);
  }
}

/** A number with 30 bits, or an integer, possibly divided by 100 (MS-XLS 2.5.217). */
function rkValue(rk: number): number {
  const bytes = Buffer.alloc(8);
  bytes.writeInt32LE(rk & ~3, 4);
  const value = (rk & 2) !== 0 ? rk >> 2 : bytes.readDoubleLE(0);
  return (rk & 1) !== 0 ? value / 100 : value;
}

function truthOrError(value: number, isError: boolean): string {
  if (isError) return ERRORS.get(value) ?? '';
  return value === 0 ? 'FALSE' : 'TRUE';
}
