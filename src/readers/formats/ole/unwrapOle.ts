/** The content of an OLE object: a document of its own, or a file that was dropped into another (MS-OLEDS 2.3.6). */
import { Ole } from './ole.ts';

interface File {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Maps a stream at the top level to the extension of the format that it shows. */
const FORMATS: readonly (readonly [stream: string, extension: string])[] = [
  ['EncryptedPackage', '.docx'],
  ['WordDocument', '.doc'],
  ['Workbook', '.xls'],
  ['Book', '.xls'],
  ['PowerPoint Document', '.ppt'],
  ['FileHeader', '.hwp'],
];
const NATIVE = '\u0001Ole10Native';

/** Null where there is no readable file in it. */
export function unwrapOle(name: string, bytes: Uint8Array): File | null {
  let ole: Ole;
  try {
    ole = new Ole(bytes);
  } catch {
    return null;
  }
  return fileOfStreams(
    name,
    stream => ole.stream(stream),
    () => bytes,
  );
}

/** `whole`: all streams as a container of their own. */
export function fileOfStreams(
  name: string,
  stream: (name: string) => Buffer | null,
  whole: () => Uint8Array,
): File | null {
  const extension = FORMATS.find(([known]) => stream(known) !== null)?.[1];
  if (extension !== undefined) return { name: `${name}${extension}`, bytes: whole() };
  const native = stream(NATIVE);
  if (native !== null) return droppedFile(native, 6);
  const packed = stream('Package') ?? stream('CONTENTS');
  return packed === null ? null : { name: `${name}${signatureExtension(packed)}`, bytes: packed };
}

/**
 * From `start` on: label, path, flags, length of the temporary path, that path, length, the file's bytes; the size and
 * flags come before.
 */
export function droppedFile(native: Buffer, start: number): File | null {
  let at = start;
  const text = (): string => {
    const end = native.indexOf(0, at);
    const value = native.subarray(at, end === -1 ? native.length : end).toString('latin1');
    at += value.length + 1;
    return value;
  };
  const label = text();
  text();
  at += 4;
  if (at + 4 > native.length) return null;
  at += 4 + native.readUInt32LE(at);
  if (at + 4 > native.length) return null;
  const size = native.readUInt32LE(at);
  const bytes = native.subarray(at + 4, at + 4 + size);
  return bytes.length === 0 ? null : { name: label.replaceAll('\\', '/'), bytes };
}

function signatureExtension(bytes: Buffer): string {
  if (bytes.toString('latin1', 0, 4) === '%PDF') return '.pdf';
  return bytes[0] === 0x50 && bytes[1] === 0x4b ? '.docx' : '.bin';
}
