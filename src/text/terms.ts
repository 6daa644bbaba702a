/**
 * Terms of the lexical channel, which BM25 counts.
 *
 * Korean runs give character bigrams, inside words and across the blanks between them, so that neither
 * particles (조사) nor spacing (띄어쓰기) hide a word; a run of one syllable gives that syllable. Latin words,
 * numbers and identifiers are whole words, and also the parts of snake_case, dotted names and camelCase.
 * Signs and pictures (→, 🎂) are words of their own.
 */
import { normalizeForSearch, sourceRange, type MappedText } from './normalize.ts';
import { eachRun } from './scanning/runs.ts';
import { BLANK, classOf, KOREAN, KOREAN_SOURCE, LATIN, LATIN_SOURCE } from './scanning/unitClasses.ts';

export interface Term {
  readonly text: string;
  /** UTF-16 span in the source text. */
  readonly start: number;
  readonly end: number;
  /** True for a bigram of two Korean words (the last syllable of one and the first of the next). */
  readonly across: boolean;
  /**
   * Only a `word` adds to the passage's length. A `part` is another reading of a word that is counted as well
   * (`invoiceTotals`: totals; `.NET`: with its dot); a `sign` does not count.
   */
  readonly role: 'word' | 'part' | 'sign';
}

const LATIN_PART = new RegExp(String.raw`${LATIN_SOURCE}+`, 'gu');
const KOREAN_START = new RegExp(`^${KOREAN_SOURCE}`, 'u');
/**
 * All terms of a text in reading order, with places in `source`; `mapped` is its search form, where the
 * caller has it.
 */
export function termsOf(source: string, mapped: MappedText = normalizeForSearch(source)): Term[] {
  const terms: Term[] = [];
  eachTerm(source, mapped, (text, role, start, end, across) =>
    terms.push({ text, ...sourceRange(mapped, start, end), across, role }),
  );
  return terms;
}

/** Is told a term and where it stands in the normal form. */
export type TermVisitor = (
  text: string,
  role: Term['role'],
  start: number,
  end: number,
  across: boolean,
) => void;

/** Is told of a word of two units, which most terms are, without its text being made. */
export type PairVisitor = (
  first: number,
  second: number,
  start: number,
  end: number,
  across: boolean,
) => void;

/** The same for who counts terms and needs no places: `mapped` is the source in its normal form. */
export function eachTerm(
  source: string,
  mapped: MappedText,
  visit: TermVisitor,
  visitPair: PairVisitor = (first, second, start, end, across) =>
    visit(String.fromCharCode(first, second), 'word', start, end, across),
): void {
  const { text } = mapped;
  /** The last syllable of the Korean run before. */
  let lastStart = 0;
  let lastEnd = 0;
  const join = (from: number, middle: number, to: number, end: number): void => {
    if (middle - from === 1 && end - to === 1)
      visitPair(text.charCodeAt(from), text.charCodeAt(to), from, end, to > middle);
    else visit(text.slice(from, middle) + text.slice(to, end), 'word', from, end, to > middle);
  };
  eachRun(text, (kind, start, end) => {
    if (kind !== KOREAN) {
      lastEnd = 0;
      if (kind === LATIN) latinTerms(source, mapped, start, end, visit);
      else visit(text.slice(start, end), 'sign', start, end, false);
      return;
    }
    const first = syllableAt(text, start);
    if (lastEnd > 0 && continuesPhrase(text, lastEnd, start)) join(lastStart, lastEnd, start, first);
    if (first === end) visit(text.slice(start, end), 'word', start, end, false);
    let from = start;
    for (let middle = first; middle < end;) {
      const to = syllableAt(text, middle);
      join(from, middle, middle, to);
      from = middle;
      middle = to;
    }
    lastStart = from;
    lastEnd = end;
  });
}

