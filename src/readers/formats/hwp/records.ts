/** The records of an HWP 5 stream (Hancom's "한글문서파일형식 5.0", 4.1): tag, level and bytes. */

/** Tags are counted from HWPTAG_BEGIN, 16. */
export const TAG = {
  numbering: 23,
  bullet: 24,
  paraShape: 25,
  style: 26,
  paraHeader: 66,
  paraText: 67,
  control: 71,
  list: 72,
  table: 77,
  equation: 88,
  textArt: 90,
  form: 91,
} as const;

export interface HwpRecord {
  readonly tag: number;
  /** How deep it is nested; a record belongs to the last one before it that is less deep. */
  readonly level: number;
  readonly data: Uint8Array;
  readonly view: DataView;
}

/** Size in a header of a record whose size stands in the four bytes after it. */
const LONG = 0xfff;

/** What is left of a record that is cut off is its data. */
export function* recordsOf(stream: Uint8Array): Generator<HwpRecord> {
  const all = new DataView(stream.buffer, stream.byteOffset, stream.byteLength);
  let at = 0;
  while (at + 4 <= stream.length) {
    const header = all.getUint32(at, true);
    at += 4;
    let size = header >>> 20;
    if (size === LONG && at + 4 <= stream.length) {
      size = all.getUint32(at, true);
      at += 4;
    }
    const data = stream.subarray(at, at + size);
    const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
    yield { tag: header & 0x3ff, level: (header >>> 10) & 0x3ff, data, view };
    at += size;
  }
}

/** A length in a 16-bit unit and as many UTF-16 units, as far as they are there. */
export function stringAt(view: DataView, at: number): { readonly text: string; readonly end: number } {
  if (at + 2 > view.byteLength) return { text: '', end: view.byteLength };
  const end = Math.min(view.byteLength, at + 2 + 2 * view.getUint16(at, true));
  return { text: unitsOf(view, at + 2, end), end };
}

/** UTF-16 units as text, without a zero at the end. */
export function unitsOf(view: DataView, start: number, end: number): string {
  if (end <= start || start > view.byteLength) return '';
  const bytes = new Uint8Array(view.buffer, view.byteOffset + start, Math.min(end, view.byteLength) - start);
  return new TextDecoder('utf-16le').decode(bytes).replace(/\0+$/u, '');
}
