/**
 * A query's conditions at a server: what its fields can tell narrows the search there; the rest, and what its fields
 * tell too roughly, is looked at in each passage that comes back, by the same rules as in the engine.
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

/** Clauses of the server's query; all must hold. Whatever a condition lets in is let in by them. */
export function serverFilters(conditions: Conditions | undefined, names: FeatureNames): object[] {
  if (conditions === undefined) return [];
  const { fileFilters = [], tags = [], literals } = conditions;
  return [
    ...fileFilters.flatMap(filtersOf),
    ...tags.map(({ text, negative }) => {
      const tag = normalizeTag(text);
      const should = [{ term: { tags: tag } }, { prefix: { tags: `${tag}/` } }];
      return negative ? { bool: { must_not: should } } : { bool: { should } };
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

/** A word in a path; null for a glob, which only `Conditions.files` understands. */
function pathFilter(pattern: string): object | null {
  const bare = spelled(pattern)
    .replace(/^\.?\//, '')
    .replace(/\/$/, '');
  if (bare === '' || /[*?[\]{}!()]/.test(bare)) return null;
  return { wildcard: { spelled: { value: `*${bare.replace(/[\\*?]/g, String.raw`\$&`)}*` } } };
}

/** Every passage with the phrase has all its keys; a folder's name counts as well, and is among the terms. */
function phraseFilters(text: string, names: FeatureNames): object[] {
  return (literalPhrase(text)?.keys ?? []).map(({ text: key, prefix }) => {
    const name = prefix ? names.prefix(key) : names.of(key);
    return {
      bool: {
        should: ['prose', 'beside'].map(field => ({
          rank_feature: { field: `${field}.${name}`, linear: {} },
        })),
      },
    };
  });
}

/** Whether a passage that came back is let in, meanings to keep out left aside. null: all are. */
export function passageTest(
  conditions: Conditions | undefined,
): ((document: StoredDocument) => boolean) | null {
  if (conditions === undefined) return null;
  const { files, literals, headings } = conditions;
  const tests: ((document: StoredDocument) => boolean)[] = [
    ...literals.map(condition => phraseTest(condition, condition.negative ? 'prose' : 'everywhere')),
    ...headings.map(condition => phraseTest(condition, 'headings')),
  ];
  if (files !== null) tests.push(document => files(headOf(document)));
  return tests.length === 0 ? null : document => tests.every(test => test(document));
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

/** As `PhraseState` of the engine sees it. */
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
