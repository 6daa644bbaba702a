/**
 * A phrase that must stand in a text as it is, but for blanks: where 띄어쓰기 is a matter of taste it makes no
 * difference (데이터 센터, 데이터센터). Latin words and numbers are whole words, Korean ones may go on.
 */
import { normalizeForSearch } from '../../text/normalize.ts';
import { isKoreanTerm, termsOf } from '../../text/terms.ts';
import { quoted } from '../query/literal.ts';
import { screenOf, type PhraseExpression, type Screen } from './phraseScreen.ts';

/** A lexical term that every text with the phrase has; a prefix: some term that begins with it. */
export interface PhraseKey {
  readonly text: string;
  readonly prefix: boolean;
}

export interface LiteralPhrase {
  /** In the search form. */
  readonly text: string;
  /** Never empty. */
  readonly keys: readonly PhraseKey[];
  /** The one key tells by itself whether the phrase stands in a text. */
  readonly isKey: boolean;
  /** Whether it stands in a text in the search form. */
  readonly standsIn: (normalized: string) => boolean;
  /** The same of a passage as it is written, where that tells. */
  readonly screen: Screen;
}

/** The blanks that `termsOf` sees a phrase go on across: at most one line break. */
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
  // What a name may also be read as stands in the metadata of a text that has it.
  const terms = termsOf(together).filter(term => !term.across && term.role !== 'part');
  const keys = new Map<string, PhraseKey>();
  for (const { text: term } of terms) {
    // Of a name with connectors, the parts: it may stand in a longer one.
    if (!isKoreanTerm(term) && /[\p{L}\p{N}][_.'’+#-]+[\p{L}\p{N}]/u.test(term)) continue;
    keys.set(term, { text: term, prefix: isKoreanTerm(term) && [...term].length === 1 });
  }
  // A lone syllable may end a word that goes before: it tells something only where nothing else does.
  const whole = [...keys.values()].filter(({ prefix }) => !prefix);
  return whole.length > 0 ? whole : [...keys.values()];
}

/** A regular expression's source: what must (not) stand before it, the phrase, what must not follow it. */
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
    // A lone syllable is a word, or its beginning.
    before: startsWord && isKoreanTerm(text) ? String.raw`(?<![\p{L}\p{N}])` : latin,
    source,
    // As the index counts it, C++ is another word than C.
    after: LATIN.test(previous) ? `(?!${LATIN_UNIT}|[+#])` : '',
  };
}
