/** Markdown -> blocks with exact UTF-16 offsets (CommonMark + GFM + front matter, CJK-friendly emphasis). */
import { fromMarkdown } from 'mdast-util-from-markdown';
import { frontmatterFromMarkdown } from 'mdast-util-frontmatter';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { cjkFriendlyExtension } from 'micromark-extension-cjk-friendly';
import { frontmatter } from 'micromark-extension-frontmatter';
import { gfm } from 'micromark-extension-gfm';
import type { Block, BlockedText, BlockKind } from './blocks.ts';
import { frontMatterOf, NO_FRONT_MATTER } from './frontMatter.ts';
import { plainTextOf } from './plainText.ts';
import { distinctTags, tagsInText } from './tags.ts';

type Root = ReturnType<typeof fromMarkdown>;
type Node = Root['children'][number];

const KINDS: Readonly<Partial<Record<Node['type'], BlockKind>>> = {
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

/** `## 배포 { #deployment }`: an anchor's name (kramdown, Pandoc, MkDocs) is no part of the heading. */
const HEADING_ATTRIBUTES = /\s*\{\s*[#.:][^{}]*\}\s*$/;

/** The mark of a heading, also of an empty one. */
const HEADING_MARK = /^[ \t]{0,3}#{1,6}(?=\s|$)/;

/** `import x from 'y'` and `export const …` at the top level of MDX are code, not prose. */
const MDX_STATEMENT = /^(?:import|export)\s[^]*$/;

/**
 * Never throws on any text: broken Markdown is text. A heading that has nothing under it belongs to the
 * next block, or to the last one at the end of the document, so that a search still finds it.
 */
export function blocksOfMarkdown(text: string, mdx = false): BlockedText {
  const root = fromMarkdown(text, {
    extensions: [frontmatter(['yaml', 'toml']), gfm(), cjkFriendlyExtension()],
    mdastExtensions: [frontmatterFromMarkdown(['yaml', 'toml']), gfmFromMarkdown()],
  });
  const blocks: Block[] = [];
  const trail: { depth: number; text: string; start: number; used: boolean }[] = [];
  let matter = NO_FRONT_MATTER;
  const tags: string[] = [];
  let firstHeading: string | null = null;
  let lastHeadingEnd = 0;
  let headingCount = 0;
  /** Where the headings begin that left the trail without ever having had a block under them. */
  let orphans: number | null = null;

  for (const node of root.children) {
    const start = node.position?.start.offset ?? 0;
    const end = node.position?.end.offset ?? start;
    if (node.type === 'yaml') {
      matter = frontMatterOf(node.value);
      continue;
    }
    if (node.type === 'heading') {
      const heading = headingText(text.slice(start, end));
      tags.push(...tagsIn(node, text));
      while (trail.length > 0 && trail.at(-1)!.depth >= node.depth) {
        const left = trail.pop()!;
        if (!left.used) orphans = Math.min(orphans ?? left.start, left.start);
      }
      trail.push({ depth: node.depth, text: heading, start, used: false });
      if (node.depth === 1 && heading !== '') firstHeading ??= heading;
      lastHeadingEnd = end;
      headingCount++;
      continue;
    }
    const kind = KINDS[node.type];
    if (kind === undefined || (mdx && MDX_STATEMENT.test(text.slice(start, end)))) continue;
    if (plainTextOf(text.slice(start, end)).text === '') continue;
    tags.push(...tagsIn(node, text));
    blocks.push({ kind, start: orphans ?? start, end, headings: trail.flatMap(entry => entry.text || []) });
    orphans = null;
    for (const entry of trail) entry.used = true;
  }
  const unused = trail.filter(entry => !entry.used).map(entry => entry.start);
  const tail = Math.min(orphans ?? Infinity, ...unused);
  if (tail < Infinity) attachTail(blocks, tail, lastHeadingEnd, headingCount > 1);
  return {
    blocks,
    title: matter.title ?? firstHeading,
    tags: distinctTags(matter.tags, tags),
    keywords: matter.keywords,
  };
}

/** Tags in the prose below a node: not in code, HTML or the addresses of links. */
function tagsIn(node: Node, text: string): readonly string[] {
  const found: string[] = [];
  // Not by recursion: quotations may stand in each other by the thousand.
  const rest: Node[] = [node];
  for (let next = rest.pop(); next !== undefined; next = rest.pop()) {
    if ('children' in next) for (let i = next.children.length; i > 0; i--) rest.push(next.children[i - 1]!);
    if (next.type !== 'text') continue;
    // The source, for what is escaped is no tag. An anchor's name ({#part}) is none either.
    const source = text.slice(next.position?.start.offset ?? 0, next.position?.end.offset ?? 0);
    found.push(...tagsInText(source.replace(/\{\s*[#.:][^{}]*\}/gu, ' ')));
  }
  return distinctTags(found);
}

function headingText(source: string): string {
  const plain = plainTextOf(source.replace(HEADING_ATTRIBUTES, '').replace(HEADING_MARK, '')).text;
  return plain.replace(/\s+/g, ' ').slice(0, MAX_HEADING);
}

/** Headings at the end with no text under them: the tail of the last block, or an outline of their own. */
function attachTail(blocks: Block[], start: number, end: number, outline: boolean): void {
  const last = blocks.at(-1);
  if (last !== undefined) blocks[blocks.length - 1] = { ...last, end };
  else if (outline) blocks.push({ kind: 'list', start, end, headings: [] });
}
