/** The text record of a paragraph (4.2.3): UTF-16 units, of which those below 32 stand for controls. */

/** A run of text, or the place of a control that has a record of its own. */
export type TextPiece =
  | { readonly kind: 'text'; readonly text: string }
  /** `isApart`: the text before and after is not one word; so for a table or a filled-in form field. */
  | { readonly kind: 'control'; readonly id: number; readonly isApart: boolean };

const LINE_BREAK = 10;
const TAB = 9;
const OBJECT = 11;
const FIELD_START = 3;
const FIELD_END = 4;
/** `%`, which begins the ids of fields; at its end, a field has only the three letters that follow. */
const FIELD = 0x25 << 24;
const HYPHEN = 24;
/** These take one unit. All other controls below 32 take eight: code, two of id, four of data, code. */
const SINGLE: ReadonlySet<number> = new Set([0, 10, 13, 24, 25, 26, 27, 28, 29, 30, 31]);
/** Blanks that neither break nor stretch. */
const BLANKS: ReadonlySet<number> = new Set([30, 31]);
/** Controls of eight units that have no record of their own. */
const INLINE: ReadonlySet<number> = new Set([4, 5, 6, 7, 8, 9, 19, 20]);

/** Links and marks that may stand inside words: `%hlk`, `%%me` (memo), `%bmk`, `%sig` and the like (revisions). */
const WITHIN_WORDS: ReadonlySet<string> = new Set(['%hlk', '%%me', '%bmk', '%xrf', '%sig', '%%*d', '%%*a']);

function isField(id: number): boolean {
  const name = String.fromCharCode(id >>> 24, (id >>> 16) & 255, (id >>> 8) & 255, id & 255);
  return name.startsWith('%') && !WITHIN_WORDS.has(name);
}

export function piecesOf(view: DataView): TextPiece[] {
  const pieces: TextPiece[] = [];
  const decoder = new TextDecoder('utf-16le');
  let text = '';
  let start = 0;
  let at = 0;
  const take = (): void => {
    if (at > start) text += decoder.decode(new Uint8Array(view.buffer, view.byteOffset + start, at - start));
  };
  while (at + 2 <= view.byteLength) {
    const unit = view.getUint16(at, true);
    if (unit >= 32) {
      at += 2;
      continue;
    }
    take();
    if (unit === TAB) text += '\t';
    else if (unit === LINE_BREAK) text += '\n';
    else if (unit === HYPHEN) text += '-';
    else if (BLANKS.has(unit)) text += ' ';
    const id = at + 6 <= view.byteLength ? view.getUint32(at + 2, true) : 0;
    if (unit === FIELD_END && isField((id & 0xffffff) | FIELD) && /\S$/u.test(text.slice(-1))) text += ' ';
    const isControl = !SINGLE.has(unit) && !INLINE.has(unit);
    if (isControl) {
      if (text !== '') pieces.push({ kind: 'text', text });
      text = '';
      pieces.push({ kind: 'control', id, isApart: unit === OBJECT || (unit === FIELD_START && isField(id)) });
    }
    at += SINGLE.has(unit) ? 2 : 16;
    start = at;
  }
  at = Math.max(start, view.byteLength - (view.byteLength % 2));
  take();
  if (text !== '') pieces.push({ kind: 'text', text });
  return pieces;
}
