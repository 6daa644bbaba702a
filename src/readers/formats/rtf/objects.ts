/** Files embedded in an RTF document: hexadecimal digits of an OLE 1 object (MS-OLEDS 2.2.5). */
import { looksLikeOle } from '../ole/ole.ts';
import { droppedFile, unwrapOle } from '../ole/unwrapOle.ts';

export interface EmbeddedObject {
  readonly name: string;
  readonly data: Uint8Array;
}

export function objectFile(digits: string): EmbeddedObject | null {
  const bytes = Buffer.from(digits.replace(/[^0-9a-f]/giu, ''), 'hex');
  // Version and kind come before three strings with their lengths: class, topic, item.
  let at = 8;
  let name = '';
  for (let i = 0; i < 3; i++) {
    if (at + 4 > bytes.length) return null;
    const length = bytes.readUInt32LE(at);
    if (i === 0) name = bytes.toString('latin1', at + 4, at + 4 + length).replaceAll('\0', '');
    at += 4 + length;
  }
  if (at + 4 > bytes.length) return null;
  const native = bytes.subarray(at + 4, at + 4 + bytes.readUInt32LE(at));
  const file = looksLikeOle(native)
    ? unwrapOle('embedded', native)
    : name === 'Package'
      ? droppedFile(native, 2)
      : null;
  return file === null ? null : { name: file.name, data: file.bytes };
}
