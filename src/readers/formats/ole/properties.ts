/** Title, author, dates and keywords of a compound file (MS-OLEPS): `SummaryInformation` and its companion. */
import iconv from 'iconv-lite';
import type { DocumentBuilder } from '../../documentBuilder.ts';
import type { Ole } from './ole.ts';

const SUMMARY: ReadonlyMap<number, string> = new Map([
  [2, 'title'],
  [3, 'subject'],
  [4, 'creator'],
  [5, 'keywords'],
  [6, 'description'],
  [8, 'lastModifiedBy'],
  [12, 'created'],
  [13, 'modified'],
]);
const DOCUMENT: ReadonlyMap<number, string> = new Map([
  [2, 'category'],
  [14, 'Manager'],
  [15, 'Company'],
]);
const MAX_PROPERTIES = 256;
const MAX_VALUE = 4_096;
const CODE_PAGE = 1;
const [I2, STRING, WIDE, TIME] = [2, 0x1e, 0x1f, 0x40];

export function addOleProperties(builder: DocumentBuilder, ole: Ole): void {
  addSet(builder, ole.stream('\u0005SummaryInformation'), SUMMARY);
  addSet(builder, ole.stream('\u0005DocumentSummaryInformation'), DOCUMENT);
}

function addSet(builder: DocumentBuilder, stream: Buffer | null, names: ReadonlyMap<number, string>): void {
  if (stream === null || stream.length < 48) return;
  try {
    for (const [id, value] of valuesOf(stream, stream.readUInt32LE(44))) {
      const name = names.get(id);
      if (name === undefined || value.trim() === '') continue;
      if (name === 'title') builder.title(value);
      if (name === 'keywords') for (const keyword of value.split(/[,;]/u)) builder.keyword(keyword);
      builder.metadata(name, value);
    }
  } catch (error) {
    // A property set that points outside itself costs the properties after that place, not the document.
    if (!(error instanceof RangeError)) throw error;
  }
}

function* valuesOf(stream: Buffer, section: number): Generator<readonly [id: number, value: string]> {
  const count = Math.min(MAX_PROPERTIES, stream.readUInt32LE(section + 4));
  const at = new Map<number, number>();
  for (let i = 0; i < count; i++)
    at.set(stream.readUInt32LE(section + 8 + i * 8), section + stream.readUInt32LE(section + 12 + i * 8));
  const page = at.get(CODE_PAGE);
  const codePage =
    page !== undefined && stream.readUInt16LE(page) === I2 ? stream.readUInt16LE(page + 4) : 1252;
  for (const [id, offset] of at) yield [id, valueAt(stream, offset, codePage)];
}

function valueAt(stream: Buffer, at: number, codePage: number): string {
  const type = stream.readUInt16LE(at);
  if (type === TIME) return dateOf(stream.readBigUInt64LE(at + 4));
  if (type !== STRING && type !== WIDE) return '';
  const length = Math.min(MAX_VALUE, stream.readUInt32LE(at + 4)) * (type === WIDE ? 2 : 1);
  const bytes = stream.subarray(at + 8, at + 8 + length);
  const text = type === WIDE ? bytes.toString('utf16le') : decodeCodePage(bytes, codePage);
  return text.replace(/\0.*$/su, '');
}

/** Decodes a Windows code page by its number; an unknown one as Western. */
export function decodeCodePage(bytes: Buffer, codePage: number): string {
  if (codePage === 1200) return bytes.toString('utf16le');
  if (codePage === 65001) return bytes.toString('utf8');
  if (codePage === 1361) return iconv.decode(bytes, 'cp949');
  const name = codePage === 10000 ? 'macroman' : `cp${codePage}`;
  return iconv.decode(bytes, iconv.encodingExists(name) ? name : 'cp1252');
}

/** The day of a time in units of 100 ns since 1601; '' for times that only a program sets. */
function dateOf(time: bigint): string {
  const milliseconds = Number(time / 10_000n) - 11_644_473_600_000;
  if (milliseconds < 0 || milliseconds > 4_102_444_800_000) return '';
  return new Date(milliseconds).toISOString().slice(0, 10);
}
