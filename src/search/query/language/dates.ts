/**
 * Dates as people write them in a query: 2026, 2026-01, 2026.1.31, 7d, 2주, 3일 전, 어제, 지난주, 이번 달. All are in
 * this machine's time zone; weeks begin on Monday.
 */

/** `from <= time < before`, ms since 1970. */
export interface DateSpan {
  readonly from: number;
  readonly before: number;
}

type Reading = (fields: readonly string[], today: Date) => DateSpan | null;

interface DateForm {
  readonly pattern: string;
  readonly read: Reading;
  /** True for a time relative to today: by itself, it may well mean when a file was changed. */
  readonly relative: boolean;
}

/** Midnight at the beginning of a day; months count from 0, and overflowing parts carry over. */
function day(year: number, month: number, date: number): number {
  // The constructor takes years below 100 as 1900 and later.
  const made = new Date(2000, 0, 1);
  made.setFullYear(year, month, date);
  return made.getTime();
}

function days(today: Date, first: number, count: number): DateSpan {
  const [year, month, date] = [today.getFullYear(), today.getMonth(), today.getDate()];
  return { from: day(year, month, date + first), before: day(year, month, date + first + count) };
}

function weeks(today: Date, first: number): DateSpan {
  const sinceMonday = (today.getDay() + 6) % 7;
  return days(today, 7 * first - sinceMonday, 7);
}

function months(today: Date, first: number, count = 1): DateSpan {
  const [year, month] = [today.getFullYear(), today.getMonth() + first];
  return { from: day(year, month, 1), before: day(year, month + count, 1) };
}

function years(today: Date, first: number): DateSpan {
  const year = today.getFullYear() + first;
  return { from: day(year, 0, 1), before: day(year + 1, 0, 1) };
}

/** A year, month or day of the calendar; null where it does not exist. */
function calendar(year: number, month: number | null, date: number | null): DateSpan | null {
  if (month === null) return { from: day(year, 0, 1), before: day(year + 1, 0, 1) };
  if (month < 1 || month > 12) return null;
  if (date === null) return { from: day(year, month - 1, 1), before: day(year, month, 1) };
  if (date < 1 || date > 31) return null;
  const from = day(year, month - 1, date);
  return new Date(from).getMonth() === month - 1 ? { from, before: day(year, month - 1, date + 1) } : null;
}

/** The same day a number of months ago, or that month's last. */
function monthsAgo(today: Date, count: number): number {
  const [year, month] = [today.getFullYear(), today.getMonth() - count];
  const last = new Date(day(year, month + 1, 0)).getDate();
  return day(year, month, Math.min(last, today.getDate()));
}

function ago(today: Date, count: number, unit: string): number {
  if (/^(?:d|일)/.test(unit)) return days(today, -count, 1).from;
  if (/^(?:w|주)/.test(unit)) return days(today, -7 * count, 1).from;
  return monthsAgo(today, /^(?:y|년)/.test(unit) ? 12 * count : count);
}

const tomorrow = (today: Date): number => days(today, 1, 1).from;
const number = (text: string | undefined): number | null => (text === undefined ? null : Number(text));
const UNIT = String.raw`d|days?|일|w|weeks?|주일?|m|months?|개월|달|y|years?|년`;
const KOREAN_UNIT = '일|주일?|개월|달|년';
const WEEKDAYS = '월화수목금토일';

function named(pattern: string, read: (today: Date) => DateSpan): DateForm {
  return { pattern, read: (_, today) => read(today), relative: true };
}

