/**
 * Dates: 2024년 3월 15일, 2024-03-15, 2024_03_15, 2024. 3. 15., 20240315, 24/03/15, 24. 3. 15., 24년 3월 15일, 3월
 * 15일, 3/15, 2024년 3월.
 *
 * The keys are `d2024-03-15` for a day, `d-03-15` for that day of any year, `m-03-15` for a day written
 * without a year, and `d2024-03` for a month.
 */
import type { Expression } from './expression.ts';

const YEAR = String.raw`(?:19|20)\d\d`;
/** The groups of each expression are year, month and day. */
const DAYS: readonly RegExp[] = [
  new RegExp(
    String.raw`(?<![\d.])(${YEAR})(?:년\s?|\s?[-./_]\s?)(\d{1,2})(?:월\s?|\s?[-./_]\s?)(\d{1,2})(?!\d)일?`,
    'g',
  ),
  new RegExp(String.raw`(?<!\d)(${YEAR})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?!\d)`, 'g'),
  /(?<![\d./-])(\d\d)[/-](\d{1,2})[/-](\d{1,2})(?![\d./-])/g,
  /(?<!\d)(\d\d)년\s?(\d{1,2})월\s?(\d{1,2})일/g,
  /(?<![\p{L}\d.,-])(\d\d)\.\s(\d{1,2})\.\s(\d{1,2})(?!\d|\.\d)/gu,
  // A date as on a stamp, where month and day have two digits.
  /(?<![\p{L}\d.,-])(\d\d)\.(0\d|1[0-2])\.([0-3]\d)(?!\d|\.\d)/gu,
];
/** 24.9.3 may be a version too, so only a query for that very day finds it, not a query for that day of any year. */
const DOTTED_DAY = /(?<![\p{L}\d.,-])([0-3]\d)\.(?!\d\d\.\d\d)(\d{1,2})\.(\d{1,2})(?!\d|\.\d)/gu;
const MONTHS = new RegExp(
  String.raw`(?<![\d.])((?:19|20)?\d\d)년\s?(\d{1,2})월(?!\s?\d{1,2}일)|(?<![\d.])(${YEAR})[-./_](\d{1,2})(?![-./_\d])`,
  'g',
);
const DAYS_OF_ANY_YEAR: readonly RegExp[] = [
  /(?<!\d|\d년\s?)(\d{1,2})월\s?(\d{1,2})일/g,
  /(?<![\d./])(\d{1,2})\/(\d{1,2})(?![\d/])/g,
];

/** Every date has two numbers with one of these between them, or eight digits: nearly all texts have neither. */
const MAY_BE = /\d(?:[년월]\s?|\s?[-./_]\s?)\d|\d{8}/;

/** Two-digit years from this one on belong to the 20th century. */
const LAST_CENTURY = 60;

export function datesIn(text: string): Expression[] {
  if (!MAY_BE.test(text)) return [];
  const found: Expression[] = [];
  for (const pattern of [...DAYS, DOTTED_DAY])
    for (const { 0: whole, 1: year, 2: month, 3: day, index } of text.matchAll(pattern)) {
      const date = dayOf(month!, day!);
      if (date === null) continue;
      const name = `${fullYear(year!)}${date}`;
      const isSure = pattern !== DOTTED_DAY;
      found.push({
        ...spanOf(index, whole),
        keys: isSure ? [`d${name}`, `d${date}`, `d${name.slice(0, 7)}`] : [`d${name}`],
        wanted: isSure ? [`d${name}`, `m${date}`] : [`d${name}`],
        names: [name, `${name.slice(0, 4)}년 ${Number(month)}월 ${Number(day)}일`],
      });
    }
  for (const pattern of DAYS_OF_ANY_YEAR)
    for (const { 0: whole, 1: month, 2: day, index } of text.matchAll(pattern)) {
      const date = dayOf(month!, day!);
      if (date === null) continue;
      const names = [`${Number(month)}월 ${Number(day)}일`, date.slice(1)] as const;
      found.push({ ...spanOf(index, whole), keys: [`d${date}`, `m${date}`], wanted: [`d${date}`], names });
    }
  for (const { 0: whole, 1: korean, 2: monthOfIt, 3: other, 4: monthOfOther, index } of text.matchAll(
    MONTHS,
  )) {
    const year = fullYear(korean ?? other!);
    const month = monthOf(monthOfIt ?? monthOfOther!);
    if (month === null) continue;
    const key = `d${year}-${month}`;
    found.push({
      ...spanOf(index, whole),
      keys: [key],
      wanted: [key],
      names: [`${year}-${month}`, `${year}년 ${Number(month)}월`],
    });
  }
  return found;
}

/** Expands a two-digit year: 24 is 2024, 98 is 1998. */
function fullYear(year: string): string {
  if (year.length > 2) return year;
  return `${Number(year) < LAST_CENTURY ? 20 : 19}${year}`;
}

function spanOf(start: number, whole: string): Pick<Expression, 'kind' | 'start' | 'end'> {
  return { kind: 'date', start, end: start + whole.length };
}

function monthOf(month: string): string | null {
  const number = Number(month);
  return number >= 1 && number <= 12 ? month.padStart(2, '0') : null;
}

/** `-03-15`; null where the calendar has no such day. */
function dayOf(month: string, day: string): string | null {
  const number = Number(day);
  const written = monthOf(month);
  return written === null || number < 1 || number > 31 ? null : `-${written}-${day.padStart(2, '0')}`;
}
