/** A document's properties: HWP's `HwpSummaryInformation`, a property set ([MS-OLEPS]) of strings and dates. */
import iconv from 'iconv-lite';
import type { DocumentBuilder } from '../../documentBuilder.ts';
import { unitsOf } from './records.ts';

export interface DocumentProperties {
  readonly title?: string | undefined;
  readonly subject?: string | undefined;
  readonly author?: string | undefined;
  readonly keywords?: string | undefined;
  readonly comments?: string | undefined;
  readonly lastAuthor?: string | undefined;
  readonly date?: string | undefined;
  readonly created?: string | undefined;
  readonly modified?: string | undefined;
}

const NAMES: Readonly<Record<number, keyof DocumentProperties>> = {
  2: 'title',
  3: 'subject',
  4: 'author',
  5: 'keywords',
  6: 'comments',
  8: 'lastAuthor',
  12: 'created',
  13: 'modified',
  20: 'date',
};

const ANSI_STRING = 30;
const STRING = 31;
const FILE_TIME = 64;

export function summaryOf(stream: Uint8Array): DocumentProperties {
  const view = new DataView(stream.buffer, stream.byteOffset, stream.byteLength);
  const properties: Partial<Record<keyof DocumentProperties, string>> = {};
  if (view.byteLength < 56) return properties;
  const set = view.getUint32(44, true);
  if (set + 8 > view.byteLength) return properties;
  const count = Math.min(256, view.getUint32(set + 4, true));
  for (let i = 0; i < count && set + 16 + 8 * i <= view.byteLength; i++) {
    const name = NAMES[view.getUint32(set + 8 + 8 * i, true)];
    const value = valueAt(view, set + view.getUint32(set + 12 + 8 * i, true));
    if (name !== undefined && value !== '') properties[name] = value;
  }
  return properties;
}

function valueAt(view: DataView, at: number): string {
  if (at + 8 > view.byteLength) return '';
  const type = view.getUint32(at, true);
  if (type === STRING) return unitsOf(view, at + 8, at + 8 + 2 * view.getUint32(at + 4, true));
  if (type === ANSI_STRING) {
    const bytes = new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
    const text = bytes.subarray(at + 8, at + 8 + view.getUint32(at + 4, true));
    return iconv.decode(text, 'cp949').replace(/\0.*$/su, '');
  }
  if (type !== FILE_TIME || at + 12 > view.byteLength) return '';
  // The time counts in units of 100 ns since 1601.
  const time = Number(view.getBigUint64(at + 4, true) / 10_000n) - 11_644_473_600_000;
  return time > 0 && time < 8.64e15 ? new Date(time).toISOString() : '';
}

/** The day of a time in ISO form; any other form stays as it is. */
function dayOf(date = ''): string {
  return /^\d{4}-\d{2}-\d{2}T/u.test(date) ? date.slice(0, 10) : date;
}

/** Adds properties to the document: title and author first, then the subject, then dates. */
export function addProperties(builder: DocumentBuilder, properties: DocumentProperties): void {
  builder.title(properties.title ?? '');
  builder.metadata('제목', properties.title ?? '');
  builder.metadata('주제', properties.subject ?? '');
  builder.metadata('지은이', properties.author ?? '');
  if (properties.lastAuthor !== properties.author)
    builder.metadata('마지막 저장한 사람', properties.lastAuthor ?? '');
  builder.metadata('날짜', properties.date ?? '');
  builder.metadata('만든 날짜', dayOf(properties.created));
  builder.metadata('고친 날짜', dayOf(properties.modified));
  builder.metadata('찾아볼 말', properties.keywords ?? '');
  builder.metadata('설명', properties.comments ?? '');
  for (const keyword of (properties.keywords ?? '').split(/[,;\n]/u)) builder.keyword(keyword);
}
