/**
 * A passage without its markup, as the model reads it and the lexical channel counts it.
 *
 * It works on the passage's own lines, not on a parse tree, so that a passage gives the same text at indexing
 * and later on display, without the rest of its document.
 */
import { ENTITY, entityText } from './entities.ts';
import type { PassageText } from '../domain/passage.ts';
import type { MappedText } from './normalize.ts';

/** Each alternative matches markup to drop; its group, where there is one, is the part to keep. */
const MARKUP = new RegExp(
  [
    String.raw`^[ \t]*(?:\x60{3,}|~{3,})[^\n]*\n([^]*?)^[ \t]*(?:\x60{3,}|~{3,})[ \t]*$`, // fenced code
    String.raw`(?<!\x60)\x60{1,2}(?!\x60)([^\x60\n]+)\x60{1,2}(?!\x60)`, // code span
    String.raw`<!--[^]*?-->`, // comment
    String.raw`!?\[((?:[^\[\]\\]|\\.)*)\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*(?:\s+(?:"[^"]*"|'[^']*'))?\)`, // [text](url "title")
    String.raw`\[((?:[^\[\]\\]|\\.)+)\]\[[^\[\]]*\]`, // [text][reference]
    String.raw`^[ \t]*(?:\x60{3,}|~{3,})[^\n]*$`, // a fence whose other end is in another passage
    String.raw`^[ \t]{0,3}#{1,6}[ \t]+`, // heading
    String.raw`^[ \t]*(?:>[ \t]?)+`, // quote
    // A list item. A year (2024. 4. 8.) and a long number are text, and so is a number that is followed by
    // another one.
    String.raw`^[ \t]*(?:[-*+]|\d{1,3}[.)](?![ \t]+\d{1,4}[.)]))[ \t]+(?:\[[ xX]\][ \t]+)?`,
    String.raw`^[ \t]*\|?(?:[ \t]*:?-+:?[ \t]*\|)+(?:[ \t]*:?-+:?)?[ \t]*$`, // table rule
    String.raw`^[ \t]*(?:[-*_][ \t]*){3,}$`, // thematic break
    String.raw`</?[A-Za-z][\w.-]*(?:\s+[\w:@.-]+(?:\s*=\s*(?:"[^"<]*"|'[^'<]*'|\{[^{}]*\}|[^\s"'>]+))?)*\s*/?>`, // tag
    String.raw`\{/?\*[^]*?\*/?\}`, // MDX comment, {/*anchor*/}
    String.raw`[*_~]{2,3}|\x60+|(?<![A-Za-z0-9])\*(?=\S)|(?<=\S)\*(?![A-Za-z0-9])|(?<![\p{L}\p{N}])_(?=\S)|(?<=\S)_(?![\p{L}\p{N}])|\|`, // emphasis, code, cells
    ENTITY,
  ].join('|'),
  'gmu',
);

/** Matches code, in which a reference is only text, or a reference. */
const CODE_OR_ENTITY = new RegExp(
  String.raw`^[ \t]*(?:\x60{3,}|~{3,})[^\n]*\n[^]*?^[ \t]*(?:\x60{3,}|~{3,})[ \t]*$|\x60[^\x60\n]+\x60|${ENTITY}`,
  'gmu',
);

/** A text with its markup, but with references replaced by their characters. */
export function withoutEntities(source: string): string {
  if (!source.includes('&')) return source;
  return source.replace(CODE_OR_ENTITY, found =>
    found.startsWith('&') ? (entityText(found) ?? found) : found,
  );
}

/**
 * A passage as it is read: without the signs of Markdown and HTML where it has markup, blanks collapsed, with
 * places.
 */
export function plainTextOf({ text, markup }: PassageText): MappedText {
  return readText(text, markup === 'markdown' ? MARKUP : NOTHING);
}

/** The same for a piece of Markdown. */
export function plainTextOfMarkdown(source: string): MappedText {
  return readText(source, MARKUP);
}

const NOTHING = /(?!)/gu;

function readText(source: string, markup: RegExp): MappedText {
  const units: string[] = [];
  const starts: number[] = [];
  let blank = true;
  const push = (unit: string, at: number): void => {
    if (/\s/.test(unit)) {
      if (!blank) {
        units.push(unit === '\n' ? '\n' : ' ');
        starts.push(at);
      } else if (unit === '\n' && units.at(-1) === ' ') {
        units[units.length - 1] = '\n';
        starts[starts.length - 1] = at;
      }
      blank = true;
    } else {
      units.push(unit);
      starts.push(at);
      blank = false;
    }
  };
  const keep = (from: number, to: number): void => {
    for (let i = from; i < to; i++) push(source[i]!, i);
  };
  let at = 0;
  for (const match of source.matchAll(markup)) {
    keep(at, match.index);
    const inner = match.slice(1).find(group => group !== undefined);
    if (inner !== undefined) {
      const from = source.indexOf(inner, match.index);
      keep(from, from + inner.length);
    } else if (match[0].startsWith('&')) {
      const character = entityText(match[0]);
      if (character === null) keep(match.index, match.index + match[0].length);
      else for (let i = 0; i < character.length; i++) push(character[i]!, match.index);
    } else if (match[0] === '|' && !blank) {
      // The edge of a cell separates words.
      units.push(' ');
      starts.push(match.index);
      blank = true;
    }
    at = match.index + match[0].length;
  }
  keep(at, source.length);
  while (units.length > 0 && /\s/.test(units.at(-1)!)) {
    units.pop();
    starts.pop();
  }
  starts.push(source.length);
  return { text: units.join(''), starts: Uint32Array.from(starts) };
}
