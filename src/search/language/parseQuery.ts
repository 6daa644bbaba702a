/**
 * The query language: `"정확한 구" -제외 +필수 예산^2 path: ext: tag: heading: after: before: ~-뜻`, and plain Korean
 * that means the same (지난주 수정한, PDF만, 보고서 빼고, 제목에 예산, 회의 폴더에서).
 *
 * Never fails: what is not understood is text to look for, with a notice.
 */
import type { FileFilter, QueryChip, QueryNotice, TextRange } from '../../protocol.ts';
import { normalizeForSearch, sourceRange, type MappedText } from '../../text/normalize.ts';
import { extensionsOf } from './formats.ts';
import { operatorsOf } from './operators.ts';
import type { Found, ParsedQuery, Part, Span } from './parsedQuery.ts';
import { bareDateAt, phraseAt } from './phrases.ts';

/** A longer text is a text: nobody writes operators in it. */
const MAX_LENGTH = 2_000;
const MAX_PARTS = 64;

/** `today` says what 어제 is. */
export function parseQuery(text: string, today: Date): ParsedQuery {
  if (text.length > MAX_LENGTH)
    return { ...plainQuery(text), notices: [{ kind: 'tooLong', range: { start: 0, end: text.length } }] };
  const read = readParts(text, today);
  return { ...read, chips: read.chips.map((chip, i) => ({ ...chip, without: without(read, i, today) })) };
}

/** A query in which nothing is an operator. */
export function plainQuery(text: string): ParsedQuery {
  return {
    text,
    chips: [],
    notices: [],
    searched: text,
    filter: {},
    literals: [],
    headings: [],
    tags: [],
    awayFrom: [],
    weights: [],
  };
}

function readParts(text: string, today: Date): ParsedQuery {
  const mapped = normalizeForSearch(text);
  const operators = operatorsOf(mapped.text, today);
  const { parts, remarks } = withPhrases(mapped.text, operators, today);
  const placed: { part: Part; range: TextRange; value: TextRange }[] = [];
  const notices: QueryNotice[] = remarks.map(({ kind, start, end }) => ({
    kind,
    range: sourceRange(mapped, start, end),
  }));
  for (const part of parts) {
    const range = sourceRange(mapped, part.start, part.end);
    const value = sourceRange(mapped, part.value.start, part.value.end);
    // One character may stand for several of the search form, with a part's edge among them.
    if (range.start < (placed.at(-1)?.range.end ?? 0)) continue;
    if (placed.length < MAX_PARTS) placed.push({ part, range, value });
    else notices.push({ kind: 'tooManyParts', range });
  }
  const chips = placed.map(({ part, range, value }) => chipOf(part, range, value, text, mapped));
  notices.sort((a, b) => a.range.start - b.range.start);
  const of = (...kinds: readonly QueryChip['kind'][]): QueryChip[] =>
    chips.filter(({ kind }) => kinds.includes(kind));
  return {
    text,
    chips,
    notices,
    searched: blanked(text, placed),
    filter: filterOf(chips),
    literals: of('word', 'phrase'),
    headings: of('heading'),
    tags: of('tag'),
    awayFrom: of('meaning').map(chip => chip.text),
    weights: placed.flatMap(({ part: { weight }, value }) =>
      weight === 1 ? [] : [{ range: value, weight }],
    ),
  };
}

/** The operators' parts with those of plain Korean between them. */
function withPhrases(text: string, { parts, remarks }: Found, today: Date): Found {
  const all = [...parts];
  for (const gap of gapsOf(text, parts)) {
    const own = text.slice(gap.start, gap.end);
    for (let at = 0; at < own.length;) {
      const word = /\S+/u.exec(own.slice(at));
      if (word === null) break;
      at += word.index;
      const found = phraseAt(own, at, today);
      if (found !== null) all.push(shifted(found, gap.start));
      at = found?.end ?? at + word[0].length;
    }
  }
  all.sort((a, b) => a.start - b.start);
  return { parts: withBareDates(text, all, today), remarks };
}

/** 이번 달 alone is when, if no other word stands before it or none after it. */
function withBareDates(text: string, parts: readonly Part[], today: Date): Part[] {
  const all = [...parts];
  for (;;) {
    const rest = gapsOf(text, all).filter(({ start, end }) => text.slice(start, end).trim() !== '');
    const found = rest.length === 0 ? null : bareDateOf(text, rest, today);
    if (found === null) return all;
    all.push(found);
    all.sort((a, b) => a.start - b.start);
  }
}

function bareDateOf(text: string, rest: readonly Span[], today: Date): Part | null {
  const [first, last] = [rest[0]!, rest.at(-1)!];
  const opening = text.slice(first.start, first.end);
  const found = bareDateAt(opening, opening.search(/\S/u), today);
  if (found !== null) return shifted(found, first.start);
  const closing = text.slice(last.start, last.end);
  for (const word of closing.matchAll(/\S+/gu)) {
    const final = bareDateAt(closing, word.index, today);
    if (final !== null && closing.slice(final.end).trim() === '') return shifted(final, last.start);
  }
  return null;
}

