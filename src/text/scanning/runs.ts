/** Finds the runs of characters that lexical terms are made of, and the words of a text. */
import {
  classOf,
  hasSurrogates,
  KOREAN,
  KOREAN_SOURCE,
  LATIN,
  LATIN_SOURCE,
  SIGN,
  SINGLE_SIGN_SOURCE,
  UNSEEN,
  WORD,
} from './unitClasses.ts';

/** Two regional indicators are a flag. */
export const SIGN_SOURCE = String.raw`(?:\p{RI}\p{RI}|${SINGLE_SIGN_SOURCE})`;
/**
 * Group 1 is a Korean run, group 2 a sign; anything else is a Latin word, whose parts connectors may join
 * (snake_case, v1.2, C++).
 */
const RUN = new RegExp(
  String.raw`(${KOREAN_SOURCE}+)|(${SIGN_SOURCE})|${LATIN_SOURCE}+(?:[_.'’+#-]+${LATIN_SOURCE}+)*[+#]*`,
  'gu',
);

/** Finds Korean runs, Latin words and signs, in order. */
export function eachRun(text: string, found: (kind: number, start: number, end: number) => void): void {
  if (hasSurrogates(text)) {
    for (const { 0: run, 1: korean, 2: sign, index } of text.matchAll(RUN))
      found(korean !== undefined ? KOREAN : sign !== undefined ? SIGN : LATIN, index, index + run.length);
    return;
  }
  for (let at = 0; at < text.length;) {
    const kind = classOf(text.charCodeAt(at)) & (KOREAN | LATIN | SIGN);
    let end = at + 1;
    if ((kind & KOREAN) !== 0) {
      end = endOf(text, end, KOREAN);
      found(KOREAN, at, end);
    } else if (kind === SIGN) found(SIGN, at, end);
    else if (kind === LATIN) {
      end = endOfJoined(text, end, LATIN, 0);
      found(LATIN, at, end);
    }
    at = end;
  }
}

/** The end of a run of one class. */
function endOf(text: string, from: number, kind: number): number {
  let end = from;
  while (end < text.length && (classOf(text.charCodeAt(end)) & kind) !== 0) end++;
  return end;
}

/** The end of a word with the parts that connectors join to it, and with the signs of C++ and C#. */
function endOfJoined(text: string, from: number, kind: number, joining: number): number {
  let end = endOf(text, from, kind);
  for (;;) {
    let next = end;
    // A unit that may be either (a variation selector is a mark, too) is a part of the word.
    while (next < text.length && isConnector(text.charCodeAt(next), kind, joining)) next++;
    const part = endOf(text, next, kind);
    if (next === end || part === next) break;
    end = part;
  }
  while (end < text.length && (text.charCodeAt(end) === PLUS || text.charCodeAt(end) === HASH)) end++;
  return end;
}

const PLUS = 0x2b;
const HASH = 0x23;

function isConnector(unit: number, kind: number, joining: number): boolean {
  switch (unit) {
    case 0x5f:
    case 0x2e:
    case 0x27:
    case 0x2019:
    case PLUS:
    case HASH:
    case 0x2d:
      return true;
    default:
      return (classOf(unit) & joining) !== 0 && (classOf(unit) & kind) === 0;
  }
}

const WORD_PART = String.raw`[\p{L}\p{N}\p{M}]`;
/** Invisible characters do not separate words (보\u200b고서). */
export const WORD_SOURCE = String.raw`${WORD_PART}+(?:[_.'’+#\p{DI}-]*${WORD_PART}+)*[+#]*`;
const WORDS = new RegExp(WORD_SOURCE, 'gu');

/** Finds the words of a text, in order. */
export function eachWord(text: string, found: (start: number, end: number) => void): void {
  if (hasSurrogates(text)) {
    for (const { 0: word, index } of text.matchAll(WORDS)) found(index, index + word.length);
    return;
  }
  for (let at = 0; at < text.length; at++) {
    if ((classOf(text.charCodeAt(at)) & WORD) === 0) continue;
    const end = endOfJoined(text, at + 1, WORD, UNSEEN);
    found(at, end);
    at = end - 1;
  }
}
