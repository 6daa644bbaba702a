/** The text of one OpenDocument paragraph. Blanks that XML would fold are elements in it. */
import { attribute, type Attributes } from '../xml/parseXml.ts';

/** No line of a document has more blanks side by side. */
const MAX_BLANKS = 1_000;
/** At most so many links are looked for in their paragraph. */
const MAX_SAID = 100;

export class ParagraphText {
  readonly #links = new Set<string>();
  #text = '';

  open(name: string, attributes: Attributes): void {
    if (name === 's') {
      const count = Number(attribute(attributes, 'text:c')) || 1;
      this.#text += ' '.repeat(Math.min(MAX_BLANKS, Math.max(1, count)));
    } else if (name === 'tab') this.#text += '\t';
    else if (name === 'line-break') this.#text += '\n';
    else if (name === 'a') {
      const link = attribute(attributes, 'xlink:href').replace(/^mailto:/iu, '');
      if (link !== '' && !link.startsWith('#') && !link.startsWith('../')) this.#links.add(link);
    }
  }

  text(value: string): void {
    this.#text += value.replace(/\s+/gu, ' ');
  }

  finish(): string {
    const isFew = this.#links.size <= MAX_SAID;
    const links = [...this.#links].filter(link => !isFew || !this.#text.includes(link));
    return [this.#text, ...links].join('\n');
  }
}
