/** Cuts plain text into blocks: paragraphs between blank lines. */
import { distinctTags, tagsInText } from './tags.ts';
import type { Block, BlockedText } from './blocks.ts';

const PARAGRAPH = /[^\s][^]*?(?=(?:\r\n|\n|\r)[^\S\r\n]*(?:\r\n|\n|\r)|$(?![^]))/g;

export function blocksOfPlainText(text: string): BlockedText {
  const blocks: Block[] = [];
  for (const match of text.matchAll(PARAGRAPH)) {
    const body = match[0].trimEnd();
    blocks.push({ kind: 'paragraph', start: match.index, end: match.index + body.length, headings: [] });
  }
  return { blocks, title: null, tags: distinctTags(tagsInText(text)), keywords: [], fields: 0 };
}
