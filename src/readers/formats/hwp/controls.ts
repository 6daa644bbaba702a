/** The text of a control in an HWP 5 paragraph, by its id and the records below it. */
import { ownWordsOf, plainParagraph, story, type Cell, type Inset, type Paragraph } from './paragraphs.ts';
import { stringAt, TAG, unitsOf, type HwpRecord } from './records.ts';

/** A list of paragraphs below a control: a cell, a caption, a text box or a note. */
export interface ParagraphList {
  readonly paragraphs: Paragraph[];
  /** Row of the cell; meaningless for any other list. */
  readonly row: number;
  /** Whether it comes before the record of its table, which makes it the caption. */
  readonly isCaption: boolean;
}

/** The contribution of a control to its paragraph: text in the line, and anchored content. */
export interface ControlText {
  readonly id: number;
  readonly word: string;
  readonly insets: readonly Inset[];
  /** Words of an index, which are searched but not shown. */
  readonly keywords: readonly string[];
}

/** The id `gso ` and the like as the number that stands in the file. */
function idOf(name: string): number {
  return (
    ((name.charCodeAt(0) << 24) |
      (name.charCodeAt(1) << 16) |
      (name.charCodeAt(2) << 8) |
      name.charCodeAt(3)) >>>
    0
  );
}

const TABLE = idOf('tbl ');
const SHAPE = idOf('gso ');
const AUTO_NUMBER = idOf('atno');
const RUBY = idOf('tdut');
const OVERLAP = idOf('tcps');
const SECTION = idOf('secd');
const INDEX_MARK = idOf('idxm');

/** Collects the records below one control header. */
export class Control {
  readonly id: number;
  readonly lists: ParagraphList[] = [];
  readonly #view: DataView;
  #isTable = false;
  #word = '';
  readonly #said: string[] = [];

  constructor({ view }: HwpRecord) {
    this.#view = view;
    this.id = view.byteLength >= 4 ? view.getUint32(0, true) : 0;
  }

  /** The list of numbers that the outline of the section uses, from the section's definition (4.3.10.1). */
  get outlineNumbering(): number | undefined {
    return this.id === SECTION && this.#view.byteLength >= 20 ? this.#view.getUint16(18, true) : undefined;
  }

  /** Begins a list at the record of its header. */
  list({ view }: HwpRecord): ParagraphList {
    const isTable = this.id === TABLE;
    const row = isTable && this.#isTable && view.byteLength >= 12 ? view.getUint16(10, true) : 0;
    const list = { paragraphs: [], row, isCaption: isTable && !this.#isTable };
    this.lists.push(list);
    return list;
  }

  record({ tag, view }: HwpRecord): void {
    if (tag === TAG.table) this.#isTable = true;
    else if (tag === TAG.equation) this.#word = stringAt(view, 4).text;
    else if (tag === TAG.textArt) this.#said.push(textOfTextArt(view));
    else if (tag === TAG.form) this.#said.push(...textsOfForm(unitsOf(view, 0, view.byteLength)));
  }

  finish(): ControlText {
    const { id } = this;
    const insets: Inset[] = [];
    if (id === TABLE) insets.push(this.#table());
    else {
      const paragraphs = this.lists.flatMap(list => list.paragraphs);
      if (paragraphs.length > 0) insets.push(story(paragraphs));
    }
    const described = id === TABLE || id === SHAPE ? ownWordsOf(this.#description()) : '';
    const said = [...this.#said, described].filter(text => text.trim() !== '');
    if (said.length > 0) insets.push(story(said.map(plainParagraph)));
    return { id, word: this.#inLine(), insets, keywords: this.#keywords() };
  }

  #table(): Inset {
    const rows: Cell[][] = [];
    let row = -1;
    for (const list of this.lists) {
      if (list.isCaption) continue;
      if (list.row !== row || rows.length === 0) rows.push([]);
      row = list.row;
      rows.at(-1)!.push(list.paragraphs);
    }
    const caption = this.lists.filter(list => list.isCaption).flatMap(list => list.paragraphs);
    return { kind: 'table', caption, rows };
  }

  #inLine(): string {
    const view = this.#view;
    if (this.id === AUTO_NUMBER && view.byteLength >= 10) return String(view.getUint16(8, true));
    if (this.id === OVERLAP) return stringAt(view, 4).text;
    if (this.id !== RUBY) return this.#word;
    const main = stringAt(view, 4);
    const above = stringAt(view, main.end).text;
    return above === '' ? main.text : `${main.text} (${above})`;
  }

  #keywords(): string[] {
    if (this.id !== INDEX_MARK) return [];
    const first = stringAt(this.#view, 4);
    return [first.text, stringAt(this.#view, first.end).text].filter(text => text.trim() !== '');
  }

  /**
   * The description ends the properties that all objects share (4.3.9, table 69). 40 bytes of numbers come before it,
   * 44 since 5.0.0.5.
   */
  #description(): string {
    return plausible(stringAt(this.#view, 44).text);
  }
}

/** Drops a string that does not read like text: older programs wrote the record in another layout. */
function plausible(text: string): string {
  return /^[\p{L}\p{M}\p{N}\p{P}\p{S}\p{Z}\s]*$/u.test(text) ? text : '';
}

/** Text art (4.3.9.2.6 and later revisions): corner points, then the text. */
function textOfTextArt(view: DataView): string {
  return plausible(stringAt(view, 32).text.replaceAll(/[\r\n]+/gu, '\n'));
}

/** The record of a form is a sequence of `Name:type:length:value`; these are the visible ones. */
const SEEN = /(?:^|[\s:])(?:Caption|Text|ListBoxItems?|ItemText):wstring:(\d+):/gu;

function textsOfForm(source: string): string[] {
  const texts: string[] = [];
  for (const match of source.matchAll(SEEN)) {
    const start = match.index + match[0].length;
    texts.push(source.slice(start, start + Number(match[1])));
  }
  return texts;
}
