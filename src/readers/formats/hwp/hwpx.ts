/** HWPX (KS X 6101): a zip of XML parts in the manner of OPF. */
import { DocumentBuilder } from '../../documentBuilder.ts';
import type { ReadOptions, ReadResult } from '../../readers.ts';
import { finishDocument } from '../ooxml/finish.ts';
import { attribute, parseXml, type Attributes } from '../xml/parseXml.ts';
import { Zip } from '../zip/zip.ts';
import type { NumberLevel } from './numbering.ts';
import { Outline } from './outline.ts';
import { SectionRenderer } from './render.ts';
import { addProperties, type DocumentProperties } from './summary.ts';
import { elementNamed, XmlBody, type Vocabulary, type XmlElement } from './xmlBody.ts';

const VOCABULARY: Vocabulary = {
  roles: {
    p: 'paragraph',
    t: 'text',
    subList: 'list',
    tbl: 'table',
    tr: 'row',
    tc: 'cell',
    caption: 'caption',
    script: 'word',
    mainText: 'word',
    subText: 'ruby',
    text: 'word',
    shapeComment: 'description',
    firstKey: 'keyword',
    secondKey: 'keyword',
  },
  texts: {
    tab: '\t',
    lineBreak: '\n',
    nbSpace: ' ',
    fwSpace: ' ',
    hyphen: '-',
    // As the schema of the standard spells it.
    hypen: '-',
  },
  objects: new Set(
    'tbl pic rect ellipse line arc polygon curve connectLine container ole chart video'.split(' '),
  ),
};

export function readHwpx(bytes: Uint8Array, { budget }: ReadOptions): ReadResult {
  const zip = new Zip(bytes, budget);
  const manifest = zip.read('META-INF/manifest.xml');
  const sections = sectionNames(zip);
  if (sections.length === 0) return { problem: 'damaged', detail: 'no section' };
  if (manifest !== null && isEncrypted(manifest)) return { problem: 'encrypted' };
  const builder = new DocumentBuilder();
  const opf = zip.read('Contents/content.hpf');
  if (opf !== null) addProperties(builder, propertiesOf(opf));
  const outline = outlineOf(zip.read('Contents/header.xml') ?? new Uint8Array());
  const renderer = new SectionRenderer(builder);
  const body = {
    section: () => {},
    paragraph: renderer.paragraph.bind(renderer),
    keyword: builder.keyword.bind(builder),
  };
  for (const name of sections) {
    if (builder.full) break;
    renderer.section();
    readPart(zip.read(name) ?? new Uint8Array(), new XmlBody(outline, body), () => builder.full);
  }
  const names = [...zip.names];
  for (const name of names.filter(isBesideSections))
    readPart(zip.read(name) ?? new Uint8Array(), new XmlBody(outline, body), () => builder.full);
  for (const name of names.filter(part => /^Chart\/.*\.xml$/iu.test(part)))
    builder.block('paragraph', textOfChart(zip.read(name) ?? new Uint8Array()));
  return finishDocument(builder, zip);
}

/** Pages that stand behind those of a section, and what Hangul keeps of memos. */
function isBesideSections(name: string): boolean {
  return /^Contents\/(?:masterpage\d+|memoExtended)\.xml$/iu.test(name);
}

function readPart(bytes: Uint8Array, body: XmlBody, isDone: () => boolean): void {
  parseXml(
    bytes,
    {
      open: (name, attributes) => body.open(elementOf(name, attributes)),
      close: () => body.close(),
      text: text => body.text(text),
    },
    isDone,
  );
  body.finish();
}

function elementOf(name: string, attributes: Attributes): XmlElement {
  const element = elementNamed(name, VOCABULARY);
  switch (name) {
    case 'p':
      return {
        ...element,
        shape: numberOf(attributes['paraPrIDRef']),
        style: numberOf(attributes['styleIDRef']),
      };
    case 'secPr':
      return { ...element, outlineNumbering: numberOf(attributes['outlineShapeIDRef']) };
    case 'autoNum':
      return { ...element, word: attributes['num'] ?? '' };
    case 'compose':
      return { ...element, word: attributes['composeText'] ?? '' };
    case 'listItem':
      return { ...element, word: attributes['displayText'] ?? '' };
    case 'btn':
    case 'checkBtn':
    case 'radioBtn':
      return { ...element, word: attributes['caption'] ?? '' };
    case 'textart':
      return { ...element, said: (attributes['text'] ?? '').replaceAll(/[\u240d\u240a]+/gu, '\n') };
    default:
      return element;
  }
}

function numberOf(value: string | undefined): number {
  return value === undefined ? -1 : Number(value);
}

