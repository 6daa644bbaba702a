/** The body of HWPX and HWPML: the same document as XML, by two vocabularies. Events in, paragraphs out. */
import type { Outline } from './outline.ts';
import {
  isBlank,
  ownWordsOf,
  ParagraphMaker,
  plainParagraph,
  story,
  type Cell,
  type Inset,
  type Paragraph,
} from './paragraphs.ts';

/** What an element means; names of both vocabularies are mapped to these (`hwpx.ts`, `hwpml.ts`). */
export type Role =
  | 'section'
  | 'paragraph'
  | 'text'
  | 'list'
  | 'table'
  | 'row'
  | 'cell'
  | 'caption'
  /** Its own text is read in the line: an equation's script, what a form says. */
  | 'word'
  /** Its own text stands over the word before it. */
  | 'ruby'
  /** A description; Hangul's own is left out. */
  | 'description'
  /** Its own text is a word of the index. */
  | 'keyword';

export interface XmlElement {
  readonly role: Role | null;
  /** Text that the element itself stands for: a tab, a number. */
  readonly text?: string;
  /** Likewise, but read apart from what is beside it. */
  readonly word?: string;
  /** Text in its attributes that stands by itself: text art. */
  readonly said?: string;
  /** It is drawn where it stands. */
  readonly isObject?: boolean;
  readonly shape?: number;
  readonly style?: number;
  /** Which list of numbers the section's outline has from here on. */
  readonly outlineNumbering?: number;
}

/** What a vocabulary says by the names of its elements alone. */
export interface Vocabulary {
  readonly roles: Readonly<Record<string, Role>>;
  /** Text that an element stands for. */
  readonly texts: Readonly<Record<string, string>>;
  /** What is drawn where it stands. */
  readonly objects: ReadonlySet<string>;
}

export function elementNamed(name: string, { roles, texts, objects }: Vocabulary): XmlElement {
  const text = texts[name];
  const role = roles[name] ?? null;
  if (text !== undefined) return { role, text };
  return objects.has(name) ? { role, isObject: true } : { role };
}

export interface BodySink {
  readonly section: () => void;
  readonly paragraph: (paragraph: Paragraph) => void;
  readonly keyword: (word: string) => void;
}

type Open =
  | { readonly kind: 'paragraph'; readonly maker: ParagraphMaker }
  | { readonly kind: 'list'; readonly role: 'list' | 'cell' | 'caption'; readonly paragraphs: Paragraph[] }
  | { readonly kind: 'table'; readonly rows: Cell[][]; readonly caption: Paragraph[] }
  | { readonly kind: 'words'; readonly role: Role; text: string }
  | { readonly kind: 'text' | 'other' };

/** What is nested deeper counts as text of what is above it: no document is, and none may fill the stack. */
const MAX_DEPTH = 400;
/** Empty cells of a row beyond these are none. */
const MAX_COLUMNS = 1000;

export class XmlBody {
  readonly #sink: BodySink;
  readonly #outline: Outline;
  readonly #open: Open[] = [];
  #tooDeep = 0;
  #isDeepText = false;

  constructor(outline: Outline, sink: BodySink) {
    this.#outline = outline;
    this.#sink = sink;
  }

