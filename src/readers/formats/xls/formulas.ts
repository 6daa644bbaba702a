/**
 * Formulas of workbooks before Excel 97, which the library takes apart though their values stand beside them: of a
 * formula that is cut off it reads nothing without end.
 */

const HEADER = 4;
/** In a formula's record, by its type: how long what stands before the formula is, with the formula's length. */
const BEFORE = new Map([
  [0x0006, 17],
  [0x0206, 18],
  [0x0406, 18],
]);
/** Where the value stands, and the formula after it. */
const [VALUE, FORMULA] = [6, 16];
/** Formulas of names, of several cells, and shared ones: none of them is text. */
const OTHERS: ReadonlySet<number> = new Set([0x0018, 0x0218, 0x0021, 0x0221, 0x04bc]);
/** A type that no record has. */
const NO_TYPE = 0xffff;
/** The value of a cell whose text is empty. */
const NO_TEXT = 3;

/** A copy of a workbook without container, in which each formula is empty and everything keeps its place. */
export function withoutFormulas(bytes: Uint8Array): Uint8Array {
  const file = Buffer.from(bytes);
  for (let at = 0; at + HEADER <= file.length;) {
    const type = file.readUInt16LE(at);
    const record = file.subarray(at + HEADER, at + HEADER + file.readUInt16LE(at + 2));
    const before = BEFORE.get(type);
    if (OTHERS.has(type) || record.length < (before ?? 0)) file.writeUInt16LE(NO_TYPE, at);
    else if (before !== undefined) emptyFormula(record, before === 17 ? VALUE + 1 : VALUE);
    at += HEADER + file.readUInt16LE(at + 2);
  }
  return file;
}

function emptyFormula(record: Buffer, value: number): void {
  record.fill(0, FORMULA);
  const isNumber = record.readUInt16LE(value + 6) !== 0xffff;
  // The library does not skip a value of no known kind, and would take it for the formula.
  if (!isNumber && record[value]! > NO_TEXT) record[value] = NO_TEXT;
}
