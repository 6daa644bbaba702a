/** Builds the blocks of a text file that stays as it is: its lines, divided into headings, paragraphs and code. */
import type { Block, BlockedText, BlockKind } from '../../../text/blocks.ts';

export interface Line {
  readonly text: string;
  readonly start: number;
  /** End of the line without its line break. */
  readonly end: number;
}

const MAX_HEADING = 300;

export function linesOf(text: string): readonly Line[] {
  const lines: Line[] = [];
  for (const { index, 0: line } of text.matchAll(/[^\r\n]*(?:\r\n|\n|\r|$)/gu)) {
    if (line === '' && index >= text.length) break;
    const content = line.replace(/[\r\n]+$/u, '');
    lines.push({ text: content, start: index, end: index + content.length });
  }
  return lines;
}

/** Puts blocks under headings; the line of a heading belongs to a block only where nothing stands below it. */
export class Trail {
  readonly #blocks: Block[] = [];
  #entries: { readonly depth: number; readonly text: string }[] = [];
  #title: string | null = null;
  #unused: { readonly start: number; readonly end: number } | null = null;
  #open: { readonly kind: BlockKind; readonly start: number; end: number } | null = null;

  heading(depth: number, text: string, start: number, end: number): void {
    this.close();
    // A heading right above a deeper one is in the trail of the text below that one.
    if ((this.#entries.at(-1)?.depth ?? depth) < depth) this.#unused = null;
    this.#useHeading();
    this.#entries = this.#entries.filter(entry => entry.depth < depth);
    const heading = text.replace(/\s+/gu, ' ').trim().slice(0, MAX_HEADING);
    if (heading === '') return;
    this.#title ??= heading;
    this.#entries.push({ depth, text: heading });
    this.#unused = { start, end };
  }

  /** Adds a line, which continues the open block if it is of the same kind. */
  line(kind: BlockKind, start: number, end: number): void {
    if (this.#open?.kind !== kind) this.close();
    if (this.#open === null) this.#open = { kind, start, end };
    else this.#open.end = end;
  }

  /** Ends the open block. */
  close(): void {
    const open = this.#open;
    this.#open = null;
    if (open === null || open.end <= open.start) return;
    this.#unused = null;
    this.#blocks.push({ ...open, headings: this.#entries.map(({ text }) => text) });
  }

  finish(title: string | null = null): BlockedText {
    this.close();
    this.#useHeading();
    return { blocks: this.#blocks, title: title ?? this.#title, tags: [], keywords: [], fields: 0 };
  }

  #useHeading(): void {
    if (this.#unused === null) return;
    const headings = this.#entries.slice(0, -1).map(({ text }) => text);
    this.#blocks.push({ kind: 'paragraph', ...this.#unused, headings });
    this.#unused = null;
  }
}
