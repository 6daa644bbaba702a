/** Takes a hit's score apart: every addend is named, with its places in the text. */
import { IN_CONTEXT } from '../index/sparseVector.ts';
import type { Contribution, MatchKind } from '../domain/hit.ts';
import type { PassageText } from '../domain/passage.ts';
import type { TextRange } from '../domain/textRange.ts';
import { placesOfExpressions } from '../text/expressions/expressionsOf.ts';
import { normalizeForSearch, sourceRange, type MappedText } from '../text/normalize.ts';
import { plainTextOf } from '../text/plainText.ts';
import { termsOf } from '../text/terms.ts';
import { stemOf, WordPlaces } from '../text/words.ts';
import type { Scored } from './ranking/boundedScores.ts';
import type { Constants } from './ranking/fusionConstants.ts';
import { quoted, standsIn, wholeWord } from './query/literal.ts';
import type { LexicalMatch } from './ranking/lexicalChannel.ts';
import { dimensionId, type LexicalTerm, type EncodedQuery } from './query/encodedQuery.ts';
import type { RewrittenTerm, RewrittenWord } from './query/rewriting.ts';

/** Maximum number of marks of one word in one passage; more would only be noise. */
const MAX_RANGES = 20;

/** The matches of a passage with a query. */
export type Matches = Pick<Scored, 'semanticMatches' | 'lexicalMatches'>;

/**
 * Complete, sorted by value, largest first; the values sum to the hit's score up to rounding. `constants.lexical` is the
 * passage's own (`lexicalConstant`).
 */
export function contributionsOf(
  hit: Matches & { readonly name?: number },
  passage: PassageText,
  headings: readonly string[],
  query: EncodedQuery,
  constants: Constants,
): Contribution[] {
  return weighed(unweighedOf(hit, passage, headings, query), hit.name ?? 0, query, constants);
}

/** Contributions with constants of one; most of the work, and the same whatever the constants are. */
export function unweighedOf(
  hit: Matches,
  passage: PassageText,
  headings: readonly string[],
  query: EncodedQuery,
): readonly Contribution[] {
  return [
    ...lexicalContributions(hit, query, passage),
    ...semanticContributions(hit, passage.text, headings),
  ];
}

/** `name` is the bonus for a name; 0 for none. */
export function weighed(
  unweighed: readonly Contribution[],
  name: number,
  query: EncodedQuery,
  constants: Constants,
): Contribution[] {
  const contributions = [
    ...(name === 0 ? [] : [nameContribution(name, query.text)]),
    ...unweighed.map(each => ({ ...each, value: constants[each.channel] * each.value })),
  ];
  return contributions.sort((a, b) => b.value - a.value);
}

/** The addend of a file whose name is the query. */
export function nameContribution(value: number, text: string): Contribution {
  const token = text.trim().replace(/\s+/gu, ' ');
  return {
    id: 'n:',
    token,
    channel: 'lexical',
    kind: 'name',
    word: 0,
    query: 1,
    passage: value,
    value,
    ranges: [],
  };
}

function lexicalContributions(hit: Matches, query: EncodedQuery, passageText: PassageText): Contribution[] {
  if (hit.lexicalMatches.length === 0) return [];
  const plain = plainTextOf(passageText);
  const literal: (LexicalMatch & { readonly term: LexicalTerm })[] = [];
  const others: Contribution[] = [];
  for (const { term, ...match } of hit.lexicalMatches)
    if ('rewriting' in term) others.push(rewrittenContribution(term, match, plain));
    else literal.push({ term, ...match });
  return [...literalContributions(literal, query, plain, passageText.text), ...others];
}

/** The text of a passage with its markup, in its search form. */
function sourceOf(text: string): MappedText {
  return { text, starts: Uint32Array.from({ length: text.length + 1 }, (_, i) => i) };
}

/**
 * The addend of another form of a word, named like `회의 (ghldml)`: the word that was found, and the one that
 * was typed.
 */
