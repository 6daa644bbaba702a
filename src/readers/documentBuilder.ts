/** Builds the text of a document that is not a text file from its parts, in reading order. */
import { LINE, type Location } from '../domain/location.ts';
import type { Block, BlockKind } from '../text/blocks.ts';
import type { Place, ReadDocument } from './readers.ts';

/** No format has deeper headings, and no real heading is longer. */
const MAX_DEPTH = 12;
const MAX_HEADING = 300;

/** Control characters that no text has, except tab and line feed. */
// oxlint-disable-next-line no-control-regex -- they are what is taken out
const CONTROL = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f]/g;

interface Entry {
  readonly depth: number;
  readonly text: string;
}

/**
 * Metadata come first, then headings and blocks. A heading stands in the text as a line of its own, and in the trail of
 * the blocks below it. `full` becomes true once the text has `limit` UTF-16 code units: everything after that is
 * dropped, and the document says that it was cut.
 */
export class DocumentBuilder {
  readonly #parts: string[] = [];
  readonly #blocks: Block[] = [];
  readonly #places: Place[] = [];
  readonly #keywords: string[] = [];
  readonly #limit: number;
  #trail: Entry[] = [];
  #length = 0;
  #fields = 0;
  #title: string | null = null;
  #firstHeading: string | null = null;
  #lastHeading: {
    readonly start: number;
    readonly end: number;
    readonly depth: number;
    used: boolean;
  } | null = null;
  #isCut = false;

  constructor(limit = 16 * 1024 * 1024) {
    this.#limit = limit;
  }

  get full(): boolean {
    return this.#isCut;
  }

  /**
   * A property of the document (author, date, subject). It is searched and shown first, so it must come before headings
   * and blocks.
   */
  metadata(name: string, value: string): void {
    const text = cleaned(value).replace(/\s+/gu, ' ').trim();
    if (text === '' || this.#blocks.length > 0) return;
    this.#append(`${name}: ${text}\n`);
    this.#fields = this.#length;
  }

  /** The title from the document's own properties; without one, the first heading is the title. */
  title(value: string): void {
    const text = cleaned(value).replace(/\s+/gu, ' ').trim().slice(0, MAX_HEADING);
    if (text !== '') this.#title ??= text;
  }

  /** Words that are searched like headings but never shown: keywords and tags. */
  keyword(value: string): void {
    const text = cleaned(value).trim().slice(0, MAX_HEADING);
    if (text !== '' && this.#keywords.length < 256) this.#keywords.push(text);
  }

  /** Sets the location of the text that follows. */
  at(location: Location): void {
    // Where several places have no text between them, the last one counts.
    if (this.#places.at(-1)?.start === this.#length) this.#places.pop();
    this.#places.push({ start: this.#length, location });
  }

  /** `depth` from 1; closes headings of the same depth and deeper ones. */
  heading(depth: number, value: string): void {
    const text = cleaned(value).replace(/\s+/gu, ' ').trim();
    const level = Math.min(MAX_DEPTH, Math.max(1, depth));
    this.#endHeading(level);
    this.#trail = this.#trail.filter(entry => entry.depth < level);
    if (text === '') return;
    this.#firstHeading ??= text.slice(0, MAX_HEADING);
    this.#trail.push({ depth: level, text: text.slice(0, MAX_HEADING) });
    const start = this.#length;
    this.#append(`${text}\n\n`);
    this.#lastHeading = { start, end: start + text.length, depth: level, used: false };
  }

  /** Leaves headings of this depth and deeper without opening a new one. */
  leave(depth: number): void {
    this.#endHeading();
    this.#trail = this.#trail.filter(entry => entry.depth < depth);
  }

  /** Adds a stretch of text; a blank one is skipped. */
  block(kind: BlockKind, value: string): void {
    const text = trimmed(cleaned(value));
    if (text.trim() === '') return;
    const start = this.#length;
    this.#append(`${text}\n\n`);
    const end = Math.min(start + text.length, this.#length);
    if (end <= start) return;
    if (this.#lastHeading !== null) this.#lastHeading.used = true;
    this.#blocks.push({ kind, start, end, headings: this.#trail.map(entry => entry.text) });
  }

  finish(): ReadDocument {
    this.#endHeading();
    return {
      text: this.#parts.join(''),
      markup: 'none',
      replaced: 0,
      isCut: this.#isCut,
      places: this.#allPlaces(),
      blocks: this.#blocks,
      title: this.#title ?? this.#firstHeading,
      tags: [],
      keywords: this.#keywords,
      fields: this.#fields,
    };
  }

  /** Text before the first place (properties) belongs to that place. */
  #allPlaces(): readonly Place[] {
    const [first] = this.#places;
    if (first === undefined) return [{ start: 0, location: LINE }];
    return first.start === 0 ? this.#places : [{ ...first, start: 0 }, ...this.#places.slice(1)];
  }

  /** A heading with nothing below it becomes a block of its own. `next` is the depth of the heading that follows. */
  #endHeading(next = 0): void {
    const last = this.#lastHeading;
    this.#lastHeading = null;
    if (last === null || last.used || last.depth < next || last.end > this.#length) return;
    const headings = this.#trail.slice(0, -1).map(entry => entry.text);
    this.#blocks.push({ kind: 'paragraph', start: last.start, end: last.end, headings });
  }

  #append(text: string): void {
    const room = this.#limit - this.#length;
    if (text.length > room) this.#isCut = true;
    const kept = text.length > room ? text.slice(0, Math.max(0, room)) : text;
    if (kept === '') return;
    this.#parts.push(kept);
    this.#length += kept.length;
  }
}

function cleaned(value: string): string {
  return value.replace(/\r\n?|\u2028|\u2029/gu, '\n').replace(CONTROL, ' ');
}

/**
 * Removes blanks at the ends of lines and blank lines at both ends of the text. It goes line by line, because a pattern
 * takes quadratic time on a run of blanks.
 */
function trimmed(value: string): string {
  const lines = value.split('\n').map(line => line.trimEnd());
  let first = 0;
  let last = lines.length;
  while (first < last && lines[first] === '') first++;
  while (last > first && lines[last - 1] === '') last--;
  return lines.slice(first, last).join('\n');
}
