/** The tool `outline`: the headings of a document, with their places and the ids to read on from. */
import type { DocumentPassage } from '../../domain/document.ts';
import type { IndexedFile } from '../openFolders.ts';
import { paragraphs, type Answer, type Asking } from './answer.ts';
import { costOf, type Part } from './budget.ts';
import { writeCursor, type Question } from './cursor.ts';
import { passageName } from './passageId.ts';
import { placeAnswer, placeText, type PlaceAnswer } from './place.ts';
import { quotationOf, quotedLine, quotedName } from './quotation.ts';

export interface OutlineEntry {
  /** 1 for the outermost. */
  readonly level: number;
  readonly heading: string;
  readonly place: PlaceAnswer;
  /** Id of the first passage below the heading. */
  readonly id: string;
  /** Number of passages below the heading, including those below its subheadings. */
  readonly passages: number;
}

export interface OutlineFields {
  readonly folder: string;
  readonly file: string;
  /** Number of passages in the document. */
  readonly passages: number;
  readonly entries: readonly OutlineEntry[];
  readonly cursor: string | null;
  readonly boundary: string;
}

/** One entry for each heading with passages below it; a document without headings has one entry for the whole. */
export function outlineOf(file: IndexedFile, label: string): OutlineEntry[] {
  const entries: Writable<OutlineEntry>[] = [];
  const open: Writable<OutlineEntry>[] = [];
  let trail: readonly string[] = [];
  const add = (passage: DocumentPassage, level: number, heading: string): void => {
    const id = passageName(label, file.file, passage.start, passage.id);
    const entry = { level, heading: quotedLine(heading), place: placeAnswer(passage), id, passages: 0 };
    entries.push(entry);
    open[level - 1] = entry;
  };
  for (const passage of file.passages) {
    const headings = passage.headings.length === 0 ? [''] : passage.headings;
    let shared = 0;
    while (shared < headings.length && headings[shared] === trail[shared]) shared++;
    open.length = Math.min(open.length, shared);
    for (let level = shared; level < headings.length; level++) add(passage, level + 1, headings[level]!);
    trail = headings;
    for (const entry of open) entry.passages++;
  }
  return entries;
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };

export function answerOutline(
  file: IndexedFile,
  {
    tokens,
    offset,
    question,
  }: { readonly tokens: number; readonly offset: number; readonly question: Question },
  { labelOf, say }: Pick<Asking, 'labelOf' | 'say'>,
): Answer<OutlineFields> {
  const label = labelOf(file.folder);
  const all = outlineOf(file, label);
  const quotation = quotationOf([file.name, ...all.map(({ heading }) => heading)], say);
  const parts: Part<OutlineEntry>[] = [];
  let spent = 0;
  for (const fields of all.slice(offset)) {
    const heading = fields.heading === '' ? say('(제목 없음)', '(no heading)') : fields.heading;
    const text = `${'  '.repeat(fields.level - 1)}- ${heading} · ${placeText(fields.place, say)}`;
    const part = { fields, text };
    spent += costOf(part);
    if (spent > tokens && parts.length > 0) break;
    parts.push(part);
  }
  const next = offset + parts.length;
  const cursor = next < all.length ? writeCursor(question, next) : null;
  const lines = [quotedLine(file.name), ...parts.map(({ text }) => text)].join('\n');
  return {
    fields: {
      folder: label,
      file: quotedName(file.file),
      passages: file.passages.length,
      entries: parts.map(({ fields }) => fields),
      cursor,
      boundary: quotation.boundary,
    },
    text: paragraphs(
      quotation.notice,
      quotation.wrap(lines),
      cursor === null ? null : say(`더 보기: cursor=${cursor}`, `More: cursor=${cursor}`),
    ),
  };
}
