/** Workbooks: `.xlsx`, `.xlsm`, `.xltx` (ECMA-376 part 1, 12 and 18). */
import { DocumentBuilder } from '../../documentBuilder.ts';
import type { ReadOptions, ReadResult } from '../../readers.ts';
import { EmbeddedFiles } from '../embedded.ts';
import { addDrawing, drawnItems } from '../ooxml/addDrawing.ts';
import { addEmbedded } from '../ooxml/addEmbedded.ts';
import { finishDocument } from '../ooxml/finish.ts';
import { OpcPackage } from '../ooxml/opcPackage.ts';
import { addPackageProperties } from '../ooxml/properties.ts';
import { ProblemError } from '../problem.ts';
import { attribute, parseXml, relationId } from '../xml/parseXml.ts';
import { cellFormats } from './cellStyles.ts';
import { persons, sheetComments } from './comments.ts';
import { sharedStrings } from './richText.ts';
import { SheetRows } from './rows.ts';
import { readSheet, type Workbook } from './sheet.ts';

interface Sheet {
  readonly name: string;
  readonly part: string;
}

export async function readXlsx(bytes: Uint8Array, options: ReadOptions): Promise<ReadResult> {
  const opc = new OpcPackage(bytes, options.budget);
  const main = opc.mainPart(['xl/workbook.xml']);
  if (main === null) throw new ProblemError('damaged', 'no main part');
  const builder = new DocumentBuilder();
  addPackageProperties(builder, opc);
  const { sheets, names, isDate1904 } = contentsOf(opc, main);
  const part = (type: string, usual: string): Uint8Array | null =>
    opc.zip.read(opc.partsOf(main, type)[0] ?? usual);
  const workbook: Workbook = {
    strings: sharedStrings(part('sharedStrings', 'xl/sharedStrings.xml')),
    formats: cellFormats(part('styles', 'xl/styles.xml')),
    isDate1904,
  };
  const people = persons(opc, main);
  for (const sheet of sheets) if (!builder.full) addSheet(builder, opc, sheet, workbook, people);
  builder.leave(1);
  builder.block('list', names.join('\n'));
  const files = new EmbeddedFiles(options, opc.zip.budget);
  for (const sheet of sheets) addEmbedded(files, opc, sheet.part);
  await files.appendTo(builder);
  return finishDocument(builder, opc.zip);
}

function contentsOf(
  opc: OpcPackage,
  main: string,
): { readonly sheets: readonly Sheet[]; readonly names: readonly string[]; readonly isDate1904: boolean } {
  const sheets: Sheet[] = [];
  const names: string[] = [];
  let isDate1904 = false;
  opc.parse(main, (name, attributes) => {
    if (name === 'sheet') {
      const part = opc.relation(main, relationId(attributes))?.target ?? '';
      sheets.push({ name: attribute(attributes, 'name'), part });
    } else if (name === 'workbookPr') isDate1904 = /^(?:1|true)$/u.test(attribute(attributes, 'date1904'));
    else if (name === 'definedName' && attribute(attributes, 'hidden') !== '1') {
      const defined = attribute(attributes, 'name');
      if (!defined.startsWith('_xlnm')) names.push(defined);
    }
  });
  // A workbook whose list of sheets is lost still has its sheets.
  if (sheets.length === 0) for (const part of opc.partsOf(main, 'worksheet')) sheets.push({ name: '', part });
  return { sheets: withoutRepetitions(sheets), names, isDate1904 };
}

/**
 * Each part is read once: a damaged or hostile list names one hundreds of times, and 7,000 cells become 700,000. The
 * other names stay as headings.
 */
function withoutRepetitions(sheets: readonly Sheet[]): readonly Sheet[] {
  const parts = new Set<string>();
  return sheets.map(({ name, part }) => {
    if (parts.has(part)) return { name, part: '' };
    parts.add(part);
    return { name, part };
  });
}

function addSheet(
  builder: DocumentBuilder,
  opc: OpcPackage,
  { name, part }: Sheet,
  workbook: Workbook,
  people: ReadonlyMap<string, string>,
): void {
  builder.at({ kind: 'cell', sheet: name, cell: 'A1' });
  builder.heading(1, name);
  const bytes = opc.zip.read(part);
  if (bytes === null) return;
  const { texts, links } = readSheet(bytes, workbook, new SheetRows(builder, name), () => builder.full);
  for (const { cell, text } of sheetComments(opc, part, people)) {
    builder.at({ kind: 'cell', sheet: name, cell });
    builder.block('paragraph', text);
  }
  builder.at({ kind: 'cell', sheet: name, cell: 'A1' });
  for (const drawing of opc.partsOf(part, 'drawing'))
    for (const item of drawnItems(opc, drawing))
      if (item.kind === 'relation') addDrawing(builder, opc, drawing, item.id);
      else builder.block('paragraph', item.text);
  for (const drawing of opc.partsOf(part, 'vmlDrawing')) builder.block('list', controlTexts(opc, drawing));
  builder.block('list', [...new Set(texts.filter(text => text.trim() !== ''))].join('\n'));
  const targets = links.map(id => opc.relation(part, id)).filter(link => link?.isExternal === true);
  builder.block('list', [...new Set(targets.map(link => link!.target.replace(/^mailto:/iu, '')))].join('\n'));
}

/** Texts of legacy buttons and boxes. */
function controlTexts(opc: OpcPackage, part: string): string {
  const bytes = opc.zip.read(part);
  if (bytes === null) return '';
  const texts: string[] = [];
  let boxes = 0;
  parseXml(bytes, {
    open: name => void (name === 'textbox' && boxes++),
    close: name => void (name === 'textbox' && boxes--),
    text: value => void (boxes > 0 && value.trim() !== '' && texts.push(value.trim())),
  });
  return texts.join('\n');
}
