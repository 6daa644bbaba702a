/** Which paragraphs are headings: by their style's name, or their own paragraph shape. */

/** Names of styles that Hangul itself has, in both its languages. */
const OUTLINE_STYLE = /^(?:개요|outline|heading|제목)\s*(\d{1,2})$/iu;
const TITLE_STYLE = /^(?:제목|title|문서 제목|큰 제목)$/iu;

/** Levels from 1; 0: none. */
export class Outline {
  readonly #shapes = new Map<number, number>();
  readonly #styles = new Map<number, number>();

  /** A paragraph shape that numbers by the outline. */
  addShape(id: number, level: number): void {
    this.#shapes.set(id, Math.min(10, Math.max(1, level)));
  }

  addStyle(id: number, names: readonly string[]): void {
    for (const name of names) {
      const level = OUTLINE_STYLE.exec(name.trim())?.[1];
      if (level !== undefined) this.#styles.set(id, Math.min(10, Math.max(1, Number(level))));
      else if (TITLE_STYLE.test(name.trim())) this.#styles.set(id, 1);
    }
  }

  levelOf(shape: number, style: number): number {
    return this.#shapes.get(shape) ?? this.#styles.get(style) ?? 0;
  }
}
