/** The streams of a PDF in the place where they stand, unpacked and packed again. */
import { constants, deflateSync, inflateRawSync } from 'node:zlib';
import { inflatedUntilBroken } from '../../zip/inflate.ts';
import { UnpacksTooLargeError } from '../../zip/unpackBudget.ts';

/** Maximum size of one stream: a drawing may have tens of megabytes of lines. */
const MAX_UNPACKED = 128 * 1024 * 1024;
/** Larger streams are not searched for the place where they are broken; no font or form is as large. */
const MAX_BROKEN = 1024 * 1024;
/** Maximum number of times a stream may be packed. */
const MAX_FILTERS = 4;
/** No relevant part of a stream's dictionary lies further away. */
const DICTIONARY = 2_048;
/** The zlib encoding of empty data. */
const NOTHING = Buffer.of(0x78, 0x01, 0x01, 0, 0, 0xff, 0xff, 0, 0, 0, 1);

const [STREAM, ENDSTREAM] = ['stream', 'endstream'];

export interface PdfStream {
  /** Where the data begin in the file. */
  readonly start: number;
  readonly data: Buffer;
  /** The text before the data, from the beginning of the object on. */
  readonly dictionary: string;
  /** How many times it is packed by zlib. */
  readonly packings: number;
}

/** All streams except pictures, which are never unpacked. */
export function* streamsOf(file: Buffer): Generator<PdfStream> {
  for (let at = file.indexOf(STREAM); at !== -1;) {
    const start = at + STREAM.length + (file[at + STREAM.length] === 13 ? 2 : 1);
    const before = file.toString('latin1', Math.max(0, at - DICTIONARY), at);
    const dictionary = before.slice(Math.max(0, before.lastIndexOf(' obj')));
    const found = file.indexOf(ENDSTREAM, start);
    const length = Number(/\/Length\s+(\d{1,10})\b(?!\s+\d+\s+R)/u.exec(dictionary)?.[1] ?? 0);
    const end = Math.min(file.length, Math.max(found === -1 ? file.length : found, start + length));
    const packings = Math.min(MAX_FILTERS, dictionary.match(/\/Fl(?:ateDecode)?\b/gu)?.length ?? 0);
    const isPicture = /\/Subtype\s*\/Image\b/u.test(dictionary);
    if (!isPicture) yield { start, data: file.subarray(start, end), dictionary, packings };
    at = found === -1 ? -1 : file.indexOf(STREAM, found + ENDSTREAM.length);
  }
}

/** Whether a stream holds objects of the file, such as fonts' encodings. */
export function hasObjects({ dictionary }: PdfStream): boolean {
  return /\/Type\s*\/ObjStm\b/u.test(dictionary);
}

/**
 * The content of a stream, which is the stream's own bytes where it is not packed. Of broken data it is what stands
 * before that place, or null where that is not looked for. Throws `UnpacksTooLargeError`.
 */
export function contentOf({ data, packings }: PdfStream): Buffer | null {
  let content: Buffer | null = data;
  for (let i = 0; i < packings && content !== null; i++) content = unpacked(content);
  return content;
}

/** Puts a content into the place of a stream, or none where it does not fit. */
export function setContent(stream: PdfStream, content: Buffer): void {
  if (!putIfItFits(stream, content)) put(stream, NOTHING);
}

/** Whether the content fits into the place of the stream, and so was put there; otherwise the stream stays as it is. */
export function putIfItFits(stream: PdfStream, content: Buffer): boolean {
  if (stream.packings > 1) return false;
  const bytes = stream.packings === 0 ? content : deflateSync(content, { level: 9 });
  if (bytes.length > stream.data.length) return false;
  put(stream, bytes);
  return true;
}

function put({ data }: PdfStream, bytes: Buffer): void {
  // Unpacked content is changed where it stands.
  if (bytes === data) return;
  data.fill(0);
  data.set(bytes.subarray(0, data.length));
}

function unpacked(data: Buffer): Buffer | null {
  const packed = data.subarray(2);
  try {
    return inflateRawSync(packed, { maxOutputLength: MAX_UNPACKED, finishFlush: constants.Z_SYNC_FLUSH });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ERR_BUFFER_TOO_LARGE') throw new UnpacksTooLargeError('a stream');
    return packed.length > MAX_BROKEN ? null : Buffer.from(inflatedUntilBroken(packed, MAX_UNPACKED));
  }
}
