/** reStructuredText, AsciiDoc, Org and LaTeX: headings are recognised, and all other text is taken as written. */
import type { BlockedText } from '../../../text/blocks.ts';
import { linesOf, Trail, type Line } from './trail.ts';

const MAX_LINE = 1_000;

/** The heading that begins at line `i` and its number of lines; null where there is none. */
type HeadingAt = (
  lines: readonly Line[],
  i: number,
) => { readonly depth: number; readonly text: string; readonly lines: number } | null;

function blocksWith(text: string, headingAt: HeadingAt): BlockedText {
  const lines = linesOf(text);
  const trail = new Trail();
  for (let i = 0; i < lines.length; i++) {
    const { text: line, start, end } = lines[i]!;
    // Longer lines are not headings, and would cost patterns quadratic time.
    const heading = line.length > MAX_LINE ? null : headingAt(lines, i);
    if (heading !== null) {
      trail.heading(heading.depth, heading.text, start, lines[i + heading.lines - 1]!.end);
      i += heading.lines - 1;
    } else if (line.trim() === '') trail.close();
    else trail.line(/^\s*(?:[-*+•]|\d+[.)])\s/u.test(line) ? 'list' : 'paragraph', start, end);
  }
  return trail.finish();
}

/** The depth follows from the order in which signs first appear; a sign with an overline differs from one without. */
export function blocksOfRst(text: string): BlockedText {
  const styles: string[] = [];
  const depthOf = (style: string): number => {
    if (!styles.includes(style)) styles.push(style);
    return styles.indexOf(style) + 1;
  };
  return blocksWith(text, (lines, i) => {
    const [first, second, third] = [lines[i]!.text, lines[i + 1]?.text ?? '', lines[i + 2]?.text ?? ''];
    const isAfterText = i > 0 && lines[i - 1]!.text.trim() !== '';
    if (
      isUnderline(first) &&
      second.trim() !== '' &&
      !isUnderline(second) &&
      third.trimEnd() === first.trimEnd()
    )
      return { depth: depthOf(`${first[0]}${first[0]}`), text: second, lines: 3 };
    if (
      isAfterText ||
      first.trim() === '' ||
      /^\s/u.test(first) ||
      isUnderline(first) ||
      !isUnderline(second)
    )
      return null;
    // Korean letters are two columns wide, but not all writers of underlines count them so.
    if (second.trimEnd().length < Math.min(first.trim().length, 4)) return null;
    return { depth: depthOf(second[0]!), text: first, lines: 2 };
  });
}

function isUnderline(line: string): boolean {
  return /^([!-/:-@[-`{-~])\1{2,}\s*$/u.test(line);
}

/** In UTF-16 units. Looking for the end of a heading takes up to the cube of its length. */
const LONGEST_HEADING = 500;

function mayBeHeading(line: string): boolean {
  return line.length <= LONGEST_HEADING;
}

const ASCIIDOC_HEADING = /^(={1,6}|#{1,6})\s+(\S.*?)(?:\s+\1)?\s*$/u;

export function blocksOfAsciiDoc(text: string): BlockedText {
  let fence: string | null = null;
  return blocksWith(text, (lines, i) => {
    const line = lines[i]!.text;
    const marker = /^(-{4,}|\.{4,}|\+{4,}|`{3,})\s*$/u.exec(line)?.[1];
    if (marker !== undefined && (fence === null || fence === marker)) fence = fence === null ? marker : null;
    const found = fence === null && mayBeHeading(line) ? ASCIIDOC_HEADING.exec(line) : null;
    return found === null ? null : { depth: found[1]!.length, text: found[2]!, lines: 1 };
  });
}

const ORG_HEADING = /^(\*+)\s+(?:(?:TODO|DONE)\s+)?(\S.*?)(?:\s+:[\p{L}\p{N}_@:]+:)?\s*$/u;

export function blocksOfOrg(text: string): BlockedText {
  let isCode = false;
  let title: string | null = null;
  const blocks = blocksWith(text, (lines, i) => {
    const line = lines[i]!.text;
    if (/^\s*#\+begin_(?:src|example)/iu.test(line)) isCode = true;
    else if (/^\s*#\+end_/iu.test(line)) isCode = false;
    title ??= /^#\+title:\s*(\S.*)$/iu.exec(line)?.[1]?.trim() ?? null;
    const found = !isCode && mayBeHeading(line) ? ORG_HEADING.exec(line) : null;
    return found === null ? null : { depth: found[1]!.length, text: found[2]!, lines: 1 };
  });
  return title === null ? blocks : { ...blocks, title };
}

const TEX_DEPTHS: ReadonlyMap<string, number> = new Map(
  ['part', 'chapter', 'section', 'subsection', 'subsubsection', 'paragraph', 'subparagraph'].map(
    (name, i) => [name, i + 1],
  ),
);
const TEX_HEADING =
  /^\s*\\(part|chapter|section|subsection|subsubsection|paragraph|subparagraph)\*?(?:\[[^\]]*\])?\{(.+?)\}\s*(?:\\label\{[^}]*\}\s*)*(?:%.*)?$/u;

export function blocksOfTex(text: string): BlockedText {
  const title = /\\title(?:\[[^\]]*\])?\{([^{}]*)\}/u
    .exec(text)?.[1]
    ?.replaceAll(/\s*\\\\\s*/gu, ' ')
    .trim();
  const blocks = blocksWith(text, (lines, i) => {
    const found = TEX_HEADING.exec(lines[i]!.text);
    return found === null ? null : { depth: TEX_DEPTHS.get(found[1]!)!, text: found[2]!, lines: 1 };
  });
  return title === undefined || title === '' ? blocks : { ...blocks, title };
}
