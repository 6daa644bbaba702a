/** pdf.js as it is used here: in this thread, on bytes that are there, with its own tables beside it. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { withoutBombs } from './bombs.ts';
import type * as pdfjsModule from 'pdfjs-dist/legacy/build/pdf.mjs';

type Pdfjs = typeof pdfjsModule;
export type PdfDocument = pdfjsModule.PDFDocumentProxy;
export type PdfPage = pdfjsModule.PDFPageProxy;

/** Beside the built reader; from source, in the package. */
const DATA =
  typeof __dirname === 'string'
    ? path.join(__dirname, 'pdf')
    : path.resolve(import.meta.dirname, '../../../../node_modules/pdfjs-dist');

/** Names come from the document: no more than a file's name in the folder is taken from one. */
async function dataFile(folder: string, name: string): Promise<Uint8Array> {
  if (!/^[\w-]+(?:\.\w+)?$/u.test(name)) throw new Error('no name of a table');
  return new Uint8Array(await readFile(path.join(DATA, folder, name)));
}

/** Character maps of CJK fonts that a document only names. */
class LocalCMaps {
  async fetch({ name }: { readonly name: string }): Promise<{ cMapData: Uint8Array; isCompressed: boolean }> {
    return { cMapData: await dataFile('cmaps', `${name}.bcmap`), isCompressed: true };
  }
}

/** The fonts that every viewer has: without their glyphs' names some texts have no letters. */
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
 * Of damaged cross-references pdf.js leaves a promise behind that it rejects and does not wait for, besides the one
 * that says the same: unheard, it would end the thread. Anything else goes the way it would go.
 */
function hearOwnRejections(): void {
  process.on('unhandledRejection', error => {
    if (!(error instanceof Error && OWN_ERROR.test(error.name))) throw error;
  });
}

/** It writes about what it cannot draw with when it is loaded; nothing is drawn here. */
async function load(): Promise<Pdfjs> {
  hearOwnRejections();
  const { log, warn } = console;
  Object.assign(console, { log: silent, warn: silent });
  try {
    // Puts itself where the library looks for a worker in the same thread.
    await import('pdfjs-dist/legacy/build/pdf.worker.mjs');
    return await import('pdfjs-dist/legacy/build/pdf.mjs');
  } finally {
    Object.assign(console, { log, warn });
  }
}

/**
 * `withForms`: pages that are forms by XFA are laid out from it; a damaged one costs the whole document then. Rejects
 * with the library's own errors (`PasswordException`, `InvalidPDFException`) and `UnpacksTooLargeError`. Close what it gives.
 */
export async function openPdf(bytes: Uint8Array, withForms: boolean): Promise<PdfDocument> {
  loaded ??= load();
  const pdfjs = await loaded;
  const { promise } = pdfjs.getDocument({
    // A copy: the library takes what it is given.
    data: withoutBombs(bytes),
    verbosity: 0,
    isEvalSupported: false,
    disableFontFace: true,
    useSystemFonts: false,
    useWorkerFetch: false,
    enableXfa: withForms,
    // Nothing is drawn: no picture is unpacked.
    maxImageSize: 0,
    cMapUrl: 'cmaps/',
    cMapPacked: true,
    CMapReaderFactory: LocalCMaps,
    standardFontDataUrl: 'standard_fonts/',
    StandardFontDataFactory: LocalFonts,
  });
  return promise;
}
