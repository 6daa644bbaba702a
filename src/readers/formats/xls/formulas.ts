/** A workbook's stream without its formulas: their results stand beside them, and reading them may not end. */
import { recordsOf } from './biff.ts';

const FORMULA = 0x06;
/** Of a formula, how many bytes it has: behind the cell, its result, flags and the place in a chain (MS-XLS 2.4.127). */
const LENGTH = 20;
/**
 * Records of nothing but formulas (names, shared and array formulas, tables, conditions of formats and of input), and
 * those of older versions, which none of this one holds unless it was damaged.
 */
const FORMULAS: ReadonlySet<number> = new Set([
  0x18, 0x23, 0x4bc, 0x221, 0x236, 0x1b1, 0x1be, 0x1b0, 0x87b, 0x21, 0x206, 0x218, 0x223, 0x406,
]);
/** A record that no version has. */
const NONE = 0xfff0;

/** A copy; the library throws on damaged formulas, and its loop over one that overlaps its end never ends. */
export function withoutFormulas(stream: Buffer): Buffer {
  const copy = Buffer.from(stream);
  for (const { type, at, data } of recordsOf(copy))
    if (FORMULAS.has(type)) copy.writeUInt16LE(NONE, at);
    else if (type === FORMULA && data.length >= LENGTH + 2) data.writeUInt16LE(0, LENGTH);
  return copy;
}
