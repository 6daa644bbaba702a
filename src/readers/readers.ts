/** Which reader opens which file: the one table of formats. */
import { LINE, type Location, type Markup } from '../domain/location.ts';
import type { FileReason } from '../domain/ledger.ts';
import type { BlockedText } from '../text/blocks.ts';
import { blocksOfMarkdown } from '../text/markdown.ts';
import { blocksOfPlainText } from '../text/paragraphs.ts';
import { decodeText } from './decode.ts';
import { MAX_FILE_BYTES } from './loadFile.ts';

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
  /** The document has more text than is read of one. */
  readonly isCut: boolean;
  /** What else is worth saying of a document that was read (pages without text). */
  readonly remark?: { readonly reason: FileReason; readonly detail: string | null };
}

/** `detail`: technical, never of the document's content. */
export type ReadResult = ReadDocument | { readonly problem: FileReason; readonly detail?: string };

/** Any bytes in, text or a reason out. A reader never throws on what is in the file. */
export type Reader = (bytes: Uint8Array) => ReadResult | Promise<ReadResult>;

interface Format {
  readonly extensions: readonly string[];
  /** Larger files are refused. */
  readonly maxBytes?: number;
  /** Loaded when the first file of the format is read: some readers are larger than all else. */
  readonly load: () => Promise<Reader>;
}

function textReader(markup: Markup, blocksOf: (text: string) => BlockedText): () => Promise<Reader> {
  const reader: Reader = bytes => {
    const decoded = decodeText(bytes);
    if ('problem' in decoded) return decoded;
    const { text, replaced } = decoded;
    const places = [{ start: 0, location: LINE }];
    return { text, replaced, markup, places, isCut: false, ...blocksOf(text) };
  };
  return () => Promise.resolve(reader);
}

/** All of a text is in memory several times while it is cut. */
const MAX_TEXT_BYTES = 16 * 1024 * 1024;

const FORMATS: readonly Format[] = [
  {
    extensions: ['.md', '.markdown'],
    maxBytes: MAX_TEXT_BYTES,
    load: textReader('markdown', text => blocksOfMarkdown(text)),
  },
  {
    extensions: ['.mdx'],
    maxBytes: MAX_TEXT_BYTES,
    load: textReader('markdown', text => blocksOfMarkdown(text, true)),
  },
  { extensions: ['.txt'], maxBytes: MAX_TEXT_BYTES, load: textReader('none', blocksOfPlainText) },
];

const BY_EXTENSION: ReadonlyMap<string, Format> = new Map(
  FORMATS.flatMap(format => format.extensions.map(extension => [extension, format] as const)),
);

/** Whether there is a reader for a path, by its extension. */
export function isReadable(path: string): boolean {
  return BY_EXTENSION.has(extensionOf(path));
}

/** The largest file that the reader for a path is given. */
export function bytesReadOf(path: string): number {
  return BY_EXTENSION.get(extensionOf(path))?.maxBytes ?? MAX_FILE_BYTES;
}

/** The reader for a path, or null. */
export async function readerFor(path: string): Promise<Reader | null> {
  return (await BY_EXTENSION.get(extensionOf(path))?.load()) ?? null;
}

function extensionOf(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const dot = name.lastIndexOf('.');
  return dot <= 0 ? '' : name.slice(dot).toLowerCase();
}
