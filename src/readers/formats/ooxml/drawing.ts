/** The text of DrawingML: shapes of slides and sheets, charts, diagrams (ECMA-376 part 1, 20 and 21). */
import { Alternatives } from './alternatives.ts';
import { attribute, relationId, type Attributes, type XmlHandler } from '../xml/parseXml.ts';

/** The items of a part, in order. */
export type DrawnItem =
  | { readonly kind: 'shape'; readonly placeholder: string | null; readonly text: string }
  | { readonly kind: 'table'; readonly text: string }
  /** A part or address that the drawing refers to: a chart, a diagram, an embedded file, a link. */
  | { readonly kind: 'relation'; readonly id: string; readonly of: string };

/** Elements whose paragraphs belong together and make one text. */
const SHAPES = new Set(['sp', 'txSp', 'pt', 'title', 'rich', 'cxnSp', 'pic', 'wsp', 'txPr']);
const LINKS: ReadonlyMap<string, string> = new Map([
  ['chart', 'id'],
  ['relIds', 'dm'],
  ['oleObj', 'id'],
  ['hlinkClick', 'id'],
  ['hlinkHover', 'id'],
  ['contentPart', 'id'],
]);

/** Collects text while a part is parsed. The fallback of an `AlternateContent` repeats its choice. */
export class DrawingText implements XmlHandler {
  readonly items: DrawnItem[] = [];
  #paragraphs: string[] = [];
  #paragraph = '';
  #placeholder: string | null = null;
  #shapes = 0;
  #tables = 0;
  #row: string[] = [];
  #rows: string[] = [];
  readonly #alternatives = new Alternatives();
  #collects = false;
  #values = 0;

  readonly open = (name: string, attributes: Attributes): void => {
    if (this.#alternatives.open(name)) return;
    this.#openContent(name, attributes);
    const link = LINKS.get(name);
    const id = link === undefined ? '' : relationId(attributes, link);
    if (id !== '') this.items.push({ kind: 'relation', id, of: name });
  };

  readonly close = (name: string): void => {
    if (!this.#alternatives.close(name)) this.#closeContent(name);
  };

  readonly text = (value: string): void => {
    if (this.#alternatives.isSkipped || !this.#collects) return;
    if (this.#values > 0) this.#paragraph += value.trim();
    else this.#paragraph += value;
  };

  #openContent(name: string, attributes: Attributes): void {
    if (this.#isShape(name)) {
      if (this.#shapes++ === 0) this.#flush();
    } else if (name === 'ph') this.#placeholder = attribute(attributes, 'type') || 'body';
    else if (name === 'cNvPr' || name === 'docPr') this.#alternative(attributes);
    else if (name === 'tbl') {
      if (this.#tables++ === 0) this.#flush();
    } else if (name === 'tr' && this.#tables > 0) this.#row = [];
    else if (name === 'tc' && this.#tables > 0) this.#paragraphs = [];
    else if (name === 't') this.#collects = true;
    else if (name === 'br') this.#paragraph += '\n';
    else if (name === 'strCache' || name === 'strLit' || name === 'lvl') this.#values++;
    else if (name === 'v') this.#collects = this.#values > 0;
  }

  #closeContent(name: string): void {
    if (name === 't') this.#collects = false;
    else if (name === 'v') {
      this.#collects = false;
      if (this.#values > 0) this.#endParagraph();
    } else if (name === 'strCache' || name === 'strLit' || name === 'lvl') {
      if (--this.#values === 0) this.#flush(' ');
    } else if (name === 'p') this.#endParagraph();
    else if (name === 'tc' && this.#tables > 0) {
      this.#row.push(this.#paragraphs.join('\n'));
      this.#paragraphs = [];
    } else if (name === 'tr' && this.#tables > 0) this.#rows.push(this.#row.join('\t'));
    else if (name === 'tbl' && --this.#tables === 0) {
      this.items.push({ kind: 'table', text: this.#rows.join('\n') });
      this.#rows = [];
    } else if (this.#isShape(name) && --this.#shapes === 0) this.#flush();
  }

  /** A point of a diagram is a text of its own; a point of a chart's series is not. */
  #isShape(name: string): boolean {
    return SHAPES.has(name) && !(name === 'pt' && this.#values > 0);
  }

  /** The description of a picture for people who do not see it. */
  #alternative(attributes: Attributes): void {
    for (const said of [attribute(attributes, 'title'), attribute(attributes, 'descr')])
      if (said.trim() !== '') this.items.push({ kind: 'shape', placeholder: null, text: said });
  }

  #endParagraph(): void {
    if (this.#paragraph.trim() !== '') this.#paragraphs.push(this.#paragraph);
    this.#paragraph = '';
    // Outside any shape (in comments and one-paragraph notes) each paragraph is a text of its own.
    if (this.#shapes === 0 && this.#tables === 0 && this.#values === 0) this.#flush();
  }

  #flush(separator = '\n'): void {
    const text = this.#paragraphs.join(separator);
    if (text !== '') this.items.push({ kind: 'shape', placeholder: this.#placeholder, text });
    this.#paragraphs = [];
    this.#placeholder = null;
  }
}
