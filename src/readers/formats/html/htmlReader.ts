/** What a person sees of a web page: text, headings, tables, and what is said of its pictures and controls. */
import { Parser } from 'htmlparser2';
import type { BlockKind } from '../../../text/blocks.ts';
import type { DocumentBuilder } from '../../documentBuilder.ts';
import { TableText } from '../docx/tableText.ts';

type Attributes = Readonly<Record<string, string>>;

/** Nothing in these is seen. */
const HIDDEN = new Set([
  'script',
  'style',
  'template',
  'noscript',
  'rp',
  'iframe',
  'annotation',
  'annotation-xml',
]);
/** Elements that stand on lines of their own. */
const BLOCKS = new Set(
  (
    'address article aside blockquote body center dd details dialog dir div dl dt fieldset figcaption ' +
    'figure footer form header hgroup hr legend li main menu nav ol optgroup option p pre section select ' +
    'summary ul caption'
  ).split(' '),
);
const HEADING = /^h([1-6])$/u;
const SAID = ['alt', 'title', 'aria-label', 'placeholder', 'label'];
const META = new Set([
  'description',
  'author',
  'subject',
  'dc.title',
  'dc.creator',
  'dc.subject',
  'dc.description',
  'date',
]);
/** Deeper pages are made to harm; looking for what a tag closes costs their depth. */
const MAX_DEPTH = 5_000;
/** Tooltips of one paragraph: each is looked for in its text. */
const MAX_SAID = 100;

export interface HtmlOptions {
  /** Called before each paragraph that begins: its number, from 1. */
  readonly onParagraph?: (paragraph: number) => void;
  /** Called for each `sync` of SAMI subtitles, with its time in milliseconds. */
  readonly onSync?: (milliseconds: number) => void;
  /** Depth of `h1`: 1 unless the page stands below another heading. */
  readonly depth?: number;
}

/** Adds a page to a document. False: it was too deep to be read to its end. */
export function addHtml(builder: DocumentBuilder, html: string, options: HtmlOptions = {}): boolean {
  const reader = new HtmlReader(builder, options);
  const parser = new Parser(
    {
      onopentag: (name, attributes) => reader.open(name, attributes),
      ontext: text => reader.text(text),
      onclosetag: name => reader.close(name),
    },
    { decodeEntities: true, lowerCaseTags: true, lowerCaseAttributeNames: true },
  );
  const step = 64 * 1024;
  for (let at = 0; at < html.length && !reader.isTooDeep && !builder.full; at += step)
    parser.write(html.slice(at, at + step));
  if (!reader.isTooDeep) parser.end();
  reader.finish();
  return !reader.isTooDeep;
}

class HtmlReader {
  isTooDeep = false;
  readonly #builder: DocumentBuilder;
  readonly #options: HtmlOptions;
  readonly #tables: TableText[] = [];
  #text = '';
  #endsInBlank = false;
  #said: string[] = [];
  #depth = 0;
  #hidden = 0;
  #heading = 0;
  #pre = 0;
  #lists = 0;
  #quotes = 0;
  #paragraph = 0;
  #title: string | null = null;

  constructor(builder: DocumentBuilder, options: HtmlOptions) {
    this.#builder = builder;
    this.#options = options;
  }

