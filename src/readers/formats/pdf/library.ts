/** Loads pdf.js the way it is used here: in this thread, on bytes in memory, with its tables beside it. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { withoutBombs } from './prepare/bombs.ts';
import type * as pdfjsModule from 'pdfjs-dist/legacy/build/pdf.mjs';

type Pdfjs = typeof pdfjsModule;
export type PdfDocument = pdfjsModule.PDFDocumentProxy;
export type PdfPage = pdfjsModule.PDFPageProxy;

/** The tables are beside the built reader or, when run from source, in the package. */
const DATA =
  typeof __dirname === 'string'
    ? path.join(__dirname, 'pdf')
    : path.resolve(import.meta.dirname, '../../../../node_modules/pdfjs-dist');

/** Names come from the document, so only the file name in this folder is taken from them. */
async function dataFile(folder: string, name: string): Promise<Uint8Array> {
  if (!/^[\w-]+(?:\.\w+)?$/u.test(name)) throw new Error('no name of a table');
  return new Uint8Array(await readFile(path.join(DATA, folder, name)));
}

/** Character maps of CJK fonts that a document refers to only by name. */
class LocalCMaps {
  async fetch({ name }: { readonly name: string }): Promise<{ cMapData: Uint8Array; isCompressed: boolean }> {
    return { cMapData: await dataFile('cmaps', `${name}.bcmap`), isCompressed: true };
  }
}

/** The fonts that every viewer has; some texts cannot be decoded without the names of their glyphs. */
class LocalFonts {
  async fetch({ filename }: { readonly filename: string }): Promise<Uint8Array> {
    return dataFile('standard_fonts', filename);
  }
}

let loaded: Promise<Pdfjs> | undefined;

function silent(): void {}

/** Names of pdf.js's own errors. */
const OWN_ERROR =
  /^(?:XRef\w*|MissingData|ParserEOF|InvalidPDF|Format|Unknown\w*|Abort|Jpeg|Jpx|Jbig2)(?:Exception|Error)$/u;

/**
 * On damaged cross-references pdf.js rejects a second promise that nobody awaits; unhandled, it would end the thread.
 * Any other rejection takes its usual way.
 */
function hearOwnRejections(): void {
  process.on('unhandledRejection', error => {
    if (!(error instanceof Error && OWN_ERROR.test(error.name))) throw error;
  });
}

/** When pdf.js is loaded it warns about missing drawing support; nothing is drawn here. */
async function load(): Promise<Pdfjs> {
  hearOwnRejections();
  const { log, warn } = console;
  Object.assign(console, { log: silent, warn: silent });
  try {
    // The module registers itself as the worker that runs in the same thread.
    await import('pdfjs-dist/legacy/build/pdf.worker.mjs');
    return await import('pdfjs-dist/legacy/build/pdf.mjs');
  } finally {
    Object.assign(console, { log, warn });
  }
}

/**
 * `withForms`: pages of XFA forms are laid out from the form, at the cost that a damaged form loses the whole document.
 * Rejects with the library's own errors (`PasswordException`, `InvalidPDFException`) and `UnpacksTooLargeError`. Close
 * the result.
 */
export async function openPdf(bytes: Uint8Array, withForms: boolean): Promise<PdfDocument> {
  loaded ??= load();
  const pdfjs = await loaded;
  const { promise } = pdfjs.getDocument({
    // The library takes ownership of the bytes it is given, so it gets a copy.
    data: withoutBombs(bytes),
    verbosity: 0,
    isEvalSupported: false,
    disableFontFace: true,
    useSystemFonts: false,
    useWorkerFetch: false,
    enableXfa: withForms,
    // Nothing is drawn, so no picture is unpacked.
    maxImageSize: 0,
    cMapUrl: 'cmaps/',
    cMapPacked: true,
    CMapReaderFactory: LocalCMaps,
    standardFontDataUrl: 'standard_fonts/',
    StandardFontDataFactory: LocalFonts,
  });
  return promise;
}
