/** Renders the paragraphs of a Hangul document as text, headings and places. */
import type { DocumentBuilder } from '../../documentBuilder.ts';
import { isBlank, type Cell, type Inset, type Paragraph } from './paragraphs.ts';

/** Outline levels are also used for numbered text, so anything longer than this is text. */
const MAX_HEADING = 150;
/** A cell with more paragraphs or text than this lays out the page and is not a value. */
const LONG_CELL = { paragraphs: 3, characters: 400 };

/** Renders section after section, counting the paragraphs of each from 1. */
export class SectionRenderer {
  readonly #builder: DocumentBuilder;
  #section = 0;
  #paragraph = 0;

  constructor(builder: DocumentBuilder) {
    this.#builder = builder;
  }

  get full(): boolean {
    return this.#builder.full;
  }

  section(): void {
    this.#section++;
    this.#paragraph = 0;
  }

  /** Adds a paragraph of the section itself. */
  paragraph(paragraph: Paragraph): void {
    this.#paragraph++;
    if (isBlank(paragraph)) return;
    this.#builder.at({ kind: 'section', section: Math.max(1, this.#section), paragraph: this.#paragraph });
    for (const inset of paragraph.before) this.#inset(inset);
    const { text, level } = paragraph;
    if (level > 0 && text.length <= MAX_HEADING && text.trim() !== '') this.#builder.heading(level, text);
    else this.#builder.block('paragraph', text);
    for (const inset of paragraph.after) this.#inset(inset);
  }

  #inset(inset: Inset): void {
    if (inset.kind === 'table') this.#table(inset.caption, inset.rows);
    else this.#story(inset.paragraphs);
  }

  #story(paragraphs: readonly Paragraph[]): void {
    for (const paragraph of paragraphs) {
      for (const inset of paragraph.before) this.#inset(inset);
      this.#builder.block('paragraph', paragraph.text);
      for (const inset of paragraph.after) this.#inset(inset);
    }
  }

  #table(caption: readonly Paragraph[], rows: readonly (readonly Cell[])[]): void {
    this.#story(caption);
    let lines: string[] = [];
    const flush = (): void => {
      this.#builder.block(lines.length > 1 ? 'table' : 'paragraph', lines.join('\n'));
      lines = [];
    };
    for (const row of rows) {
      if (row.some(isLayout)) {
        flush();
        for (const cell of row) this.#story(cell);
      } else {
        const line = row.map(textOfCell).join('\t').trimEnd();
        if (line.trim() !== '') lines.push(line);
      }
    }
    flush();
  }
}

function isLayout(cell: Cell): boolean {
  let characters = 0;
  for (const { text, before, after } of cell) {
    if (before.length > 0 || after.length > 0) return true;
    characters += text.length;
  }
  return cell.length > LONG_CELL.paragraphs && characters > LONG_CELL.characters;
}

function textOfCell(cell: Cell): string {
  return cell
    .map(({ text }) => text.replace(/\s+/gu, ' ').trim())
    .filter(text => text !== '')
    .join(' ');
}
