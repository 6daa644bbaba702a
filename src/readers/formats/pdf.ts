/** The reader of PDF, by pdf.js. */
import { DocumentBuilder } from '../documentBuilder.ts';
import type { ReadDocument, Reader, ReadResult } from '../readers.ts';
import { isRightsManaged } from './drm.ts';
import { annotationTexts } from './pdf/annotations.ts';
import { codeFontsOf } from './pdf/codeFonts.ts';
import { inReadingOrder } from './pdf/columns.ts';
import { openPdf, type PdfDocument, type PdfPage } from './pdf/library.ts';
import { linesOf, type Line, type TextRun } from './pdf/lines.ts';
import { headingsOf, type PdfHeading } from './pdf/outline.ts';
import { isTable, listingOf, paragraphsOf, type PdfParagraph } from './pdf/paragraphs.ts';
import { addPdfProperties } from './pdf/properties.ts';
import { unlikelyShare } from './pdf/unlikely.ts';
import { joinLines, WordBreaks } from './pdf/wordBreaks.ts';
import { UnpacksTooLargeError } from './zip/unpackBudget.ts';

/** With a larger share of characters that no text has, a document is not worth searching, and is reported. */
const UNREADABLE = 0.3;
const PARTLY_UNREADABLE = 0.05;

/** Maximum length of a document's text; the builder cuts at the same length. */
const MAX_CHARACTERS = 16 * 1024 * 1024;

interface ReadPage {
  readonly number: number;
  readonly paragraphs: readonly PdfParagraph[];
  readonly notes: readonly string[];
}

export const readPdf: Reader = async bytes => {
  if (bytes.length === 0) return { problem: 'empty' };
  if (isRightsManaged(bytes)) return { problem: 'drm' };
  let document: PdfDocument;
  try {
    document = await open(bytes);
  } catch (error) {
    return problemOf(error);
  }
  try {
    return await read(document, bytes);
  } catch (error) {
    return problemOf(error);
  } finally {
    await document.destroy().catch(() => {});
  }
};

async function open(bytes: Uint8Array): Promise<PdfDocument> {
  try {
    return await openPdf(bytes, true);
  } catch (error) {
    if (nameOf(error) === 'PasswordException' || error instanceof UnpacksTooLargeError) throw error;
    return openPdf(bytes, false);
  }
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : 'unknown';
}

function problemOf(error: unknown): ReadResult {
  const name = nameOf(error);
  if (error instanceof UnpacksTooLargeError) return { problem: 'unpacksTooLarge', detail: error.message };
  return name === 'PasswordException' ? { problem: 'encrypted' } : { problem: 'damaged', detail: name };
}

async function read(document: PdfDocument, bytes: Uint8Array): Promise<ReadResult> {
  const pages: ReadPage[] = [];
  let characters = 0;
  let damaged = 0;
  for (let number = 1; number <= document.numPages && characters < MAX_CHARACTERS; number++) {
    const page = await readPage(document, number);
    if (page === null) {
      damaged++;
      continue;
    }
    for (const line of page.paragraphs.flat()) characters += line.text.length;
    pages.push(page);
  }
  if (pages.length === 0) return { problem: 'damaged', detail: `${damaged} pages` };
  const headings = await headingsOf(document).catch(() => []);
  const builder = new DocumentBuilder(MAX_CHARACTERS);
  await addPdfProperties(builder, document);
  render(builder, pages, headings);
  return remarked(builder.finish(), pages, hasPictures(bytes));
}

async function readPage(document: PdfDocument, number: number): Promise<ReadPage | null> {
  let page: PdfPage;
  try {
    page = await document.getPage(number);
  } catch {
    return null;
  }
  const lines = await page.getTextContent({ disableNormalization: true }).then(
    ({ items, styles }) =>
      linesOf(items as readonly TextRun[], codeFontsOf(items as readonly TextRun[], styles)),
    () => [],
  );
  const notes = await annotationTexts(page).catch(() => []);
  page.cleanup();
  return { number, paragraphs: paragraphsOf(inReadingOrder(lines)), notes };
}

