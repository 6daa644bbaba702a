/** The objects of a PDF by their numbers, as far as their text tells. */
import { contentOf, type PdfStream } from './streams.ts';

/** The text of an object is looked at no further. */
const MAX_OBJECT = 256 * 1024;
const OBJECT = /(?<!\d)(\d{1,9})\s+\d{1,5}\s+obj/gu;
const REFERENCE = /\/([^\s/<>[\](){}%]+)\s+(\d{1,9})\s+\d{1,5}\s+R\b/gu;

/** Numbers of objects by the names they are given. */
export type References = ReadonlyMap<string, readonly number[]>;

export class PdfObjects {
  readonly #file: string;
  /** Where objects begin in the file, in this order. */
  readonly #starts: { readonly number: number; readonly start: number }[] = [];
  /** Texts of the objects by their number. */
  readonly #byNumber = new Map<number, (() => string)[]>();
  /** Texts of objects that are packed together. */
  readonly #packed: string[] = [];
  #references: References | null = null;

  /** `packed`: the streams that hold objects. */
  constructor(file: Buffer, packed: readonly PdfStream[]) {
    this.#file = file.toString('latin1');
    for (const { 0: header, 1: number, index } of this.#file.matchAll(OBJECT)) {
      const start = index + header.length;
      this.#starts.push({ number: Number(number), start });
      add(this.#byNumber, Number(number), () => this.#textAt(start));
    }
    for (const stream of packed) this.#unpack(contentOf(stream)?.toString('latin1') ?? '');
  }

  #textAt(start: number): string {
    const end = this.#file.indexOf('endobj', start);
    return this.#file.slice(start, Math.min(end === -1 ? Infinity : end, start + MAX_OBJECT));
  }

  /** A list of numbers and places comes first, then the objects. */
  #unpack(text: string): void {
    const list = /^[\s\d]*/u.exec(text)![0];
    const numbers = (list.match(/\d+/gu) ?? []).map(Number);
    this.#packed.push(text);
    for (let i = 0; i + 1 < numbers.length; i += 2) {
      const [number = 0, from = 0, , next = Infinity] = numbers.slice(i, i + 4);
      const end = list.length + Math.min(next, from + MAX_OBJECT);
      add(this.#byNumber, number, () => text.slice(list.length + from, end));
    }
  }

  /** The numbers that lead to a stream: an object before it that was left open takes its stream as well. */
  numbersOf({ start }: PdfStream): number[] {
    const earliest = this.#file.lastIndexOf('endstream', start);
    const numbers: number[] = [];
    for (let i = this.#indexBefore(start); i >= 0 && this.#starts[i]!.start > earliest; i--)
      numbers.push(this.#starts[i]!.number);
    return numbers;
  }

  /** The last object that begins before a place, or -1. */
  #indexBefore(place: number): number {
    let [low, high] = [0, this.#starts.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#starts[middle]!.start <= place) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  /** The objects that a drawing may mean by its names. */
  resourcesOf({ dictionary }: PdfStream): References {
    // Without resources of its own, a drawing has those of whoever draws it.
    if (!dictionary.includes('/Resources')) return this.#all();
    let resources = referencesIn([dictionary]);
    for (const key of ['Resources', 'XObject']) {
      const texts = (resources.get(key) ?? []).flatMap(number => this.#byNumber.get(number) ?? []);
      resources = referencesIn(
        texts.map(text => text()),
        resources,
      );
    }
    return resources;
  }

  #all(): References {
    this.#references ??= referencesIn([this.#file, ...this.#packed]);
    return this.#references;
  }
}

function referencesIn(texts: readonly string[], known: References = new Map()): References {
  const found = new Map([...known].map(([name, numbers]) => [name, [...numbers]]));
  for (const text of texts)
    for (const [, name, number] of text.matchAll(REFERENCE)) add(found, nameOf(name!), Number(number));
  return found;
}

/** A name as it is meant: letters may be written as their codes. */
export function nameOf(written: string): string {
  return written.replace(/#([\da-f]{2})/giu, (_, code: string) =>
    String.fromCodePoint(Number.parseInt(code, 16)),
  );
}

function add<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, [value]);
  else known.push(value);
}
