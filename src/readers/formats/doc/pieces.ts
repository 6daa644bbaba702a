/** The characters of a Word 97-2003 document in order (MS-DOC 2.4.1): a table puts them together from pieces. */
import { decodeCodePage } from '../ole/properties.ts';

export interface Piece {
  /** Position in characters of the document. */
  readonly start: number;
  readonly end: number;
  /** Offset of the first character in the stream, and bytes per character. */
  readonly offset: number;
  readonly width: 1 | 2;
}

/** No editor writes a document of more pieces. */
const MAX_PIECES = 500_000;
const [PROPERTIES, TABLE] = [1, 2];
const COMPRESSED = 0x40000000;

/** Empty where the table cannot be found. */
export function piecesOf(clx: Buffer): readonly Piece[] {
  let at = 0;
  while (at + 5 <= clx.length && clx[at] === PROPERTIES) at += 3 + clx.readUInt16LE(at + 1);
  if (at + 5 > clx.length || clx[at] !== TABLE) return [];
  const plc = clx.subarray(at + 5, at + 5 + clx.readUInt32LE(at + 1));
  const count = Math.min(MAX_PIECES, Math.floor((plc.length - 4) / 12));
  const pieces: Piece[] = [];
  for (let i = 0; i < count; i++) {
    const start = plc.readUInt32LE(i * 4);
    const end = plc.readUInt32LE(i * 4 + 4);
    const fc = plc.readUInt32LE((count + 1) * 4 + i * 8 + 2);
    const isCompressed = (fc & COMPRESSED) !== 0;
    const offset = isCompressed ? (fc & 0x3fffffff) >>> 1 : fc & 0x3fffffff;
    if (end > start) pieces.push({ start, end, offset, width: isCompressed ? 1 : 2 });
  }
  return pieces;
}

/** Single bytes are Western since Word 97, and in the language's code page before. */
export function textOfPiece(stream: Buffer, piece: Piece, codePage: number): string {
  const bytes = stream.subarray(piece.offset, piece.offset + (piece.end - piece.start) * piece.width);
  return piece.width === 2 ? bytes.toString('utf16le') : decodeCodePage(bytes, codePage);
}
