/**
 * Whether a phrase stands in a passage's plain text, told from the passage as it is written. Making the plain text
 * takes ten times as long, so it is made only where this can't tell.
 */
import { isKoreanTerm } from '../../text/terms.ts';

/** Letters, digits and blanks: what no markup is made of. */
const WORDS = /^[\p{L}\p{N}\s]+$/u;
/**
 * What is in the search form but for ASCII capitals, and joins nothing: ASCII, syllables, ideographs, kana, jamo, and
 * the signs and pictures that notes have.
 */
const SIMPLE =
  /^[\0-\x7f가-힣\u4e00-\u9fffㄱ-ㆎ\u3041-\u3096\u30a1-\u30fa·‐\u2012-\u2023\u2190-\u21ff\u2500-\u257f\u25a0-\u25ff\u2600-\u27bf、-〃〈-】\u{1f300}-\u{1faff}]*$/u;

/** What may take letters out of a text begins like this; see `MARKUP` in `text/plainText.ts`. */
const HIDER = String.raw`(?:\][(\[]|<[A-Za-z!/]|\{|\x60{3}|~{3})`;
const LINK = /\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*(?:\s+(?:"[^"]*"|'[^']*'))?\)/y;
/** `&eacute;`: letters are others than they look. */
const REFERENCE_TO_CHARACTER = /&(?:#|[A-Za-z]\w*;)/;
const REFERENCE = /\]\[[^[\]]*\]/y;
const TAG = /<\/?[a-z][\w.-]*(?:\s+[\w:@.-]+(?:\s*=\s*(?:"[^"<]*"|'[^'<]*'|\{[^{}]*\}|[^\s"'>]+))?)*\s*\/?>/y;
/** Beside a word these are no markup: the letters beyond them stay apart from it. */
const BEFORE = /^[\s,.:;!?"'“”‘’(/=·…]?$/u;
const AFTER = /^[\s,.:;?"'“”‘’()/=·…]?$/u;

/** null where it can't tell. */
export type Screen = (text: string) => boolean | null;

/** Sources: what must not stand before it, the phrase, what must not follow it. */
export interface PhraseExpression {
  readonly before: string;
  readonly source: string;
  readonly after: string;
}

/** `phrase` and what it must match are in the search form. */
export function screenOf(phrase: string, { before: first, source, after: last }: PhraseExpression): Screen {
  if (!WORDS.test(phrase)) return () => null;
  // Letters side by side stay side by side: its edges are seen here too, where they are letters.
  const units = [...phrase.replace(/\s/gu, '')];
  const possible = new RegExp(first + possibleSource(units, last), 'u');
  const certain = new RegExp(first + source + last, 'gu');
  // A Latin word's edges, or a lone syllable's, are others where markup is taken away beside them.
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
      // The number of a list is markup.
      if (endsInDigit && /[.)]/.test(after)) continue;
      if (isVisible(lower, match.index)) return true;
    }
    return null;
  };
}

/** Its letters with none between them, or some of them and then what may hide the letters between. */
function possibleSource([first, ...rest]: readonly string[], last: string): string {
  const gap = String.raw`[^\p{L}]*`;
  if (rest.length === 0) return first! + last;
  return `${first!}(?:${gap}${HIDER}|${gap}(?:${possibleSource(rest, last)}))`;
}

/** Nothing that begins before a place hides it. */
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
