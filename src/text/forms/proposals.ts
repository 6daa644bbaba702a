/** What a query word may be looked for as, before the best of it is chosen: how sure, how many, and in which order. */
import { isHangulWord } from '../jamo.ts';
import { stemOf } from '../words.ts';
import type { Rewriting, RewritingKind } from './rewriting.ts';
import { hasPrefix, type Vocabulary } from './vocabulary.ts';

export type Proposal = Omit<Rewriting, 'from'>;

/** How sure each way is, before what is known of the single case. Below 1, which a literal word has. */
export const CONFIDENCE = {
  composition: 0.95,
  hanja: 0.9,
  date: 0.95,
  amount: 0.95,
  joined: 0.95,
  /** The day without its year, the amount without its unit. */
  nearly: 0.5,
  /** A longer word that begins with it, or has it. */
  beginning: 0.6,
  inside: 0.4,
  /** Of our own list of common terms. */
  common: 0.85,
  /** By its sound alone. */
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
  /** At the least; what is implausible as it stands gets up to 0.4 more. */
  layout: 0.5,
} as const;

/** Candidates of one way, where there may be very many. */
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

/** A target as the documents have it: itself, or without its particle; nothing if they don't. */
export function resolved(target: string, vocabulary: Vocabulary): string[] {
  if (hasPrefix(vocabulary, target)) return [target];
  const stem = stemOf(target);
  return stem !== target && vocabulary.has(stem) ? [stem] : [];
}

/** Most frequent first; a noun with its particle after all bare ones, if the bare one is a word too. */
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
