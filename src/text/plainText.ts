/**
 * A passage without its markup, as the model reads it and the lexical channel counts it.
 *
 * It works on the passage's own lines, not on a parse tree, so that a passage gives the same text at indexing
 * and later on display, without the rest of its document.
 */
import { ENTITY, entityText } from './entities.ts';
import type { PassageText } from '../domain/passage.ts';
import type { MappedText } from './normalize.ts';
import { BLANK, classOf } from './scanning/unitClasses.ts';

/** A tag of HTML or JSX. Its alternatives exclude each other, or an open tag with many attributes would never end. */
export const TAG_SOURCE = String.raw`</?[A-Za-z][\w.-]*(?:\s+[\w:@.-]+(?:\s*=\s*(?:"[^"<]*"|'[^'<]*'|\{[^{}]*\}[^\s"'>]*|(?!\{[^{}]*\})[^\s"'>]+))?)*\s*/?>`;

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
    TAG_SOURCE,
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
  const read = new ReadText(source);
  let at = 0;
  for (const match of source.matchAll(markup)) {
    read.keep(at, match.index);
    const inner = match.slice(1).find(group => group !== undefined);
    if (inner !== undefined) {
      const from = source.indexOf(inner, match.index);
      read.keep(from, from + inner.length);
    } else if (match[0].startsWith('&')) {
      const character = entityText(match[0]);
      if (character === null) read.keep(match.index, match.index + match[0].length);
      else read.put(character, match.index);
    } else if (match[0] === '|') {
      // The edge of a cell separates words.
      read.space(SPACE, match.index, false);
    }
    at = match.index + match[0].length;
  }
  read.keep(at, source.length);
  return read.finish();
}

const SPACE = 32;
const NEWLINE = 10;

/** Puts a text together: runs of blanks become one blank, or a line break where one is among them. */
class ReadText {
  readonly #source: string;
  readonly #parts: string[] = [];
  /** Nothing that is put in is longer than what it stands for. */
  readonly #starts: Uint32Array;
  #length = 0;
  /** The blank at the end, as a code unit; 0 where there is none. */
  #blank = 0;

  constructor(source: string) {
    this.#source = source;
    this.#starts = new Uint32Array(source.length + 1);
  }

  /** Keeps a part of the source. Runs without a change are taken as a whole. */
  keep(from: number, to: number): void {
    const starts = this.#starts;
    let run = from;
    for (let at = from; at < to; at++) {
      const unit = this.#source.charCodeAt(at);
      if ((classOf(unit) & BLANK) === 0) {
        starts[this.#length++] = at;
        this.#blank = 0;
        continue;
      }
      if (this.#length > 0 && this.#blank === 0 && (unit === SPACE || unit === NEWLINE)) {
        starts[this.#length++] = at;
        this.#blank = unit;
        continue;
      }
      if (at > run) this.#parts.push(this.#source.slice(run, at));
      run = at + 1;
      this.space(unit, at, true);
    }
    if (to > run) this.#parts.push(this.#source.slice(run, to));
  }

  /** Puts in what a reference at `at` stands for. */
  put(text: string, at: number): void {
    for (let i = 0; i < text.length; i++)
      if ((classOf(text.charCodeAt(i)) & BLANK) !== 0) this.space(text.charCodeAt(i), at, true);
      else {
        this.#parts.push(text[i]!);
        this.#starts[this.#length++] = at;
        this.#blank = 0;
      }
  }

  /** A blank that the source has in another form, or after another one, of which the better is kept if `mayMend`. */
  space(unit: number, at: number, mayMend: boolean): void {
    const isLine = unit === NEWLINE;
    if (this.#length > 0 && this.#blank === 0) {
      this.#parts.push(isLine ? '\n' : ' ');
      this.#starts[this.#length++] = at;
      this.#blank = isLine ? NEWLINE : SPACE;
    } else if (mayMend && isLine && this.#blank === SPACE) {
      const last = this.#parts.pop()!;
      this.#parts.push(`${last.slice(0, -1)}\n`);
      this.#starts[this.#length - 1] = at;
      this.#blank = NEWLINE;
    }
  }

  finish(): MappedText {
    if (this.#blank !== 0) {
      this.#parts.push(this.#parts.pop()!.slice(0, -1));
      this.#length--;
    }
    this.#starts[this.#length] = this.#source.length;
    return { text: this.#parts.join(''), starts: this.#starts.slice(0, this.#length + 1) };
  }
}