function rewrittenContribution(
  { rewriting: { id, from, to }, word, forms }: RewrittenTerm,
  { query, passage }: Omit<LexicalMatch, 'term'>,
  plain: MappedText,
): Contribution {
  return {
    id: `r:${id}`,
    token: `${to} (${from})`,
    channel: 'lexical',
    kind: 'rewritten',
    word,
    query,
    passage,
    value: query * passage,
    ranges: joined([...placesOfWords(plain, forms.flat()), ...placesOfKeys(plain, forms.flat())]),
  };
}

function literalContributions(
  found: readonly (LexicalMatch & { readonly term: LexicalTerm })[],
  query: EncodedQuery,
  plain: MappedText,
  source: string,
): Contribution[] {
  if (found.length === 0) return [];
  const isWanted = nameTest(found.map(({ term }) => term));
  const places = placesOfTerms(plain, isWanted);
  // A term that is not in the plain text stands in the source: the target of a link is marked where it is.
  const isMarkup = found.some(({ term }) => !hasTerm(places, term));
  if (isMarkup)
    for (const [name, own] of placesOfTerms(sourceOf(source), isWanted))
      if (!places.has(name)) places.set(name, own);
  const byWord = new Map<number, { query: number; value: number; ranges: TextRange[] }>();
  for (const { term, query: weight, passage } of found) {
    const word = byWord.get(term.word) ?? { query: 0, value: 0, ranges: [] };
    word.query += weight;
    word.value += weight * passage;
    for (const [name, ranges] of places)
      if (isNamed(name, term))
        // For two neighbouring words in both the query and the text, each word is marked separately.
        word.ranges.push(...ranges.filter(place => !(term.across && place.across)));
    byWord.set(term.word, word);
  }
  return [...byWord].map(([word, { query: weight, value, ranges }]) => ({
    id: `w:${normalizeForSearch(query.words[word]!.text).text}`,
    token: query.words[word]!.text,
    channel: 'lexical',
    kind: 'literal',
    word,
    query: weight,
    passage: value / weight,
    value,
    ranges: joined(ranges),
  }));
}

function isNamed(name: string, term: LexicalTerm): boolean {
  return name === term.text || (term.prefix && name.startsWith(term.text));
}

/** Tells whether a term of a text is one of these. */
function nameTest(terms: readonly LexicalTerm[]): (name: string) => boolean {
  const names = new Set(terms.map(({ text }) => text));
  const beginnings = terms.filter(({ prefix }) => prefix).map(({ text }) => text);
  return name => names.has(name) || beginnings.some(text => name.startsWith(text));
}

function hasTerm(places: ReadonlyMap<string, unknown>, term: LexicalTerm): boolean {
  if (places.has(term.text)) return true;
  return term.prefix && [...places.keys()].some(name => isNamed(name, term));
}

function semanticContributions(hit: Matches, text: string, headings: readonly string[]): Contribution[] {
  if (hit.semanticMatches.length === 0) return [];
  const words = new WordPlaces(text);
  const mapped = normalizeForSearch(text);
  const context = normalizeForSearch(headings.join('\n')).text;
  const contributions: Contribution[] = [];
  for (const { term, passage, place } of hit.semanticMatches) {
    const word = words.word(place);
    const surface = word === null ? '' : text.slice(word.start, word.end);
    const inPassage =
      standsIn(term.name, mapped.text, surface) ||
      (place === IN_CONTEXT && standsIn(term.name, context, context));
    contributions.push({
      id: dimensionId(term.dimension),
      token: term.name,
      channel: 'semantic',
      kind: kindOf(!term.expansion, inPassage),
      word: term.word,
      query: term.weight,
      passage,
      value: term.weight * passage,
      ranges: rangesOf(term.name, mapped, word, surface),
    });
  }
  return contributions;
}

function kindOf(inQuery: boolean, inPassage: boolean): MatchKind {
  if (inQuery) return inPassage ? 'literal' : 'documentExpansion';
  return inPassage ? 'queryExpansion' : 'bothExpansion';
}

