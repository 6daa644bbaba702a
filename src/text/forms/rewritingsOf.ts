/** The other forms of one query word, checked against the words of the documents. Pure. */
import type { Lexicon } from './lexicon.ts';
import { longerWordsOf } from './longerWords.ts';
import { misreadingsOf, slipsOf } from './typing/mistakes.ts';
import type { Proposal } from './proposals.ts';
import { queryFormOf } from './queryForm.ts';
import type { Rewriting } from './rewriting.ts';
import { sameTermsOf } from './sameTerms.ts';
import { hasPrefix } from './vocabulary.ts';

export interface RewritingOptions {
  /** Whether the word is the last one of a query that is still being typed. Default false. */
  readonly typing?: boolean;
  /** Maximum number of rewritings. Default 6. */
  readonly limit?: number;
}

const LIMIT = 6;
/** UTF-16 units of the longest word; longer ones are addresses, hashes or pasted text. */
const MAX_LENGTH = 40;

/**
 * Other forms, most likely first, each target once. Other words for the same thing (hanja, loanword,
 * glossary, inflection) are given for any word; a word that the documents have, or that begins one of theirs,
 * is never taken for a mistake. A word has at most one rewriting of kind `inflection`, with all beginnings in
 * `searched`.
 */
export function rewritingsOf(word: string, lexicon: Lexicon, options: RewritingOptions = {}): Rewriting[] {
  const form = queryFormOf(word);
  if (form === '' || form.length > MAX_LENGTH) return [];
  const found = sameTermsOf(form, lexicon);
  found.push(...longerWordsOf(form, lexicon.vocabulary));
  if (!hasPrefix(lexicon.vocabulary, form)) {
    found.push(...misreadingsOf(form, word.normalize('NFKC'), options.typing ?? false, lexicon));
    if (found.length === 0) found.push(...slipsOf(form, lexicon));
  }
  const best = new Map<string, Proposal>();
  for (const proposal of found.sort((a, b) => b.confidence - a.confidence))
    if (proposal.to !== form && !best.has(proposal.to)) best.set(proposal.to, proposal);
  return Array.from(best.values(), proposal => ({ ...proposal, from: word })).slice(
    0,
    options.limit ?? LIMIT,
  );
}
