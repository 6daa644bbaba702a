/** Converts Markdown to blocks with exact UTF-16 offsets (CommonMark, GFM, front matter, CJK-friendly emphasis). */
import type { Block, BlockedText, BlockKind } from './blocks.ts';
import { frontMatterOf, type FrontMatter } from './frontMatter.ts';
import { chunksOf, type MarkdownChunk } from './markdownChunks.ts';
import { plainTextOfMarkdown } from './plainText.ts';
import { flowOf, ParsedText, type FlowNode } from './scanning/markdownFlow.ts';
import { distinctTags, tagsInText } from './tags.ts';

const KINDS: Readonly<Partial<Record<FlowNode['type'], BlockKind>>> = {
  paragraph: 'paragraph',
  list: 'list',
  table: 'table',
  code: 'code',
  blockquote: 'quote',
  html: 'paragraph',
  footnoteDefinition: 'paragraph',
};

/** Characters of a heading that are kept. */
const MAX_HEADING = 300;
/** Markup included, which is removed with expressions that take up to the square of its length. */
const MAX_HEADING_SOURCE = 4_000;

/** An anchor's name (kramdown, Pandoc, MkDocs) is not part of the heading: `## 배포 { #deployment }`. */
const HEADING_ATTRIBUTES = /\s*\{\s*[#.:][^{}]*\}\s*$/;

/** The mark of a heading, including an empty one. */
const HEADING_MARK = /^[ \t]{0,3}#{1,6}(?=\s|$)/;

/** `import x from 'y'` and `export const …` at the top level of MDX are code, not prose. */
const MDX_STATEMENT = /^(?:import|export)\s[^]*$/;

/**
 * Never throws on any text: broken Markdown is text. A heading with nothing under it belongs to the next
 * block, or to the last one at the end of the document, so that a search still finds it. The same holds for
 * nodes without a text of their own (a definition, a comment, an image).
 */
export function blocksOfMarkdown(text: string, mdx = false): BlockedText {
  const matter = frontMatterOf(text);
  const reader = new BlockReader(text, mdx);
  for (const chunk of chunksOf(text, matter.end)) reader.read(chunk);
  return reader.finish(matter);
}

interface TrailEntry {
  readonly depth: number;
  readonly text: string;
  readonly start: number;
  used: boolean;
}

class BlockReader {
  readonly #text: string;
  readonly #mdx: boolean;
  readonly #blocks: Block[] = [];
  readonly #trail: TrailEntry[] = [];
  readonly #tags: string[] = [];
  #firstHeading: string | null = null;
  #lastHeadingEnd = 0;
  #headingCount = 0;
  /** Start of the text that is in no block yet: headings that left the trail, and nodes without text. */
  #orphans: number | null = null;
  /** True while the last block belongs to the section being read. */
  #isOpen = false;

  constructor(text: string, mdx: boolean) {
    this.#text = text;
    this.#mdx = mdx;
  }

  read({ start: base, end, kind }: MarkdownChunk): void {
    const source = this.#text.slice(base, end);
    if (kind !== 'markdown') {
      if (source.trim() === '') return;
      if (kind === 'paragraph') this.#tags.push(...tagsInText(source));
      this.#add(kind, base, base + source.trimEnd().length);
      return;
    }
    const whole = new ParsedText(source);
    for (const node of flowOf(source)) this.#node(node, source, base, whole);
  }

  #node(node: FlowNode, source: string, base: number, whole: ParsedText): void {
    const { start: from, end: to } = node;
    const own = source.slice(from, to);
    if (node.type === 'heading') {
      this.#tags.push(...whole.tagsOf(from, own));
      this.#heading(node.depth, own, base + from, base + to);
      return;
    }
    const kind = KINDS[node.type];
    if (this.#mdx && MDX_STATEMENT.test(own)) return;
    if (kind === undefined || isSilent(own)) {
      if (node.type !== 'thematicBreak') this.#silent(base + from, base + to);
      return;
    }
    if (kind !== 'code') this.#tags.push(...whole.tagsOf(from, own));
    this.#add(kind, base + from, base + to);
  }

  #heading(depth: number, source: string, start: number, end: number): void {
    const text = headingText(source);
    while (this.#trail.length > 0 && this.#trail.at(-1)!.depth >= depth) {
      const left = this.#trail.pop()!;
      if (!left.used) this.#orphan(left.start);
    }
    this.#trail.push({ depth, text, start, used: false });
    if (depth === 1 && text !== '') this.#firstHeading ??= text;
    this.#lastHeadingEnd = end;
    this.#headingCount++;
    this.#isOpen = false;
  }

  #add(kind: BlockKind, start: number, end: number): void {
    const headings = this.#trail.flatMap(entry => entry.text || []);
    this.#blocks.push({ kind, start: this.#orphans ?? start, end, headings });
    this.#orphans = null;
    this.#isOpen = true;
    for (const entry of this.#trail) entry.used = true;
  }

  #silent(start: number, end: number): void {
    const last = this.#blocks.at(-1);
    if (this.#isOpen && last !== undefined) this.#blocks[this.#blocks.length - 1] = { ...last, end };
    else this.#orphan(start);
    this.#lastHeadingEnd = Math.max(this.#lastHeadingEnd, end);
  }

  #orphan(start: number): void {
    this.#orphans = Math.min(this.#orphans ?? start, start);
  }

  finish({ end, title, tags, keywords }: FrontMatter): BlockedText {
    const unused = this.#trail.filter(entry => !entry.used).map(entry => entry.start);
    const tail = Math.min(this.#orphans ?? Infinity, ...unused);
    // A heading that is the title adds nothing as a text of its own.
    const isTitleAlone = this.#headingCount === 1 && this.#firstHeading !== null;
    if (tail < Infinity) attachTail(this.#blocks, tail, this.#lastHeadingEnd, !isTitleAlone);
    return {
      blocks: this.#blocks,
      title: title ?? this.#firstHeading,
      tags: distinctTags(tags, this.#tags),
      keywords,
      fields: end,
    };
  }
}

/** Whether nothing of a text is left without its markup. */
function isSilent(source: string): boolean {
  return !BEGINS_WITH_TEXT.test(source) && plainTextOfMarkdown(source).text === '';
}

/** A letter before all that may begin a stretch of markup. */
const BEGINS_WITH_TEXT = /^[^`~<[{&]*?[A-Za-z가-힣]/;

function headingText(source: string): string {
  const kept = source.slice(0, MAX_HEADING_SOURCE);
  const plain = plainTextOfMarkdown(kept.replace(HEADING_ATTRIBUTES, '').replace(HEADING_MARK, '')).text;
  return plain.replace(/\s+/g, ' ').slice(0, MAX_HEADING);
}

/** Text at the end that has no block becomes the tail of the last block, or a block of its own. */
function attachTail(blocks: Block[], start: number, end: number, mayBeBlock: boolean): void {
  const last = blocks.at(-1);
  if (last !== undefined) blocks[blocks.length - 1] = { ...last, end };
  else if (mayBeBlock) blocks.push({ kind: 'list', start, end, headings: [] });
}
