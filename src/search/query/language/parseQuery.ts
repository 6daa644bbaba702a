/**
 * The query language: `"정확한 구" -제외 +필수 예산^2 path: ext: tag: heading: after: before: modified: ~-뜻`.
 *
 * Words stay words: only an operator is a condition. Plain Korean that may mean one (지난주 수정한, PDF만) is a
 * suggestion, which the person can turn on. Parsing never fails: a part that is not understood is text to
 * search for, with a notice.
 */
import type { QueryChip, QueryNotice, QuerySuggestion } from '../../../domain/query.ts';
import type { TextRange } from '../../../domain/textRange.ts';
import { normalizeForSearch, sourceRange, type MappedText } from '../../../text/normalize.ts';
import { conditionsIn } from './conditions.ts';
import { extensionsOf } from './formats.ts';
import { withKnownNames, type KnownNames } from './knownNames.ts';
import { operatorsOf } from './operators.ts';
import { withOffers } from './offers.ts';
import { LEFT_OUT, STEERING, type Found, type ParsedQuery, type Part } from './parsedQuery.ts';
import { suggestionsOf } from './suggestions.ts';

/** A longer text has no operators: nobody writes them in a text of this length. */
const MAX_QUERY_LENGTH = 2_000;
const MAX_PARTS = 64;

export interface QueryContext {
  /** The day that 어제 and the like count from. */
  readonly today: Date;
  /** The names that documents have; without them every name counts as known. */
  readonly names?: KnownNames | undefined;
}

export function parseQuery(text: string, context: QueryContext): ParsedQuery {
  if (text.length > MAX_QUERY_LENGTH)
    return { ...plainQuery(text), notices: [{ kind: 'tooLong', range: { start: 0, end: text.length } }] };
  const read = readParts(text, context);
  return { ...read, chips: read.chips.map((chip, i) => ({ ...chip, without: without(read, i, context) })) };
}

/** A query in which nothing is an operator. */
export function plainQuery(text: string): ParsedQuery {
  return {
    text,
    chips: [],
    suggestions: [],
    notices: [],
    searched: text,
    searchForm: normalizeForSearch(text),
    ...conditionsIn([]),
    weights: [],
    added: [],
    dimensions: [],
    read: text,
  };
}

/** A part with its places in the query as it was typed. */
interface Placed {
  readonly part: Part;
  readonly range: TextRange;
  readonly value: TextRange;
}

function readParts(text: string, { today, names }: QueryContext): ParsedQuery {
  const mapped = normalizeForSearch(text);
  const operators = withKnownNames(mapped.text, operatorsOf(mapped.text, today), names);
  const { parts, offers, remarks } = withOffers(mapped.text, withPositive(mapped.text, operators), today);
  const placed: Placed[] = [];
  const notices: QueryNotice[] = remarks.map(({ kind, start, end }) => ({
    kind,
    range: sourceRange(mapped, start, end),
  }));
  for (const each of parts.map(part => place(part, mapped))) {
    // One character may stand for several of the search form, with the edge of a part among them.
    if (each.range.start < (placed.at(-1)?.range.end ?? 0)) continue;
    if (placed.length < MAX_PARTS) placed.push(each);
    else notices.push({ kind: 'tooManyParts', range: each.range });
  }
  const chips = placed.map(each => chipOf(each, text, mapped));
  notices.sort((a, b) => a.range.start - b.range.start);
  const searched = blanked(text, placed);
  return {
    text,
    chips,
    suggestions: suggestionsOf(
      text,
      offers.map(part => chipOf(place(part, mapped), text, mapped)),
    ).filter(suggestion => isUnderstood(suggestion, today)),
    notices,
    searched,
    searchForm: searched === text ? mapped : normalizeForSearch(searched),
    ...conditionsIn(chips),
    weights: placed.flatMap(({ part: { kind, weight }, value }) =>
      weight === 1 || kind === 'dimension' ? [] : [{ range: value, weight }],
    ),
    added: placed.flatMap(({ part: { kind, weight }, value }) =>
      kind === 'added' ? [{ range: value, weight }] : [],
    ),
    dimensions: placed.flatMap(({ part: { kind, weight }, value }) =>
      kind === 'dimension'
        ? [{ name: text.slice(value.start, value.end).normalize('NFC'), range: value, weight }]
        : [],
    ),
    read: readable(text, placed),
  };
}