/** Longer forms stand before their prefixes. Blanks are optional wherever Koreans may leave them out. */
const FORMS: readonly DateForm[] = [
  named('그저께|그제|엊그제', today => days(today, -2, 1)),
  named('어제|yesterday', today => days(today, -1, 1)),
  named('오늘|today', today => days(today, 0, 1)),
  named(String.raw`지지난\s?주|저저번\s?주`, today => weeks(today, -2)),
  named(String.raw`(?:지난|저번)\s?주(?!말)|last\s?week`, today => weeks(today, -1)),
  named(String.raw`이번\s?주(?!말)|금주|this\s?week`, today => weeks(today, 0)),
  named(String.raw`지지난\s?달|저저번\s?달`, today => months(today, -2)),
  named(String.raw`(?:지난|저번)\s?달|last\s?month`, today => months(today, -1)),
  named(String.raw`이번\s?달|this\s?month`, today => months(today, 0)),
  named(String.raw`재작년`, today => years(today, -2)),
  named(String.raw`작년|지난\s?해|last\s?year`, today => years(today, -1)),
  named(String.raw`올해|금년|this\s?year`, today => years(today, 0)),
  {
    pattern: String.raw`(?:지난|저번)\s?([${WEEKDAYS}])요일`,
    read: ([name], today) => {
      const back = (((today.getDay() + 6) % 7) - WEEKDAYS.indexOf(name!) + 7) % 7;
      return days(today, -(back === 0 ? 7 : back), 1);
    },
    relative: true,
  },
  {
    pattern: String.raw`최근\s?(\d{1,4})\s?(${KOREAN_UNIT})(?:\s?(?:간|이내|안|동안))?`,
    read: ([count, unit], today) => ({ from: ago(today, Number(count), unit!), before: tomorrow(today) }),
    relative: true,
  },
  {
    pattern: String.raw`(\d{1,4})\s?(${KOREAN_UNIT})\s?(?:이내|안|동안|간)`,
    read: ([count, unit], today) => ({ from: ago(today, Number(count), unit!), before: tomorrow(today) }),
    relative: false,
  },
  {
    pattern: String.raw`(\d{1,4})\s?(${KOREAN_UNIT})\s?전`,
    read: ([count, unit], today) => {
      const from = ago(today, Number(count), unit!);
      return { from, before: days(new Date(from), 1, 1).from };
    },
    relative: false,
  },
  {
    pattern: String.raw`((?:19|20)\d\d)[-./](\d{1,2})(?:[-./](\d{1,2}))?\.?(?![\d])`,
    read: ([year, month, date]) => calendar(Number(year), number(month), number(date)),
    relative: false,
  },
  {
    pattern: String.raw`((?:19|20)\d\d)(\d\d)(\d\d)(?!\d)`,
    read: ([year, month, date]) => calendar(Number(year), number(month), number(date)),
    relative: false,
  },
  {
    pattern: String.raw`((?:19|20)\d\d)년?(?:(?<=년)\s?(\d{1,2})월(?:\s?(\d{1,2})일)?)?(?!\d)`,
    read: ([year, month, date]) => calendar(Number(year), number(month), number(date)),
    relative: false,
  },
  {
    // The last such day that has begun.
    pattern: String.raw`(\d{1,2})월(?:\s?(\d{1,2})일)?`,
    read: ([month, date], today) => {
      const year = today.getFullYear();
      const own = calendar(year, Number(month), number(date));
      return own !== null && own.from <= today.getTime()
        ? own
        : calendar(year - 1, Number(month), number(date));
    },
    relative: false,
  },
];
/** Short forms (7d, 2w), only where a date is expected. */
const SHORT: DateForm = {
  pattern: String.raw`(\d{1,4})\s?(${UNIT})`,
  read: ([count, unit], today) => ({ from: ago(today, Number(count), unit!), before: tomorrow(today) }),
  relative: false,
};

const WHOLE = [...FORMS, SHORT].map(({ pattern, read }) => ({
  expression: new RegExp(`^(?:${pattern})$`, 'u'),
  read,
}));

/** A whole text (in the search form) as a date; null where it is not one. */
export function dateSpan(text: string, today: Date): DateSpan | null {
  for (const { expression, read } of WHOLE) {
    const found = expression.exec(text.trim());
    const span = found === null ? null : read(found.slice(1), today);
    if (span !== null) return span;
  }
  return null;
}

const STICKY = FORMS.map(({ pattern, read, relative }) => ({
  expression: new RegExp(pattern, 'uy'),
  read,
  relative,
}));

/** A date that begins at an offset of a text (in the search form), with its end. */
export function dateAt(
  text: string,
  at: number,
  today: Date,
): { readonly span: DateSpan; readonly end: number; readonly relative: boolean } | null {
  for (const { expression, read, relative } of STICKY) {
    expression.lastIndex = at;
    const found = expression.exec(text);
    const span = found === null ? null : read(found.slice(1), today);
    if (span !== null) return { span, end: at + found![0].length, relative };
  }
  return null;
}
