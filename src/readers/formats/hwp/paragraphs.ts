/** The elements of a Hangul document in any of its file formats: paragraphs and what is anchored in them. */

/** A paragraph without formatting. `level` is that of the outline, from 1; 0 where the paragraph is not a heading. */
export interface Paragraph {
  readonly text: string;
  readonly level: number;
  /** Anchored before the paragraph's text (such as a table with a remark in the line), or after the text has begun. */
  readonly before: readonly Inset[];
  readonly after: readonly Inset[];
}

/** A note, header, text box or memo is a `story`; each cell of a table holds paragraphs. */
export type Inset =
  | { readonly kind: 'story'; readonly paragraphs: readonly Paragraph[] }
  | {
      readonly kind: 'table';
      readonly caption: readonly Paragraph[];
      readonly rows: readonly (readonly Cell[])[];
    };

export type Cell = readonly Paragraph[];

/** A paragraph that is being built. */
export class ParagraphMaker {
  readonly level: number;
  readonly #number: string;
  #text = '';
  #hasText = false;
  #isApart = false;
  readonly #before: Inset[] = [];
  readonly #after: Inset[] = [];

  /** `number` is the one shown before the text, if any. */
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

  /** Adds text that is a word by itself in the line: a number, an equation. */
  word(value: string): void {
    if (value === '') return;
    this.apart();
    this.text(value);
    this.apart();
  }

  /** Something is drawn here, so the text before and after it is not one word. */
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

/** Whether a paragraph has no text and nothing anchored in it. */
export function isBlank({ text, before, after }: Paragraph): boolean {
  return text.trim() === '' && before.length === 0 && after.length === 0;
}

/** A paragraph of nothing but text. */
export function plainParagraph(text: string): Paragraph {
  return { text, level: 0, before: [], after: [] };
}

export function story(paragraphs: readonly Paragraph[]): Inset {
  return { kind: 'story', paragraphs };
}

/** Names of what Hangul itself writes about a picture, each at the beginning of a line. */
const OWN_FACT =
  '(?:원본 그림의 (?:이름|크기)|사진 찍은 날짜|카메라 제조 업체|카메라 모델|프로그램 이름|색 대표|노출|F-스톱|ISO 감도|EXIF)';

/** Descriptions that Hangul itself writes for objects tell nothing about them. */
const OWN_DESCRIPTION = new RegExp(
  String.raw`^(?:모양\s*)?\S{0,8}(?:\s?\S{1,6})?입니다\.?(?:\s*${OWN_FACT}[^\n]*(?:\n\s*${OWN_FACT}[^\n]*)*)?\s*$`,
  'u',
);

/** The description that an author gave an object, or ''. */
export function ownWordsOf(description: string): string {
  const text = description.trim();
  return OWN_DESCRIPTION.test(text) ? '' : text;
}
