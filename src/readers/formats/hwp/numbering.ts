/** Numbers that Hangul shows before paragraphs but stores in no text: 제1조, 1.2., 가. */

/** Number shapes by their names in HWPX, in the order of their numbers in HWP 5 (4.2.8, table 43). */
export const NUMBER_SHAPES = [
  'DIGIT',
  'CIRCLED_DIGIT',
  'ROMAN_CAPITAL',
  'ROMAN_SMALL',
  'LATIN_CAPITAL',
  'LATIN_SMALL',
  'CIRCLED_LATIN_CAPITAL',
  'CIRCLED_LATIN_SMALL',
  'HANGUL_SYLLABLE',
  'CIRCLED_HANGUL_SYLLABLE',
  'HANGUL_JAMO',
  'CIRCLED_HANGUL_JAMO',
  'HANGUL_PHONETIC',
  'IDEOGRAPH',
  'CIRCLED_IDEOGRAPH',
] as const;

export interface NumberLevel {
  /**
   * `^1` stands for the number of the first level and so on, `^n` and `^N` for the numbers of all levels down to this
   * one.
   */
  readonly format: string;
  readonly shape: string;
  readonly start: number;
}

/** One list of numbers, counted throughout a document. */
export class Numbering {
  readonly #levels: readonly NumberLevel[];
  #numbers: number[] = [];

  constructor(levels: readonly NumberLevel[]) {
    this.#levels = levels.map(level => ({ ...level, format: level.format.slice(0, MAX_FORMAT) }));
  }

  /** The number of the next paragraph; `level` counts from 1. */
  next(level: number): string {
    const at = this.#levels[level - 1];
    if (at === undefined || level > MAX_LEVELS) return '';
    for (let above = 1; above < level; above++) this.#numbers[above - 1] ??= this.#startOf(above);
    const last = this.#numbers[level - 1];
    this.#numbers = [...this.#numbers.slice(0, level - 1), last === undefined ? at.start : last + 1];
    return at.format.replace(/\^([\dnN])/gu, (_, of: string) => this.#written(of, level));
  }

  #startOf(level: number): number {
    return this.#levels[level - 1]?.start ?? 1;
  }

  #written(of: string, level: number): string {
    if (of !== 'n' && of !== 'N') return this.#numberAt(Number(of));
    const path = this.#numbers.slice(0, level).map((_, i) => this.#numberAt(i + 1));
    return path.join('.') + (of === 'N' ? '.' : '');
  }

  #numberAt(level: number): string {
    const shape = this.#levels[level - 1]?.shape ?? 'DIGIT';
    return writtenNumber(this.#numbers[level - 1] ?? this.#startOf(level), shape);
  }
}

const MAX_LEVELS = 10;
/** A longer string is not a number format. */
const MAX_FORMAT = 64;

/** Rows of signs; numbers beyond the end of a row are written in digits. */
const ROWS: Readonly<Record<string, string>> = {
  CIRCLED_DIGIT: '①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳',
  LATIN_CAPITAL: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ',
  LATIN_SMALL: 'abcdefghijklmnopqrstuvwxyz',
  CIRCLED_LATIN_CAPITAL: 'ⒶⒷⒸⒹⒺⒻⒼⒽⒾⒿⓀⓁⓂⓃⓄⓅⓆⓇⓈⓉⓊⓋⓌⓍⓎⓏ',
  CIRCLED_LATIN_SMALL: 'ⓐⓑⓒⓓⓔⓕⓖⓗⓘⓙⓚⓛⓜⓝⓞⓟⓠⓡⓢⓣⓤⓥⓦⓧⓨⓩ',
  HANGUL_SYLLABLE: '가나다라마바사아자차카타파하거너더러머버서어저처커터퍼허',
  CIRCLED_HANGUL_SYLLABLE: '㉮㉯㉰㉱㉲㉳㉴㉵㉶㉷㉸㉹㉺㉻',
  HANGUL_JAMO: 'ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎ',
  CIRCLED_HANGUL_JAMO: '㉠㉡㉢㉣㉤㉥㉦㉧㉨㉩㉪㉫㉬㉭',
  CIRCLED_IDEOGRAPH: '㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉',
};

export function writtenNumber(number: number, shape: string): string {
  const row = ROWS[shape];
  if (row !== undefined) return [...row][number - 1] ?? String(number);
  if (shape === 'ROMAN_CAPITAL') return roman(number);
  if (shape === 'ROMAN_SMALL') return roman(number).toLowerCase();
  if (shape === 'HANGUL_PHONETIC') return inTens(number, '일이삼사오육칠팔구', '십');
  if (shape === 'IDEOGRAPH') return inTens(number, '一二三四五六七八九', '十');
  return String(number);
}

const ROMAN = [
  [100, 'C'],
  [90, 'XC'],
  [50, 'L'],
  [40, 'XL'],
  [10, 'X'],
  [9, 'IX'],
  [5, 'V'],
  [4, 'IV'],
  [1, 'I'],
] as const;

/** Roman numerals up to 399. */
function roman(number: number): string {
  if (number < 1 || number > 399) return String(number);
  let rest = number;
  let written = '';
  for (const [value, sign] of ROMAN) for (; rest >= value; rest -= value) written += sign;
  return written;
}

/** Numbers up to 99 in Korean words: 십이, 이십. */
function inTens(number: number, digits: string, ten: string): string {
  if (number < 1 || number > 99) return String(number);
  const tens = Math.floor(number / 10);
  const ones = digits[(number % 10) - 1] ?? '';
  if (tens === 0) return ones;
  return (tens === 1 ? '' : digits[tens - 1]!) + ten + ones;
}
