/** PowerPoint 97-2003 presentations (MS-PPT); no maintained library reads them. */
import { DocumentBuilder } from '../../documentBuilder.ts';
import type { ReadOptions, ReadResult } from '../../readers.ts';
import { EmbeddedFiles } from '../embedded.ts';
import { Ole } from '../ole/ole.ts';
import { addOleProperties } from '../ole/properties.ts';
import { ProblemError } from '../problem.ts';
import { UnpackBudget } from '../zip/unpackBudget.ts';
import { addOleObjects } from './oleObjects.ts';
import { persistOf, topRecords } from './persist.ts';
import { recordAt, recordsBelow, recordsIn, type PptRecord } from './records.ts';
import { slidesIn, stringsIn, textsIn, type ListedSlide, type SlideText } from './texts.ts';

const [DOCUMENT, SLIDE, NOTES, MASTER, SLIDE_LIST, LINKS] = [1000, 1006, 1008, 1016, 4080, 1033];
const [SLIDES, NOTES_LIST, MASTERS] = [0, 2, 1];
const ADDRESS = /^(?:https?:|ftp:|www\.)/iu;
const TITLES: ReadonlySet<number> = new Set([0, 6]);

export async function readPpt(bytes: Uint8Array, options: ReadOptions): Promise<ReadResult> {
  const ole = new Ole(bytes);
  const stream = ole.stream('PowerPoint Document');
  if (stream === null) throw new ProblemError('damaged', 'no PowerPoint Document');
  const persist = persistOf(stream, ole.stream('Current User'));
  if (persist?.isEncrypted === true || ole.has('EncryptedSummary'))
    throw new ProblemError('encrypted', 'token');
  const builder = new DocumentBuilder();
  addOleProperties(builder, ole);
  const document = persist === null ? null : recordAt(stream, persist.offsets.get(persist.documentId) ?? -1);
  if (persist === null || document?.type !== DOCUMENT) addAllTexts(builder, stream);
  else addDocument(builder, stream, document, persist.offsets);
  const budget = options.budget ?? new UnpackBudget();
  const files = new EmbeddedFiles(options, budget);
  addOleObjects(files, stream, budget);
  await files.appendTo(builder);
  const read = builder.finish();
  if (read.text.trim() === '' && stream.length < 512) return { problem: 'damaged', detail: 'no records' };
  return read;
}

function addDocument(
  builder: DocumentBuilder,
  stream: Buffer,
  document: PptRecord,
  offsets: ReadonlyMap<number, number>,
): void {
  const lists = [...recordsIn(stream, document.start, document.end)].filter(
    ({ type }) => type === SLIDE_LIST,
  );
  const listed = (instance: number): readonly ListedSlide[] => {
    const list = lists.find(record => record.instance === instance);
    return list === undefined ? [] : slidesIn(stream, list);
  };
  const objectOf = ({ persistId }: ListedSlide): PptRecord | null =>
    recordAt(stream, offsets.get(persistId) ?? -1);
  const notes = new Map(listed(NOTES_LIST).map(note => [note.slideId, note]));
  const addNotes = (id: number): void => {
    const note = notes.get(id);
    const record = note === undefined ? null : objectOf(note);
    notes.delete(id);
    if (note === undefined || record?.type !== NOTES) return;
    for (const { text } of textsIn(stream, record, note.texts)) builder.block('paragraph', text);
  };
  listed(SLIDES).forEach((slide, i) => {
    builder.at({ kind: 'slide', slide: i + 1 });
    const record = objectOf(slide);
    const isSlide = record?.type === SLIDE;
    addTexts(builder, isSlide ? textsIn(stream, record, slide.texts) : slide.texts);
    if (isSlide) addNotes(notesIdOf(stream, record));
  });
  builder.leave(1);
  for (const id of notes.keys()) addNotes(id);
  addRest(builder, stream, document, listed(MASTERS).map(objectOf));
}

/** A slide names its notes in its first record (MS-PPT 2.5.10); 0 where it has none. */
function notesIdOf(stream: Buffer, slide: PptRecord): number {
  const atom = recordAt(stream, slide.start, slide.end);
  return atom === null || atom.end - atom.start < 20 ? 0 : stream.readUInt32LE(atom.start + 16);
}

function addTexts(builder: DocumentBuilder, texts: readonly SlideText[]): void {
  const title = texts.find(({ type, text }) => TITLES.has(type) && text.trim() !== '');
  if (title === undefined) builder.leave(1);
  else builder.heading(1, title.text);
  for (const item of texts) if (item !== title) builder.block('paragraph', item.text);
}

/** Adds the texts of masters besides their placeholders, headers and footers, and links. */
function addRest(
  builder: DocumentBuilder,
  stream: Buffer,
  document: PptRecord,
  masters: readonly (PptRecord | null)[],
): void {
  const texts = masters.flatMap(master =>
    master?.type === MASTER ? textsIn(stream, master, []).filter(({ type }) => type === 4) : [],
  );
  const headersFooters = 4057;
  for (const record of recordsBelow(stream, document))
    if (record.type === headersFooters) texts.push(...stringsIn(stream, record));
    else if (record.type === LINKS)
      texts.push(...stringsIn(stream, record).filter(({ text }) => ADDRESS.test(text)));
  builder.block('list', [...new Set(texts.map(({ text }) => text))].join('\n'));
}

/** For a file with a broken index: every text there is, including old versions, once each. */
function addAllTexts(builder: DocumentBuilder, stream: Buffer): void {
  const said = new Set<string>();
  for (const record of topRecords(stream))
    if (record.isContainer)
      for (const { text } of textsIn(stream, record, [])) {
        if (said.has(text)) continue;
        said.add(text);
        builder.block('paragraph', text);
      }
}
