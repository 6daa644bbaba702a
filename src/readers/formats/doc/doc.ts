/**
 * Word 97-2003 documents, and the text of Word 6 and 95 (MS-DOC). We parse them ourselves: existing libraries give text
 * without headings, and drop text that was deleted.
 */
import { DocumentBuilder } from '../../documentBuilder.ts';
import type { ReadOptions, ReadResult } from '../../readers.ts';
import { EmbeddedFiles } from '../embedded.ts';
import { addStorages } from '../ole/storages.ts';
import { Ole } from '../ole/ole.ts';
import { addOleProperties } from '../ole/properties.ts';
import { ProblemError } from '../problem.ts';
import { paragraphRuns } from './paragraphs.ts';
import { piecesOf, type Piece } from './pieces.ts';
import { DocText } from './docText.ts';

const WORD_97 = 0xa5ec;
/** Signatures of Word 6 and 95, including East Asian versions. */
const OLDER: ReadonlySet<number> = new Set([0xa5dc, 0xa5db, 0xa697, 0xa698, 0xa699, 0xa59b, 0xa59c]);
const [COMPLEX, ENCRYPTED, TABLE_1] = [0x0004, 0x0100, 0x0200];
const KOREAN = 0x412;
/**
 * Offsets of the lengths of the stories: body, footnotes, headers, macros, comments, endnotes, text boxes, text boxes
 * of headers.
 */
const STORIES_97 = [0x4c, 0x50, 0x54, 0x58, 0x5c, 0x60, 0x64, 0x68];
const STORIES_95 = [0x34, 0x38, 0x3c, 0x40, 0x44, 0x48, 0x4c, 0x50];

export async function readDoc(bytes: Uint8Array, options: ReadOptions): Promise<ReadResult> {
  const ole = new Ole(bytes);
  const stream = ole.stream('WordDocument');
  if (stream === null || stream.length < 0x70) throw new ProblemError('damaged', 'no WordDocument');
  const magic = stream.readUInt16LE(0);
  if (magic !== WORD_97 && !OLDER.has(magic)) throw new ProblemError('damaged', 'magic');
  const flags = stream.readUInt16LE(0x0a);
  if ((flags & ENCRYPTED) !== 0) throw new ProblemError('encrypted', 'FIB');
  const builder = new DocumentBuilder();
  addOleProperties(builder, ole);
  const text = magic === WORD_97 ? word97(ole, stream, flags) : word95(stream, flags);
  text.addTo(builder);
  const files = new EmbeddedFiles(options);
  addStorages(files, ole, 'objectpool/');
  await files.appendTo(builder);
  return builder.finish();
}

function word97(ole: Ole, stream: Buffer, flags: number): DocText {
  const table = ole.stream((flags & TABLE_1) === 0 ? '0Table' : '1Table');
  if (table === null || stream.length < 0x1aa) throw new ProblemError('damaged', 'no table');
  const part = (at: number): Buffer => {
    const start = stream.readUInt32LE(at);
    return table.subarray(start, start + stream.readUInt32LE(at + 4));
  };
  const pieces = piecesOf(part(0x1a2));
  const runs = paragraphRuns(stream, part(0x102));
  const stories = STORIES_97.map(at => stream.readUInt32LE(at));
  return new DocText({
    stream,
    pieces: pieces.length > 0 ? pieces : [wholeText(stream, 2)],
    runs,
    stories,
    codePage: 1252,
  });
}

function word95(stream: Buffer, flags: number): DocText {
  const codePage = stream.readUInt16LE(6) === KOREAN ? 949 : 1252;
  const stories = STORIES_95.map(at => stream.readUInt32LE(at));
  let pieces: readonly Piece[] = [];
  if ((flags & COMPLEX) !== 0 && stream.length > 0x168) {
    const start = stream.readUInt32LE(0x160);
    pieces = piecesOf(stream.subarray(start, start + stream.readUInt32LE(0x164))).map(piece => ({
      ...piece,
      width: 1,
    }));
  }
  return new DocText({
    stream,
    pieces: pieces.length > 0 ? pieces : [wholeText(stream, 1)],
    runs: [],
    stories,
    codePage,
  });
}

/** For a document without a piece table: the text between the bounds that its header gives. */
function wholeText(stream: Buffer, width: 1 | 2): Piece {
  const offset = stream.readUInt32LE(0x18);
  const end = Math.min(stream.length, stream.readUInt32LE(0x1c));
  return { start: 0, end: Math.max(0, Math.floor((end - offset) / width)), offset, width };
}
