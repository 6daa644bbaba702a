/** Presentations: `.pptx`, `.pptm`, `.ppsx`, `.potx` (ECMA-376 part 1, 13 and 19). */
import { DocumentBuilder } from '../../documentBuilder.ts';
import type { ReadOptions, ReadResult } from '../../readers.ts';
import { EmbeddedFiles } from '../embedded.ts';
import { addDrawing, drawnItems } from '../ooxml/addDrawing.ts';
import { addEmbedded } from '../ooxml/addEmbedded.ts';
import type { DrawnItem } from '../ooxml/drawing.ts';
import { finishDocument } from '../ooxml/finish.ts';
import { OpcPackage } from '../ooxml/opcPackage.ts';
import { addPackageProperties } from '../ooxml/properties.ts';
import { ProblemError } from '../problem.ts';
import { relationId } from '../xml/parseXml.ts';
import { commentAuthors, slideComments } from './comments.ts';

const TITLES = new Set(['title', 'ctrTitle']);

export async function readPptx(bytes: Uint8Array, options: ReadOptions): Promise<ReadResult> {
  const opc = new OpcPackage(bytes, options.budget);
  const main = opc.mainPart(['ppt/presentation.xml']);
  if (main === null) throw new ProblemError('damaged', 'no main part');
  const builder = new DocumentBuilder();
  addPackageProperties(builder, opc);
  const slides = slidesOf(opc, main);
  const authors = commentAuthors(opc, main);
  slides.forEach((slide, i) => {
    if (builder.full) return;
    builder.at({ kind: 'slide', slide: i + 1 });
    addSlide(builder, opc, slide);
    for (const comment of slideComments(opc, slide, authors)) builder.block('paragraph', comment);
  });
  addBackgrounds(builder, opc, slides);
  const files = new EmbeddedFiles(options, opc.zip.budget);
  for (const slide of slides) addEmbedded(files, opc, slide);
  await files.appendTo(builder);
  return finishDocument(builder, opc.zip);
}

/** The slides in order; one that the list lacks comes last. */
function slidesOf(opc: OpcPackage, main: string): string[] {
  const ids: string[] = [];
  opc.parse(main, (name, attributes) => {
    if (name === 'sldId') ids.push(relationId(attributes));
  });
  const listed = ids.map(id => opc.relation(main, id)?.target ?? '').filter(part => opc.zip.has(part));
  return [...new Set([...listed, ...opc.partsOf(main, 'slide')])];
}

function addSlide(builder: DocumentBuilder, opc: OpcPackage, slide: string): void {
  const items = drawnItems(opc, slide);
  const title = items.find(isTitle);
  if (title === undefined) builder.leave(1);
  else builder.heading(1, title.text);
  for (const item of items) if (item !== title) addItem(builder, opc, slide, item);
  for (const notes of opc.partsOf(slide, 'notesSlide'))
    for (const item of drawnItems(opc, notes)) addItem(builder, opc, notes, item);
  const links = opc.relationsOf(slide).filter(({ type, isExternal }) => isExternal && type === 'hyperlink');
  builder.block('list', [...new Set(links.map(({ target }) => target.replace(/^mailto:/iu, '')))].join('\n'));
}

function isTitle(item: DrawnItem): item is Extract<DrawnItem, { kind: 'shape' }> {
  return item.kind === 'shape' && item.placeholder !== null && TITLES.has(item.placeholder);
}

function addItem(builder: DocumentBuilder, opc: OpcPackage, part: string, item: DrawnItem): void {
  if (item.kind === 'relation') addDrawing(builder, opc, part, item.id);
  else if (item.kind === 'table') builder.block('table', item.text);
  else builder.block('paragraph', item.text);
}

/** Adds once what layouts and masters show on every slide. Their placeholders only prompt for content. */
function addBackgrounds(builder: DocumentBuilder, opc: OpcPackage, slides: readonly string[]): void {
  const layouts = new Set(slides.flatMap(slide => opc.partsOf(slide, 'slideLayout')));
  const masters = new Set([...layouts].flatMap(layout => opc.partsOf(layout, 'slideMaster')));
  builder.leave(1);
  const said = new Set<string>();
  for (const part of [...masters, ...layouts])
    for (const item of drawnItems(opc, part)) {
      if (item.kind !== 'shape' || item.placeholder !== null || said.has(item.text)) continue;
      said.add(item.text);
      builder.block('paragraph', item.text);
    }
}
