/** Reads a section of HWP 5 record by record: paragraphs, and below them controls with their own paragraphs. */
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
  /** The list belongs to no control; this is how memos are stored. */
  readonly isLoose: boolean;
}
type Open = OpenParagraph | OpenControl | OpenList;

export interface SectionSink {
  /** Called with each paragraph of the section itself once it is complete. */
  readonly paragraph: (paragraph: Paragraph) => void;
  readonly keyword: (word: string) => void;
  readonly isFull: () => boolean;
}

/** Deeper paragraphs are merged into the one above them; no real document has any. */
const MAX_DEPTH = 200;
/** Maximum number of cells and other lists in one section. */
const MAX_LISTS = 500_000;
/** No document has more records; even an empty one costs memory. */
const MAX_RECORDS = 8_000_000;

/** Maximum number of controls in a row that may lack a place in the text. */
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
    // The paragraphs of a list stand beside its header, not below it.
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

  /** Closes everything that is open at `level` or deeper. */
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

  /** Hands a paragraph to the list that it belongs to, or to the section. */
  #deliver(paragraph: Paragraph): void {
    // Paragraphs of the section are counted even when they are blank.
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

/** The text of a paragraph with that of its controls, each at its place. */
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
    // Places and records come in the same order; a record without a place must not be taken for the next one's.
    const last = Math.min(controls.length, next + MAX_MISSING);
    let found = next;
    while (found < last && controls[found]!.id !== piece.id) found++;
    if (found >= last) continue;
    for (; next <= found; next++) add(controls[next]!);
  }
  for (; next < controls.length; next++) add(controls[next]!);
  return maker.finish();
}
