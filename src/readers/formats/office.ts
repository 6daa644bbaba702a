/** Documents of office programs, told by their content and not by their names. */
import { LINE } from '../../domain/location.ts';
import { blocksOfPlainText } from '../../text/paragraphs.ts';
import { decodeText } from '../decode.ts';
import type { ReadOptions, ReadResult } from '../readers.ts';
import { isRightsManaged } from './drm.ts';
import { decryptedPackage } from './ole/defaultPassword.ts';
import { looksLikeOle, Ole } from './ole/ole.ts';
import { OpcPackage } from './ooxml/opcPackage.ts';
import { guarded, ProblemError } from './problem.ts';
import { blocksOfTable } from './text/tables.ts';
import { looksLikeZip } from './zip/zip.ts';

type Read = (bytes: Uint8Array, options: ReadOptions) => ReadResult | Promise<ReadResult>;

export const readOffice = guarded(async (bytes, options) => {
  const read = looksLikeZip(bytes) ? await zipReader(bytes) : await otherReader(bytes);
  return read(bytes, options);
});

async function zipReader(bytes: Uint8Array): Promise<Read> {
  const opc = new OpcPackage(bytes);
  const main = opc.mainPart(['word/document.xml', 'xl/workbook.xml', 'ppt/presentation.xml']) ?? '';
  const names = [main, ...opc.zip.names];
  if (names.some(name => name.startsWith('word/'))) return (await import('./docx/docx.ts')).readDocx;
  if (names.some(name => name.startsWith('ppt/'))) return (await import('./pptx/pptx.ts')).readPptx;
  if (opc.zip.has('xl/workbook.bin')) return binaryWorkbook(opc);
  if (names.some(name => name.startsWith('xl/'))) return (await import('./xlsx/xlsx.ts')).readXlsx;
  if (opc.zip.has('content.xml')) return (await import('./odf/odf.ts')).readOdf;
  throw new ProblemError('damaged', 'unknown zip');
}

/** The library unpacks without a limit, so a file that unpacks to too much must not reach it. */
async function binaryWorkbook({ zip }: OpcPackage): Promise<Read> {
  for (const name of zip.names) zip.read(name);
  return (await import('./xls/librarySheets.ts')).readWithLibrary;
}

async function otherReader(bytes: Uint8Array): Promise<Read> {
  if (looksLikeOle(bytes)) return oleReader(new Ole(bytes));
  if (isRightsManaged(bytes)) throw new ProblemError('drm', 'signature');
  const head = Buffer.from(bytes.subarray(0, 4096)).toString('latin1').replaceAll('\0', '');
  if (head.startsWith('{\\rt')) return (await import('./rtf/rtf.ts')).readRtf;
  if (/<(?:\w+:)?(?:wordDocument|package)[\s>]/u.test(head))
    return (await import('./docx/flatWord.ts')).readFlatWord;
  if (/<office:document[\s>]/u.test(head)) return (await import('./odf/odf.ts')).readFlatOdf;
  if (/<(?:\w+:)?Workbook[\s>]/u.test(head)) return (await import('./xlsx/flatExcel.ts')).readFlatExcel;
  if (/^(?:mime-version|content-type|from|subject):/iu.test(head))
    return (await import('./mail/mail.ts')).readMail;
  // Many office systems write web pages, mail archives and tab-separated tables and name them `.xls` or `.doc`.
  if (/<(?:!doctype html|html|head|body|table|meta|div|p)[\s>]/iu.test(head))
    return (await import('./html/html.ts')).readHtmlPage;
  // The first record of a workbook of Excel 2 to 4, which has no container.
  if (bytes[0] === 9 && [0, 2, 4].includes(bytes[1]!))
    return (await import('./xls/librarySheets.ts')).readOldWorkbook;
  return readPlainText;
}

/** A tab-separated table that is named `.xls`, or a plain text that is named `.doc`. */
function readPlainText(bytes: Uint8Array, { encoding }: ReadOptions): ReadResult {
  const decoded = decodeText(bytes, encoding);
  if ('problem' in decoded || decoded.replaced > 0) throw new ProblemError('damaged', 'unknown');
  const { text, replaced } = decoded;
  const blocks = text.includes('\t') ? blocksOfTable(text) : blocksOfPlainText(text);
  const places = [{ start: 0, location: LINE }];
  return { text, replaced, encoding: decoded.encoding, markup: 'none', places, isCut: false, ...blocks };
}

async function oleReader(ole: Ole): Promise<Read> {
  for (const path of ole.paths)
    if (path.includes('drmencrypted')) throw new ProblemError('drm', 'DRMEncryptedTransform');
  if (ole.has('EncryptedPackage')) {
    const plain = decryptedPackage(ole);
    if (plain === null || !looksLikeZip(plain)) throw new ProblemError('encrypted', 'EncryptedPackage');
    const read = await zipReader(plain);
    return (_, options) => read(plain, options);
  }
  // A document under rights management keeps its text in a stream that only its own program opens.
  if (ole.has('\u0009DRMContent')) throw new ProblemError('drm', 'DRMContent');
  if (ole.has('WordDocument')) return (await import('./doc/doc.ts')).readDoc;
  if (ole.has('PowerPoint Document')) return (await import('./ppt/ppt.ts')).readPpt;
  if (ole.has('Workbook') || ole.has('Book')) return (await import('./xls/xls.ts')).readXls;
  throw new ProblemError('damaged', 'unknown compound file');
}
