/** Turns a document into the passages that are encoded and indexed. Product and evaluation both use it. */
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
  /** The text before the passage when it is encoded; '' for a passage without text, which is not encoded. */
  readonly context: string;
  readonly hash: string;
  readonly terms: TermCounts;
  /** Approximate number of tokens, for batching; 0 where there is nothing to read. */
  readonly tokens: number;
}

/** Names of a document; empty where it has no file. */
export interface DocumentNames {
  readonly name: string;
  readonly folders: readonly string[];
  /** Parts of the path that are not names for people but can be found all the same. */
  readonly marks?: readonly string[];
}

/** Fields with more terms than this belong to their first passage alone. */
const SHORT_FIELDS = 64;

/** Passages in reading order; a document without text has one. `countTokens` as in `passagesOf`. */
export function passageRecords(
  document: ReadDocument,
  { name, folders, marks = [] }: DocumentNames,
  rules: PassageRules,
  countTokens: (text: string) => number,
): ReadPassage[] {
  const { text: source, markup, keywords, fields: fieldsEnd } = document;
  // The text is cut by the tokens of its source: cut by those of its plain text, passages with much markup grow too
  // long (autorag_ko, lexical nDCG@10: .9110 instead of .9302).
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
    // Text between two passages belongs to the second one, and text after all of them to the last one.
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
    // Markup has about as many tokens as its share of the text, which is close enough for batches of similar lengths.
    const tokens = Math.ceil((passage.tokens * plain.length) / Math.max(1, text.length));
    return { ...passage, text, markup, location, beside: beside.trim(), context, hash, terms, tokens };
  });
}

/** 128 bits of a hash of the encoder's input. Markdown, the first format, has no mark of its own. */
function contentAddress({ text, markup }: PassageText, context: string): string {
  const mark = markup === 'markdown' ? '' : `\0${markup}`;
  return createHash('sha256').update(`${context}\0${text}${mark}`).digest('hex').slice(0, 32);
}

/** A file without text is found by its name, its folder and perhaps its fields. */
function bodylessPassage({ title }: ReadDocument): Passage {
  const headings = title === null ? [] : [title];
  return { start: 0, end: 0, line: 0, column: 0, endLine: 0, headings, tokens: 0 };
}

/** Finds the location of an offset; offsets must not descend from call to call. */
function locations(places: readonly Place[]): (offset: number) => Location {
  let at = 0;
  return offset => {
    while (at + 1 < places.length && places[at + 1]!.start <= offset) at++;
    return places[at]?.location ?? LINE;
  };
}
