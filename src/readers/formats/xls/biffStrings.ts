/**
 * Strings of a workbook (MS-XLS 2.5.293 and 2.5.294), which may continue in the next record in another character width.
 */
import { decodeCodePage } from '../ole/properties.ts';

const [WIDE, EXTENDED, RICH] = [1, 4, 8];

/** Reads on from part to part. Bytes after the end read as zero, and `isAtEnd` tells. */
export class BiffCursor {
  readonly #parts: readonly Buffer[];
  #part = 0;
  #at: number;

  constructor(parts: readonly Buffer[], at = 0) {
    this.#parts = parts;
    this.#at = at;
    this.#settle();
  }

  get isAtEnd(): boolean {
    return this.#part >= this.#parts.length;
  }

  byte(): number {
    const value = this.#parts[this.#part]?.[this.#at] ?? 0;
    this.#at++;
    this.#settle();
    return value;
  }

  word(): number {
    return this.byte() | (this.byte() << 8);
  }

  long(): number {
    return this.word() + this.word() * 0x10000;
  }

  skip(bytes: number): void {
    let left = bytes;
    while (left > 0 && !this.isAtEnd) {
      const step = Math.min(left, this.#parts[this.#part]!.length - this.#at);
      left -= step;
      this.#at += step;
      this.#settle();
    }
  }

  /** Reads a string with its flags and what they announce, after its length has been read. */
  richString(): string {
    const length = this.word();
    const flags = this.byte();
    const runs = (flags & RICH) === 0 ? 0 : this.word();
    const extension = (flags & EXTENDED) === 0 ? 0 : this.long();
    const text = this.characters(length, (flags & WIDE) !== 0);
    // Skips the fonts of its runs and its pronunciation.
    this.skip(runs * 4 + extension);
    return text;
  }

  /** A continuation begins with a byte that gives the width of characters from there on. */
  characters(count: number, isWide: boolean): string {
    let text = '';
    let left = count;
    let width = isWide ? 2 : 1;
    while (left > 0 && !this.isAtEnd) {
      const part = this.#parts[this.#part]!;
      const here = Math.min(left, Math.floor((part.length - this.#at) / width));
      const bytes = part.subarray(this.#at, this.#at + here * width);
      text += bytes.toString(width === 2 ? 'utf16le' : 'latin1');
      left -= here;
      if (left === 0) this.#at += bytes.length;
      else {
        this.#part++;
        width = ((this.#parts[this.#part]?.[0] ?? 0) & WIDE) === 0 ? 1 : 2;
        this.#at = 1;
      }
      this.#settle();
    }
    return text;
  }

  /** Moves to the next part when this one is used up. */
  #settle(): void {
    while (this.#part < this.#parts.length && this.#at >= this.#parts[this.#part]!.length) {
      this.#at -= this.#parts[this.#part]!.length;
      this.#part++;
    }
  }
}

/** A string of `count` characters at `at`: with a byte of flags since Excel 97, in a code page before. */
export function stringAt(data: Buffer, at: number, count: number, codePage: number | null): string {
  if (codePage !== null) return decodeCodePage(data.subarray(at, at + count), codePage);
  const isWide = ((data[at] ?? 0) & WIDE) !== 0;
  return data.subarray(at + 1, at + 1 + count * (isWide ? 2 : 1)).toString(isWide ? 'utf16le' : 'latin1');
}
