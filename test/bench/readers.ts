/** `npm run bench -- readers`: documents a second of each format, beside the library for it alone. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import * as xlsx from '@e965/xlsx';
import { Parser } from 'htmlparser2';
import { parse as parseWithKordoc } from 'kordoc';
import PostalMime from 'postal-mime';
import { openPdf } from '../../src/readers/formats/pdf/library.ts';
import { readerFor } from '../../src/readers/readers.ts';
import { extensionOf, isReadable } from '../../src/text/fileFormats.ts';

export interface ReadersFigure {
  readonly format: string;
  /** Read by ours, and by the library where there is one; others are not timed. */
  readonly files: number;
  readonly megabytes: number;
  readonly documents_per_s: number;
  readonly library: string | null;
  readonly library_documents_per_s: number | null;
}

interface Library {
  readonly name: string;
  /** The text of a document, thrown away. */
  readonly read: (bytes: Uint8Array) => unknown;
}

const KORDOC: Library = { name: 'kordoc', read: readWithKordoc };
const SHEETS: Library = { name: '@e965/xlsx', read: readWithXlsx };
const PDFJS: Library = { name: 'pdfjs-dist', read: readWithPdfjs };
const HTML: Library = { name: 'htmlparser2', read: readWithHtmlparser };
const MAIL: Library = { name: 'postal-mime', read: bytes => PostalMime.parse(bytes) };

/** Of formats that no installed library reads, there is nothing to compare with. */
const LIBRARIES: Readonly<Record<string, Library>> = {
  '.hwp': KORDOC,
  '.hwpx': KORDOC,
  '.hml': KORDOC,
  '.docx': KORDOC,
  '.xlsx': SHEETS,
  '.xls': SHEETS,
  '.ods': SHEETS,
  '.pdf': PDFJS,
  '.html': HTML,
  '.htm': HTML,
  '.eml': MAIL,
};

/** The best of so many: the first has the modules to load. */
const ROUNDS = 3;

/** Of a folder and all below it, format by format as they are measured. */
export async function* benchReaders(folder: string): AsyncGenerator<ReadersFigure> {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map(name => path.join(folder, name))
    .filter(file => isReadable(file) && statSync(file).isFile());
  for (const format of [...new Set(files.map(extensionOf))].sort())
    yield await benchFormat(
      format,
      files.filter(file => extensionOf(file) === format),
    );
}

async function benchFormat(format: string, files: readonly string[]): Promise<ReadersFigure> {
  const reader = await readerFor(`a${format}`);
  const library = LIBRARIES[format] ?? null;
  let [count, bytes, own, other] = [0, 0, 0, 0];
  for (const file of files) {
    const content = new Uint8Array(readFileSync(file));
    const ownTime = await bestTime(async () => !('problem' in (await reader!(content))));
    const otherTime = library === null ? 0 : await bestTime(() => isRead(library, content));
    if (ownTime === null || otherTime === null) continue;
    count++;
    bytes += content.length;
    own += ownTime;
    other += otherTime;
  }
  return {
    format,
    files: count,
    megabytes: bytes / 1e6,
    documents_per_s: (1000 * count) / own,
    library: library?.name ?? null,
    library_documents_per_s: library === null ? null : (1000 * count) / other,
  };
}

/** Milliseconds; null where it came to nothing. */
async function bestTime(read: () => Promise<boolean>): Promise<number | null> {
  let best = Infinity;
  for (let i = 0; i < ROUNDS; i++) {
    const begun = performance.now();
    if (!(await read())) return null;
    best = Math.min(best, performance.now() - begun);
  }
  return best;
}

async function isRead({ read }: Library, bytes: Uint8Array): Promise<boolean> {
  const { log, warn, error } = console;
  const silent = (): void => undefined;
  // Libraries remark on what they read.
  Object.assign(console, { log: silent, warn: silent, error: silent });
  try {
    return (await read(bytes)) !== null;
  } catch {
    return false;
  } finally {
    Object.assign(console, { log, warn, error });
  }
}

async function readWithKordoc(bytes: Uint8Array): Promise<unknown> {
  const parsed = await parseWithKordoc(Uint8Array.from(bytes).buffer);
  return parsed.success ? parsed : null;
}

function readWithXlsx(bytes: Uint8Array): unknown {
  const workbook = xlsx.read(bytes, { type: 'array' });
  return workbook.SheetNames.map(name => xlsx.utils.sheet_to_csv(workbook.Sheets[name]!));
}

async function readWithPdfjs(bytes: Uint8Array): Promise<unknown> {
  const document = await openPdf(bytes, false);
  try {
    const pages: unknown[] = [];
    for (let number = 1; number <= document.numPages; number++)
      pages.push(await (await document.getPage(number)).getTextContent());
    return pages;
  } finally {
    await document.destroy();
  }
}

function readWithHtmlparser(bytes: Uint8Array): unknown {
  let text = '';
  const parser = new Parser({ ontext: value => (text += value) });
  parser.end(new TextDecoder().decode(bytes));
  return text;
}

export function readersHeader(): string {
  return '  format   files     MB   documents/s   library alone';
}

export function readersLine(figure: ReadersFigure): string {
  const { format, files, megabytes, documents_per_s, library, library_documents_per_s } = figure;
  const beside =
    library_documents_per_s === null ? '-' : `${library_documents_per_s.toFixed(1)} (${library ?? ''})`;
  return [
    `  ${format.padEnd(8)}`,
    String(files).padStart(5),
    megabytes.toFixed(1).padStart(7),
    documents_per_s.toFixed(1).padStart(13),
    `   ${beside}`,
  ].join('');
}
