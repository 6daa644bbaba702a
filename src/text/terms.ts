/**
 * The lexical channel's terms: what BM25 counts.
 *
 * Korean runs give character bigrams, inside words and across the blanks between them, so that neither
 * particles (조사) nor spacing (띄어쓰기) hide a word; a run of one syllable standing alone gives itself.
 * Latin words, numbers and identifiers are whole words, and also the parts of snake_case and dotted names.
 */
import { normalizeForSearch, sourceRange } from './normalize.ts';

export interface Term {
  readonly text: string;
  /** UTF-16 span in the source text. */
  readonly start: number;
  readonly end: number;
  /** Spans two Korean words (their last and first syllable). */
  readonly across: boolean;
}

/** Han, Hangul and kana: written without reliable blanks. */
const KOREAN = String.raw`[\p{Script=Hangul}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー]`;
const LATIN = String.raw`(?:(?!${KOREAN})[\p{L}\p{N}])`;
/** Groups: 1 a Korean run; else a Latin word, whose parts connectors may join (snake_case, v1.2, C++). */
const RUN = new RegExp(String.raw`(${KOREAN}+)|${LATIN}+(?:[_.'’+#-]+${LATIN}+)*[+#]*`, 'gu');
const LATIN_PART = new RegExp(String.raw`${LATIN}+`, 'gu');
const KOREAN_START = new RegExp(`^${KOREAN}`, 'u');
/** Between two words of one phrase: blanks, at most one line break, no punctuation. */
const BLANK = /^[^\S\n]*\n?[^\S\n]*$/;

/** All terms of a text in reading order, with places in the text given. */
export function termsOf(source: string): Term[] {
  const mapped = normalizeForSearch(source);
  const { text } = mapped;
  const terms: Term[] = [];
  const push = (start: number, end: number): void => {
    terms.push({ text: text.slice(start, end), ...sourceRange(mapped, start, end), across: false });
  };
  let previous: { readonly start: number; readonly end: number } | null = null;
  for (const match of text.matchAll(RUN)) {
    const start = match.index;
    const end = start + match[0].length;
    if (match[1] === undefined) {
      previous = null;
      push(start, end);
      const parts = [...match[0].matchAll(LATIN_PART)];
      if (parts.length > 1)
        for (const part of parts) push(start + part.index, start + part.index + part[0].length);
      continue;
    }
    const places = codePointStarts(text, start, end);
    const count = places.length - 1;
    if (previous !== null && BLANK.test(text.slice(previous.end, start))) {
      const joined = text.slice(previous.start, previous.end) + text.slice(start, places[1]);
      terms.push({ text: joined, ...sourceRange(mapped, previous.start, places[1]!), across: true });
    }
    if (count === 1) push(start, end);
    for (let i = 0; i + 2 <= count; i++) push(places[i]!, places[i + 2]!);
    previous = { start: places[count - 1]!, end };
  }
  return terms;
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
