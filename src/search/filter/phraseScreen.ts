/**
 * Decides whether a phrase stands in a passage's plain text from the passage with its markup. Making the
 * plain text takes ten times as long, so it is made only where this can't decide.
 */
import { TAG_SOURCE } from '../../text/plainText.ts';
import { isKoreanTerm } from '../../text/terms.ts';

/** Letters, digits and blanks, which are never markup. */
const WORDS = /^[\p{L}\p{N}\s]+$/u;
/**
 * Characters that are in the search form (except for ASCII capitals) and join nothing: ASCII, syllables,
 * ideographs, kana, jamo, and the signs and pictures that occur in notes.
 */
const SIMPLE =
  /^[\0-\x7f가-힣\u4e00-\u9fffㄱ-ㆎ\u3041-\u3096\u30a1-\u30fa·‐\u2012-\u2023\u2190-\u21ff\u2500-\u257f\u25a0-\u25ff\u2600-\u27bf、-〃〈-】\u{1f300}-\u{1faff}]*$/u;

/** Beginnings of markup that may remove letters from a text; see `MARKUP` in `text/plainText.ts`. */
const HIDER = String.raw`(?:\][(\[]|<[A-Za-z!/]|\{|\x60{3}|~{3})`;
const LINK = /\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*(?:\s+(?:"[^"]*"|'[^']*'))?\)/y;
/** A reference like `&eacute;` stands for a letter. */
const REFERENCE_TO_CHARACTER = /&(?:#|[A-Za-z]\w*;)/;
const REFERENCE = /\]\[[^[\]]*\]/y;
const TAG = new RegExp(TAG_SOURCE, 'y');
/** Characters that are not markup beside a word: they keep the letters beyond apart from it. */
const BEFORE = /^[\s,.:;!?"'“”‘’(/=·…]?$/u;
const AFTER = /^[\s,.:;?"'“”‘’()/=·…]?$/u;

/** null where it can't decide. */
export type Screen = (text: string) => boolean | null;

/** Sources of regular expressions: the text that must not precede, the phrase, and the text that must not follow. */
export interface PhraseExpression {
  readonly before: string;
  readonly source: string;
  readonly after: string;
}

/** `phrase` and the expression are in the search form. */
export function screenOf(phrase: string, { before: first, source, after: last }: PhraseExpression): Screen {
  if (!WORDS.test(phrase)) return () => null;
  // Neighbouring letters stay neighbours in the plain text, so edges that are letters can be checked here.
  const units = [...phrase.replace(/\s/gu, '')];
  const possible = new RegExp(first + possibleSource(units, last), 'u');
  const certain = new RegExp(first + source + last, 'gu');
  // The edges of a Latin word or a single syllable may change where markup beside them is removed.
  const hasEdges = first + last !== '';
  const endsInDigit = /\p{N}$/u.test(phrase);
  return text => {
    if (!SIMPLE.test(text) || REFERENCE_TO_CHARACTER.test(text)) return null;
    const lower = text.toLowerCase();
    if (!possible.test(lower)) return false;
    for (const match of lower.matchAll(certain)) {
      const end = match.index + match[0].length;
      const before = lower.slice(Math.max(0, match.index - 1), match.index);
      const after = lower.slice(end, end + 1);
      if (hasEdges && !(BEFORE.test(before) && (AFTER.test(after) || isKoreanTerm(after)))) continue;
      // The number of a list item is markup.
      if (endsInDigit && /[.)]/.test(after)) continue;
      if (isVisible(lower, match.index)) return true;
    }
    return null;
  };
}

/**
 * Matches the letters of the phrase without any in between, or some of them followed by markup that may hide
 * letters.
 */
function possibleSource([first, ...rest]: readonly string[], last: string): string {
  const gap = String.raw`[^\p{L}]*`;
  if (rest.length === 0) return first! + last;
  return `${first!}(?:${gap}${HIDER}|${gap}(?:${possibleSource(rest, last)}))`;
}

/** Whether no markup that begins before a place hides it. */
function isVisible(text: string, place: number): boolean {
  const line = text.slice(text.lastIndexOf('\n', place) + 1, place);
  if (line.includes('```') || line.includes('~~~')) return false;
  const before = text.slice(0, place);
  if (before.includes('<!--') || before.includes('{/*') || before.includes('{*')) return false;
  return (
    !covers(text, ']', LINK, place) && !covers(text, ']', REFERENCE, place) && !covers(text, '<', TAG, place)
  );
}

/** Whether a match that begins with a mark before a place ends after it. */
function covers(text: string, mark: string, expression: RegExp, place: number): boolean {
  for (let at = text.indexOf(mark); at !== -1 && at < place; at = text.indexOf(mark, at + 1)) {
    expression.lastIndex = at;
    const found = expression.exec(text);
    if (found !== null && at + found[0].length > place) return true;
  }
  return false;
}
