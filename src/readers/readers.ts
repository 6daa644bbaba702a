/** Which reader opens which file: the one table of formats. */
import type { BlockedText } from '../text/blocks.ts';
import { blocksOfMarkdown } from '../text/markdown.ts';
import { blocksOfPlainText } from '../text/paragraphs.ts';
import { decodeText } from './decode.ts';

export interface ReadDocument extends BlockedText {
  /** Decoded, un-normalised; blocks are offsets in it. */
  readonly text: string;
  /** Places that could not be decoded: a replacement character each. */
  readonly replaced: number;
}

export type ReadResult = ReadDocument | { readonly problem: 'binary' | 'badEncoding' | 'unreadable' };

/** Any bytes in, text or a reason out. A reader never throws on what is in the file. */
export type Reader = (bytes: Uint8Array) => ReadResult;

function textReader(blocksOf: (text: string) => BlockedText): Reader {
  return bytes => {
    const decoded = decodeText(bytes);
    return 'problem' in decoded ? decoded : { ...decoded, ...blocksOf(decoded.text) };
  };
}

const READERS: ReadonlyMap<string, Reader> = new Map([
  ['.md', textReader(text => blocksOfMarkdown(text))],
  ['.markdown', textReader(text => blocksOfMarkdown(text))],
  ['.mdx', textReader(text => blocksOfMarkdown(text, true))],
  ['.txt', textReader(blocksOfPlainText)],
]);

/** The reader for a path by its extension, or null. */
export function readerFor(path: string): Reader | null {
  return READERS.get(extensionOf(path)) ?? null;
}

function extensionOf(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const dot = name.lastIndexOf('.');
  return dot <= 0 ? '' : name.slice(dot).toLowerCase();
}
