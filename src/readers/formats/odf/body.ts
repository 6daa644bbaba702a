/** Turns the body of an OpenDocument file into headings, paragraphs, tables, cells and slides while it is parsed. */
import type { DocumentBuilder } from '../../documentBuilder.ts';
import type { BlockKind } from '../../../text/blocks.ts';
import { TableText } from '../docx/tableText.ts';
import { attribute, type Attributes, type XmlHandler } from '../xml/parseXml.ts';
import { ParagraphText } from './paragraphText.ts';
import { OdfSheets } from './sheets.ts';
import { isTitleStyle } from './styles.ts';

type Item =
  | { readonly kind: 'heading'; readonly depth: number; readonly text: string }
  | { readonly kind: BlockKind; readonly text: string };

interface Flow {
  readonly items: Item[];
  after: Item[];
  readonly tables: TableText[];
  paragraph: ParagraphText | null;
  /** Depth of a heading, one below the title's; null for a paragraph. */
  depth: number | null;
  /** The flow was opened by a paragraph within a paragraph. */
  readonly isInner: boolean;
}

/** Elements whose paragraphs are separate from the one that they are anchored in. */
const APART = new Set(
  (
    'note-body annotation text-box deletion notes object custom-shape rect line polyline polygon ' +
    'regular-polygon path circle ellipse connector caption measure'
  ).split(' '),
);
/** Descriptions of pictures, and authors of comments. */
const SAID = new Set(['svg:title', 'svg:desc', 'dc:creator']);
/** Numbers of notes, page numbers and the like, which are not text of the document. */
const SILENT = new Set(['note-citation', 'page-number', 'page-count', 'binary-data', 'ruby-text-properties']);

export class OdfBody implements XmlHandler {
  readonly #builder: DocumentBuilder;
  readonly #styles: ReadonlyMap<string, string>;
  readonly #flows: Flow[] = [newFlow(false)];
  readonly #late: Item[] = [];
  #sheets: OdfSheets | null = null;
  #lists = 0;
  #silent = 0;
  #slide = 0;
  #paragraph = 0;
  #isTitleFrame = false;
  #said: string | null = null;

  constructor(builder: DocumentBuilder, styles: ReadonlyMap<string, string>) {
    this.#builder = builder;
    this.#styles = styles;
  }

  /** Passes on only the content of these elements. */
  within(...names: readonly string[]): XmlHandler {
    let depth = 0;
    return {
      open: (name, attributes, raw) => {
        if (depth > 0) this.open(name, attributes, raw);
        if (names.includes(name)) depth++;
      },
      close: (name, raw) => {
        if (names.includes(name)) depth--;
        if (depth > 0) this.close(name, raw);
      },
      text: value => {
        if (depth > 0) this.text(value);
      },
    };
  }

