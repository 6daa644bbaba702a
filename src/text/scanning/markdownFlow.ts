/**
 * The top-level nodes of a piece of Markdown, and the tags in them. Plain blocks are found by their lines, the rest by
 * the parser; what stands inside of blocks is parsed only where it may have tags.
 */
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { cjkFriendlyExtension } from 'micromark-extension-cjk-friendly';
import { gfm } from 'micromark-extension-gfm';
import { distinctTags, mayHaveTags, tagsInText } from '../tags.ts';
import { blocksOfLines } from './markdownLines.ts';

type Root = ReturnType<typeof fromMarkdown>;
type Node = Root['children'][number];

/** A top-level node; `start` and `end` are offsets. */
export type FlowNode =
  | { readonly type: Exclude<Node['type'], 'heading'>; readonly start: number; readonly end: number }
  | { readonly type: 'heading'; readonly depth: number; readonly start: number; readonly end: number };

const WHOLE = {
  extensions: [gfm(), cjkFriendlyExtension()],
  mdastExtensions: [gfmFromMarkdown()],
};

/** Inline constructs change no block (CommonMark §3), so most of them need not be parsed for blocks. */
const INLINE = [
  'attention',
  'autolink',
  'codeText',
  'emailAutolink',
  'hardBreakEscape',
  'htmlText',
  'labelEnd',
  'labelStartImage',
  'labelStartLink',
  'protocolAutolink',
  'strikethrough',
  'wwwAutolink',
];
const BLOCKS = {
  extensions: [gfm(), { disable: { null: INLINE } }],
  mdastExtensions: [gfmFromMarkdown()],
};

/** Units that the scanner of lines does not know: a lone carriage return, and the byte order mark. */
const STRANGE = /\r(?!\n)|\ufeff/;

export function* flowOf(source: string): Generator<FlowNode> {
  if (STRANGE.test(source)) {
    for (const node of fromMarkdown(source, BLOCKS).children) yield flowNode(node, 0);
    return;
  }
  for (const block of blocksOfLines(source))
    if (block.type !== 'region') yield block;
    else {
      const { start, end } = block;
      // A block that is open at the end of a text ends otherwise than before a line, so a line follows here, too.
      const text = source.slice(start, end) + (end < source.length ? 'x' : '');
      for (const node of fromMarkdown(text, BLOCKS).children)
        if ((node.position?.start.offset ?? 0) < end - start) yield flowNode(node, start);
    }
}

function flowNode(node: Node, base: number): FlowNode {
  const start = base + (node.position?.start.offset ?? 0);
  const end = base + (node.position?.end.offset ?? 0);
  if (node.type === 'heading') return { type: node.type, depth: node.depth, start, end };
  return { type: node.type, start, end };
}

/** A piece of Markdown that is parsed as a whole when it is needed. */
export class ParsedText {
  readonly #source: string;
  #nodes: ReadonlyMap<number, Node> | null = null;

  constructor(source: string) {
    this.#source = source;
  }

  /** Tags in the prose of the node that begins at `start` and has this text. */
  tagsOf(start: number, own: string): readonly string[] {
    if (!mayHaveTags(own)) return [];
    this.#nodes ??= new Map(
      fromMarkdown(this.#source, WHOLE).children.map(node => [node.position?.start.offset ?? 0, node]),
    );
    const node = this.#nodes.get(start);
    return node === undefined ? [] : tagsIn(node, this.#source);
  }
}

/** Tags in the prose below a node, but not in code, HTML or the addresses of links. */
function tagsIn(node: Node, text: string): readonly string[] {
  const found: string[] = [];
  // The walk is not recursive, because quotations may be nested by the thousand.
  const rest: Node[] = [node];
  for (let next = rest.pop(); next !== undefined; next = rest.pop()) {
    if ('children' in next) for (let i = next.children.length; i > 0; i--) rest.push(next.children[i - 1]!);
    if (next.type !== 'text') continue;
    // The source is read, because an escaped sign makes no tag. An anchor's name ({#part}) is not a tag
    // either.
    const source = text.slice(next.position?.start.offset ?? 0, next.position?.end.offset ?? 0);
    found.push(...tagsInText(source.replace(/\{\s*[#.:][^{}]*\}/gu, ' ')));
  }
  return distinctTags(found);
}
