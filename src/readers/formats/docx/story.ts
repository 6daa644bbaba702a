/** Turns WordprocessingML into paragraphs, tables and insets (ECMA-376 part 1, 17) while a part is parsed. */
import type { BlockKind } from '../../../text/blocks.ts';
import { Alternatives } from '../ooxml/alternatives.ts';
import { attribute, relationId, type Attributes, type XmlHandler } from '../xml/parseXml.ts';
import { RunText } from './runText.ts';
import type { Styles } from './styles.ts';
import { TableText } from './tableText.ts';

export type StoryItem =
  | { readonly kind: 'heading'; readonly depth: number; readonly text: string }
  | { readonly kind: 'block'; readonly block: BlockKind; readonly text: string }
  /** A part that the text refers to: a chart, a diagram, an embedded file. */
  | { readonly kind: 'relation'; readonly id: string; readonly of: string }
  | { readonly kind: 'note'; readonly of: string; readonly id: string }
  /** One-based location of the items that follow. */
  | { readonly kind: 'place'; readonly section: number; readonly paragraph: number };

/** State that the paragraphs of one flow (body or text box) share. */
interface Flow {
  readonly items: StoryItem[];
  /** Items that follow the open paragraph or table. */
  after: StoryItem[];
  readonly tables: TableText[];
  run: RunText | null;
  style: string;
  outline: number | null;
  isList: boolean;
  endsSection: boolean;
  /** The flow was opened by a paragraph within a paragraph. */
  readonly isInner: boolean;
}

const NOTES = new Set(['footnoteReference', 'endnoteReference', 'commentReference']);
const RELATIONS: ReadonlyMap<string, string> = new Map([
  ['chart', 'id'],
  ['relIds', 'dm'],
  ['OLEObject', 'id'],
  ['altChunk', 'id'],
]);

/** `targetOf` gives the target of a relation of this part, if that is an address. */
export class Story implements XmlHandler {
  readonly #styles: Styles;
  readonly #targetOf: (id: string) => string;
  readonly #emit: (item: StoryItem) => void;
  readonly #alternatives = new Alternatives();
  readonly #flows: Flow[] = [newFlow(false)];
  /** Depth inside properties that a tracked change replaced. */
  #changes = 0;
  #properties = 0;
  #section = 1;
  #paragraph = 0;

  constructor(styles: Styles, targetOf: (id: string) => string, emit: (item: StoryItem) => void) {
    this.#styles = styles;
    this.#targetOf = targetOf;
    this.#emit = emit;
  }

