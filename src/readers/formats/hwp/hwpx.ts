/** HWPX (KS X 6101): a zip of XML parts in the manner of OPF. */
import { DocumentBuilder } from '../../documentBuilder.ts';
import type { ReadResult } from '../../readers.ts';
import { UnpackLimit } from '../unpacking.ts';
import { readXml } from '../xmlEvents.ts';
import { ZipParts } from '../zipParts.ts';
import type { NumberLevel } from './numbering.ts';
import { Outline } from './outline.ts';
import { SectionRenderer } from './render.ts';
import { addProperties, type DocumentProperties } from './summary.ts';
import { XmlBody, type Role, type XmlElement } from './xmlBody.ts';

type Attributes = Readonly<Record<string, string>>;

const ROLES: Readonly<Record<string, Role>> = {
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
};

const TEXTS: Readonly<Record<string, string>> = {
  tab: '\t',
  lineBreak: '\n',
  nbSpace: ' ',
  fwSpace: ' ',
  hyphen: '-',
  // As the schema of the standard spells it.
  hypen: '-',
};

const OBJECTS: ReadonlySet<string> = new Set(
  'tbl pic rect ellipse line arc polygon curve connectLine container ole chart video'.split(' '),
);

export function readHwpx(bytes: Uint8Array): ReadResult {
  const zip = new ZipParts(bytes, new UnpackLimit());
  const manifest = zip.read('META-INF/manifest.xml');
  const sections = sectionNames(zip);
  if (sections.length === 0) return { problem: 'damaged', detail: 'no section' };
  if (sections.some(name => zip.isEncrypted(name)) || (manifest !== null && isEncrypted(manifest)))
    return { problem: 'encrypted' };
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
  for (const name of zip.names.filter(isBesideSections))
    readPart(zip.read(name) ?? new Uint8Array(), new XmlBody(outline, body), () => builder.full);
  for (const name of zip.names.filter(part => /^Chart\/.*\.xml$/iu.test(part)))
    builder.block('paragraph', textOfChart(zip.read(name) ?? new Uint8Array()));
  return builder.finish();
}

/** Pages that stand behind those of a section, and what Hangul keeps of memos. */
function isBesideSections(name: string): boolean {
  return /^Contents\/(?:masterpage\d+|memoExtended)\.xml$/iu.test(name);
}

function readPart(bytes: Uint8Array, body: XmlBody, isDone: () => boolean): void {
  readXml(
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
  const role = ROLES[name] ?? null;
  const text = TEXTS[name];
  if (text !== undefined) return { role, text };
  if (OBJECTS.has(name)) return { role, isObject: true };
  switch (name) {
    case 'p':
      return { role, shape: numberOf(attributes['paraPrIDRef']), style: numberOf(attributes['styleIDRef']) };
    case 'secPr':
      return { role, outlineNumbering: numberOf(attributes['outlineShapeIDRef']) };
    case 'autoNum':
      return { role, word: attributes['num'] ?? '' };
    case 'compose':
      return { role, word: attributes['composeText'] ?? '' };
    case 'listItem':
      return { role, word: attributes['displayText'] ?? '' };
    case 'btn':
    case 'checkBtn':
    case 'radioBtn':
      return { role, word: attributes['caption'] ?? '' };
    case 'textart':
      return { role, said: (attributes['text'] ?? '').replaceAll(/[\u240d\u240a]+/gu, '\n') };
    default:
      return { role };
  }
}

function numberOf(value: string | undefined): number {
  return value === undefined ? -1 : Number(value);
}

/** In the order of the spine; sections that it does not name come after, by their numbers. */
function sectionNames(zip: ZipParts): string[] {
  const found = zip.names
    .filter(name => /^(?:.*\/)?section\d+\.xml$/iu.test(name))
    .sort((a, b) => sectionNumber(a) - sectionNumber(b));
  const opf = zip.read('Contents/content.hpf');
  if (opf === null) return found;
  const paths = new Map<string, string>();
  const spine: string[] = [];
  readXml(opf, {
    open: (name, attributes) => {
      if (name === 'item') paths.set(attributes['id'] ?? '', attributes['href'] ?? '');
      if (name === 'itemref') spine.push(attributes['idref'] ?? '');
    },
    close: () => {},
    text: () => {},
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
  readXml(manifest, {
    open: (name, attributes) => {
      const path = attributes['full-path'] ?? attributes['odf:full-path'] ?? '';
      if (name === 'file-entry') isSection = /section\d+\.xml$/iu.test(path);
      if (name === 'encryption-data' && isSection) isFound = true;
    },
    close: () => {},
    text: () => {},
  });
  return isFound;
}

function outlineOf(header: Uint8Array): Outline {
  const outline = new Outline();
  let shape = -1;
  let numbering = -1;
  let levels: NumberLevel[] = [];
  let format: string | null = null;
  readXml(header, {
    open: (name, attributes) => {
      const level = Number(attributes['level'] ?? 0) + 1;
      if (name === 'paraPr') shape = numberOf(attributes['id']);
      else if (name === 'heading' && attributes['type'] === 'OUTLINE') outline.addShape(shape, level);
      else if (name === 'heading' && attributes['type'] === 'NUMBER')
        outline.addNumberedShape(shape, level, numberOf(attributes['idRef']));
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
  readXml(opf, {
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
  readXml(chart, {
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
