/** The texts of a slide or of notes, from its outline and from its shapes (MS-PPT 2.9). */
import { recordsBelow, type PptRecord } from './records.ts';

export interface SlideText {
  /** The kind of placeholder; 0 and 6 are titles. */
  readonly type: number;
  readonly text: string;
}

const [HEADER, CHARS, BYTES, STRING, OUTLINE_REF] = [3999, 4000, 4008, 4026, 3998];
/** Records with visible strings: headers and footers of slides, authors of comments, names. */
const [HEADERS_FOOTERS, COMMENT, COMMENT_AUTHOR_SET] = [4057, 12000, 12004];
/** The record is for programs (macros, addresses of links) and has no text. */
const PROG_TAGS = 5000;
/** Prompts of placeholders on masters, and the stand-ins for a slide's number or date. */
const NO_TEXT = /^(?:\*+|Click to edit Master.*)$/su;

/** The texts in order. `outline` has the document's list of the texts in this slide's placeholders. */
export function textsIn(
  stream: Buffer,
  container: PptRecord,
  outline: readonly SlideText[],
): readonly SlideText[] {
  const texts: SlideText[] = [];
  const used = new Set<number>();
  let type = 4;
  for (const record of recordsBelow(
    stream,
    container,
    ({ type: of }) => of !== HEADERS_FOOTERS && of !== COMMENT,
  )) {
    const text = textOf(stream, record);
    if (record.type === HEADER && record.end - record.start >= 4) type = stream.readUInt32LE(record.start);
    else if (record.type === OUTLINE_REF && record.end - record.start >= 4) {
      const index = stream.readUInt32LE(record.start);
      const said = outline[index];
      if (said !== undefined && !used.has(index)) texts.push(said);
      used.add(index);
    } else if (text !== null) texts.push({ type, text });
    else if (record.type === HEADERS_FOOTERS) texts.push(...stringsIn(stream, record));
    else if (record.type === COMMENT) {
      const comment = stringsIn(stream, record).map(({ text: said }) => said);
      texts.push({ type: 4, text: comment.slice(0, 2).join(': ') });
    }
  }
  // A shape may have lost its reference while its text is still in the outline.
  outline.forEach((said, index) => {
    if (!used.has(index)) texts.push(said);
  });
  return texts.filter(({ text }) => text.trim() !== '' && !NO_TEXT.test(text.trim()));
}

export interface ListedSlide {
  /** Number of its object in the directory. */
  readonly persistId: number;
  readonly slideId: number;
  readonly texts: SlideText[];
}

/** Reads a list of slides, notes or masters with the texts it has for each (MS-PPT 2.4.14.3). */
export function slidesIn(stream: Buffer, list: PptRecord): readonly ListedSlide[] {
  const slides: ListedSlide[] = [];
  const slidePersist = 1011;
  let texts: SlideText[] = [];
  let type = 4;
  for (const record of recordsBelow(stream, list)) {
    const text = textOf(stream, record);
    const size = record.end - record.start;
    if (record.type === slidePersist && size >= 16) {
      texts = [];
      const [persistId, slideId] = [
        stream.readUInt32LE(record.start),
        stream.readUInt32LE(record.start + 12),
      ];
      slides.push({ persistId, slideId, texts });
    } else if (record.type === HEADER && size >= 4) {
      type = stream.readUInt32LE(record.start);
      // A placeholder without text counts too, because shapes refer to placeholders by number.
      texts.push({ type, text: '' });
    } else if (text !== null) {
      if (texts.at(-1)?.text === '') texts.pop();
      texts.push({ type, text });
    }
  }
  return slides;
}

export function stringsIn(stream: Buffer, container: PptRecord): SlideText[] {
  const strings: SlideText[] = [];
  for (const record of recordsBelow(
    stream,
    container,
    ({ type }) => type !== PROG_TAGS && type !== COMMENT_AUTHOR_SET,
  ))
    if (record.type === STRING) strings.push({ type: 4, text: utf16(stream, record) });
  return strings;
}

function textOf(stream: Buffer, record: PptRecord): string | null {
  if (record.type === CHARS) return shown(utf16(stream, record));
  // Characters below U+0100 take one byte each.
  if (record.type === BYTES) return shown(stream.subarray(record.start, record.end).toString('latin1'));
  return null;
}

function utf16(stream: Buffer, { start, end }: PptRecord): string {
  return stream.subarray(start, end - ((end - start) % 2)).toString('utf16le');
}

/** A line break within a paragraph is a vertical tab. */
function shown(text: string): string {
  return text.replaceAll('\u000b', '\n');
}
