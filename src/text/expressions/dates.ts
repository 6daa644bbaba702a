/**
 * Dates: 2024년 3월 15일, 2024-03-15, 2024. 3. 15., 20240315, 24/03/15, 3월 15일, 3/15, 2024년 3월.
 *
 * Keys: `d2024-03-15` a day, `d-03-15` that day of any year, `m-03-15` one written without a year, `d2024-03` a month.
 */
import type { Expression } from './expression.ts';

const YEAR = String.raw`(?:19|20)\d\d`;
/** Groups of each: year, month, day. */
const DAYS: readonly RegExp[] = [
  new RegExp(
    String.raw`(?<![\d.])(${YEAR})(?:년\s?|\s?[-./]\s?)(\d{1,2})(?:월\s?|\s?[-./]\s?)(\d{1,2})(?!\d)일?`,
    'g',
  ),
  new RegExp(String.raw`(?<!\d)(${YEAR})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?!\d)`, 'g'),
  // A dot between two digits is more often that of a version.
  /(?<![\d./-])(\d\d)[/-](\d{1,2})[/-](\d{1,2})(?![\d./-])/g,
];
const MONTHS = new RegExp(
  String.raw`(?<![\d.])(${YEAR})(?:년\s?(\d{1,2})월(?!\s?\d{1,2}일)|[-./](\d{1,2})(?![-./\d]))`,
  'g',
);
const DAYS_OF_ANY_YEAR: readonly RegExp[] = [
  /(?<!\d|\d년\s?)(\d{1,2})월\s?(\d{1,2})일/g,
  /(?<![\d./])(\d{1,2})\/(\d{1,2})(?![\d/])/g,
];

export function datesIn(text: string): Expression[] {
  const found: Expression[] = [];
  for (const pattern of DAYS)
    for (const { 0: whole, 1: year, 2: month, 3: day, index } of text.matchAll(pattern)) {
      const date = dayOf(month!, day!);
      if (date === null) continue;
      const name = `${year!.length === 2 ? `20${year}` : year}${date}`;
      found.push({
        ...spanOf(index, whole),
        keys: [`d${name}`, `d${date}`, `d${name.slice(0, 7)}`],
        wanted: [`d${name}`, `m${date}`],
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
  for (const { 0: whole, 1: year, 2: korean, 3: other, index } of text.matchAll(MONTHS)) {
    const month = monthOf(korean ?? other!);
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
