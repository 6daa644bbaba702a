/** Offers the conditions that the plain words between a query's operators may stand for. */
import { bareDateAt, phraseAt } from './phrases.ts';
import type { Found, Part, Span } from './parsedQuery.ts';

/** Maximum number of offers: more would be a menu, not a suggestion. */
const MAX_OFFERS = 4;

export function withOffers(text: string, { parts, offers, remarks }: Found, today: Date): Found {
  const phrases = gapsOf(text, [...parts, ...offers]).flatMap(gap => phrasesIn(text, gap, today));
  const taken = [...parts, ...offers, ...phrases];
  const dates = bareDates(text, gapsOf(text, taken), today);
  const all = [...offers, ...phrases, ...dates].sort((a, b) => a.start - b.start);
  return { parts, offers: all.slice(0, MAX_OFFERS), remarks };
}

function phrasesIn(text: string, { start, end }: Span, today: Date): Part[] {
  const found: Part[] = [];
  const own = text.slice(start, end);
  for (let at = 0; at < own.length;) {
    const word = /\S+/u.exec(own.slice(at));
    if (word === null) break;
    at += word.index;
    const phrase = phraseAt(own, at, today);
    if (phrase !== null) found.push(shifted(phrase, start));
    at = phrase?.end ?? at + word[0].length;
  }
  return found;
}

/** A bare date (이번 달) may be a condition if no other word stands before it, or none after it. */
function bareDates(text: string, gaps: readonly Span[], today: Date): Part[] {
  const rest = gaps.filter(({ start, end }) => text.slice(start, end).trim() !== '');
  const [first, last] = [rest[0], rest.at(-1)];
  if (first === undefined || last === undefined) return [];
  const opening = text.slice(first.start, first.end);
  const found = bareDateAt(opening, opening.search(/\S/u), today);
  if (found !== null) return [shifted(found, first.start)];
  const closing = text.slice(last.start, last.end);
  for (const word of closing.matchAll(/\S+/gu)) {
    const final = bareDateAt(closing, word.index, today);
    if (final !== null && closing.slice(final.end).trim() === '') return [shifted(final, last.start)];
  }
  return [];
}

function gapsOf(text: string, parts: readonly Span[]): Span[] {
  const gaps: Span[] = [];
  let start = 0;
  const inOrder = [...parts].sort((a, b) => a.start - b.start);
  for (const part of [...inOrder, { start: text.length, end: text.length }]) {
    if (part.start > start) gaps.push({ start, end: part.start });
    start = Math.max(start, part.end);
  }
  return gaps;
}

function shifted(part: Part, by: number): Part {
  const value = { start: part.value.start + by, end: part.value.end + by };
  return { ...part, start: part.start + by, end: part.end + by, value };
}