  readonly open = (name: string, attributes: Attributes, raw: string): void => {
    if (SAID.has(raw)) this.#said = '';
    if (SILENT.has(name)) this.#silent++;
    else if (name === 'spreadsheet') this.#sheets = new OdfSheets(this.#builder);
    else if (name === 'p' || name === 'h') this.#openParagraph(name, attributes);
    else if (APART.has(name)) this.#flows.push(newFlow(false));
    else if (name === 'list-item' || name === 'list-header') this.#lists++;
    else if (name === 'page' && attribute(attributes, 'draw:master-page-name') !== '') this.#openSlide();
    else if (name === 'frame') this.#isTitleFrame = attribute(attributes, 'presentation:class') === 'title';
    else if (name === 'table' && this.#isInSheets) this.#sheets!.open(name, attributes);
    else if (name === 'table') this.#flow.tables.push(new TableText());
    else if (this.#isInSheets) this.#sheets!.open(name, attributes);
    this.#flow.paragraph?.open(name, attributes);
    const label = attribute(attributes, 'form:label');
    if (label !== '') this.#flow.after.push({ kind: 'paragraph', text: label });
  };

  readonly close = (name: string, raw: string): void => {
    if (SAID.has(raw)) this.#closeSaid();
    else if (SILENT.has(name)) this.#silent--;
    else if (name === 'p' || name === 'h') this.#closeParagraph();
    else if (APART.has(name)) this.#closeFlow(name);
    else if (name === 'list-item' || name === 'list-header') this.#lists--;
    else if (this.#isInSheets) this.#sheets!.close(name);
    else if (name === 'table-cell' || name === 'table-row')
      this.#flow.tables.at(-1)?.close(name === 'table-cell' ? 'tc' : 'tr');
    else if (name === 'table') this.#closeTable();
  };

  readonly text = (value: string): void => {
    if (this.#said !== null) this.#said += value;
    else if (this.#silent === 0) this.#flow.paragraph?.text(value);
  };

  finish(): void {
    while (this.#flows.length > 1) this.#closeFlow('');
    this.#flush();
    for (const item of this.#late) this.#emit(item);
  }

  get #flow(): Flow {
    return this.#flows.at(-1)!;
  }

  get #isInSheets(): boolean {
    return this.#sheets !== null && this.#flows.length === 1;
  }

  #openSlide(): void {
    this.#flush();
    this.#slide++;
    this.#builder.leave(1);
    this.#builder.at({ kind: 'slide', slide: this.#slide });
  }

  #openParagraph(name: string, attributes: Attributes): void {
    if (this.#flow.paragraph !== null) this.#flows.push(newFlow(true));
    const flow = this.#flow;
    flow.paragraph = new ParagraphText();
    flow.depth = null;
    if (name === 'h') flow.depth = (Number(attribute(attributes, 'text:outline-level')) || 1) + 1;
    else if (isTitleStyle(attribute(attributes, 'text:style-name'), this.#styles)) flow.depth = 1;
  }

  #closeParagraph(): void {
    const flow = this.#flow;
    this.#endParagraph(flow);
    if (flow.isInner) this.#closeFlow('');
  }

  #endParagraph(flow: Flow): void {
    const text = flow.paragraph?.finish() ?? '';
    flow.paragraph = null;
    if (this.#isInSheets) {
      this.#sheets!.add(text);
      return;
    }
    const table = flow.tables.at(-1);
    if (table !== undefined) {
      table.add(text);
      return;
    }
    if (this.#flows.length === 1 && this.#slide === 0) {
      this.#paragraph++;
      this.#builder.at({ kind: 'section', section: 1, paragraph: this.#paragraph });
    }
    if (flow.depth !== null && text.trim() !== '') this.#add({ kind: 'heading', depth: flow.depth, text });
    else if (text.trim() !== '') this.#add({ kind: this.#lists > 0 ? 'list' : 'paragraph', text });
    if (this.#flows.length === 1) this.#flush();
  }

  #closeSaid(): void {
    const text = this.#said ?? '';
    this.#said = null;
    if (text.trim() !== '') this.#flow.after.push({ kind: 'paragraph', text });
  }

  #closeTable(): void {
    const { tables } = this.#flow;
    const text = tables.pop()?.finish() ?? '';
    const outer = tables.at(-1);
    if (outer !== undefined) outer.add(text);
    else {
      this.#add({ kind: 'table', text });
      if (this.#flows.length === 1) this.#flush();
    }
  }

  #closeFlow(name: string): void {
    if (this.#flows.length === 1) return;
    const { items, after } = this.#flows.pop()!;
    const all = [...items, ...after];
    if (name === 'deletion') {
      this.#late.push(...all);
    } else if (name === 'annotation' && this.#isInSheets)
      this.#sheets!.comment(all.map(({ text }) => text).join('\n'));
    else if (this.#isTitleFrame && this.#slide > 0 && this.#flows.length === 1) {
      this.#isTitleFrame = false;
      this.#builder.heading(1, all.map(({ text }) => text).join(' '));
    } else if (this.#flows.length === 1 && this.#flow.paragraph === null && this.#flow.tables.length === 0)
      for (const item of all) this.#emit(item);
    else this.#flow.after.push(...all);
  }

  #add(item: Item): void {
    if (this.#flows.length === 1) this.#emit(item);
    else this.#flow.items.push(item.kind === 'heading' ? { kind: 'paragraph', text: item.text } : item);
  }

  #flush(): void {
    const { after } = this.#flow;
    this.#flow.after = [];
    for (const item of after) this.#emit(item);
  }

  #emit(item: Item): void {
    if (item.kind === 'heading') this.#builder.heading(item.depth, item.text);
    else this.#builder.block(item.kind, item.text);
  }
}

function newFlow(isInner: boolean): Flow {
  return { items: [], after: [], tables: [], paragraph: null, depth: null, isInner };
}
