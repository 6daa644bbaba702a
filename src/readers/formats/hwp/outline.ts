/** Which paragraphs are headings, and which have a number or a bullet: by their paragraph shape or their style's name. */
import { Numbering, type NumberLevel } from './numbering.ts';

/** Names of styles that Hangul itself has, in both its languages. */
const OUTLINE_STYLE = /^(?:개요|outline|heading|제목)\s*(\d{1,2})$/iu;
const TITLE_STYLE = /^(?:제목|title|문서 제목|큰 제목)$/iu;

const MAX_LEVEL = 10;
/** Private use, unassigned, control, half of a pair. */
const NO_SIGN = /^\p{C}/u;

/** What stands before a paragraph: a number of the outline, of a list of numbers, or a bullet. */
interface Shape {
  readonly level: number;
  readonly head: 'outline' | 'number' | 'bullet';
  /** Of the list of numbers or the bullet; each section chooses the list of its outline. */
  readonly id: number;
}

export class Outline {
  readonly #shapes = new Map<number, Shape>();
  readonly #styles = new Map<number, number>();
  readonly #numberings = new Map<number, Numbering>();
  readonly #bullets = new Map<number, string>();

  /** The list of numbers that the outline of the section has that is being read; from 1, 0: none. */
  sectionNumbering = 1;

  /** A paragraph shape that numbers by the outline. */
  addShape(id: number, level: number): void {
    this.#shapes.set(id, { level: clamped(level), head: 'outline', id: 0 });
  }

  /** A paragraph shape that numbers by a list of its own, and is no heading for that. */
  addNumberedShape(id: number, level: number, numbering: number): void {
    this.#shapes.set(id, { level: clamped(level), head: 'number', id: numbering });
  }

  addBulletedShape(id: number, bullet: number): void {
    this.#shapes.set(id, { level: 1, head: 'bullet', id: bullet });
  }

  /** `sign`: as the document names it; one that only a font of signs has is shown as a dot. */
  addBullet(id: number, sign: string): void {
    if (sign !== '' && sign.codePointAt(0)! > 0x20) this.#bullets.set(id, NO_SIGN.test(sign) ? '•' : sign);
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
    if (own?.head === 'outline') return own.level;
    return this.#styles.get(style) ?? 0;
  }

  /** The number or bullet of the next paragraph of this shape, or ''. Counts: once a paragraph, in their order. */
  numberOf(shape: number): string {
    const own = this.#shapes.get(shape);
    if (own === undefined) return '';
    if (own.head === 'bullet') return this.#bullets.get(own.id) ?? '';
    const numbering = own.head === 'number' ? own.id : this.sectionNumbering;
    return this.#numberings.get(numbering)?.next(own.level) ?? '';
  }
}

function clamped(level: number): number {
  return Math.min(MAX_LEVEL, Math.max(1, level));
}
