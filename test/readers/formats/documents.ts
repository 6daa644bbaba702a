/** Small documents, built byte by byte, for the tests of their readers. */
import CFB from 'cfb';
import { deflateSync, strToU8, zipSync } from 'fflate';

/** A record of an HWP 5 stream. */
export function record(tag: number, level: number, data: Uint8Array): Uint8Array {
  const isLong = data.length >= 0xfff;
  const bytes = new Uint8Array((isLong ? 8 : 4) + data.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, (tag | (level << 10) | ((isLong ? 0xfff : data.length) << 20)) >>> 0, true);
  if (isLong) view.setUint32(4, data.length, true);
  bytes.set(data, isLong ? 8 : 4);
  return bytes;
}

export function utf16(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length * 2);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < text.length; i++) view.setUint16(2 * i, text.charCodeAt(i), true);
  return bytes;
}

/** A length in 16 bits and the text. */
export function counted(text: string): Uint8Array {
  return joined([new Uint8Array([text.length & 255, text.length >> 8]), utf16(text)]);
}

export function joined(parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(parts.flatMap(part => [...part]));
}

/** `gso ` and the like as they stand in the file: last letter first. */
export function controlId(name: string): Uint8Array {
  return strToU8([...name].reverse().join(''));
}

/** A control of eight units in a paragraph's text. */
export function anchor(code: number, name: string): string {
  const id = controlId(name);
  return String.fromCharCode(code, id[0]! | (id[1]! << 8), id[2]! | (id[3]! << 8), 0, 0, 0, 0, code);
}

/** Header and text of a paragraph; `shape` and `style` are its numbers in the lists of the document. */
export function paragraph(level: number, text: string, shape = 0, style = 0): Uint8Array {
  const header = new Uint8Array(24);
  const view = new DataView(header.buffer);
  view.setUint32(0, text.length + 1, true);
  view.setUint16(8, shape, true);
  view.setUint8(10, style);
  return joined([record(66, level, header), record(67, level + 1, utf16(`${text}\r`))]);
}

export function control(level: number, name: string, data: Uint8Array = new Uint8Array()): Uint8Array {
  return record(71, level, joined([controlId(name), data]));
}

/** Header of a list of paragraphs; of a cell with its column and row. */
export function list(level: number, column = 0, row = 0): Uint8Array {
  const header = new Uint8Array(34);
  const view = new DataView(header.buffer);
  view.setUint16(0, 1, true);
  view.setUint16(8, column, true);
  view.setUint16(10, row, true);
  return record(72, level, header);
}

export interface Hwp5Parts {
  readonly flags?: number;
  readonly docInfo?: Uint8Array;
  readonly sections: readonly Uint8Array[];
  /** Other streams by their names; not compressed. */
  readonly streams?: Readonly<Record<string, Uint8Array>>;
}

/** Sections are compressed unless `flags` says otherwise. */
export function hwp5({ flags = 1, docInfo, sections, streams = {} }: Hwp5Parts): Uint8Array {
  const header = new Uint8Array(256);
  header.set(strToU8('HWP Document File'));
  new DataView(header.buffer).setUint32(36, flags, true);
  const pack = (bytes: Uint8Array): Uint8Array => ((flags & 1) === 1 ? deflateSync(bytes) : bytes);
  const all: Record<string, Uint8Array> = { FileHeader: header, ...streams };
  if (docInfo !== undefined) all['DocInfo'] = pack(docInfo);
  for (const [i, section] of sections.entries()) all[`BodyText/Section${i}`] = pack(section);
  return compoundFile(all);
}

export function compoundFile(streams: Readonly<Record<string, Uint8Array>>): Uint8Array {
  const container = CFB.utils.cfb_new();
  for (const [name, bytes] of Object.entries(streams)) CFB.utils.cfb_add(container, `/${name}`, [...bytes]);
  return new Uint8Array(CFB.write(container, { type: 'array' }) as number[]);
}

/** A zip of text files, as HWPX is. */
export function zipOf(parts: Readonly<Record<string, string>>): Uint8Array {
  return zipSync(Object.fromEntries(Object.entries(parts).map(([name, text]) => [name, strToU8(text)])));
}

const NAMESPACES =
  'xmlns:hs="http://www.hancom.co.kr/hwpml/2011/section" xmlns:hp="http://www.hancom.co.kr/hwpml/2011/paragraph"';

/** A document of HWPX with these sections' XML, each the paragraphs of one. */
export function hwpx(sections: readonly string[], others: Readonly<Record<string, string>> = {}): Uint8Array {
  const parts: Record<string, string> = { mimetype: 'application/hwp+zip' };
  for (const [i, section] of sections.entries())
    parts[`Contents/section${i}.xml`] =
      `<?xml version="1.0" encoding="UTF-8"?><hs:sec ${NAMESPACES}>${section}</hs:sec>`;
  return zipOf({ ...parts, ...others });
}
