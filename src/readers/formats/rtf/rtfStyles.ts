/** Tells which styles of an RTF document make headings. */

const HEADING = /^(?:heading|제목|개요)\s*([1-9])/iu;
const TITLE = /^(?:title|제목)$/iu;

export class RtfStyles {
  readonly #depths = new Map<number, number>();
  #style: number | null = null;
  #outline: number | null = null;

  begin(style: number): void {
    this.#style = style;
    this.#outline = null;
  }

  /** Sets a property of the open style. */
  setting(word: string, value: number | null): void {
    if (word === 'outlinelevel') this.#outline = value;
  }

  /** `name` as it stands in the table, with its semicolon. */
  end(name: string): void {
    if (this.#style === null) return;
    const depth = this.#depth(name.replace(/;\s*$/u, '').trim());
    if (depth !== null) this.#depths.set(this.#style, depth);
    this.#style = null;
  }

  /** Depth 1 is the title's, so that headings of level 1 come below it. */
  depthOf(style: number, outline: number | null): number | null {
    if (outline !== null && outline >= 0 && outline < 9) return outline + 2;
    return this.#depths.get(style) ?? null;
  }

  #depth(name: string): number | null {
    if (this.#outline !== null && this.#outline >= 0 && this.#outline < 9) return this.#outline + 2;
    if (TITLE.test(name)) return 1;
    const level = HEADING.exec(name)?.[1];
    return level === undefined ? null : Number(level) + 1;
  }
}