function gapsOf(text: string, parts: readonly Span[]): Span[] {
  const gaps: Span[] = [];
  let start = 0;
  for (const part of [...parts, { start: text.length, end: text.length }]) {
    if (part.start > start) gaps.push({ start, end: part.start });
    start = part.end;
  }
  return gaps;
}

function shifted(part: Part, by: number): Part {
  const value = { start: part.value.start + by, end: part.value.end + by };
  return { ...part, start: part.start + by, end: part.end + by, value };
}

function chipOf(part: Part, range: TextRange, value: TextRange, text: string, mapped: MappedText): QueryChip {
  const { kind, negative, recognised, weight, modified } = part;
  const written = text.slice(value.start, value.end).normalize('NFC');
  const shown =
    kind === 'extension'
      ? extensionsOf(mapped.text.slice(part.value.start, part.value.end)).join(', ')
      : written;
  return { kind, negative, text: shown, range, recognised, weight, modified, without: '' };
}

/** Everything but the words to look for as blanks. */
function blanked(
  text: string,
  placed: readonly { part: Part; range: TextRange; value: TextRange }[],
): string {
  let searched = '';
  const keep = (end: number): void => void (searched += text.slice(searched.length, end));
  const blank = (end: number): void => void (searched += ' '.repeat(Math.max(0, end - searched.length)));
  for (const { part, range, value } of placed) {
    keep(range.start);
    if (part.searched) {
      blank(value.start);
      keep(value.end);
    }
    blank(range.end);
  }
  keep(text.length);
  return searched;
}

function filterOf(chips: readonly QueryChip[]): FileFilter {
  const values = (kind: QueryChip['kind'], negative: boolean): string[] =>
    chips.filter(chip => chip.kind === kind && chip.negative === negative).map(pathOf);
  const include = values('path', false);
  const extensions = values('extension', false).flatMap(list => list.split(', '));
  const exclude = [
    ...values('path', true),
    ...values('extension', true).flatMap(list =>
      list.split(', ').map(extension => `**/*.${literalGlob(extension)}`),
    ),
  ];
  const times = chips.flatMap(({ kind, negative, modified }) =>
    kind === 'modified' && modified !== null ? [{ negative, ...modified }] : [],
  );
  const from = times.flatMap(time => (time.negative ? [] : (time.from ?? [])));
  const before = times.flatMap(time => (time.negative ? [] : (time.before ?? [])));
  const outside = times.flatMap(time =>
    time.negative ? [{ from: time.from ?? -Infinity, before: time.before ?? Infinity }] : [],
  );
  return {
    ...(include.length === 0 ? {} : { include }),
    ...(exclude.length === 0 ? {} : { exclude }),
    ...(extensions.length === 0 ? {} : { extensions }),
    ...(from.length === 0 ? {} : { modifiedFrom: Math.max(...from) }),
    ...(before.length === 0 ? {} : { modifiedBefore: Math.min(...before) }),
    ...(outside.length === 0 ? {} : { notModifiedIn: outside }),
  };
}

/** `회의 폴더에서` means a folder of that name, whatever it is made of; `path:` takes globs too. */
function pathOf({ kind, recognised, text }: QueryChip): string {
  return kind === 'path' && recognised ? `**/${literalGlob(text)}/**` : text;
}

function literalGlob(text: string): string {
  return text.replace(/[\\*?[\]{}!()+@|]/g, String.raw`\$&`);
}

/** A comma keeps the words on both sides from becoming a phrase together. */
const JOINTS = [' ', ' , '];

/** The query without one of its chips, so that the others stay as they are. */
function without(parsed: ParsedQuery, index: number, today: Date): string {
  const { text, chips } = parsed;
  const { start, end } = chips[index]!.range;
  const others = chips.filter((_, i) => i !== index).map(nameOf);
  const attempts = JOINTS.map(joint => joined(text.slice(0, start), joint, text.slice(end)));
  return attempts.find(attempt => same(readParts(attempt, today).chips.map(nameOf), others)) ?? attempts[0]!;
}

function joined(before: string, joint: string, after: string): string {
  if (joint !== ' ') return `${before.trimEnd()}${joint}${after.trimStart()}`;
  return before.trim() === '' || after.trim() === ''
    ? `${before.trimEnd()}${after.trimStart()}`
    : `${before.trimEnd()} ${after.trimStart()}`;
}

function nameOf({ kind, negative, text }: QueryChip): string {
  return `${kind} ${negative} ${text}`;
}

function same(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((name, i) => name === b[i]);
}
