/** A section of HWP 5, record by record: paragraphs, and below them the controls with their own paragraphs. */
import { Control, type ControlText, type ParagraphList } from './controls.ts';
import type { Outline } from './outline.ts';
import { isBlank, ParagraphMaker, plainParagraph, story, type Paragraph } from './paragraphs.ts';
import { piecesOf, type TextPiece } from './paragraphText.ts';
import { recordsOf, TAG, type HwpRecord } from './records.ts';

interface OpenParagraph {
  readonly kind: 'paragraph';
  readonly level: number;
  readonly shape: number;
  readonly style: number;
  readonly pieces: TextPiece[];
  readonly controls: ControlText[];
}
interface OpenControl {
  readonly kind: 'control';
  readonly level: number;
  readonly control: Control;
}
interface OpenList {
  readonly kind: 'list';
  readonly level: number;
  readonly list: ParagraphList;
  /** A list that no control has: a memo's. */
  readonly isLoose: boolean;
}
type Open = OpenParagraph | OpenControl | OpenList;

export interface SectionSink {
  /** A paragraph of the section itself, once it is whole. */
  readonly paragraph: (paragraph: Paragraph) => void;
  readonly keyword: (word: string) => void;
  readonly isFull: () => boolean;
}

/** Paragraphs that are nested deeper are put into the one above them: nothing real is. */
const MAX_DEPTH = 200;
/** Cells and the like of one section. */
const MAX_LISTS = 500_000;
/** More records than any document has: of an empty one each costs memory. */
const MAX_RECORDS = 8_000_000;

/** Controls in a row that may have lost their place in the text. */
const MAX_MISSING = 32;

export function readSection(stream: Uint8Array, outline: Outline, sink: SectionSink): void {
  const reader = new SectionReader(outline, sink);
  let count = 0;
  for (const record of recordsOf(stream)) {
    if (sink.isFull() || ++count > MAX_RECORDS) break;
    reader.record(record);
  }
  reader.finish();
}

class SectionReader {
  readonly #outline: Outline;
  readonly #sink: SectionSink;
  readonly #open: Open[] = [];
  #lists = 0;

  constructor(outline: Outline, sink: SectionSink) {
    this.#outline = outline;
    this.#sink = sink;
  }

  record(record: HwpRecord): void {
    const { tag, view } = record;
    if (tag === TAG.paraHeader) this.#paragraph(record);
    else if (tag === TAG.paraText) {
      const top = this.#nearest('paragraph');
      for (const piece of piecesOf(view)) top?.pieces.push(piece);
    } else if (tag === TAG.control) {
      this.#closeTo(record.level);
      const opened = new Control(record);
      this.#outline.sectionNumbering = opened.outlineNumbering ?? this.#outline.sectionNumbering;
      this.#push({ kind: 'control', level: record.level, control: opened });
    } else if (tag === TAG.list) this.#list(record);
    else if (tag === TAG.table || tag === TAG.equation || tag === TAG.textArt || tag === TAG.form) {
      this.#closeTo(record.level);
      this.#nearest('control')?.control.record(record);
    }
  }

  finish(): void {
    this.#closeTo(-1);
  }

  #paragraph({ level, view }: HwpRecord): void {
    // Paragraphs of a list stand beside its header, not below it.
    this.#closeTo(level, true);
    const isWhole = view.byteLength >= 11;
    const shape = isWhole ? view.getUint16(8, true) : -1;
    const style = isWhole ? view.getUint8(10) : -1;
    this.#push({ kind: 'paragraph', level, shape, style, pieces: [], controls: [] });
  }

  #list(record: HwpRecord): void {
    this.#closeTo(record.level);
    if (++this.#lists > MAX_LISTS) return;
    const top = this.#open.at(-1);
    const owner = top?.kind === 'control' ? top.control : undefined;
    const list = owner?.list(record) ?? { paragraphs: [], row: 0, isCaption: false };
    this.#push({ kind: 'list', level: record.level, list, isLoose: owner === undefined });
  }

  #push(open: Open): void {
    this.#open.push(open);
    if (this.#open.length > MAX_DEPTH) this.#close();
  }

  /** Closes what is at `level` or deeper. */
  #closeTo(level: number, isParagraph = false): void {
    for (let top = this.#open.at(-1); top !== undefined && top.level >= level; top = this.#open.at(-1)) {
      if (isParagraph && top.level === level && top.kind === 'list') return;
      this.#close();
    }
  }

  #close(): void {
    const top = this.#open.pop();
    if (top === undefined) return;
    if (top.kind === 'paragraph') this.#deliver(paragraphOf(top, this.#outline));
    else if (top.kind === 'control') {
      const text = top.control.finish();
      for (const word of text.keywords) this.#sink.keyword(word);
      const owner = this.#nearest('paragraph');
      if (owner !== undefined) owner.controls.push(text);
      else if (text.insets.length > 0) this.#deliver({ ...plainParagraph(''), after: text.insets });
    } else if (top.isLoose && top.list.paragraphs.length > 0) {
      const inset = story(top.list.paragraphs);
      const owner = this.#nearest('paragraph');
      if (owner !== undefined) owner.controls.push({ id: 0, word: '', insets: [inset], keywords: [] });
      else this.#deliver({ ...plainParagraph(''), after: [inset] });
    }
  }

  /** To the list that it stands in, or to the section. */
  #deliver(paragraph: Paragraph): void {
    // Those of the section are counted, blank or not.
    if (this.#open.length > 0 && isBlank(paragraph)) return;
    for (let i = this.#open.length - 1; i >= 0; i--) {
      const open = this.#open[i]!;
      if (open.kind === 'list') {
        open.list.paragraphs.push(paragraph);
        return;
      }
      if (open.kind === 'control') {
        const list: ParagraphList = { paragraphs: [paragraph], row: 0, isCaption: false };
        open.control.lists.push(list);
        return;
      }
      open.controls.push({ id: 0, word: '', insets: [story([paragraph])], keywords: [] });
      return;
    }
    this.#sink.paragraph(paragraph);
  }

  #nearest<K extends Open['kind']>(kind: K): Extract<Open, { kind: K }> | undefined {
    for (let i = this.#open.length - 1; i >= 0; i--) {
      const open = this.#open[i]!;
      if (open.kind === kind) return open as Extract<Open, { kind: K }>;
    }
    return undefined;
  }
}

/** Its text with what its controls say, each at its place. */
function paragraphOf({ shape, style, pieces, controls }: OpenParagraph, outline: Outline): Paragraph {
  const maker = new ParagraphMaker(outline.levelOf(shape, style), outline.numberOf(shape));
  let next = 0;
  const add = ({ word, insets }: ControlText): void => {
    maker.word(word);
    for (const inset of insets) maker.inset(inset);
  };
  for (const piece of pieces) {
    if (piece.kind === 'text') {
      maker.text(piece.text);
      continue;
    }
    if (piece.isApart) maker.apart();
    // Both come in the same order; a record without its place is not taken for the next one's.
    const last = Math.min(controls.length, next + MAX_MISSING);
    let found = next;
    while (found < last && controls[found]!.id !== piece.id) found++;
    if (found >= last) continue;
    for (; next <= found; next++) add(controls[next]!);
  }
  for (; next < controls.length; next++) add(controls[next]!);
  return maker.finish();
}
