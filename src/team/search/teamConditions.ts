/**
 * The conditions of a query on a server: those that its fields can check narrow the search there; the others, and those
 * that its fields check too roughly, are checked in each returned passage by the engine's own rules.
 */
import type { FileFilter } from '../../domain/fileFilter.ts';
import { literalPhrase, type LiteralPhrase } from '../../search/filter/literalPhrase.ts';
import type { Conditions } from '../../search/filter/passageFilter.ts';
import type { LiteralCondition } from '../../search/query/language/parsedQuery.ts';
import { normalizeForSearch } from '../../text/normalize.ts';
import { plainTextOf, withoutEntities } from '../../text/plainText.ts';
import { normalizeTag } from '../../text/tags.ts';
import { spelled, type StoredDocument } from '../documents.ts';
import type { FeatureNames } from '../features.ts';
import type { CandidateOptions } from './candidates.ts';
import { MeaningTest } from './meaningTest.ts';
import type { TeamQuery } from './scoring.ts';
import type { OpenPassage } from './servedPassage.ts';
import type { SearchedIndex } from './teamHits.ts';

/** Conditions that were made ready for one server. */
export type OpenConditions = Pick<CandidateOptions, 'filters' | 'test'>;

/** Asks the server for the best of each meaning to exclude. */
export async function openConditions(
  place: SearchedIndex,
  conditions: Conditions | undefined,
  query: TeamQuery,
  names: FeatureNames,
  signal: AbortSignal,
): Promise<OpenConditions> {
  const filters = serverFilters(conditions, names);
  const test = passageTest(conditions);
  const away = conditions?.negativeQueries ?? [];
  if (away.length === 0) return { filters, test };
  const meanings = await Promise.all(away.map(vector => MeaningTest.open(place, vector, query, signal)));
  return {
    filters,
    test: passage => (test === null || test(passage)) && !meanings.some(meaning => meaning.has(passage)),
  };
}

/** Clauses of the server's query, all of which must hold. They admit everything that the conditions admit. */
export function serverFilters(conditions: Conditions | undefined, names: FeatureNames): object[] {
  if (conditions === undefined) return [];
  const { fileFilters = [], tags = [], literals } = conditions;
  return [
    ...fileFilters.flatMap(filtersOf),
    ...tags.map(({ text, negative }) => {
      const clause = tagFilter(normalizeTag(text));
      return negative ? { bool: { must_not: [clause] } } : clause;
    }),
    ...literals.filter(({ negative }) => !negative).flatMap(({ text }) => phraseFilters(text, names)),
  ];
}

function filtersOf({ include = [], extensions = [], modifiedFrom, modifiedBefore }: FileFilter): object[] {
  const wanted = extensions.map(extension => extension.toLowerCase().replace(/^\./, ''));
  const paths = include.map(pathFilter);
  return [
    ...(wanted.length === 0 ? [] : [{ terms: { extension: wanted } }]),
    ...(modifiedFrom === undefined ? [] : [{ range: { modified: { gte: modifiedFrom } } }]),
    ...(modifiedBefore === undefined ? [] : [{ range: { modified: { lt: modifiedBefore } } }]),
    ...(paths.length === 0 || paths.includes(null) ? [] : [{ bool: { should: paths } }]),
  ];
}

/** `tag` in its normal form; tags below it count as well. */
export function tagFilter(tag: string): object {
  return { bool: { should: [{ term: { tags: tag } }, { prefix: { tags: `${tag}/` } }] } };
}

/** A word in a path; null for a glob, which only `Conditions.files` understands. */
export function pathFilter(pattern: string): object | null {
  const bare = spelled(pattern)
    .replace(/^\.?\//, '')
    .replace(/\/$/, '');
  if (bare === '' || /[*?[\]{}!()]/.test(bare)) return null;
  return { wildcard: { spelled: { value: `*${bare.replace(/[\\*?]/g, String.raw`\$&`)}*` } } };
}

/** Every passage with the phrase has all its keys; a folder's name counts as well, and is among the terms. */
function phraseFilters(text: string, names: FeatureNames): object[] {
  return (literalPhrase(text)?.keys ?? []).map(({ text: key, prefix }) => {
    const { name } = prefix ? names.prefix(key) : names.of(key);
    return {
      bool: {
        should: ['prose', 'beside'].map(field => ({
          rank_feature: { field: `${field}.${name}`, linear: {} },
        })),
      },
    };
  });
}

/** Whether a returned passage is admitted, meanings to exclude aside. Null admits all. */
export function passageTest(conditions: Conditions | undefined): ((passage: OpenPassage) => boolean) | null {
  if (conditions === undefined) return null;
  const { files, literals, headings } = conditions;
  const tests: ((document: StoredDocument) => boolean)[] = [
    ...literals.map(condition => phraseTest(condition, condition.negative ? 'prose' : 'everywhere')),
    ...headings.map(condition => phraseTest(condition, 'headings')),
  ];
  if (files !== null) tests.push(document => files(headOf(document)));
  return tests.length === 0 ? null : ({ document }) => tests.every(test => test(document));
}

function headOf({ path, size, modified, fileHash: hash, tags }: StoredDocument) {
  const state = { state: 'indexed', reason: null, detail: null } as const;
  return { path, size, modified, hash, tags, ...state, passageCount: 1, pendingCount: 0 };
}

type PhrasePlace = 'everywhere' | 'prose' | 'headings';

function phraseTest(
  { text, negative }: LiteralCondition,
  place: PhrasePlace,
): (document: StoredDocument) => boolean {
  const phrase = literalPhrase(text);
  return document => (phrase !== null && has(document, phrase, place)) !== negative;
}

/** Works like `PhraseState` of the engine. */
function has(document: StoredDocument, phrase: LiteralPhrase, place: PhrasePlace): boolean {
  const { path, passage } = document;
  const stands = (source: string): boolean => phrase.standsIn(normalizeForSearch(source).text);
  if (passage.headings.some(stands)) return true;
  if (place === 'headings') return false;
  const at = path.lastIndexOf('/') + 1;
  if (stands(path.slice(at).replace(/\.[^.]*$/u, '')) || stands(plainTextOf(passage).text)) return true;
  if (place === 'prose') return false;
  const inSource = (source: string): boolean => stands(withoutEntities(source));
  return stands(path.slice(0, at)) || inSource(passage.text) || inSource(passage.beside);
}
