/** Finds where a stretch of Markdown ends that is parsed by itself. */

const FENCE = /^ {0,3}(`{3,}|~{3,})/;
/** HTML that may have blank lines in it, and what ends it (CommonMark §4.6, kinds 1 to 5). */
const HTML: readonly (readonly [begins: RegExp, ends: RegExp])[] = [
  [/^ {0,3}<(?:script|pre|style|textarea)(?=[\s>]|$)/i, /<\/(?:script|pre|style|textarea)>/i],
  [/^ {0,3}<!--/, /-->/],
  [/^ {0,3}<\?/, /\?>/],
  [/^ {0,3}<![A-Za-z]/, />/],
  [/^ {0,3}<!\[CDATA\[/, /\]\]>/],
];
/**
 * Beginnings of lines that may continue a list or a quotation from before the blank line. A footnote continues none,
 * but what is open in a list ends elsewhere before one than before a paragraph.
 */
const INSIDE = /^(?:[ \t>]|\[\^|[-*+](?:[ \t]|$)|\d{1,9}[.)](?:[ \t]|$))/;

const TAG = /^ {0,3}</;
const MARGIN_ITEM = /^(?:[-*+]|\d{1,9}[.)]) {1,4}(?=[^ \t])/;
const RULE = /^(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,})$/;
const ITEM = /^(?: *(?:[-*+]|\d{1,9}[.)])(?:[ \t]|$)| {0,3}\[\^)/;

/**
 * The start of a line that no block before it can reach: a line at the margin after a blank one, outside of fences and
 * of HTML that is not ended. Where in doubt, the region is longer.
 */
export function endOfRegion(text: string, start: number): number {
  let fence: string | null = null;
  let html: RegExp | null = null;
  let afterBlank = false;
  /** A tag since the last blank line may have begun HTML, in which a fence is none. */
  let hasTag = false;
  let hasItem = false;
  /** Lines that are indented so far belong to the item whose mark stands at the margin. */
  let width = Number.POSITIVE_INFINITY;
  for (let at = start; at < text.length;) {
    const newline = text.indexOf('\n', at);
    const end = newline === -1 ? text.length : newline + 1;
    const line = text.slice(at, end).replace(/\r?\n$/, '');
    const isFree = fence === null && html === null;
    const isBlank = /^[ \t]*$/.test(line);
    if (isFree && afterBlank && !isBlank && !INSIDE.test(line)) return at;
    if (html !== null) html = html.test(line) ? null : html;
    else if (fence !== null) fence = closesFence(line, fence) ? null : fence;
    else {
      hasTag = !isBlank && (hasTag || TAG.test(line));
      hasItem ||= ITEM.test(line);
      if (!isBlank && !isIndented(line, width))
        width =
          (hasTag || RULE.test(line) ? null : MARGIN_ITEM.exec(line))?.[0].length ?? Number.POSITIVE_INFINITY;
      const [whole = '', mark = ''] = FENCE.exec(line) ?? [];
      const indent = whole.length - mark.length;
      // Whether this one opens or closes, or is none, takes a parser to say.
      if (mark !== '' && (hasTag || (hasItem && indent > 0 && indent < width))) return text.length;
      fence = mark === '' || indent >= width ? null : mark;
      const [begins, ends] = HTML.find(([pattern]) => pattern.test(line)) ?? [];
      if (begins !== undefined && !ends!.test(line.replace(begins, ''))) html = ends!;
    }
    afterBlank = isBlank;
    at = end;
  }
  return text.length;
}

/** Whether a line goes on with the item whose text is indented so far; a paragraph may go on with less. */
function isIndented(line: string, width: number): boolean {
  return width < Number.POSITIVE_INFINITY && /^[ \t]*/.exec(line)![0].length >= width;
}

/** Whether a line closes the fence that these marks have opened. */
export function closesFence(line: string, mark: string): boolean {
  const found = CLOSING.exec(line)?.[1];
  return found !== undefined && found.startsWith(mark);
}

const CLOSING = /^ {0,3}(`{3,}|~{3,})[ \t]*$/;
