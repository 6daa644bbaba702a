/**
 * Workbooks of Excel 5 to 2003 (MS-XLS), record by record. We parse them ourselves: the library for them also reads
 * formulas, on which a damaged file can hang it, and gives up a whole file for one broken record.
 */
import { BiffCells, type BiffGlobals } from './biffCells.ts';
import { biffRecords, type BiffRecord } from './biff.ts';
import { BiffCursor, stringAt } from './biffStrings.ts';

const [BOF, EOF, BOUNDSHEET, SST, FORMAT, XF, DATEMODE, CODEPAGE] = [
  0x809, 0x0a, 0x85, 0xfc, 0x41e, 0xe0, 0x22, 0x42,
];
const [NOTE, OBJ, TXO, HLINK, HEADER, FOOTER, SERIES_TEXT, NAME] = [
  0x1c, 0x5d, 0x1b6, 0x1b8, 0x14, 0x15, 0x100d, 0x18,
];
const BIFF8 = 0x600;
const [GLOBALS, SHEET, CHART] = [5, 0x10, 0x20];
const MAX_DEPTH = 16;
const URL_MONIKER = Buffer.from('e0c9ea79f9bace118c8200aa004ba90b', 'hex');
const BUILT_IN_NAME = 0x20;
const MAX_STYLES = 70_000;

export interface BiffSheet {
  readonly name: string;
  readonly cells: BiffCells;
  readonly comments: {
    readonly row: number;
    readonly column: number;
    readonly author: string;
    readonly object: number;
  }[];
  /** Texts of boxes by the number of their object; a comment's text is one of them. */
  readonly boxes: Map<number, string>;
  readonly links: Set<string>;
  /** Headers and footers, and texts of charts. */
  readonly texts: Set<string>;
}

