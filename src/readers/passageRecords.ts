/** A document that was read -> the passages that are encoded and indexed. Product and evaluation cut by it. */
import { createHash } from 'node:crypto';
import { LINE, type Location } from '../domain/location.ts';
import type { PassagePlace, PassageText } from '../domain/passage.ts';
import type { TermCounts } from '../index/records.ts';
import { wordsOfName } from '../text/fileNames.ts';
import { passagesOf, type Passage, type PassageRules } from '../text/passages.ts';
import { plainTextOf } from '../text/plainText.ts';
import { termsOf } from '../text/terms.ts';
import { countTerms } from './countTerms.ts';
import type { Place, ReadDocument } from './readers.ts';

export interface ReadPassage extends PassagePlace, PassageText {
  /** `PassageRecord.beside`. */
  readonly beside: string;
  /** What stands before the text when it is encoded; '' with a text of nothing: it is not encoded. */
  readonly context: string;
  readonly hash: string;
  readonly terms: TermCounts;
  /** Tokens of the text, about, for batching; 0 where there is nothing to read. */
  readonly tokens: number;
}

/** What a document is called; '' and none where it has no file. */
export interface DocumentNames {
  readonly name: string;
  readonly folders: readonly string[];
  /** Parts of the path that are no name to people, and are found all the same. */
  readonly marks?: readonly string[];
}

/** Fields with more terms than this are their first passage's alone. */
const SHORT_FIELDS = 64;

/** In reading order; a document without a text has one passage. `countTokens` as in `passagesOf`. */
export function passageRecords(
  document: ReadDocument,
  { name, folders, marks = [] }: DocumentNames,
  rules: PassageRules,
  countTokens: (text: string) => number,
): ReadPassage[] {
  const { text: source, markup, keywords, fields: fieldsEnd } = document;
  // Cut by the tokens of the text as it stands: cut by what is read of it, passages with much markup grow too long
  // (autorag_ko, lexical nDCG@10: .9110 in place of .9302).
  const found = passagesOf(source, document, rules, countTokens);
  const passages = found.length > 0 ? found : [bodylessPassage(document)];
  const locationOf = locations(document.places);
  const names = [wordsOfName(name), ...keywords, ...marks].join('\n');
  const foldersText = folders.map(wordsOfName).join('\n');
  const matter = source.slice(0, fieldsEnd);
  const isShort = termsOf(matter).length <= SHORT_FIELDS;
  const isEmpty = source.trim() === '';
  return passages.map((passage, i) => {
    const text = source.slice(passage.start, passage.end);
    // What lies between two passages is the second one's, what comes after all of them the last one's.
    const before = source.slice(passages[i - 1]?.end ?? 0, passage.start);
    const beside = i === passages.length - 1 ? before + source.slice(passage.end) : before;
    const plain = plainTextOf({ text, markup }).text;
    const isSilent = plain === '' && !isEmpty;
    const context = passage.headings.join(' > ') || (isSilent ? name : '');
    const terms = countTerms({
      text,
      plain,
      headings: `${passage.headings.join('\n')}\n${names}`,
      folders: foldersText,
      fields: i === 0 || isShort ? matter : '',
      beside: i === 0 ? beside.slice(fieldsEnd) : beside,
    });
    const hash = contentAddress({ text, markup }, context);
    const location = locationOf(passage.start);
    // Markup has about as many tokens as its share of the text: near enough for batches of like lengths.
    const tokens = Math.ceil((passage.tokens * plain.length) / Math.max(1, text.length));
    return { ...passage, text, markup, location, beside: beside.trim(), context, hash, terms, tokens };
  });
}

/** 128 bits of what the encoder sees. Markdown, which came first, has no mark of its own. */
function contentAddress({ text, markup }: PassageText, context: string): string {
  const mark = markup === 'markdown' ? '' : `\0${markup}`;
  return createHash('sha256').update(`${context}\0${text}${mark}`).digest('hex').slice(0, 32);
}

/** A file without a text has a name, a folder and perhaps fields: by these it is found. */
function bodylessPassage({ title }: ReadDocument): Passage {
  const headings = title === null ? [] : [title];
  return { start: 0, end: 0, line: 0, column: 0, endLine: 0, headings, tokens: 0 };
}

/** Finds where an offset stands; offsets must not descend from call to call. */
function locations(places: readonly Place[]): (offset: number) => Location {
  let at = 0;
  return offset => {
    while (at + 1 < places.length && places[at + 1]!.start <= offset) at++;
    return places[at]?.location ?? LINE;
  };
}
