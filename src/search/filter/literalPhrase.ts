/**
 * A phrase that must stand in a text literally, except for blanks: 띄어쓰기 is often a matter of taste, so it
 * makes no difference (데이터 센터, 데이터센터). Latin words and numbers must be whole words; Korean ones may go on.
 */
import { normalizeForSearch } from '../../text/normalize.ts';
import { isKoreanTerm, termsOf } from '../../text/terms.ts';
import { quoted } from '../query/literal.ts';
import { screenOf, type PhraseExpression, type Screen } from './phraseScreen.ts';

/** A lexical term that every text with the phrase has; with `prefix`, some term that begins with it. */
export interface PhraseKey {
  readonly text: string;
  readonly prefix: boolean;
}

export interface LiteralPhrase {
  /** The key in the search form. */
  readonly text: string;
  /** Keys of the phrase; never empty. */
  readonly keys: readonly PhraseKey[];
  /** True where the only key decides by itself whether the phrase stands in a text. */
  readonly isKey: boolean;
  /** Whether the phrase stands in a text in the search form. */
  readonly standsIn: (normalized: string) => boolean;
  /** Decides the same for a passage with its markup, where that is possible. */
  readonly screen: Screen;
}

/** Blanks inside a phrase that `termsOf` bridges: at most one line break. */
const BLANKS = String.raw`[^\S\n]*\n?[^\S\n]*`;
const BLANK_BETWEEN_KOREAN = new RegExp(String.raw`(\S)${BLANKS}(?=(\S))`, 'gu');
const LATIN_UNIT = String.raw`(?![\p{Script=Hangul}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー])[\p{L}\p{N}]`;
const LATIN = new RegExp(`^${LATIN_UNIT}`, 'u');
const CONNECTOR = /[_.'’+#-]/u;

/** null where the phrase has no letter or digit. */
export function literalPhrase(source: string): LiteralPhrase | null {
  const text = normalizeForSearch(source).text.trim();
  const keys = keysOf(text);
  if (keys.length === 0) return null;
  const expression = expressionOf(
    text,
    keys.every(({ prefix }) => prefix),
  );
  const compiled = new RegExp(expression.before + expression.source + expression.after, 'u');
  const [key] = keys;
  return {
    text,
    keys,
    isKey:
      keys.length === 1 && !key!.prefix && key!.text === text.replace(/\s/gu, '') && !CONNECTOR.test(text),
    standsIn: normalized => compiled.test(normalized),
    screen: screenOf(text, expression),
  };
}

function keysOf(text: string): PhraseKey[] {
  const together = text.replace(BLANK_BETWEEN_KOREAN, (whole, before: string, after: string) =>
    isKoreanTerm(before) && isKoreanTerm(after) ? before : whole,
  );
  // Other readings of a name may stand only in the metadata of a text that has it, so parts are no keys.
  const terms = termsOf(together).filter(term => !term.across && term.role !== 'part');
  const keys = new Map<string, PhraseKey>();
  for (const { text: term } of terms) {
    // For a name with connectors, only the parts are keys, because it may stand inside a longer one.
    if (!isKoreanTerm(term) && /[\p{L}\p{N}][_.'’+#-]+[\p{L}\p{N}]/u.test(term)) continue;
    keys.set(term, { text: term, prefix: isKoreanTerm(term) && [...term].length === 1 });
  }
  // A single syllable may be the end of another word, so it is a key only where there is no other.
  const whole = [...keys.values()].filter(({ prefix }) => !prefix);
  return whole.length > 0 ? whole : [...keys.values()];
}

/**
 * The sources of regular expressions for the text that must not precede the phrase, for the phrase, and for
 * the text that must not follow it.
 */
function expressionOf(text: string, startsWord: boolean): PhraseExpression {
  const units = [...text];
  let source = '';
  let previous = '';
  let blank = false;
  for (const unit of units) {
    if (/\s/u.test(unit)) {
      blank = true;
      continue;
    }
    if (previous !== '') {
      const isKorean = isKoreanTerm(previous) || isKoreanTerm(unit);
      source += isKorean ? BLANKS : blank ? String.raw`\s+` : '';
    }
    source += quoted(unit);
    previous = unit;
    blank = false;
  }
  const latin = LATIN.test(text) ? `(?<!${LATIN_UNIT})` : '';
  return {
    // A single syllable must be a word, or the beginning of one.
    before: startsWord && isKoreanTerm(text) ? String.raw`(?<![\p{L}\p{N}])` : latin,
    source,
    // In the index, C++ is another word than C.
    after: LATIN.test(previous) ? `(?!${LATIN_UNIT}|[+#])` : '',
  };
}
