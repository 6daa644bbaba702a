/**
 * The lexical channel's terms: what BM25 counts.
 *
 * Korean runs give character bigrams, inside words and across the blanks between them, so that neither
 * particles (조사) nor spacing (띄어쓰기) hide a word; a run of one syllable standing alone gives itself.
 * Latin words, numbers and identifiers are whole words, and also the parts of snake_case, dotted names and camelCase.
 * Signs and pictures (→, 🎂) are words of their own.
 */
import { normalizeForSearch, sourceRange, type MappedText } from './normalize.ts';

export interface Term {
  readonly text: string;
  /** UTF-16 span in the source text. */
  readonly start: number;
  readonly end: number;
  /** Spans two Korean words (their last and first syllable). */
  readonly across: boolean;
  /**
   * Only words make a passage's length. A part is another reading of a word that is there as well (`invoiceTotals`:
   * totals; `.NET`: with its dot); a sign is none.
   */
  readonly role: 'word' | 'part' | 'sign';
}

/** Han, Hangul and kana: written without reliable blanks. */
const KOREAN = String.raw`[\p{Script=Hangul}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー]`;
const LATIN = String.raw`(?:(?!${KOREAN})[\p{L}\p{N}])`;
/** Signs and pictures; those of ASCII stand in every text. Two regional indicators are a flag. */
export const SIGN = String.raw`(?:\p{RI}\p{RI}|(?![\0-\x7f])[\p{S}※§¶†‡‰])`;
/** Groups: 1 a Korean run, 2 a sign; else a Latin word, whose parts connectors may join (snake_case, v1.2, C++). */
const RUN = new RegExp(String.raw`(${KOREAN}+)|(${SIGN})|${LATIN}+(?:[_.'’+#-]+${LATIN}+)*[+#]*`, 'gu');
const LATIN_PART = new RegExp(String.raw`${LATIN}+`, 'gu');
const KOREAN_START = new RegExp(`^${KOREAN}`, 'u');
/** Between two words of one phrase: blanks, at most one line break, no punctuation. */
const BLANK = /^[^\S\n]*\n?[^\S\n]*$/;

/** All terms of a text in reading order, with places in the text given; `mapped` is its search form where it is known. */
export function termsOf(source: string, mapped: MappedText = normalizeForSearch(source)): Term[] {
  const { text } = mapped;
  const terms: Term[] = [];
  const push = (start: number, end: number, role: Term['role'] = 'word'): void => {
    terms.push({ text: text.slice(start, end), ...sourceRange(mapped, start, end), across: false, role });
  };
  let previous: { readonly start: number; readonly end: number } | null = null;
  for (const match of text.matchAll(RUN)) {
    const start = match.index;
    const end = start + match[0].length;
    if (match[1] === undefined) {
      previous = null;
      if (match[2] !== undefined) {
        push(start, end, 'sign');
        continue;
      }
      push(start, end);
      const parts = [...match[0].matchAll(LATIN_PART)];
      // Of C++ or a word before a #, the word is a part; of snake_case, parts are words.
      const role = parts.length > 1 ? 'word' : 'part';
      if (parts[0]![0].length < match[0].length)
        for (const part of parts) push(start + part.index, start + part.index + part[0].length, role);
      if (text[start - 1] === '.' && !NAME_BEFORE.test(text.slice(Math.max(0, start - 3), start - 1)))
        push(start - 1, end, 'part');
      for (const [from, to] of humps(source, mapped, start, end)) push(from, to, 'part');
      continue;
    }
    const places = codePointStarts(text, start, end);
    const count = places.length - 1;
    if (previous !== null && BLANK.test(text.slice(previous.end, start))) {
      const joined = text.slice(previous.start, previous.end) + text.slice(start, places[1]);
      const range = sourceRange(mapped, previous.start, places[1]!);
      terms.push({ text: joined, ...range, across: true, role: 'word' });
    }
    if (count === 1) push(start, end);
    for (let i = 0; i + 2 <= count; i++) push(places[i]!, places[i + 2]!);
    previous = { start: places[count - 1]!, end };
  }
  return terms;
}

/** Before the dot of `.NET` or `.env` stands none of these. */
const NAME_BEFORE = /[\p{L}\p{N}._]$/u;

const LOWER = /^[\p{Ll}\p{Nd}]/u;
const UPPER = /^\p{Lu}/u;

/** The parts of camelCase names in a run, by the capitals of its source: `XMLHttpRequest` has xml, http, request. */
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
  // What connectors part is there already; one letter says nothing.
  const isNew = ([from, to]: [number, number]): boolean =>
    to - from > 1 && !(isEdge(unit(from - 1), from === start) && isEdge(unit(to), to === end));
  return parts.filter(isNew);
}

const CAPITAL_INSIDE = /[\p{L}\p{Nd}]\p{Lu}/u;
const LETTER = /^\p{Ll}/u;
const CONNECTOR = /^[_.'’+#-]/u;

function isEdge(unit: string, isEnd: boolean): boolean {
  return isEnd || CONNECTOR.test(unit);
}

function codePointStarts(text: string, start: number, end: number): number[] {
  const places: number[] = [];
  for (let i = start; i < end; i += text.codePointAt(i)! > 0xffff ? 2 : 1) places.push(i);
  places.push(end);
  return places;
}

/** Whether a normalised term is Korean (or Han, kana): a bigram or a lone syllable. */
export function isKoreanTerm(term: string): boolean {
  return KOREAN_START.test(term);
}
