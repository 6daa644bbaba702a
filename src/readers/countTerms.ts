/** The lexical features of a passage: how often each term stands in its text, headings and metadata. */
import type { TermCounts } from '../index/records.ts';
import { termPairsOf } from '../text/forms/foreign/bilingualTerms.ts';
import { eachVocabularyKey } from '../text/forms/vocabulary.ts';
import { expressionCountsOf } from '../text/expressions/expressionsOf.ts';
import { normalizeForSearch } from '../text/normalize.ts';
import { expressionKey, pairKey } from '../text/forms/vocabularyKeys.ts';
import { withoutEntities } from '../text/plainText.ts';
import { RecentWords } from '../text/recentWords.ts';
import { eachTerm } from '../text/terms.ts';
import { TermTally, type Field } from './termTally.ts';

export interface CountedText {
  /** The text as it stands in the file. */
  readonly text: string;
  /** The text as a person reads it (`plainTextOf`). */
  readonly plain: string;
  /** Headings, title, file name and tags, one a line. */
  readonly headings: string;
  /** Text of the file that lies beside the passage's own text and is counted with this passage. */
  readonly beside?: string;
  /** Fields of the front matter, which apply to the whole file. */
  readonly fields?: string;
  /** Names of the folders that the file is in. They count like headings, but not towards a passage's length. */
  readonly folders?: string;
}

/** Nobody searches for base64 data, and it would fill most of the dictionary. */
const DATA = /(data:[\w.+-]+\/[\w.+-]+(?:;[\w=.-]+)*;base64,)[A-Za-z0-9+/=]*/g;

/**
 * The text counts as it is read, without markup. The rest of the source (targets of links, languages of fences,
 * attributes, numbers of lists) counts as metadata, so that every word of a file finds it. Besides the terms that BM25
 * counts (text and headings make its lengths), the result has the words and term pairs of the vocabulary
 * (`vocabularyKeys.ts`).
 */
export function countTerms({
  text,
  plain,
  headings,
  beside = '',
  fields = '',
  folders = '',
}: CountedText): TermCounts {
  TALLY.begin();
  const bodyLength = countField(plain, 'text');
  const headingLength = addTerms(REPEATED.of(headings), 'headings');
  for (const pair of termPairsOf(text)) TALLY.add(pairKey(pair), 'text');
  // Plain text and headings have been counted already: the heading's marks stand beside the text, its words in the
  // headings.
  const rest = plain === text ? [] : excessOf(text, 'text');
  const restBeside = beside === '' ? [] : excessOf(beside, 'headings');
  TALLY.addExcess(rest, 'metadata');
  TALLY.addExcess(restBeside, 'metadata');
  if (fields !== '') addTerms(REPEATED.of(fields), 'metadata');
  if (folders !== '') addTerms(REPEATED.of(folders), 'headings');
  return { ...TALLY.counts(), bodyLength, headingLength };
}

/** One for all passages: its numbers of terms stay valid. */
const TALLY = new TermTally();

/** Counts a text's terms in a field; returns its length. */
function countField(source: string, field: Field): number {
  let length = 0;
  const mapped = normalizeForSearch(source);
  eachTerm(
    source,
    mapped,
    (term, role) => {
      // Other readings of the text's words are metadata in every field.
      TALLY.add(term, role === 'part' ? 'metadata' : field);
      if (role === 'word') length++;
    },
    (first, second) => {
      TALLY.addPair(first, second, field);
      length++;
    },
  );
  eachVocabularyKey(mapped.text, key => TALLY.add(key, field));
  for (const [key, times] of expressionCountsOf(mapped.text)) TALLY.add(expressionKey(key), field, times);
  return length;
}

/** The terms that a text adds to its field, each with its count. */
interface FieldTerms {
  readonly own: ReadonlyMap<string, number>;
  /** Other readings of the text's words; they are metadata in every field. */
  readonly parts: ReadonlyMap<string, number>;
  readonly length: number;
}

function addTerms({ own, parts, length }: FieldTerms, field: Field): number {
  for (const [term, times] of own) TALLY.add(term, field, times);
  for (const [part, times] of parts) TALLY.add(part, 'metadata', times);
  return length;
}

function termsOfField(source: string): FieldTerms {
  const own = new Map<string, number>();
  const parts = new Map<string, number>();
  let length = 0;
  const mapped = normalizeForSearch(source);
  eachTerm(source, mapped, (term, role) => {
    increment(role === 'part' ? parts : own, term);
    if (role === 'word') length++;
  });
  eachVocabularyKey(mapped.text, key => increment(own, key));
  for (const [key, times] of expressionCountsOf(mapped.text)) own.set(expressionKey(key), times);
  return { own, parts, length };
}

function increment(counts: Map<string, number>, term: string): void {
  counts.set(term, (counts.get(term) ?? 0) + 1);
}

/** All passages of a section have the same headings, and all of a file the same folders and fields. */
const REPEATED = new RecentWords(termsOfField, 4, 4_096);

/** The terms of a source that a field does not have as often. */
function excessOf(source: string, field: Field): (readonly [id: number, times: number])[] {
  const count = (text: string): void => {
    eachTerm(
      text,
      normalizeForSearch(text),
      term => TALLY.meet(term),
      (first, second) => TALLY.meetPair(first, second),
    );
  };
  const read = withoutEntities(source).replace(DATA, '$1 ');
  count(read);
  if (read.includes('%'))
    for (const [address] of read.matchAll(ADDRESS)) if (ENCODED.test(address)) count(decoded(address));
  return TALLY.excessOver(field);
}

/** A run of characters without blanks, which may be an address. */
const ADDRESS = /[^\s()<>"'[\]]+/g;
/** Characters that are written as percent-encoded bytes: %EC%84%A4%EC%B9%98. */
const ENCODED = /(?:%[0-9a-f]{2})+/i;
const ALL_ENCODED = new RegExp(ENCODED, 'gi');

/** The decoded address; bytes that are not UTF-8 stay as they are. */
function decoded(address: string): string {
  return address.replace(ALL_ENCODED, bytes => {
    try {
      return decodeURIComponent(bytes);
    } catch {
      return bytes;
    }
  });
}