  readonly open = (name: string, attributes: Attributes): void => {
    if (this.#alternatives.open(name)) return;
    if (name.endsWith('PrChange')) this.#changes++;
    if (this.#changes > 0) return;
    if (name === 'pPr') this.#properties++;
    if (this.#properties > 0) this.#openProperty(name, attributes);
    else if (name === 'p') this.#openParagraph();
    else if (name === 'txbxContent') this.#flows.push(newFlow(false));
    else if (name === 'tbl') this.#flow.tables.push(new TableText());
    else if (!this.#openReference(name, attributes)) this.#run?.open(name, attributes);
  };

  readonly close = (name: string): void => {
    if (this.#alternatives.close(name)) return;
    if (name.endsWith('PrChange')) this.#changes--;
    else if (this.#changes > 0) return;
    else if (name === 'pPr') this.#properties--;
    else if (this.#properties > 0) return;
    else if (name === 'p') this.#closeParagraph();
    else if (name === 'txbxContent') this.#closeFlow();
    else if (name === 'tc' || name === 'tr') this.#flow.tables.at(-1)?.close(name);
    else if (name === 'tbl') this.#closeTable();
    else this.#run?.close(name);
  };

  readonly text = (value: string): void => {
    if (!this.#alternatives.isSkipped && this.#changes === 0) this.#run?.text(value);
  };

  get #flow(): Flow {
    return this.#flows.at(-1)!;
  }

  get #run(): RunText | null {
    return this.#flow.run;
  }

  #openProperty(name: string, attributes: Attributes): void {
    const flow = this.#flow;
    if (name === 'pStyle') flow.style = attribute(attributes, 'w:val');
    else if (name === 'outlineLvl') flow.outline = Number(attribute(attributes, 'w:val'));
    else if (name === 'numPr') flow.isList = true;
    else if (name === 'sectPr') flow.endsSection = true;
  }

  #openParagraph(): void {
    if (this.#flow.run !== null) this.#flows.push(newFlow(true));
    const flow = this.#flow;
    if (this.#flows.length === 1 && flow.tables.length === 0) this.#place();
    flow.run = new RunText(this.#targetOf);
    flow.style = '';
    flow.outline = null;
    flow.isList = false;
    flow.endsSection = false;
  }

  #place(): void {
    this.#paragraph++;
    this.#emit({ kind: 'place', section: this.#section, paragraph: this.#paragraph });
  }

  /** Whether the element refers to something that is read beside the text. */
  #openReference(name: string, attributes: Attributes): boolean {
    const { after } = this.#flow;
    const link = RELATIONS.get(name);
    const id = link === undefined ? '' : relationId(attributes, link);
    if (id !== '') after.push({ kind: 'relation', id, of: name });
    else if (NOTES.has(name)) {
      const of = name.slice(0, -'Reference'.length);
      after.push({ kind: 'note', of, id: attribute(attributes, 'w:id') });
    } else if (name === 'docPr' || name === 'shape' || name === 'textpath') {
      for (const said of ['title', 'descr', 'alt', 'string'])
        if (attribute(attributes, said) !== '') this.#after(attribute(attributes, said));
    } else return false;
    return true;
  }

  #after(text: string): void {
    if (text.trim() !== '') this.#flow.after.push({ kind: 'block', block: 'paragraph', text });
  }

  #closeParagraph(): void {
    const flow = this.#flow;
    const { run } = flow;
    if (run === null) return;
    const { text, deleted } = run.finish();
    flow.run = null;
    this.#after(deleted);
    const table = flow.tables.at(-1);
    if (table === undefined) {
      if (text.trim() !== '') this.#add(this.#paragraphItem(flow, text));
      this.#addAfter();
    } else table.add(text);
    if (flow.endsSection) {
      this.#section++;
      this.#paragraph = 0;
    }
    if (flow.isInner) this.#closeFlow();
  }

  #paragraphItem({ style, outline, isList }: Flow, text: string): StoryItem {
    const depth = this.#styles.depthOf(style, outline);
    if (depth !== null) return { kind: 'heading', depth, text };
    const block = isList || this.#styles.isList(style) ? 'list' : 'paragraph';
    return { kind: 'block', block, text };
  }

  #closeTable(): void {
    const { tables } = this.#flow;
    const text = tables.pop()?.finish() ?? '';
    const outer = tables.at(-1);
    if (outer !== undefined) {
      outer.add(text);
      return;
    }
    if (this.#flows.length === 1) this.#place();
    this.#add({ kind: 'block', block: 'table', text });
    this.#addAfter();
  }

  /** The content of a text box follows the paragraph that it is anchored in. */
  #closeFlow(): void {
    if (this.#flows.length === 1) return;
    const { items, after } = this.#flows.pop()!;
    this.#flow.after.push(...items, ...after);
  }

  #add(item: StoryItem): void {
    if (this.#flows.length === 1) this.#emit(item);
    else this.#flow.items.push(item);
  }

  #addAfter(): void {
    const { after } = this.#flow;
    this.#flow.after = [];
    for (const item of after) this.#add(item);
  }
}

function newFlow(isInner: boolean): Flow {
  const none = { run: null, style: '', outline: null, isList: false, endsSection: false };
  return { items: [], after: [], tables: [], isInner, ...none };
}