/** Whether two words belong to one phrase: blanks and at most one line break are between them, no punctuation. */
function continuesPhrase(text: string, from: number, to: number): boolean {
  let lines = 0;
  for (let at = from; at < to; at++) {
    const unit = text.charCodeAt(at);
    if ((classOf(unit) & BLANK) === 0 || (unit === NEWLINE && ++lines > 1)) return false;
  }
  return true;
}

const NEWLINE = 10;

/** Where the code point ends that begins here. */
function syllableAt(text: string, start: number): number {
  return start + (text.codePointAt(start)! > 0xffff ? 2 : 1);
}

const CONNECTORS = /[_.'’+#-]/;
function latinTerms(
  source: string,
  mapped: MappedText,
  start: number,
  end: number,
  visit: TermVisitor,
): void {
  const { text } = mapped;
  const push = (from: number, to: number, role: Term['role']): void =>
    visit(text.slice(from, to), role, from, to, false);
  push(start, end, 'word');
  const run = text.slice(start, end);
  if (CONNECTORS.test(run)) {
    const parts = [...run.matchAll(LATIN_PART)];
    // The word of C++, or the one before a #, is a part; the parts of snake_case are words.
    const role = parts.length > 1 ? 'word' : 'part';
    for (const { index, 0: part } of parts) push(start + index, start + index + part.length, role);
  }
  if (text[start - 1] === '.' && !NAME_BEFORE.test(text.slice(Math.max(0, start - 3), start - 1)))
    push(start - 1, end, 'part');
  for (const [from, to] of humps(source, mapped, start, end)) push(from, to, 'part');
}

/** Characters that must not stand before the dot of `.NET` or `.env`. */
const NAME_BEFORE = /[\p{L}\p{N}._]$/u;

const LOWER = /^[\p{Ll}\p{Nd}]/u;
const UPPER = /^\p{Lu}/u;

/**
 * The parts of camelCase names in a run, found by the capitals of the source: `XMLHttpRequest` has xml, http
 * and request.
 */
function humps(source: string, mapped: MappedText, start: number, end: number): [number, number][] {
  const { starts } = mapped;
  const first = starts[start]!;
  if (!mayHaveCapital(source, first + 1, starts[end]!)) return [];
  if (!CAPITAL_INSIDE.test(source.slice(first, starts[end]))) return [];
  const unit = (at: number): string => (at < end ? source.slice(starts[at], starts[at]! + 1) : '');
  const cuts = [start];
  for (let at = start + 1; at < end; at++) {
    const isUpper = UPPER.test(unit(at));
    const begins =
      isUpper && (LOWER.test(unit(at - 1)) || (UPPER.test(unit(at - 1)) && LETTER.test(unit(at + 1))));
    if (begins || CONNECTOR.test(unit(at)) || CONNECTOR.test(unit(at - 1))) cuts.push(at);
  }
  cuts.push(end);
  const parts = cuts.slice(1).map((to, i): [number, number] => [cuts[i]!, to]);
  // Parts that connectors give already are not repeated, and a single letter distinguishes nothing.
  const isNew = ([from, to]: [number, number]): boolean =>
    to - from > 1 && !(isEdge(unit(from - 1), from === start) && isEdge(unit(to), to === end));
  return parts.filter(isNew);
}

function mayHaveCapital(source: string, from: number, to: number): boolean {
  for (let at = from; at < to; at++) {
    const unit = source.charCodeAt(at);
    if (unit > 0x7f || (unit >= 0x41 && unit <= 0x5a)) return true;
  }
  return false;
}

/** A capital inside a name; characters that are not seen part no name. */
const CAPITAL_INSIDE = /[\p{L}\p{Nd}]\p{DI}*\p{Lu}/u;
const LETTER = /^\p{Ll}/u;
const CONNECTOR = /^[_.'’+#-]/u;

function isEdge(unit: string, isEnd: boolean): boolean {
  return isEnd || CONNECTOR.test(unit);
}

/** Whether a normalised term is Korean (or Han, kana): a bigram or a lone syllable. */
export function isKoreanTerm(term: string): boolean {
  return KOREAN_START.test(term);
}
