/**
 * Amounts: 100만원, 1,000,000원, 3천만 원, 1억 5천만원, 5천 원, 만오천원, ₩30,000, 30퍼센트, 30%, 100만 명.
 *
 * The keys are `n1000000원` with a unit that is written in several ways, and `n1000000` regardless of the
 * unit.
 */
import type { Expression } from './expression.ts';

const NUMBER = String.raw`(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?`;
const SMALL = '[천백십]';
const LARGE = '[조억만]';
/** Numbers with powers of ten, at least one of them 만 or larger: 3억 5천만, 1억 천만, 2.5억, 3천만, 천만. */
const KOREAN = String.raw`(?:${NUMBER}\s?${SMALL}?|${SMALL})${LARGE}(?:\s?(?:${NUMBER}\s?${SMALL}?|${SMALL})${LARGE})*(?:\s?${NUMBER}\s?${SMALL}?(?=\s?(?:원|달러)))?`;
/** Amounts below 만 count only where a unit follows: 5천 원, 3백원. */
const BELOW_MAN = String.raw`${NUMBER}\s?${SMALL}(?=\s?(?:원|달러))`;
const UNIT = String.raw`원|won\b|krw\b|달러|usd\b|퍼센트|percent\b|%|프로(?![가-힣])`;
const AMOUNT = new RegExp(
  String.raw`(?<![\d.,\p{Script=Latin}일이삼사오육칠팔구수몇]|\d-)([₩$]\s?)?(${KOREAN}|${BELOW_MAN}|${NUMBER})(?:\s?(${UNIT}))?(?![\d,]\d|\.\d)`,
  'gu',
);
/** Amounts written in Hangul only, in one word except for the unit, which must follow: 만오천원, 이천만 원. */
const IN_WORDS =
  /(?<![가-힣\d]|[만억]\s)()([일이삼사오육칠팔구십백천만억]*[십백천만억][일이삼사오육칠팔구십백천만억]*)\s?(원|달러)(?=$|[^가-힣]|[에을은이의도과만씩짜정])/gu;
const DIGITS = '일이삼사오육칠팔구';
const PART = new RegExp(String.raw`(${NUMBER})?\s?(${SMALL})?(${LARGE})?`, 'gu');

const POWERS: Readonly<Record<string, number>> = { 십: 10, 백: 100, 천: 1_000, 만: 1e4, 억: 1e8, 조: 1e12 };
const UNITS: Readonly<Record<string, string>> = {
  '₩': '원', 원: '원', won: '원', krw: '원', $: '달러', 달러: '달러', usd: '달러',
  '%': '%', 퍼센트: '%', percent: '%', 프로: '%',
}; // prettier-ignore
/** Smaller bare numbers are counts, years and the like, which the words already find. */
const LEAST_BARE = 10_000;
/** Numbers above this are no longer exact. */
const MOST = 2 ** 53;

/** Every amount has a power or a unit after its number, a sign before it, or many digits; most texts have none. */
const MAY_BE =
  /\d\s?(?:[천백십조억만원%]|달러|won|krw|usd|퍼센트|percent|프로)|[₩$]\s?\d|\d{5}|\d,\d|[천백십][조억만]|[십백천만억일이삼사오육칠팔구]\s?(?:원|달러)/;

export function amountsIn(text: string): Expression[] {
  if (!MAY_BE.test(text)) return [];
  const found: Expression[] = [];
  // An amount in words comes first: the beginning of 십만오천원 is an amount too, and another one.
  for (const { 0: whole, 1: sign, 2: written, 3: after, index } of [
    ...text.matchAll(IN_WORDS),
    ...text.matchAll(AMOUNT),
  ]) {
    const value = /\d/.test(written!) ? valueOf(written!) : valueInWords(written!);
    if (found.some(({ start, end }) => start < index + whole.length && index < end)) continue;
    const unit = UNITS[(after ?? sign ?? '').trim()] ?? '';
    if (!(value < MOST) || /^0\d/.test(written!) || (unit === '' && value < LEAST_BARE)) continue;
    const bare = `n${value}`;
    const keys = unit === '' || value < LEAST_BARE ? [bare + unit] : [bare + unit, bare];
    found.push({
      kind: 'amount',
      start: index,
      end: index + whole.length,
      keys,
      wanted: keys,
      names: namesOf(value, unit),
    });
  }
  return found.sort((a, b) => a.start - b.start);
}

/** One for all: making it takes longer than reading the passage. */
const GROUPED = new Intl.NumberFormat('en-US', { maximumFractionDigits: 6 });

function grouped(number: number): string {
  return GROUPED.format(number);
}

/** Two spellings of an amount: `5,000,000원` and `500만원`. */
function namesOf(value: number, unit: string): readonly [string, string] {
  const power = value % 1e8 === 0 ? '억' : value % 1e4 === 0 ? '만' : '';
  return [`${grouped(value)}${unit}`, `${grouped(value / (POWERS[power] ?? 1))}${power}${unit}`];
}

function valueOf(written: string): number {
  let sum = 0;
  for (const [whole, number, small, large] of written.matchAll(PART)) {
    if (whole.trim() === '') continue;
    const own = number === undefined ? 1 : Number(number.replaceAll(',', ''));
    sum += own * (POWERS[small ?? ''] ?? 1) * (POWERS[large ?? ''] ?? 1);
  }
  // 2.3억 comes out as 229999999.99999997. Whole numbers are exact, and more digits than 15 would not be.
  return Number.isInteger(sum) ? sum : Number(sum.toPrecision(15));
}

/** The value of 만오천: each digit times the power after it, and their sum times the large power after them. */
function valueInWords(written: string): number {
  let sum = 0;
  let below = 0;
  let digit: number | null = null;
  for (const letter of written) {
    const known = DIGITS.indexOf(letter) + 1;
    if (known > 0) {
      digit = known;
      continue;
    }
    const power = POWERS[letter]!;
    if (power < 1e4) below += (digit ?? 1) * power;
    else {
      sum += (below + (digit ?? 0) || 1) * power;
      below = 0;
    }
    digit = null;
  }
  return sum + below + (digit ?? 0);
}