/** Places of the name in the text, or else the word that activated the dimension, without its particle. */
function rangesOf(name: string, mapped: MappedText, word: TextRange | null, surface: string): TextRange[] {
  const wanted = normalizeForSearch(name).text;
  const ranges: TextRange[] = [];
  // A single syllable would be found inside any word, so only the place that the model gives counts.
  if ([...wanted].length > 1)
    for (const match of mapped.text.matchAll(wholeWordOrPart(wanted))) {
      ranges.push(sourceRange(mapped, match.index, match.index + match[0].length));
      if (ranges.length === MAX_RANGES) break;
    }
  if (ranges.length > 0 || word === null) return ranges;
  const stem = stemOf(surface.normalize('NFC')).length;
  const end = surface === surface.normalize('NFC') ? word.start + stem : word.end;
  return [{ start: word.start, end }];
}

function wholeWordOrPart(wanted: string): RegExp {
  return /^[\p{Script=Latin}\p{N}]/u.test(wanted) ? wholeWord(wanted) : new RegExp(quoted(wanted), 'gu');
}

interface Place extends TextRange {
  readonly across: boolean;
}

/** The wanted lexical terms of a passage's plain text, with their places in the passage's own text. */
function placesOfTerms(plain: MappedText, isWanted: (name: string) => boolean): Map<string, Place[]> {
  const places = new Map<string, Place[]>();
  for (const term of termsOf(plain.text)) {
    if (term.end <= term.start || !isWanted(term.text)) continue;
    const range = {
      start: plain.starts[term.start]!,
      end: plain.starts[term.end - 1]! + 1,
      across: term.across,
    };
    const list = places.get(term.text);
    if (list === undefined) places.set(term.text, [range]);
    else list.push(range);
  }
  return places;
}

/** Places of these words in a passage's plain text, including words that begin with one. */
function placesOfWords(plain: MappedText, wanted: readonly RewrittenWord[]): TextRange[] {
  const mapped = normalizeForSearch(plain.text);
  const ranges: TextRange[] = [];
  for (const { text, prefix, isExpression } of wanted) {
    if (isExpression) continue;
    // A Latin word may follow Hangul, and a particle may follow it.
    const letter = /^[a-z]/.test(text) ? /[a-z0-9]/ : WORD_LETTER;
    for (let at = mapped.text.indexOf(text); at !== -1; at = mapped.text.indexOf(text, at + 1)) {
      if (letter.test(mapped.text[at - 1] ?? '')) continue;
      if (!prefix && letter.test(mapped.text[at + text.length] ?? '')) continue;
      const { start, end } = sourceRange(mapped, at, at + text.length);
      if (start < end) ranges.push({ start: plain.starts[start]!, end: plain.starts[end - 1]! + 1 });
      if (ranges.length === MAX_RANGES) return ranges;
    }
  }
  return ranges;
}

/** Places of these expressions in a passage's plain text, however they are written. */
function placesOfKeys(plain: MappedText, wanted: readonly RewrittenWord[]): TextRange[] {
  const keys = new Set(wanted.flatMap(({ text, isExpression }) => (isExpression ? [text] : [])));
  if (keys.size === 0) return [];
  const mapped = normalizeForSearch(plain.text);
  return placesOfExpressions(mapped.text, keys).flatMap(place => {
    const { start, end } = sourceRange(mapped, place.start, place.end);
    return start < end ? [{ start: plain.starts[start]!, end: plain.starts[end - 1]! + 1 }] : [];
  });
}

const WORD_LETTER = /[\p{L}\p{N}\p{M}]/u;

/** Sorts ranges and joins those that overlap. */
function joined(ranges: readonly TextRange[]): TextRange[] {
  const result: TextRange[] = [];
  for (const range of [...ranges].sort((a, b) => a.start - b.start || a.end - b.end)) {
    const last = result.at(-1);
    if (last !== undefined && range.start < last.end)
      result[result.length - 1] = { start: last.start, end: Math.max(last.end, range.end) };
    else if (result.length < MAX_RANGES) result.push({ start: range.start, end: range.end });
  }
  return result;
}
