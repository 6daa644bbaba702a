/** HWPML (.hml): a whole document as one XML file; its names are those of HWPX in capitals, more or less. */
import { DocumentBuilder } from '../../documentBuilder.ts';
import type { ReadOptions, ReadResult } from '../../readers.ts';
import { parseXml, type Attributes } from '../xml/parseXml.ts';
import { UnpackBudget } from '../zip/unpackBudget.ts';
import type { NumberLevel } from './numbering.ts';
import { Outline } from './outline.ts';
import { SectionRenderer } from './render.ts';
import { addProperties, type DocumentProperties } from './summary.ts';
import { elementNamed, XmlBody, type Vocabulary, type XmlElement } from './xmlBody.ts';

const VOCABULARY: Vocabulary = {
  roles: {
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
  },
  texts: {
    TAB: '\t',
    LINEBREAK: '\n',
    NBSPACE: ' ',
    FWSPACE: ' ',
    HYPHEN: '-',
  },
  objects: new Set(
    'TABLE PICTURE RECTANGLE ELLIPSE LINE ARC POLYGON CURVE CONNECTLINE CONTAINER OLE'.split(' '),
  ),
};

const SUMMARY: Readonly<Record<string, keyof DocumentProperties>> = {
  TITLE: 'title',
  SUBJECT: 'subject',
  AUTHOR: 'author',
  DATE: 'date',
  KEYWORDS: 'keywords',
  COMMENTS: 'comments',
};

export function readHwpml(bytes: Uint8Array, { budget = new UnpackBudget() }: ReadOptions): ReadResult {
  budget.take(bytes.length);
  const builder = new DocumentBuilder();
  const renderer = new SectionRenderer(builder);
  const properties: Partial<Record<keyof DocumentProperties, string>> = {};
  const outline = new Outline();
  const head = new Head(outline);
  const body = new XmlBody(outline, {
    section: () => renderer.section(),
    paragraph: paragraph => renderer.paragraph(paragraph),
    keyword: word => builder.keyword(word),
  });
  let isHwpml = false;
  let isBody = false;
  let field: keyof DocumentProperties | undefined;
  parseXml(
    bytes,
    {
      open: (name, attributes) => {
        if (name === 'HWPML') isHwpml = true;
        if (name === 'BODY') {
          isBody = true;
          addProperties(builder, properties);
        }
        if (isBody) body.open(elementOf(name, attributes));
        else head.open(name, attributes);
        field = isBody ? undefined : SUMMARY[name];
      },
      close: name => {
        if (isBody) body.close();
        else head.close(name);
        if (name === 'BODY') isBody = false;
        field = undefined;
      },
      text: text => {
        if (isBody) body.text(text);
        else head.text(text);
        if (!isBody && field !== undefined) properties[field] = (properties[field] ?? '') + text;
      },
    },
    () => builder.full,
  );
  body.finish();
  return isHwpml ? builder.finish() : { problem: 'damaged', detail: 'no HWPML' };
}

/** Shapes, styles and lists of numbers, all of which stand before the body. */
class Head {
  readonly #outline: Outline;
  #numbering = -1;
  #levels: NumberLevel[] = [];
  #format: string | null = null;

  constructor(outline: Outline) {
    this.#outline = outline;
  }

  open(name: string, attributes: Attributes): void {
    const id = Number(attributes['Id'] ?? -1);
    const level = Number(attributes['Level'] ?? 0) + 1;
    const heading = attributes['HeadingType'];
    if (name === 'PARASHAPE' && heading === 'Outline') this.#outline.addShape(id, level);
    else if (name === 'PARASHAPE' && heading === 'Number')
      this.#outline.addNumberedShape(id, level, Number(attributes['Heading'] ?? 1));
    else if (name === 'PARASHAPE' && heading === 'Bullet')
      this.#outline.addBulletedShape(id, Number(attributes['Heading'] ?? 1));
    else if (name === 'BULLET') this.#outline.addBullet(id, attributes['Char'] ?? '');
    else if (name === 'STYLE')
      this.#outline.addStyle(id, [attributes['Name'] ?? '', attributes['EngName'] ?? '']);
    else if (name === 'NUMBERING') {
      this.#numbering = id;
      this.#levels = [];
    } else if (name === 'PARAHEAD') {
      this.#format = '';
      // `HangulSyllable` is HWPX's `HANGUL_SYLLABLE`.
      const shape = (attributes['NumFormat'] ?? 'Digit').replace(/(?<=[a-z])(?=[A-Z])/gu, '_').toUpperCase();
      this.#levels.push({ format: '', shape, start: Number(attributes['Start'] ?? 1) || 1 });
    }
  }

  text(text: string): void {
    if (this.#format !== null) this.#format += text;
  }

  close(name: string): void {
    if (name === 'PARAHEAD') {
      const last = this.#levels.pop();
      if (last !== undefined) this.#levels.push({ ...last, format: this.#format ?? '' });
      this.#format = null;
    }
    if (name === 'NUMBERING') this.#outline.addNumbering(this.#numbering, this.#levels);
  }
}

function elementOf(name: string, attributes: Attributes): XmlElement {
  const element = elementNamed(name, VOCABULARY);
  switch (name) {
    case 'P':
      return {
        ...element,
        shape: Number(attributes['ParaShape'] ?? -1),
        style: Number(attributes['Style'] ?? -1),
      };
    case 'SECDEF':
      return { ...element, outlineNumbering: Number(attributes['OutlineShape'] ?? 1) };
    case 'AUTONUM':
      return { ...element, word: attributes['Number'] ?? '' };
    case 'COMPOSE':
    case 'COMPOSECHAR':
      return { ...element, word: attributes['ComposeText'] ?? '' };
    case 'LISTITEM':
      return { ...element, word: attributes['DisplayText'] ?? '' };
    case 'FORMOBJECT':
    case 'BUTTONSET':
      return { ...element, word: attributes['Caption'] ?? '' };
    case 'TEXTART':
      return { ...element, said: attributes['Text'] ?? '' };
    default:
      return element;
  }
}
