/**
 * Other words for the same thing, for known and unknown words alike: 한자, spellings of loan words, glossaries
 * and inflection.
 */
import { stemOf } from '../words.ts';
import { COMMON_TERMS } from './foreign/commonTerms.ts';
import { Glossary } from './foreign/glossary.ts';
import { hasHanja } from './korean/hanja.ts';
import { inflectionOf } from './korean/inflectedWords.ts';
import type { Lexicon } from './lexicon.ts';
import { byFrequency, CONFIDENCE, LIMITS, proposed, resolved, type Proposal } from './proposals.ts';
import { hasPrefix } from './vocabulary.ts';

/** `form` is in normal form (`queryFormOf`). Every proposal is in the documents. */
export function sameTermsOf(form: string, lexicon: Lexicon): Proposal[] {
  const stem = stemOf(form);
  const forms = stem === form ? [form] : [form, stem];
  const inflection = inflectionOf(form, lexicon.vocabulary);
  return [
    ...hanjaOf(forms, lexicon),
    ...proposed('glossary', CONFIDENCE.glossary, othersOf(forms, lexicon.glossary, lexicon)),
    ...proposed('glossary', CONFIDENCE.learnt, othersOf(forms, lexicon.learnt, lexicon)),
    ...proposed('glossary', CONFIDENCE.common, othersOf(forms, commonTerms(), lexicon)),
    ...spellingsOf(forms, lexicon),
    ...proposed('sound', CONFIDENCE.sound, soundsOf(forms, lexicon)),
    ...(inflection === null ? [] : [inflection]),
  ];
}

/** The terms that glossaries give for an expression of several words (지속적 통합). */
export function sameExpressionsOf(form: string, lexicon: Lexicon): Proposal[] {
  return [
    ...proposed('glossary', CONFIDENCE.glossary, othersOf([form], lexicon.glossary, lexicon)),
    ...proposed('glossary', CONFIDENCE.common, othersOf([form], commonTerms(), lexicon)),
  ];
}

let common: Glossary | null = null;

/** The list is parsed when a query first needs it. */
function commonTerms(): Glossary {
  common ??= new Glossary(
    COMMON_TERMS.trim()
      .split(/[|\n]/)
      .map(group => group.split(',')),
  );
  return common;
}

/** Words in the other script that sound like it (테라폼, terraform), where the documents don't have the word itself. */
function soundsOf(forms: readonly string[], { vocabulary, transcriptions }: Lexicon): string[] {
  if (forms.some(form => vocabulary.has(form))) return [];
  return byFrequency(
    forms.flatMap(form => transcriptions.of(form)),
    vocabulary,
  ).slice(0, LIMITS.sound);
}

/** The reading of ideographs, or the ideographs with that reading. */
function hanjaOf(forms: readonly string[], { vocabulary, hanja, hanjaByReading }: Lexicon): Proposal[] {
  const words = hasHanja(forms[0]!)
    ? hanja.readingsOf(forms[0]!).flatMap(reading => resolved(reading, vocabulary))
    : byFrequency(
        forms.flatMap(each => hanjaByReading.get(each) ?? []),
        vocabulary,
      );
  return proposed('hanja', CONFIDENCE.hanja, words.slice(0, LIMITS.hanja));
}

function othersOf(forms: readonly string[], glossary: Glossary, { vocabulary }: Lexicon): string[] {
  const isPresent = (term: string): boolean =>
    term.split(' ').every(part => (isShort(part) ? vocabulary.has(part) : hasPrefix(vocabulary, part)));
  const terms = forms.flatMap(each => glossary.othersOf(each)).filter(isPresent);
  return terms.slice(0, LIMITS.glossary);
}

/** Whether a word is too short to share its meaning with words that begin with it: 산 and 산업, car and career. */
function isShort(word: string): boolean {
  return word.length === 1 || (word.length <= LONGEST_SHORT_LATIN && /^[a-z]+$/.test(word));
}

const LONGEST_SHORT_LATIN = 3;

function spellingsOf(forms: readonly string[], { vocabulary, loanwords }: Lexicon): Proposal[] {
  const found = forms
    .flatMap(each => loanwords.spellingsOf(each))
    .filter(({ word }) => hasPrefix(vocabulary, word));
  const listed = found.filter(({ by }) => by === 'list').map(({ word }) => word);
  const best = (words: readonly string[]): string[] =>
    byFrequency(words, vocabulary).slice(0, LIMITS.loanword);
  if (listed.length > 0) return proposed('loanword', CONFIDENCE.loanword, best(listed));
  // A word that the documents have is taken as spelt correctly.
  if (forms.some(each => vocabulary.has(each))) return [];
  return proposed('loanword', CONFIDENCE.loanwordByRule, best(found.map(({ word }) => word)));
}
