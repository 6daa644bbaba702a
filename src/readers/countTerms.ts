/** The lexical features of a passage: how often each term stands in its text, headings and metadata. */
import type { TermCounts } from '../index/records.ts';
import { packCounts, type FieldCounts } from '../index/segment/termCounts.ts';
import { termPairsOf } from '../text/forms/foreign/bilingualTerms.ts';
import { vocabularyWordCountsIn } from '../text/forms/vocabulary.ts';
import { expressionCountsOf } from '../text/expressions/expressionsOf.ts';
import { normalizeForSearch } from '../text/normalize.ts';
import { expressionKey, pairKey, wordKey } from '../text/forms/vocabularyKeys.ts';
import { withoutEntities } from '../text/plainText.ts';
import { RecentWords } from '../text/recentWords.ts';
import { eachTerm } from '../text/terms.ts';

export interface CountedText {
  /** As it stands in the file. */
  readonly text: string;
  /** As it is read (`plainTextOf`). */
  readonly plain: string;
  /** Headings, title, file name, tags: a line each. */
  readonly headings: string;
  /** What stands in the file beside the text and is this passage's to account for. */
  readonly beside?: string;
  /** Fields of the front matter, said of the whole file. */
  readonly fields?: string;
  /** Names of the folders that the file is in: counted like headings, but no part of a passage's length. */
  readonly folders?: string;
}

/** Nobody looks for what an image is in base64, and it would be the larger part of a dictionary. */
const DATA = /(data:[\w.+-]+\/[\w.+-]+(?:;[\w=.-]+)*;base64,)[A-Za-z0-9+/=]*/g;

/**
 * Text counts as it is read, without markup; what is left of the source (targets of links, languages of fences,
 * attributes, numbers of lists) counts as metadata, so that each word of a file finds it. Beside the terms that BM25
 * counts, and of which text and headings make its lengths, there are the words and term pairs of the vocabulary
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
  const counts = new Map<string, { -readonly [F in keyof FieldCounts]: number }>();
  const count = (key: string, field: keyof FieldCounts, times: number): void => {
    let known = counts.get(key);
    if (known === undefined) counts.set(key, (known = { text: 0, headings: 0, metadata: 0 }));
    known[field] += times;
  };
  const add = (terms: FieldTerms, field: keyof FieldCounts): number => {
    for (const [term, times] of terms.own) count(term, field, times);
    for (const [part, times] of terms.parts) count(part, 'metadata', times);
    return terms.length;
  };
  const bodyLength = add(termsOfField(plain), 'text');
  const headingLength = add(REPEATED.of(headings), 'headings');
  for (const pair of termPairsOf(text)) count(pairKey(pair), 'text', 1);
  // What is read of the source is counted already; marks of headings stand beside the text, their words in the headings.
  const rest = new Map<string, number>();
  const addRest = (source: string, known: 'text' | 'headings'): void => {
    for (const [term, times] of timesOf(source)) {
      const more = times - (counts.get(term)?.[known] ?? 0);
      if (more > 0) rest.set(term, (rest.get(term) ?? 0) + more);
    }
  };
  if (plain !== text) addRest(text, 'text');
  addRest(beside, 'headings');
  for (const [term, times] of rest) count(term, 'metadata', times);
  if (fields !== '') add(REPEATED.of(fields), 'metadata');
  if (folders !== '') add(REPEATED.of(folders), 'headings');
  return {
    terms: [...counts.keys()],
    counts: Uint8Array.from(counts.values(), packCounts),
    bodyLength,
    headingLength,
  };
}

/** What a text gives the field that it stands in, with how often. */
interface FieldTerms {
  readonly own: ReadonlyMap<string, number>;
  /** Other readings of its words: metadata, wherever they stand. */
  readonly parts: ReadonlyMap<string, number>;
  readonly length: number;
}

function termsOfField(source: string): FieldTerms {
  const own = new Map<string, number>();
  const parts = new Map<string, number>();
  let length = 0;
  const mapped = normalizeForSearch(source);
  eachTerm(source, mapped, (term, role) => {
    const counts = role === 'part' ? parts : own;
    counts.set(term, (counts.get(term) ?? 0) + 1);
    if (role === 'word') length++;
  });
  for (const [word, times] of vocabularyWordCountsIn(mapped.text)) own.set(wordKey(word), times);
  for (const [key, times] of expressionCountsOf(mapped.text)) own.set(expressionKey(key), times);
  return { own, parts, length };
}

/** The passages of a section have the same headings, those of a file the same folders and fields. */
const REPEATED = new RecentWords(termsOfField, 4, 4_096);

function timesOf(source: string): Map<string, number> {
  const times = new Map<string, number>();
  if (source === '') return times;
  const count = (text: string): void => {
    eachTerm(text, normalizeForSearch(text), term => times.set(term, (times.get(term) ?? 0) + 1));
  };
  const read = withoutEntities(source).replace(DATA, '$1 ');
  count(read);
  if (read.includes('%'))
    for (const [address] of read.matchAll(ADDRESS)) if (ENCODED.test(address)) count(decoded(address));
  return times;
}

/** What has no blank in it and may be an address. */
const ADDRESS = /[^\s()<>"'[\]]+/g;
/** Characters that are written as their bytes: %EC%84%A4%EC%B9%98. */
const ENCODED = /(?:%[0-9a-f]{2})+/i;
const ALL_ENCODED = new RegExp(ENCODED, 'gi');

/** What such an address says; bytes that are no UTF-8 stay as they are. */
function decoded(address: string): string {
  return address.replace(ALL_ENCODED, bytes => {
    try {
      return decodeURIComponent(bytes);
    } catch {
      return bytes;
    }
  });
}