  open(element: XmlElement): void {
    const { role, text, word, said, isObject } = element;
    this.#outline.sectionNumbering = element.outlineNumbering ?? this.#outline.sectionNumbering;
    if (isObject === true) this.#maker()?.apart();
    if (text !== undefined && this.#isText()) this.#maker()?.text(text);
    if (word !== undefined) this.#maker()?.word(word);
    if (said !== undefined && said.trim() !== '') this.#inset(story([plainParagraph(said)]));
    if (this.#open.length >= MAX_DEPTH) {
      this.#tooDeep++;
      this.#isDeepText = role === 'text';
      return;
    }
    this.#open.push(this.#opened(role, element));
  }

  text(text: string): void {
    const top = this.#open.at(-1);
    if (this.#tooDeep > 0) {
      if (this.#isDeepText) this.#outerMaker()?.word(text);
    } else if (top?.kind === 'words') top.text += text;
    else if (this.#isText()) this.#maker()?.text(text);
  }

  close(): void {
    if (this.#tooDeep > 0) {
      this.#tooDeep--;
      this.#isDeepText = false;
      return;
    }
    const top = this.#open.pop();
    if (top === undefined) return;
    if (top.kind === 'paragraph') this.#deliver(top.maker.finish());
    else if (top.kind === 'list') this.#closeList(top);
    else if (top.kind === 'table') this.#inset({ kind: 'table', caption: top.caption, rows: top.rows });
    else if (top.kind === 'words') this.#closeWords(top);
  }

  /** Closes what a file that is cut off left open. */
  finish(): void {
    this.#tooDeep = 0;
    while (this.#open.length > 0) this.close();
  }

  #opened(role: Role | null, { shape, style }: XmlElement): Open {
    switch (role) {
      case 'section':
        this.#sink.section();
        return { kind: 'other' };
      case 'paragraph':
        return {
          kind: 'paragraph',
          maker: new ParagraphMaker(
            this.#outline.levelOf(shape ?? -1, style ?? -1),
            this.#outline.numberOf(shape ?? -1),
          ),
        };
      case 'list':
      case 'cell':
      case 'caption':
        return { kind: 'list', role, paragraphs: [] };
      case 'table':
        return { kind: 'table', rows: [], caption: [] };
      case 'row': {
        const top = this.#open.at(-1);
        if (top?.kind === 'table' && top.rows.at(-1)?.length !== 0) top.rows.push([]);
        return { kind: 'other' };
      }
      case 'text':
        return { kind: 'text' };
      case 'word':
      case 'ruby':
      case 'description':
      case 'keyword':
        return { kind: 'words', role, text: '' };
      case null:
      default:
        return { kind: 'other' };
    }
  }

  #closeList({ role, paragraphs }: Extract<Open, { kind: 'list' }>): void {
    const parent = this.#open.at(-1);
    if (parent?.kind === 'list') {
      parent.paragraphs.push(...paragraphs);
      return;
    }
    const table = this.#nearest('table');
    if (role === 'cell' && table !== undefined) {
      if (table.rows.length === 0) table.rows.push([]);
      const row = table.rows.at(-1)!;
      if (paragraphs.length > 0 || row.length < MAX_COLUMNS) row.push(paragraphs);
    } else if (role === 'caption' && parent?.kind === 'table') parent.caption.push(...paragraphs);
    else if (paragraphs.length > 0) this.#inset(story(paragraphs));
  }

  #closeWords({ role, text }: Extract<Open, { kind: 'words' }>): void {
    const words = text.trim();
    if (words === '') return;
    if (role === 'word') this.#maker()?.word(words);
    else if (role === 'ruby') this.#maker()?.word(`(${words})`);
    else if (role === 'keyword') this.#sink.keyword(words);
    else if (ownWordsOf(words) !== '') this.#inset(story([plainParagraph(words)]));
  }

  /** Into what it is anchored in: a paragraph; without one, the list or the section itself. */
  #inset(inset: Inset): void {
    const maker = this.#maker();
    if (maker !== undefined) maker.inset(inset);
    else this.#deliver({ ...plainParagraph(''), after: [inset] });
  }

  #deliver(paragraph: Paragraph): void {
    for (let i = this.#open.length - 1; i >= 0; i--) {
      const open = this.#open[i]!;
      if (open.kind === 'list') {
        if (!isBlank(paragraph)) open.paragraphs.push(paragraph);
        return;
      }
      if (open.kind === 'paragraph') {
        open.maker.inset(story([paragraph]));
        return;
      }
    }
    this.#sink.paragraph(paragraph);
  }

  /** The paragraph that is being written, if nothing of its own stands between. */
  #maker(): ParagraphMaker | undefined {
    for (let i = this.#open.length - 1; i >= 0; i--) {
      const open = this.#open[i]!;
      if (open.kind === 'paragraph') return open.maker;
      if (open.kind === 'list') return undefined;
    }
    return undefined;
  }

  #outerMaker(): ParagraphMaker | undefined {
    for (let i = this.#open.length - 1; i >= 0; i--) {
      const open = this.#open[i]!;
      if (open.kind === 'paragraph') return open.maker;
    }
    return undefined;
  }

  #isText(): boolean {
    for (let i = this.#open.length - 1; i >= 0; i--) {
      const open = this.#open[i]!;
      if (open.kind === 'text') return true;
      if (open.kind !== 'other') return false;
    }
    return false;
  }

  #nearest(kind: 'table'): Extract<Open, { kind: 'table' }> | undefined {
    for (let i = this.#open.length - 1; i >= 0; i--) {
      const open = this.#open[i]!;
      if (open.kind === kind) return open;
    }
    return undefined;
  }
}
