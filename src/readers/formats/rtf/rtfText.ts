/** Turns RTF tokens into properties, headings, paragraphs, tables, notes and embedded files. */
import type { DocumentBuilder } from '../../documentBuilder.ts';
import { TableText } from '../docx/tableText.ts';
import { ProblemError } from '../problem.ts';
import { codePageOfCharset, isLeadByte } from './codePages.ts';
import { destinationOf, META, SIGNS, type Destination } from './destinations.ts';
import { objectFile, type EmbeddedObject } from './objects.ts';
import { RtfStyles } from './rtfStyles.ts';
import type { RtfToken } from './tokens.ts';

interface Group {
  destination: Destination;
  /** The control word that names the group. */
  name: string;
  page: string;
  /** Number of characters after `\u` that repeat it for older readers. */
  fallback: number;
  isIgnorable: boolean;
  /** Whether a text of its own was begun for the group. */
  ownText: boolean;
}

/** Deeper groups are made to do harm. */
const MAX_DEPTH = 2_000;
/** At most so many links are looked for in their paragraph. */
const MAX_SAID = 100;
const MAX_OBJECT = 64 * 1024 * 1024;

export class RtfText {
  readonly objects: EmbeddedObject[] = [];
  readonly #builder: DocumentBuilder;
  readonly #decode: (page: string, bytes: readonly number[]) => string;
  readonly #styles = new RtfStyles();
  readonly #fonts = new Map<number, string>();
  readonly #groups: Group[] = [];
  /** The open texts: that of the paragraph, and those of groups apart from it. */
  readonly #texts: string[] = [''];
  #group: Group = {
    destination: 'body',
    name: '',
    page: 'cp1252',
    fallback: 1,
    isIgnorable: false,
    ownText: false,
  };
  #documentPage = 'cp1252';
  #bytes: number[] = [];
  #skip = 0;
  #font = 0;
  #after: string[] = [];
  #late: string[] = [];
  #table: TableText | null = null;
  #isInTable = false;
  #style = 0;
  #outline: number | null = null;
  #paragraph = 0;

  constructor(builder: DocumentBuilder, decode: (page: string, bytes: readonly number[]) => string) {
    this.#builder = builder;
    this.#decode = decode;
  }

  token(token: RtfToken): void {
    if (token.kind === 'byte') this.#byte(token.byte);
    else if (token.kind === 'word') this.#word(token.word, token.value);
    else if (token.kind === 'open') this.#open();
    else this.#close();
  }

  finish(): void {
    while (this.#groups.length > 0) this.#close();
    this.#endParagraph();
    this.#closeTable();
    this.#builder.leave(1);
    for (const text of this.#late) this.#builder.block('paragraph', text);
  }

  #open(): void {
    this.#flush();
    if (this.#groups.push(this.#group) > MAX_DEPTH) throw new ProblemError('damaged', 'nesting');
    const { destination, ownText } = this.#group;
    // A group within the table of styles is a style.
    const isStyle = destination === 'styles' && !ownText;
    this.#group = { ...this.#group, isIgnorable: false, ownText: isStyle };
    if (isStyle) this.#texts.push('');
    this.#skip = 0;
  }

  #close(): void {
    this.#flush();
    const { destination, name, ownText } = this.#group;
    const outer = this.#groups.pop();
    if (outer === undefined) return;
    this.#group = outer;
    this.#skip = 0;
    if (!ownText) return;
    const text = this.#texts.pop()!;
    if (destination === 'meta') this.#addMeta(name, text);
    else if (destination === 'styles') this.#styles.end(text);
    else if (destination === 'note') this.#after.push(text);
    else if (destination === 'late') this.#late.push(text);
    else if (destination === 'field') this.#addLink(text);
    else if (destination === 'object') {
      const file = objectFile(text);
      if (file !== null) this.objects.push(file);
    }
  }

  #word(word: string, value: number | null): void {
    if (word === '*') {
      this.#group.isIgnorable = true;
      return;
    }
    if (word === 'u') {
      this.#unicode(value ?? 0);
      return;
    }
    if (this.#skip > 0 && word !== 'uc') {
      this.#skip--;
      return;
    }
    this.#flush();
    const destination = destinationOf(word, this.#group.isIgnorable, this.#group.destination);
    this.#group.isIgnorable = false;
    if (destination !== null) this.#begin(destination, word);
    else if (!this.#setting(word, value)) this.#sign(word);
  }

  #begin(destination: Destination, name: string): void {
    this.#group.destination = destination;
    this.#group.name = name;
    if (destination === 'body' || destination === 'skip' || destination === 'fonts') return;
    // The table of styles is not text itself, but its groups are.
    if (name === 'stylesheet' || name === 'info') return;
    this.#group.ownText = true;
    this.#texts.push('');
  }

  /** Sets a property that tells how the following text is to be read. */
  #setting(word: string, value: number | null): boolean {
    const { destination } = this.#group;
    if (word === 'ansicpg' && value !== null && value > 0)
      this.#documentPage = this.#group.page = `cp${value}`;
    else if (word === 'mac') this.#documentPage = this.#group.page = 'macroman';
    else if (word === 'uc') this.#group.fallback = Math.min(16, Math.max(0, value ?? 1));
    else if (word === 'f' || word === 'af') this.#useFont(word, value ?? 0);
    else if (word === 'plain') this.#group.page = this.#documentPage;
    else if (word === 'fcharset' && destination === 'fonts') {
      const page = codePageOfCharset(value ?? 0);
      if (page !== null && value !== 0) this.#fonts.set(this.#font, page);
    } else if (word === 's' && destination === 'styles') this.#styles.begin(value ?? 0);
    else if (destination === 'styles') this.#styles.setting(word, value);
    else if (word === 'pard') [this.#style, this.#outline, this.#isInTable] = [0, null, false];
    else if (word === 's') this.#style = value ?? 0;
    else if (word === 'outlinelevel') this.#outline = value;
    else if (word === 'intbl') this.#isInTable = true;
    else return false;
    return true;
  }

  #useFont(word: string, font: number): void {
    if (this.#group.destination === 'fonts') this.#font = font;
    else if (word === 'f') this.#group.page = this.#fonts.get(font) ?? this.#documentPage;
  }

  /** Handles a word that stands for a character or ends something. */
  #sign(word: string): void {
    const sign = SIGNS.get(word);
    if (this.#group.destination === 'skip') return;
    if (sign !== undefined) this.#append(sign);
    else if (this.#texts.length > 1) {
      if (word === 'par' || word === 'cell' || word === 'row') this.#append('\n');
    } else if (word === 'par' || word === 'sect' || word === 'page') this.#endParagraph();
    else if (word === 'cell' || word === 'nestcell') this.#endCell('tc');
    else if (word === 'row' || word === 'nestrow') this.#endCell('tr');
  }

  #byte(byte: number): void {
    if (this.#skip > 0) this.#skip--;
    else if (this.#group.destination !== 'skip' && this.#group.destination !== 'fonts') {
      this.#bytes.push(byte);
      if (this.#bytes.length > 4_096 && !isLeadByte(byte, this.#group.page)) this.#flush();
    }
  }

  #unicode(value: number): void {
    this.#flush();
    this.#append(String.fromCharCode(value & 0xffff));
    this.#skip = this.#group.fallback;
  }

  #flush(): void {
    if (this.#bytes.length === 0) return;
    const bytes = this.#bytes;
    this.#bytes = [];
    this.#append(
      bytes.every(byte => byte < 0x80)
        ? String.fromCharCode(...bytes)
        : this.#decode(this.#group.page, bytes),
    );
  }

  #append(text: string): void {
    const { destination } = this.#group;
    if (destination === 'skip' || destination === 'fonts') return;
    const last = this.#texts.length - 1;
    if (this.#texts[last]!.length < MAX_OBJECT) this.#texts[last] += text;
  }

  #addMeta(name: string, text: string): void {
    const label = META.get(name);
    if (label === undefined) return;
    if (name === 'title') this.#builder.title(text);
    if (name === 'keywords') for (const word of text.split(/[,;]/u)) this.#builder.keyword(word);
    this.#builder.metadata(label, text);
  }

  #addLink(instruction: string): void {
    const target = /^\s*HYPERLINK\s+(?:\\[a-z]\s+)*"?([^"\s]+)"?/iu
      .exec(instruction)?.[1]
      ?.replace(/^mailto:/iu, '');
    if (target !== undefined && !target.startsWith('\\')) this.#after.push(target);
  }

  #endParagraph(): void {
    const text = this.#texts[0]!;
    if (this.#isInTable && this.#texts.length === 1) {
      (this.#table ??= new TableText()).add(text);
      this.#texts[0] = '';
      return;
    }
    this.#closeTable();
    this.#texts[0] = '';
    this.#paragraph++;
    this.#builder.at({ kind: 'section', section: 1, paragraph: this.#paragraph });
    const depth = this.#styles.depthOf(this.#style, this.#outline);
    if (depth !== null && text.trim() !== '') this.#builder.heading(depth, text);
    else this.#builder.block('paragraph', text);
    this.#addAfter(text);
  }

  #addAfter(said: string): void {
    const isFew = this.#after.length <= MAX_SAID;
    for (const text of this.#after)
      if (!isFew || !said.includes(text)) this.#builder.block('paragraph', text);
    this.#after = [];
  }

  #endCell(mark: 'tc' | 'tr'): void {
    this.#table ??= new TableText();
    this.#table.add(this.#texts[0]!);
    this.#texts[0] = '';
    this.#table.close(mark);
  }

  #closeTable(): void {
    const table = this.#table;
    this.#table = null;
    if (table === null) return;
    this.#paragraph++;
    this.#builder.at({ kind: 'section', section: 1, paragraph: this.#paragraph });
    const text = table.finish();
    this.#builder.block('table', text);
    this.#addAfter(text);
  }
}
