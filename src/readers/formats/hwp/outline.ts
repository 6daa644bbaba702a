/** Which paragraphs are headings, and which have a number: by their paragraph shape or their style's name. */
import { Numbering, type NumberLevel } from './numbering.ts';

/** Names of styles that Hangul itself has, in both its languages. */
const OUTLINE_STYLE = /^(?:개요|outline|heading|제목)\s*(\d{1,2})$/iu;
const TITLE_STYLE = /^(?:제목|title|문서 제목|큰 제목)$/iu;

const MAX_LEVEL = 10;

interface Shape {
  readonly level: number;
  /** Of a list of numbers; null for the outline, whose numbers each section chooses. */
  readonly numbering: number | null;
}

export class Outline {
  readonly #shapes = new Map<number, Shape>();
  readonly #styles = new Map<number, number>();
  readonly #numberings = new Map<number, Numbering>();

  /** The list of numbers that the outline of the section has that is being read; from 1, 0: none. */
  sectionNumbering = 1;

  /** A paragraph shape that numbers by the outline. */
  addShape(id: number, level: number): void {
    this.#shapes.set(id, { level: clamped(level), numbering: null });
  }

  /** A paragraph shape that numbers by a list of its own, and is no heading for that. */
  addNumberedShape(id: number, level: number, numbering: number): void {
    this.#shapes.set(id, { level: clamped(level), numbering });
  }

  addStyle(id: number, names: readonly string[]): void {
    for (const name of names) {
      const level = OUTLINE_STYLE.exec(name.trim())?.[1];
      if (level !== undefined) this.#styles.set(id, clamped(Number(level)));
      else if (TITLE_STYLE.test(name.trim())) this.#styles.set(id, 1);
    }
  }

  addNumbering(id: number, levels: readonly NumberLevel[]): void {
    this.#numberings.set(id, new Numbering(levels));
  }

  /** Of the outline, from 1; 0: no heading. */
  levelOf(shape: number, style: number): number {
    const own = this.#shapes.get(shape);
    if (own !== undefined && own.numbering === null) return own.level;
    return this.#styles.get(style) ?? 0;
  }

  /** The number of the next paragraph of this shape, or ''. Counts: once a paragraph, in their order. */
  numberOf(shape: number): string {
    const own = this.#shapes.get(shape);
    if (own === undefined) return '';
    return this.#numberings.get(own.numbering ?? this.sectionNumbering)?.next(own.level) ?? '';
  }
}

function clamped(level: number): number {
  return Math.min(MAX_LEVEL, Math.max(1, level));
}