/**
 * Whether the suggested query is parsed as intended: a stray quotation mark before an operator may change its
 * meaning.
 */
function isUnderstood({ kind, negative, text, query }: QuerySuggestion, today: Date): boolean {
  const { text: written } = normalizeForSearch(query);
  const wanted = normalizeForSearch(kind === 'extension' ? text.replaceAll(', ', ',') : text).text;
  return operatorsOf(written, today).parts.some(
    part =>
      part.kind === kind &&
      (kind === 'modified' ||
        (part.negative === negative && written.slice(part.value.start, part.value.end) === wanted)),
  );
}

function place(part: Part, mapped: MappedText): Placed {
  return {
    part,
    range: sourceRange(mapped, part.start, part.end),
    value: sourceRange(mapped, part.value.start, part.value.end),
  };
}

/**
 * Turns exclusions into text where there is nothing to exclude from: `-제외` alone is text. One in quotation
 * marks is clearly meant.
 */
function withPositive(text: string, found: Found): Found {
  const { parts, offers } = found;
  let rest = '';
  let end = 0;
  for (const part of parts) {
    rest += text.slice(end, part.start);
    end = part.end;
  }
  rest += text.slice(end);
  if (/[\p{L}\p{N}]/u.test(rest) || parts.some(({ negative }) => !negative)) return found;
  const unheeded = parts.filter(isBareExclusion).map(part => ({ ...part, kind: 'phrase' as const }));
  return { ...found, parts: parts.filter(part => !isBareExclusion(part)), offers: [...offers, ...unheeded] };
}

function isBareExclusion({ kind, negative }: Part): boolean {
  return kind === 'word' && negative;
}

function chipOf({ part, range, value }: Placed, text: string, mapped: MappedText): QueryChip {
  const { kind, negative, weight, modified } = part;
  const written = text.slice(value.start, value.end).normalize('NFC');
  const shown =
    kind === 'extension'
      ? extensionsOf(mapped.text.slice(part.value.start, part.value.end)).join(', ')
      : written;
  return { kind, negative, text: shown, range, weight, modified, without: '' };
}

/** The text that the model reads: conditions are blanks, and steering operators are `LEFT_OUT`. */
function readable(text: string, placed: readonly Placed[]): string {
  const units = blanked(text, placed).split('');
  for (const { part, range, value } of placed) {
    if (!STEERING.has(part.kind)) continue;
    const kept = part.kind === 'weight' ? value : { start: range.end, end: range.end };
    for (let at = range.start; at < range.end; at++)
      if (at < kept.start || at >= kept.end) units[at] = LEFT_OUT;
  }
  return units.join('');
}

/** Replaces everything except the words to search for by blanks. */
function blanked(text: string, placed: readonly Placed[]): string {
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

/** A comma keeps the words on both sides from combining into one part. */
const JOINTS = [' ', ' , '];

/** The query without one of its chips, so that the others stay as they are. */
function without(parsed: ParsedQuery, index: number, context: QueryContext): string {
  const { text, chips } = parsed;
  const { start, end } = chips[index]!.range;
  const others = chips.filter((_, i) => i !== index).map(nameOf);
  const attempts = JOINTS.map(joint => joined(text.slice(0, start), joint, text.slice(end)));
  return (
    attempts.find(attempt => same(readParts(attempt, context).chips.map(nameOf), others)) ?? attempts[0]!
  );
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
