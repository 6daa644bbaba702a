/** HWPML (.hml): a whole document as one XML file; its names are those of HWPX in capitals, more or less. */
import { DocumentBuilder } from '../../documentBuilder.ts';
import type { ReadResult } from '../../readers.ts';
import { UnpackLimit } from '../unpacking.ts';
import { readXml } from '../xmlEvents.ts';
import { Outline } from './outline.ts';
import { SectionRenderer } from './render.ts';
import { addProperties, type DocumentProperties } from './summary.ts';
import { XmlBody, type Role, type XmlElement } from './xmlBody.ts';

type Attributes = Readonly<Record<string, string>>;

const ROLES: Readonly<Record<string, Role>> = {
  SECTION: 'section',
  P: 'paragraph',
  CHAR: 'text',
  PARALIST: 'list',
  TABLE: 'table',
  ROW: 'row',
  CELL: 'cell',
  CAPTION: 'caption',
  SCRIPT: 'word',
  MAINTEXT: 'word',
  SUBTEXT: 'ruby',
  EDITTEXT: 'word',
  SHAPECOMMENT: 'description',
  KEYFIRST: 'keyword',
  KEYSECOND: 'keyword',
};

const TEXTS: Readonly<Record<string, string>> = {
  TAB: '\t',
  LINEBREAK: '\n',
  NBSPACE: ' ',
  FWSPACE: ' ',
  HYPHEN: '-',
};

const SUMMARY: Readonly<Record<string, keyof DocumentProperties>> = {
  TITLE: 'title',
  SUBJECT: 'subject',
  AUTHOR: 'author',
  DATE: 'date',
  KEYWORDS: 'keywords',
  COMMENTS: 'comments',
};

const OBJECTS: ReadonlySet<string> = new Set(
  'TABLE PICTURE RECTANGLE ELLIPSE LINE ARC POLYGON CURVE CONNECTLINE CONTAINER OLE'.split(' '),
);

export function readHwpml(bytes: Uint8Array): ReadResult {
  new UnpackLimit().take(bytes.length);
  const builder = new DocumentBuilder();
  const renderer = new SectionRenderer(builder);
  const properties: Partial<Record<keyof DocumentProperties, string>> = {};
  const outline = new Outline();
  const body = new XmlBody(outline, {
    section: () => renderer.section(),
    paragraph: paragraph => renderer.paragraph(paragraph),
    keyword: word => builder.keyword(word),
  });
  let isHwpml = false;
  let isBody = false;
  let field: keyof DocumentProperties | undefined;
  readXml(
    bytes,
    {
      open: (name, attributes) => {
        if (name === 'HWPML') isHwpml = true;
        if (name === 'BODY') {
          isBody = true;
          addProperties(builder, properties);
        }
        if (isBody) body.open(elementOf(name, attributes));
        else readHead(outline, name, attributes);
        field = isBody ? undefined : SUMMARY[name];
      },
      close: name => {
        if (isBody) body.close();
        if (name === 'BODY') isBody = false;
        field = undefined;
      },
      text: text => {
        if (isBody) body.text(text);
        else if (field !== undefined) properties[field] = (properties[field] ?? '') + text;
      },
    },
    () => builder.full,
  );
  body.finish();
  return isHwpml ? builder.finish() : { problem: 'damaged', detail: 'no HWPML' };
}

function readHead(outline: Outline, name: string, attributes: Attributes): void {
  const id = Number(attributes['Id'] ?? -1);
  if (name === 'PARASHAPE' && attributes['HeadingType'] === 'Outline')
    outline.addShape(id, Number(attributes['Level'] ?? 0) + 1);
  if (name === 'STYLE') outline.addStyle(id, [attributes['Name'] ?? '', attributes['EngName'] ?? '']);
}

function elementOf(name: string, attributes: Attributes): XmlElement {
  const role = ROLES[name] ?? null;
  const text = TEXTS[name];
  if (text !== undefined) return { role, text };
  if (OBJECTS.has(name)) return { role, isObject: true };
  switch (name) {
    case 'P':
      return { role, shape: Number(attributes['ParaShape'] ?? -1), style: Number(attributes['Style'] ?? -1) };
    case 'AUTONUM':
      return { role, word: attributes['Number'] ?? '' };
    case 'COMPOSE':
    case 'COMPOSECHAR':
      return { role, word: attributes['ComposeText'] ?? '' };
    case 'LISTITEM':
      return { role, word: attributes['DisplayText'] ?? '' };
    case 'FORMOBJECT':
    case 'BUTTONSET':
      return { role, word: attributes['Caption'] ?? '' };
    case 'TEXTART':
      return { role, said: attributes['Text'] ?? '' };
    default:
      return { role };
  }
}
