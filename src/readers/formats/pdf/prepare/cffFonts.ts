/**
 * Compact fonts (CFF, https://adobe-type-tools.github.io/font-tech-notes/pdfs/5176.CFF.pdf). Where the list of a damaged
 * font's glyph names points behind its end, pdf.js reads it without end; where the pieces of a font overlap, it copies
 * them all and fills the memory.
 */

const [CHARSET, CHAR_STRINGS, PRIVATE, SUBROUTINES] = [15, 17, 18, 19];
const [REGISTRY, DICTIONARIES, FD_SELECT] = [0x0c1e, 0x0c24, 0x0c25];
/** The first byte of an operand. */
const [SHORT, LONG, REAL] = [28, 29, 30];
/** The half bytes of a real number. */
const DIGITS = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '.', 'E', 'E-', 'x', '-'];
/** A format of a list that does not exist; pdf.js refuses the font's glyphs, and takes the letters from elsewhere. */
const NO_FORMAT = 0xff;
/** Lists of glyph names below this are predefined. */
const PREDEFINED = 3;

/** Whether a stream may be such a font, by the same bytes as in pdf.js. */
export function isCff(font: Buffer): boolean {
  const [first = 0, , , size = 0] = font;
  return first >= 1 && size >= 1 && size <= 4;
}

/**
 * Whether there was something to disarm: such a list gets a format that does not exist, and pieces that overlap are none.
 * `font` may be any bytes.
 */
export function disarmCff(font: Buffer): boolean {
  // The header is looked for as pdf.js does it.
  const start = font.indexOf(1);
  return start !== -1 && new CffFont(font.subarray(start)).disarm();
}

type Values = ReadonlyMap<number, readonly number[]>;
type Item = readonly [from: number, to: number];

interface CffIndex {
  readonly items: readonly Item[];
  readonly end: number;
}

class CffFont {
  readonly #cff: Buffer;
  /** The bytes that all pieces may have together: pieces of several dictionaries may be the same. */
  #room: number;
  #isChanged = false;

  constructor(cff: Buffer) {
    this.#cff = cff;
    this.#room = 4 * cff.length;
  }

  disarm(): boolean {
    const cff = this.#cff;
    const names = this.#index(cff[2] ?? 0);
    const dictionaries = this.#index(names.end);
    const values = this.#values(dictionaries.items[0]);
    const strings = this.#index(dictionaries.end);
    this.#index(strings.end);
    this.#subroutines(values);
    const glyphs = this.#index(values.get(CHAR_STRINGS)?.[0] ?? 0).items.length;
    const isComposite = values.has(REGISTRY);
    if (isComposite)
      for (const item of this.#index(values.get(DICTIONARIES)?.[0] ?? 0).items)
        this.#subroutines(this.#values(item));
    const charset = values.get(CHARSET)?.[0] ?? 0;
    if (charset >= PREDEFINED && cff[charset] === 1 && !namesAll(cff, charset, glyphs)) this.#refuse(charset);
    const select = isComposite ? (values.get(FD_SELECT)?.[0] ?? 0) : -1;
    if (cff[select] === 3 && !isAscending(cff, select, glyphs)) this.#refuse(select);
    return this.#isChanged;
  }

  #refuse(list: number): void {
    this.#cff[list] = NO_FORMAT;
    this.#isChanged = true;
  }

  #values(item: Item | undefined): Values {
    return item === undefined ? new Map() : valuesOf(this.#cff.subarray(...item));
  }

  #subroutines(values: Values): void {
    const [size = 0, at = 0] = values.get(PRIVATE) ?? [];
    const [offset = 0] = this.#values([at, at + size]).get(SUBROUTINES) ?? [];
    if (size !== 0 && offset !== 0) this.#index(at + offset);
  }

  /** The pieces at a place; none where they overlap, of which monotone ones are never larger than the font. */
  #index(at: number): CffIndex {
    const index = indexAt(this.#cff, at);
    const { length } = this.#cff;
    let size = 0;
    for (const [from, to] of index.items) size += Math.max(0, place(to, length) - place(from, length));
    this.#room -= size;
    if (size <= length && this.#room >= 0) return index;
    this.#cff.fill(0, at, at + 2);
    this.#room += size;
    this.#isChanged = true;
    return { items: [], end: at + 2 };
  }
}