/** In the order of the spine; sections that it does not name come after, by their numbers. */
function sectionNames(zip: Zip): string[] {
  const found = [...zip.names]
    .filter(name => /^(?:.*\/)?section\d+\.xml$/iu.test(name))
    .sort((a, b) => sectionNumber(a) - sectionNumber(b));
  const opf = zip.read('Contents/content.hpf');
  if (opf === null) return found;
  const paths = new Map<string, string>();
  const spine: string[] = [];
  parseXml(opf, {
    open: (name, attributes) => {
      if (name === 'item') paths.set(attributes['id'] ?? '', attributes['href'] ?? '');
      if (name === 'itemref') spine.push(attributes['idref'] ?? '');
    },
  });
  const named = spine
    .map(id => paths.get(id)?.replace(/^\/+/u, '') ?? '')
    .filter(path => found.includes(path));
  return [...new Set([...named, ...found])];
}

function sectionNumber(name: string): number {
  return Number(/(\d+)\.xml$/iu.exec(name)![1]);
}

function isEncrypted(manifest: Uint8Array): boolean {
  let isSection = false;
  let isFound = false;
  parseXml(manifest, {
    open: (name, attributes) => {
      const path = attribute(attributes, 'full-path');
      if (name === 'file-entry') isSection = /section\d+\.xml$/iu.test(path);
      if (name === 'encryption-data' && isSection) isFound = true;
    },
  });
  return isFound;
}

function outlineOf(header: Uint8Array): Outline {
  const outline = new Outline();
  let shape = -1;
  let numbering = -1;
  let levels: NumberLevel[] = [];
  let format: string | null = null;
  parseXml(header, {
    open: (name, attributes) => {
      const level = Number(attributes['level'] ?? 0) + 1;
      if (name === 'paraPr') shape = numberOf(attributes['id']);
      else if (name === 'heading' && attributes['type'] === 'OUTLINE') outline.addShape(shape, level);
      else if (name === 'heading' && attributes['type'] === 'NUMBER')
        outline.addNumberedShape(shape, level, numberOf(attributes['idRef']));
      else if (name === 'heading' && attributes['type'] === 'BULLET')
        outline.addBulletedShape(shape, numberOf(attributes['idRef']));
      else if (name === 'bullet') outline.addBullet(numberOf(attributes['id']), attributes['char'] ?? '');
      else if (name === 'numbering') {
        numbering = numberOf(attributes['id']);
        levels = [];
      } else if (name === 'paraHead') {
        format = '';
        const start = Number(attributes['start'] ?? 1) || 1;
        levels.push({ format, shape: attributes['numFormat'] ?? 'DIGIT', start });
      } else if (name === 'style')
        outline.addStyle(numberOf(attributes['id']), [attributes['name'] ?? '', attributes['engName'] ?? '']);
    },
    close: name => {
      const last = levels.pop();
      if (last !== undefined)
        levels.push(name === 'paraHead' && format !== null ? { ...last, format } : last);
      if (name === 'paraHead') format = null;
      if (name === 'numbering') outline.addNumbering(numbering, levels);
    },
    text: text => {
      if (format !== null) format += text;
    },
  });
  return outline;
}

const META: Readonly<Record<string, keyof DocumentProperties>> = {
  title: 'title',
  creator: 'author',
  subject: 'subject',
  description: 'comments',
  lastsaveby: 'lastAuthor',
  CreatedDate: 'created',
  ModifiedDate: 'modified',
  date: 'date',
  keyword: 'keywords',
};

function propertiesOf(opf: Uint8Array): DocumentProperties {
  const properties: Partial<Record<keyof DocumentProperties, string>> = {};
  let field: keyof DocumentProperties | undefined;
  parseXml(opf, {
    open: (name, attributes) => {
      if (name === 'title') field = 'title';
      else if (name === 'meta') field = META[attributes['name'] ?? ''];
      const { content } = attributes;
      // `content="text"` says where the value stands, not what it is.
      if (field !== undefined && content !== undefined && content !== 'text') properties[field] = content;
    },
    close: () => {
      field = undefined;
    },
    text: text => {
      if (field !== undefined) properties[field] = (properties[field] ?? '') + text;
    },
  });
  return properties;
}

/** Titles, categories and values of a chart (DrawingML). */
function textOfChart(chart: Uint8Array): string {
  const texts: string[] = [];
  let isText = false;
  parseXml(chart, {
    open: name => {
      isText = name === 't' || name === 'v';
    },
    close: () => {
      isText = false;
    },
    text: text => {
      if (isText && text.trim() !== '') texts.push(text.trim());
    },
  });
  return texts.join('\n');
}