export class BiffWorkbook {
  readonly sheets: BiffSheet[] = [];
  readonly names: string[] = [];
  readonly #globals: BiffGlobals = {
    strings: [],
    formats: new Map(),
    styles: [],
    isDate1904: false,
    codePage: null,
  };
  /** Maps the offset of a sheet to its name. */
  readonly #listed = new Map<number, string>();
  #declaredPage = 1252;
  /** The kinds of what is open: a sheet, and possibly a chart within it. */
  #kinds: number[] = [];
  #object = 0;

  constructor(stream: Buffer) {
    for (const record of biffRecords(stream)) this.#add(record);
    // A listed sheet whose beginning is lost still has its name.
    for (const name of this.#listed.values()) this.#open(name);
  }

  #add(record: BiffRecord): void {
    const { type, at } = record;
    const [data] = record.parts;
    if (type === BOF) this.#begin(at, data);
    else if (type === EOF) this.#kinds.pop();
    else if (type === CODEPAGE && data.length >= 2) {
      this.#declaredPage = data.readUInt16LE(0);
      if (this.#globals.codePage !== null) this.#globals.codePage = this.#declaredPage;
    } else if (!this.#addGlobal(record) && this.sheets.length > 0)
      this.#addToSheet(record, this.sheets.at(-1)!);
  }

  #begin(at: number, data: Buffer): void {
    const [version, kind] = data.length >= 4 ? [data.readUInt16LE(0), data.readUInt16LE(2)] : [BIFF8, SHEET];
    const isWithin = this.#kinds.length > 0 && !this.#listed.has(at) && this.sheets.length > 0;
    this.#kinds = isWithin ? [...this.#kinds, kind].slice(-MAX_DEPTH) : [kind];
    if (kind === GLOBALS) this.#globals.codePage = version === BIFF8 ? null : this.#declaredPage;
    else if (!isWithin) {
      this.#open(this.#listed.get(at) ?? '');
      this.#listed.delete(at);
    }
  }

  #open(name: string): void {
    const cells = new BiffCells(this.#globals);
    this.sheets.push({ name, cells, comments: [], boxes: new Map(), links: new Set(), texts: new Set() });
  }

  #addGlobal({ type, parts }: BiffRecord): boolean {
    const globals = this.#globals;
    const [data] = parts;
    if (type === BOUNDSHEET && data.length >= 8)
      this.#listed.set(data.readUInt32LE(0), stringAt(data, 7, data[6]!, globals.codePage));
    else if (type === SST) this.#addStrings(parts);
    else if (type === FORMAT && data.length >= 5) {
      const id = data.readUInt16LE(0);
      const isOld = globals.codePage !== null;
      globals.formats.set(
        id,
        isOld ? stringAt(data, 3, data[2]!, globals.codePage) : stringAt(data, 4, data.readUInt16LE(2), null),
      );
    } else if (type === XF && data.length >= 4) {
      if (globals.styles.length < MAX_STYLES) globals.styles.push(data.readUInt16LE(2));
    } else if (type === DATEMODE && data.length >= 2) globals.isDate1904 = data.readUInt16LE(0) === 1;
    else if (type === NAME && data.length >= 15) {
      if ((data.readUInt16LE(0) & BUILT_IN_NAME) === 0)
        this.names.push(stringAt(data, 14, data[3]!, globals.codePage));
    } else return false;
    return true;
  }

  #addStrings(parts: readonly Buffer[]): void {
    if (parts[0]!.length < 8) return;
    const count = parts[0]!.readUInt32LE(4);
    const cursor = new BiffCursor(parts, 8);
    const { strings } = this.#globals;
    while (strings.length < count && !cursor.isAtEnd) strings.push(cursor.richString());
  }

  #addToSheet({ type, parts }: BiffRecord, sheet: BiffSheet): void {
    const [data] = parts;
    const { codePage } = this.#globals;
    if (type === OBJ && data.length >= 8) this.#object = data.readUInt16LE(6);
    else if (type === TXO && data.length >= 12 && parts.length > 1) {
      const cursor = new BiffCursor(parts.slice(1));
      const isWide = (cursor.byte() & 1) === 1;
      // Boxes without a number of their own get consecutive ones.
      const box = sheet.boxes.has(this.#object) ? -sheet.boxes.size - 1 : this.#object;
      sheet.boxes.set(box, cursor.characters(data.readUInt16LE(10), isWide));
    } else if (type === NOTE && data.length >= 11) {
      const author = codePage === null ? stringAt(data, 10, data.readUInt16LE(8), null) : '';
      const object = data.readUInt16LE(6);
      const [row, column] = [data.readUInt16LE(0), data.readUInt16LE(2)];
      sheet.comments.push({ row, column, author, object });
      // Before Excel 97 the text of a note stands in the note's record.
      if (codePage !== null) sheet.boxes.set(object, stringAt(data, 6, data.length - 6, codePage));
    } else if (type === HLINK) addLink(sheet.links, data);
    else if ((type === HEADER || type === FOOTER) && data.length > 3)
      sheet.texts.add(
        printed(
          codePage === null
            ? stringAt(data, 2, data.readUInt16LE(0), null)
            : stringAt(data, 1, data[0]!, codePage),
        ),
      );
    else if (type === SERIES_TEXT && data.length > 4) sheet.texts.add(stringAt(data, 3, data[2]!, codePage));
    // A chart has a copy of the cells that it shows.
    else if (this.#kinds.at(-1) !== CHART) sheet.cells.add(type, data);
  }
}

function addLink(links: Set<string>, data: Buffer): void {
  const at = data.indexOf(URL_MONIKER, 8);
  if (at === -1 || at + 20 > data.length) return;
  const start = at + 20;
  const address = data.toString('utf16le', start, Math.min(data.length, start + data.readUInt32LE(at + 16)));
  links.add(address.replace(/\0.*$/su, '').replace(/^mailto:/iu, ''));
}

/** Codes for fonts, page numbers and dates begin with `&`. */
function printed(text: string): string {
  return text.replace(/&(?:"[^"]*"|\d{1,3}|[A-Z])/giu, ' ').trim();
}
