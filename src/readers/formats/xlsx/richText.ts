/** Strings of a workbook: the joined runs, without phonetic guides (`rPh`). */
import { parseXml, type Attributes } from '../xml/parseXml.ts';

/** Collects the text of any element that holds `t`: `si`, `is`, `comment`. */
export class RichText {
  #text = '';
  #collects = false;
  #phonetics = 0;

  open(name: string, _attributes?: Attributes): void {
    if (name === 'rPh') this.#phonetics++;
    else if (name === 't') this.#collects = this.#phonetics === 0;
  }

  close(name: string): void {
    if (name === 'rPh') this.#phonetics--;
    else if (name === 't') this.#collects = false;
  }

  text(value: string): void {
    if (this.#collects) this.#text += value;
  }

  take(): string {
    const text = unescaped(this.#text);
    this.#text = '';
    return text;
  }
}

/** `sharedStrings.xml`, by number. */
export function sharedStrings(bytes: Uint8Array | null): readonly string[] {
  const strings: string[] = [];
  if (bytes === null) return strings;
  const rich = new RichText();
  parseXml(bytes, {
    open: name => rich.open(name),
    text: value => rich.text(value),
    close: name => {
      rich.close(name);
      // Betas of Excel 2007 used another name.
      if (name === 'si' || name === 'sstItem') strings.push(rich.take());
    },
  });
  return strings;
}

/** Characters that XML cannot hold are written as `_x000D_`. */
export function unescaped(text: string): string {
  return text.includes('_x')
    ? text.replace(/_x([0-9a-f]{4})_/giu, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    : text;
}
