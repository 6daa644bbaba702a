/** The text of a paragraph's runs: its text, what was deleted from it, and the targets of its links. */
import { attribute, relationId, type Attributes } from '../xml/parseXml.ts';

const HYPERLINK = /^\s*HYPERLINK\s+(?:\\[a-z]\s+)*"?([^"\s]+)"?/iu;
/** At most so many links are looked for in their paragraph. */
const MAX_SAID = 100;
/** Elements whose characters are text. */
const TEXTS = new Set(['t', 'delText', 'instrText', 'delInstrText']);
const SIGNS: ReadonlyMap<string, string> = new Map([
  ['tab', '\t'],
  ['ptab', '\t'],
  ['br', '\n'],
  ['cr', '\n'],
  ['noBreakHyphen', '-'],
]);

export class RunText {
  readonly #targetOf: (id: string) => string;
  readonly #links = new Set<string>();
  #text = '';
  #deleted = '';
  /** The words above or beside a character that tell how to read it. */
  #ruby = '';
  #inRuby = 0;
  #deletions = 0;
  #collecting: string | null = null;
  /** Instructions of the open fields, innermost last. */
  readonly #fields: string[] = [];

  constructor(targetOf: (id: string) => string) {
    this.#targetOf = targetOf;
  }

  open(name: string, attributes: Attributes): void {
    const sign = SIGNS.get(name);
    if (TEXTS.has(name)) this.#collecting = name;
    else if (sign !== undefined) this.#append(sign);
    else if (name === 'del' || name === 'moveFrom') this.#deletions++;
    else if (name === 'rt') this.#inRuby++;
    else if (name === 'hyperlink') this.#link(this.#targetOf(relationId(attributes)));
    else if (name === 'hlinkClick') this.#link(this.#targetOf(relationId(attributes)));
    else if (name === 'fldSimple') this.#instruction(attribute(attributes, 'w:instr'));
    else if (name === 'fldChar') this.#field(attribute(attributes, 'w:fldCharType'));
  }

  close(name: string): void {
    if (TEXTS.has(name)) this.#collecting = null;
    else if (name === 'del' || name === 'moveFrom') this.#deletions = Math.max(0, this.#deletions - 1);
    else if (name === 'rt') this.#inRuby = Math.max(0, this.#inRuby - 1);
    else if (name === 'ruby' && this.#ruby !== '') {
      this.#append(`(${this.#ruby})`);
      this.#ruby = '';
    }
  }

  text(value: string): void {
    if (this.#collecting === null) return;
    if (this.#collecting === 'instrText' || this.#collecting === 'delInstrText') {
      if (this.#fields.length > 0) this.#fields[this.#fields.length - 1] += value;
      else this.#fields.push(value);
    } else if (this.#collecting === 'delText') this.#deleted += value;
    else this.#append(value);
  }

  /** A target of a link gets a line of its own, unless the text contains it. */
  finish(): { readonly text: string; readonly deleted: string } {
    for (const instruction of this.#fields) this.#instruction(instruction);
    const isFew = this.#links.size <= MAX_SAID;
    const links = [...this.#links].filter(link => !isFew || !this.#text.includes(link));
    return { text: [this.#text, ...links].join('\n'), deleted: this.#deleted };
  }

  #append(text: string): void {
    if (this.#deletions > 0) this.#deleted += text;
    else if (this.#inRuby > 0) this.#ruby += text;
    else this.#text += text;
  }

  #field(type: string): void {
    if (type === 'begin') this.#fields.push('');
    else if (type === 'end') this.#instruction(this.#fields.pop() ?? '');
  }

  #instruction(instruction: string): void {
    const target = HYPERLINK.exec(instruction)?.[1];
    if (target !== undefined) this.#link(target);
  }

  #link(target: string): void {
    const link = target.replace(/^mailto:/iu, '');
    if (link !== '' && !link.startsWith('#') && !link.startsWith('\\')) this.#links.add(link);
  }
}
