/**
 * Terms of the lexical channel, which BM25 counts.
 *
 * Korean runs give character bigrams, inside words and across the blanks between them, so that neither
 * particles (조사) nor spacing (띄어쓰기) hide a word; a run of one syllable gives that syllable. Latin words,
 * numbers and identifiers are whole words, and also the parts of snake_case, dotted names and camelCase.
 * Signs and pictures (→, 🎂) are words of their own.
 */
import { normalizeForSearch, sourceRange, type MappedText } from './normalize.ts';

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

/** Han, Hangul and kana, which are written without reliable blanks. */
const KOREAN = String.raw`[\p{Script=Hangul}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー]`;
const LATIN = String.raw`(?:(?!${KOREAN})[\p{L}\p{N}])`;
/**
 * Signs and pictures; ASCII signs are excluded, because they stand in every text. Two regional indicators are
 * a flag.
 */
export const SIGN = String.raw`(?:\p{RI}\p{RI}|(?![\0-\x7f])[\p{S}※§¶†‡‰])`;
/**
 * Group 1 is a Korean run, group 2 a sign; anything else is a Latin word, whose parts connectors may join
 * (snake_case, v1.2, C++).
 */
const RUN = new RegExp(String.raw`(${KOREAN}+)|(${SIGN})|${LATIN}+(?:[_.'’+#-]+${LATIN}+)*[+#]*`, 'gu');
const LATIN_PART = new RegExp(String.raw`${LATIN}+`, 'gu');
const KOREAN_START = new RegExp(`^${KOREAN}`, 'u');
/** The text between two words of one phrase: blanks and at most one line break, without punctuation. */
const BLANK = /^[^\S\n]*\n?[^\S\n]*$/;

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

/** The same for who counts terms and needs no places: `mapped` is the source in its normal form. */
export function eachTerm(source: string, mapped: MappedText, visit: TermVisitor): void {
  const { text } = mapped;
  /** The last syllable of the Korean run before. */
  let last = NOTHING;
  for (const { 0: run, 1: korean, 2: sign, index: start } of text.matchAll(RUN)) {
    const end = start + run.length;
    if (korean === undefined) {
      last = NOTHING;
      if (sign === undefined) latinTerms(source, mapped, start, end, visit);
      else visit(run, 'sign', start, end, false);
      continue;
    }
    const first = syllableAt(text, start);
    if (last.end > 0 && BLANK.test(text.slice(last.end, start)))
      visit(text.slice(last.start, last.end) + text.slice(start, first), 'word', last.start, first, true);
    if (first === end) visit(run, 'word', start, end, false);
    let from = start;
    for (let middle = first; middle < end;) {
      const to = syllableAt(text, middle);
      visit(text.slice(from, to), 'word', from, to, false);
      [from, middle] = [middle, to];
    }
    last = { start: from, end };
  }
}

const NOTHING = { start: 0, end: 0 };

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
