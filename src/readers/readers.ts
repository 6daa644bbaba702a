/** The reader of each format (`formats.ts`), loaded when the first file of the format is read. */
import { LINE, type Location, type Markup } from '../domain/location.ts';
import type { FileReason } from '../domain/ledger.ts';
import type { BlockedText } from '../text/blocks.ts';
import { blocksOfMarkdown } from '../text/markdown.ts';
import { blocksOfPlainText } from '../text/paragraphs.ts';
import { decodeText, type Decoded, type Encoding } from './decode.ts';
import { extensionOf, formatOf, isReadable, type FormatName } from '../text/fileFormats.ts';
import { isRightsManaged } from './formats/drm.ts';
import { blocksOfComments, SOURCE_SYNTAXES } from './formats/text/comments.ts';
import { blocksOfData } from './formats/text/data.ts';
import { blocksOfAsciiDoc, blocksOfOrg, blocksOfRst, blocksOfTex } from './formats/text/markups.ts';
import { blocksOfSubtitles, placesOfSubtitles } from './formats/text/subtitles.ts';
import { blocksOfTable } from './formats/text/tables.ts';
import type { UnpackBudget } from './formats/zip/unpackBudget.ts';

/** From `start` (UTF-16 offset in the document's text) on, passages stand at `location`. */
export interface Place {
  readonly start: number;
  readonly location: Location;
}

export interface ReadDocument extends BlockedText {
  /** Decoded, un-normalised; blocks are offsets in it. */
  readonly text: string;
  readonly markup: Markup;
  /** Ascending; the first begins at 0. */
  readonly places: readonly Place[];
  /** Places that could not be decoded: a replacement character each. */
  readonly replaced: number;
  /** Of a text file: the encoding that it was read in. */
  readonly encoding?: string;
  /** The document has more text than is read of one. */
  readonly isCut: boolean;
  /** What else is worth saying of a document that was read (pages without text). */
  readonly remark?: { readonly reason: FileReason; readonly detail: string | null };
}

/** `detail`: technical, never of the document's content. */
export type ReadResult = ReadDocument | { readonly problem: FileReason; readonly detail?: string };

/** A file within a document -> its text; null where there is no reader for its name. */
export type EmbeddedReader = (
  name: string,
  bytes: Uint8Array,
  options: ReadOptions,
) => Promise<ReadResult | null>;

export interface ReadOptions {
  /** What the user says of a text file; a guess else. */
  readonly encoding?: Encoding;
  /** Of text files that are no UTF-8. */
  readonly preferred?: Encoding;
  /** Absent in what is itself embedded: documents within documents are read one level deep. */
  readonly embedded?: EmbeddedReader | undefined;
  /** Of the document that this one is embedded in. */
  readonly budget?: UnpackBudget;
}

/** Any bytes in, text or a reason out. A reader never throws on what is in the file. */
export type Reader = (bytes: Uint8Array, options?: ReadOptions) => ReadResult | Promise<ReadResult>;

/** What is UTF-8, or says what it is by a mark, is read so; else as the user prefers. */
function decode(bytes: Uint8Array, { encoding, preferred }: ReadOptions = {}): Decoded {
  const decoded = decodeText(bytes, encoding);
  if (encoding !== undefined || preferred === undefined) return decoded;
  const isSure = !('problem' in decoded) && decoded.encoding.startsWith('utf') && decoded.replaced === 0;
  return isSure ? decoded : decodeText(bytes, preferred);
}

function textReader(
  markup: Markup,
  blocksOf: (text: string) => BlockedText,
  placesOf: (text: string) => readonly Place[] = () => [],
): () => Promise<Reader> {
  const reader: Reader = (bytes, options) => {
    const decoded = decode(bytes, options);
    if ('problem' in decoded) return isRightsManaged(bytes) ? { problem: 'drm' } : decoded;
    const { text, replaced, encoding } = decoded;
    const own = placesOf(text);
    const places = own.length > 0 ? own : [{ start: 0, location: LINE }];
    return { text, replaced, encoding, markup, places, isCut: false, ...blocksOf(text) };
  };
  return () => Promise.resolve(reader);
}

/** Some readers are larger than all else: each is an output of its own (`esbuild.js`). */
const LOADERS: Readonly<Record<Exclude<FormatName, 'source'>, () => Promise<Reader>>> = {
  markdown: textReader('markdown', text => blocksOfMarkdown(text)),
  mdx: textReader('markdown', text => blocksOfMarkdown(text, true)),
  text: textReader('none', blocksOfPlainText),
  hwp: async () => (await import('./formats/hwp.ts')).readHwp,
  pdf: async () => (await import('./formats/pdf.ts')).readPdf,
  office: async () => (await import('./formats/office.ts')).readOffice,
  epub: async () => (await import('./formats/epub/epub.ts')).readEpub,
  html: async () => (await import('./formats/html/html.ts')).readHtml,
  mail: async () => (await import('./formats/mail/mail.ts')).readMail,
  notebook: async () => (await import('./formats/notebook/notebook.ts')).readNotebook,
  rst: textReader('none', blocksOfRst),
  asciidoc: textReader('none', blocksOfAsciiDoc),
  org: textReader('none', blocksOfOrg),
  tex: textReader('none', blocksOfTex),
  table: textReader('none', blocksOfTable),
  subtitles: textReader('none', blocksOfSubtitles, placesOfSubtitles),
  data: textReader('none', blocksOfData),
};

/** The reader for a path, or null. It reads what is embedded in a document, too. */
export async function readerFor(path: string): Promise<Reader | null> {
  const reader = await readerOf(path);
  return reader && ((bytes, options) => reader(bytes, { embedded: readEmbedded, ...options }));
}

async function readerOf(path: string): Promise<Reader | null> {
  const format = formatOf(path);
  if (format !== 'source') return format && (await LOADERS[format]());
  const syntax = SOURCE_SYNTAXES.find(([extensions]) => extensions.includes(extensionOf(path)))![1];
  return textReader('none', text => blocksOfComments(text, syntax))();
}

/** What is off by default is attached for a reason, but is no document: it is not read here either. */
async function readEmbedded(
  name: string,
  bytes: Uint8Array,
  options: ReadOptions,
): Promise<ReadResult | null> {
  if (!isReadable(name)) return null;
  const reader = await readerOf(name);
  return reader && (await reader(bytes, { ...options, embedded: undefined }));
}
