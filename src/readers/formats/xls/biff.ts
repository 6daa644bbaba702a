/** What the records of a workbook's stream say besides its cells (MS-XLS 2.4): text boxes, headers, charts' words. */

const [FILEPASS, TXO, CONTINUE, HEADER, FOOTER, SERIES_TEXT, BOF] = [
  0x2f, 0x1b6, 0x3c, 0x14, 0x15, 0x100d, 0x809,
];
const BIFF8 = 0x600;
/** In a button's or box's text, a line each; more are damage. */
const MAX_TEXTS = 100_000;

/** Whether a password is needed: all records behind this one are encrypted. */
export function isProtectedBiff(stream: Buffer): boolean {
  let count = 0;
  for (const { type } of recordsOf(stream)) {
    if (type === FILEPASS) return true;
    // It stands at the head of the globals.
    if (++count > 32) return false;
  }
  return false;
}

export function biffTexts(stream: Buffer): string[] {
  const texts = new Set<string>();
  let isBiff8 = false;
  let characters = 0;
  for (const { type, data } of recordsOf(stream)) {
    if (texts.size > MAX_TEXTS) break;
    if (type === BOF && data.length >= 2) isBiff8 = data.readUInt16LE(0) === BIFF8;
    if (!isBiff8) continue;
    if (type === TXO && data.length >= 12) characters = data.readUInt16LE(10);
    else if (type === CONTINUE && characters > 0 && data.length > 1) {
      add(texts, characterText(data, 0, characters));
      characters = 0;
    } else if ((type === HEADER || type === FOOTER) && data.length > 3)
      add(texts, printed(characterText(data, 2, data.readUInt16LE(0))));
    else if (type === SERIES_TEXT && data.length > 4) add(texts, characterText(data, 3, data[2]!));
  }
  return [...texts];
}

export interface BiffRecord {
  readonly type: number;
  /** Where its header stands. */
  readonly at: number;
  readonly data: Buffer;
}

export function* recordsOf(stream: Buffer): Generator<BiffRecord> {
  for (let at = 0; at + 4 <= stream.length;) {
    const end = at + 4 + stream.readUInt16LE(at + 2);
    yield { type: stream.readUInt16LE(at), at, data: stream.subarray(at + 4, end) };
    at = end;
  }
}

/** A byte of flags: whether characters have one byte or two. */
function characterText(data: Buffer, at: number, count: number): string {
  const isWide = (data[at]! & 1) === 1;
  const bytes = data.subarray(at + 1, at + 1 + count * (isWide ? 2 : 1));
  return bytes.toString(isWide ? 'utf16le' : 'latin1');
}

/** Codes for fonts, page numbers and dates begin with `&`. */
function printed(text: string): string {
  return text.replace(/&(?:"[^"]*"|\d{1,3}|[A-Z])/giu, ' ');
}

function add(texts: Set<string>, text: string): void {
  const line = text.replace(/\s+/gu, ' ').trim();
  if (line !== '') texts.add(line);
}
