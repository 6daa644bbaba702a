/** What a Hangul document is made of, whatever its file format: paragraphs, and what is anchored in them. */

/** Without formatting. `level`: of the outline, from 1; 0 for a paragraph that is no heading. */
export interface Paragraph {
  readonly text: string;
  readonly level: number;
  /** Anchored before the paragraph's text (a table with its remark in the line), or after it has begun. */
  readonly before: readonly Inset[];
  readonly after: readonly Inset[];
}

/** Notes, headers, text boxes, memos: a `story`; a table's cells each hold paragraphs. */
export type Inset =
  | { readonly kind: 'story'; readonly paragraphs: readonly Paragraph[] }
  | {
      readonly kind: 'table';
      readonly caption: readonly Paragraph[];
      readonly rows: readonly (readonly Cell[])[];
    };

export type Cell = readonly Paragraph[];

/** A paragraph on its way. */
export class ParagraphMaker {
  readonly level: number;
  readonly #number: string;
  #text = '';
  #hasText = false;
  #isApart = false;
  readonly #before: Inset[] = [];
  readonly #after: Inset[] = [];

  /** `number`: what is written before its text, if it has any. */
  constructor(level = 0, number = '') {
    this.level = level;
    this.#number = number;
  }

  text(value: string): void {
    if (value === '') return;
    if (this.#isApart && !/^\s/u.test(value)) this.#text += ' ';
    this.#isApart = false;
    this.#text += value;
    this.#hasText ||= value.trim() !== '';
  }

  /** Text that stands for itself in the line: a number, an equation. */
  word(value: string): void {
    if (value === '') return;
    this.apart();
    this.text(value);
    this.apart();
  }

  /** Something that is drawn stands here: what is before it and after it is not one word. */
  apart(): void {
    this.#isApart = /^\S$/u.test(this.#text.slice(-1));
  }

  inset(inset: Inset): void {
    if (this.#hasText) this.#after.push(inset);
    else this.#before.push(inset);
  }

  finish(): Paragraph {
    const text = this.#number !== '' && this.#hasText ? `${this.#number} ${this.#text}` : this.#text;
    return { text, level: this.level, before: this.#before, after: this.#after };
  }
}

/** Nothing is written in it, and nothing is anchored there. */
export function isBlank({ text, before, after }: Paragraph): boolean {
  return text.trim() === '' && before.length === 0 && after.length === 0;
}

/** A paragraph with nothing but text. */
export function plainParagraph(text: string): Paragraph {
  return { text, level: 0, before: [], after: [] };
}

export function story(paragraphs: readonly Paragraph[]): Inset {
  return { kind: 'story', paragraphs };
}

/** What Hangul itself writes as an object's description says nothing of it. */
const OWN_DESCRIPTION =
  /^(?:모양\s*)?\S{0,8}(?:\s?\S{1,6})?입니다\.?(?:\s*(?:원본 그림의 (?:이름|크기)|사진 찍은 날짜|카메라 제조 업체|카메라 모델|프로그램 이름|색 대표|노출|F-스톱|ISO 감도|EXIF)[^\n]*)*\s*$/u;

/** The description that an author gave an object, or ''. */
export function ownWordsOf(description: string): string {
  const text = description.trim();
  return OWN_DESCRIPTION.test(text) ? '' : text;
}