function render(builder: DocumentBuilder, pages: readonly ReadPage[], headings: readonly PdfHeading[]): void {
  const breaks = new WordBreaks();
  const paragraphs = pages.flatMap(page => page.paragraphs);
  for (const line of paragraphs.flat()) breaks.line(line.text);
  for (const paragraph of paragraphs)
    for (const [i, line] of paragraph.entries()) if (i > 0) breaks.border(borderOf(paragraph[i - 1]!, line));
  const waiting = [...headings].sort((a, b) => a.page - b.page);
  for (const page of pages) {
    if (builder.full) return;
    builder.at({ kind: 'page', page: page.number });
    while ((waiting[0]?.page ?? Infinity) < page.number) addHeading(builder, waiting.shift()!);
    for (const paragraph of page.paragraphs)
      renderParagraph(builder, paragraph, page.number, waiting, breaks);
    while (waiting[0]?.page === page.number) addHeading(builder, waiting.shift()!);
    for (const note of page.notes) builder.block('paragraph', note);
  }
}

/**
 * Adds the headings that stand above the end of the paragraph before it; a heading that begins the paragraph is not
 * repeated.
 */
function renderParagraph(
  builder: DocumentBuilder,
  paragraph: PdfParagraph,
  page: number,
  waiting: PdfHeading[],
  breaks: WordBreaks,
): void {
  let lines = paragraph;
  for (let next = waiting[0]; next !== undefined && isAbove(next, page, lines); next = waiting[0]) {
    waiting.shift();
    const said = linesThatSay(next.title, lines);
    const asWritten = lines.slice(0, said).map(line => line.text);
    // The heading gets its number if the page shows one and the outline does not.
    addHeading(builder, said > 0 ? { ...next, title: asWritten.join(' ') } : next);
    lines = lines.slice(said);
  }
  if (lines.length === 0) return;
  const listing = listingOf(lines);
  if (listing !== null) {
    builder.block('code', listing);
    return;
  }
  const text = isTable(lines)
    ? lines.map(line => line.text).join('\n')
    : lines.reduce((whole, line, i) => {
        const before = lines[i - 1];
        if (before === undefined) return line.text;
        return joinLines(whole, line.text, breaks.isWithinWord(borderOf(before, line)));
      }, '');
  builder.block(isTable(lines) ? 'table' : 'paragraph', text);
}

function borderOf(before: Line, after: Line): { before: string; after: string; endsInBlank: boolean } {
  return { before: before.text, after: after.text, endsInBlank: before.endsInBlank };
}

function addHeading(builder: DocumentBuilder, { depth, title }: PdfHeading): void {
  builder.heading(depth, title);
}

function isAbove(heading: PdfHeading, page: number, lines: PdfParagraph): boolean {
  const [first] = lines;
  if (heading.page !== page || first === undefined) return false;
  if (linesThatSay(heading.title, lines) > 0) return true;
  return heading.top !== null && first.turn === 0 && first.y < heading.top;
}

/**
 * How many lines at the beginning contain a heading and nothing else; numbers before it may be missing on either side.
 */
function linesThatSay(title: string, lines: PdfParagraph): number {
  const wanted = bare(title);
  let said = '';
  for (const [i, line] of lines.slice(0, 3).entries()) {
    said += line.text;
    if (wanted !== '' && bare(said) === wanted) return i + 1;
  }
  return 0;
}

function bare(text: string): string {
  return text.replace(/^[\s\d.]+/u, '').replace(/[\s.]+/gu, '');
}

function remarked(document: ReadDocument, pages: readonly ReadPage[], isPictures: boolean): ReadResult {
  const blank = pages.filter(({ paragraphs, notes }) => paragraphs.length === 0 && notes.length === 0).length;
  if (blank === pages.length) return isPictures ? { problem: 'needsOcr', detail: String(blank) } : document;
  // The share is taken from the pages: the document's own text has lost its control characters.
  const share = unlikelyShare(pages.flatMap(page => page.paragraphs.flat().map(line => line.text)));
  const percent = `${Math.round(share * 100)} %`;
  if (share > UNREADABLE) return { problem: 'unreadableFonts', detail: percent };
  if (share > PARTLY_UNREADABLE)
    return { ...document, remark: { reason: 'unreadableFonts', detail: percent } };
  if (blank > 0 && isPictures)
    return { ...document, remark: { reason: 'needsOcr', detail: `${blank}/${pages.length}` } };
  return document;
}

/** An image is a stream of its own, and the dictionary of a stream is never compressed. */
function hasPictures(bytes: Uint8Array): boolean {
  return /\/Subtype\s*\/Image\b/u.test(new TextDecoder('latin1').decode(bytes));
}