  open(name: string, attributes: Attributes): void {
    if (++this.#depth > MAX_DEPTH) this.isTooDeep = true;
    if (this.isTooDeep) return;
    if (HIDDEN.has(name)) this.#hidden++;
    if (this.#hidden > 0) return;
    if (name === 'title' && this.#paragraph === 0) this.#title = '';
    else if (name === 'meta') this.#meta(attributes);
    else if (name === 'br') this.#append('\n');
    else if (HEADING.test(name)) {
      this.#endBlock();
      this.#heading = Number(name[1]);
    } else if (BLOCKS.has(name)) this.#openBlock(name);
    else if (name === 'table') {
      this.#endBlock();
      this.#tables.push(new TableText());
    } else if (name === 'td' || name === 'th' || name === 'tr') this.#endBlock();
    else if (name === 'sync') this.#sync(attributes);
    this.#sayAttributes(name, attributes);
  }

  text(value: string): void {
    if (this.#hidden > 0 || this.isTooDeep) return;
    if (this.#title !== null) this.#title += value;
    else if (this.#pre > 0) this.#append(value);
    else {
      const folded = value.replace(/[ \t\r\n\f]+/gu, ' ');
      this.#append(this.#endsInBlank ? folded.trimStart() : folded);
    }
  }

  close(name: string): void {
    this.#depth--;
    if (this.isTooDeep) return;
    if (HIDDEN.has(name)) this.#hidden--;
    else if (this.#hidden > 0) return;
    else if (name === 'title') this.#closeTitle();
    else if (HEADING.test(name)) this.#closeHeading();
    else if (BLOCKS.has(name)) this.#closeBlock(name);
    else if (name === 'td' || name === 'th' || name === 'tr') {
      this.#endBlock();
      this.#tables.at(-1)?.close(name === 'tr' ? 'tr' : 'tc');
    } else if (name === 'table') this.#closeTable();
  }

  finish(): void {
    this.#endBlock();
    while (this.#tables.length > 0) this.#closeTable();
  }

  /** Looking at the end of the text itself would put it together anew each time. */
  #append(text: string): void {
    if (text === '') return;
    this.#text += text;
    this.#endsInBlank = text.endsWith(' ') || text.endsWith('\n');
  }

  #takeText(): string {
    const text = this.#text;
    this.#text = '';
    this.#endsInBlank = false;
    return text;
  }

  #meta(attributes: Attributes): void {
    const name = (attributes['name'] ?? attributes['property'] ?? '').toLowerCase();
    const content = attributes['content'] ?? '';
    if (META.has(name)) this.#builder.metadata(name, content);
    else if (name === 'keywords') {
      for (const keyword of content.split(',')) this.#builder.keyword(keyword);
      this.#builder.metadata(name, content);
    }
  }

  #sync(attributes: Attributes): void {
    this.#endBlock();
    const start = Number(attributes['start']);
    if (start >= 0 && start < 1e9) this.#options.onSync?.(start);
  }

  #openBlock(name: string): void {
    this.#endBlock();
    if (name === 'pre') this.#pre++;
    else if (name === 'li' || name === 'dd' || name === 'dt') this.#lists++;
    else if (name === 'blockquote') this.#quotes++;
  }

  #closeBlock(name: string): void {
    this.#endBlock();
    if (name === 'pre') this.#pre--;
    else if (name === 'li' || name === 'dd' || name === 'dt') this.#lists--;
    else if (name === 'blockquote') this.#quotes--;
  }

  /** Alternative texts and tooltips: in the text where a picture stands, else after what they belong to. */
  #sayAttributes(name: string, attributes: Attributes): void {
    if (name === 'meta' || name === 'link' || name === 'track') return;
    const isButton = name === 'input' && /^(?:button|submit|reset|text|)$/iu.test(attributes['type'] ?? '');
    for (const key of isButton ? [...SAID, 'value'] : SAID) {
      const said = (attributes[key] ?? '').trim();
      if (said === '') continue;
      if (key === 'alt') this.text(` ${said} `);
      else if (this.#said.length < MAX_SAID && !this.#said.includes(said)) this.#said.push(said);
    }
  }

  #closeTitle(): void {
    if (this.#title === null) return;
    this.#builder.title(this.#title);
    this.#builder.metadata('title', this.#title);
    this.#title = null;
  }

  /** A heading inside of a table shows that the table only arranges the page: what it holds so far is text. */
  #closeHeading(): void {
    const text = this.#takeText();
    const depth = this.#heading + (this.#options.depth ?? 1) - 1;
    this.#heading = 0;
    if (text.trim() !== '') {
      for (const table of this.#tables) this.#add('paragraph', table.finish());
      this.#nextParagraph();
      this.#builder.heading(depth, text);
    }
    this.#endBlock();
  }

  #closeTable(): void {
    this.#endBlock();
    const text = this.#tables.pop()?.finish() ?? '';
    const outer = this.#tables.at(-1);
    if (outer !== undefined) outer.add(text);
    else this.#add('table', text);
  }

  #endBlock(): void {
    const written = this.#takeText();
    const text = this.#pre > 0 ? written : written.replace(/ *\n */gu, '\n').trim();
    const said = this.#said.filter(words => !text.includes(words));
    this.#said = [];
    const kind = this.#pre > 0 ? 'code' : this.#lists > 0 ? 'list' : this.#quotes > 0 ? 'quote' : 'paragraph';
    for (const part of [text, said.join('\n')]) {
      if (part.trim() === '') continue;
      const table = this.#tables.at(-1);
      if (table === undefined) this.#add(kind, part);
      else table.add(part);
    }
  }

  #add(kind: BlockKind, text: string): void {
    if (text.trim() === '') return;
    this.#nextParagraph();
    this.#builder.block(kind, text);
  }

  #nextParagraph(): void {
    this.#paragraph++;
    this.#options.onParagraph?.(this.#paragraph);
  }
}