/** Where `subarray` begins or ends. */
function place(offset: number, length: number): number {
  return offset < 0 ? Math.max(0, length + offset) : Math.min(offset, length);
}

function indexAt(cff: Buffer, at: number): CffIndex {
  const count = numberAt(cff, at, 2);
  if (count === 0) return { items: [], end: at + 2 };
  const size = cff[at + 2] ?? 0;
  const base = at + 2 + (count + 1) * size;
  const offset = (i: number): number => base + numberAt(cff, at + 3 + i * size, size);
  const items = Array.from({ length: count }, (_, i) => [offset(i), offset(i + 1)] as const);
  return { items, end: offset(count) };
}

/** Bytes behind the end are zeros. */
function numberAt(cff: Buffer, at: number, size: number): number {
  let value = 0;
  for (let i = 0; i < size; i++) value = (value << 8) + (cff[at + i] ?? 0);
  return value;
}

/** The operands of each operator, where pdf.js knows them all; an operator of two bytes is one number. */
function valuesOf(dictionary: Buffer): Values {
  const values = new Map<number, readonly number[]>();
  let operands: number[] = [];
  for (let at = 0; at < dictionary.length;) {
    const byte = dictionary[at]!;
    if (byte > 21) {
      operands.push(operandAt(dictionary, at));
      at += sizeOfOperand(dictionary, at);
      continue;
    }
    const size = byte === 12 ? 2 : 1;
    const isKnown = operands.length > 0 && !operands.some(Number.isNaN);
    if (isKnown) values.set(numberAt(dictionary, at, size), operands);
    operands = [];
    at += size;
  }
  return values;
}

function operandAt(dictionary: Buffer, at: number): number {
  const byte = dictionary[at]!;
  const next = dictionary[at + 1] ?? 0;
  if (byte === SHORT) return (numberAt(dictionary, at + 1, 2) << 16) >> 16;
  if (byte === LONG) return numberAt(dictionary, at + 1, 4);
  if (byte === REAL) return realAt(dictionary, at);
  if (byte < 32 || byte === 255) return Number.NaN;
  if (byte >= 251) return -((byte - 251) * 256) - next - 108;
  return byte >= 247 ? (byte - 247) * 256 + next + 108 : byte - 139;
}

function realAt(dictionary: Buffer, at: number): number {
  const bytes = dictionary.subarray(at + 1, at + sizeOfOperand(dictionary, at));
  const halves = [...bytes.toString('hex')].map(half => Number.parseInt(half, 16));
  const end = halves.indexOf(15);
  const digits = halves.slice(0, end === -1 ? halves.length : end).map(half => DIGITS[half]);
  return Number.parseFloat(digits.join(''));
}

function sizeOfOperand(dictionary: Buffer, at: number): number {
  const byte = dictionary[at]!;
  if (byte === SHORT) return 3;
  if (byte === LONG) return 5;
  if (byte !== REAL) return byte >= 247 && byte < 255 ? 2 : 1;
  let end = at + 1;
  // The last half byte is 15.
  while (end < dictionary.length && dictionary[end]! >> 4 !== 15 && (dictionary[end]! & 15) !== 15) end++;
  return end + 1 - at;
}

/** Whether ranges of at most 256 names, from `at` on, name all glyphs. */
function namesAll(cff: Buffer, at: number, glyphs: number): boolean {
  let named = 1;
  let range = at + 1;
  for (; named < glyphs && range + 2 < cff.length; range += 3) named += cff[range + 2]! + 1;
  return named >= glyphs;
}

/** Whether each range begins where the one before it ends. */
function isAscending(cff: Buffer, at: number, glyphs: number): boolean {
  let last = 0;
  const count = numberAt(cff, at + 1, 2);
  for (let i = 0; i < count; i++) {
    const next = numberAt(cff, at + 3 + 3 * (i + 1), 2);
    if (next < last || next > glyphs) return false;
    last = next;
  }
  return true;
}
