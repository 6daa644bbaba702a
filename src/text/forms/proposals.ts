/** Proposals for other forms of a query word, before the best are chosen: their confidence, number and order. */
import { isHangulWord } from '../jamo.ts';
import { stemOf } from '../words.ts';
import type { Rewriting, RewritingKind } from './rewriting.ts';
import { hasPrefix, type Vocabulary } from './vocabulary.ts';

export type Proposal = Omit<Rewriting, 'from'>;

/** Confidence of each kind before the single case is known. All are below 1, the confidence of the word itself. */
export const CONFIDENCE = {
  composition: 0.95,
  hanja: 0.9,
  date: 0.95,
  amount: 0.95,
  joined: 0.95,
  /** A day without its year, or an amount without its unit. */
  nearly: 0.5,
  /** A longer word that begins with it, or contains it. */
  beginning: 0.6,
  inside: 0.4,
  /** A term of our own list of common terms. */
  common: 0.85,
  /** A word that matches by its sound alone. */
  sound: 0.6,
  glossary: 0.9,
  learnt: 0.8,
  loanword: 0.9,
  loanwordByRule: 0.6,
  inflection: 0.7,
  halfTyped: 0.6,
  initials: 0.6,
  initialsPrefix: 0.4,
  typo: 0.55,
  twoTypos: 0.4,
  /** The least confidence; it rises by up to 0.4 where the word is implausible as it stands. */
  layout: 0.5,
} as const;

/** Maximum number of candidates, for kinds that may have very many. */
export const LIMITS = {
  initials: 4,
  halfTyped: 3,
  typo: 3,
  hanja: 2,
  loanword: 3,
  glossary: 4,
  part: 3,
  sound: 3,
  inflection: 12,
} as const;

export function proposed(kind: RewritingKind, confidence: number, targets: readonly string[]): Proposal[] {
  return targets.map(to => ({
    kind,
    to,
    searched: [to],
    prefix: isHangulWord(to) && to.length > 1,
    confidence,
  }));
}

/** A target as the documents have it: itself, or without its particle; empty if they don't have it. */
export function resolved(target: string, vocabulary: Vocabulary): string[] {
  if (hasPrefix(vocabulary, target)) return [target];
  const stem = stemOf(target);
  return stem !== target && vocabulary.has(stem) ? [stem] : [];
}

/**
 * Sorts by frequency, highest first; a noun with its particle comes after all bare ones if the bare one is a
 * word too.
 */
export function byFrequency(words: Iterable<string>, vocabulary: Vocabulary): string[] {
  const rank = (word: string): number => {
    const stem = stemOf(word);
    return stem !== word && vocabulary.has(stem) ? 1 : 0;
  };
  return Array.from(new Set(words), word => ({
    word,
    rank: rank(word),
    frequency: vocabulary.frequency(word),
  }))
    .sort((a, b) => a.rank - b.rank || b.frequency - a.frequency || (a.word < b.word ? -1 : 1))
    .map(({ word }) => word);
}
