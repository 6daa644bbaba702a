/** Other ways of writing a date, an amount, or a name with hyphens. The index has them under their keys. */
import { expressionsOf } from '../expressions/expressionsOf.ts';
import type { Expression } from '../expressions/expression.ts';
import { CONFIDENCE, type Proposal } from './proposals.ts';
import { queryFormOf } from './queryForm.ts';
import type { Rewriting } from './rewriting.ts';
import type { Vocabulary } from './vocabulary.ts';

/** A variant need not be in the documents: one that no passage has is not shown. */
export function expressionFormsOf(word: string, vocabulary: Vocabulary): Rewriting[] {
  const form = queryFormOf(word);
  const whole = expressionsOf(form).filter(({ start, end }) => start === 0 && isParticle(form.slice(end)));
  return whole
    .flatMap(expression => proposalsOf(expression, form, vocabulary))
    .map(proposal => ({ ...proposal, from: word }));
}

/** Whether the rest of a word after the expression is empty or a particle. */
function isParticle(rest: string): boolean {
  return /^\.?[가-힣]{0,3}$/.test(rest);
}

function proposalsOf({ kind, names, wanted }: Expression, form: string, vocabulary: Vocabulary): Proposal[] {
  const proposal = { kind, prefix: false } as const;
  const to = names.find(name => name !== form) ?? names[0];
  if (kind === 'joined') {
    // The joined word, where it is not part of a name with signs.
    const [name] = names;
    const searched = name !== form && vocabulary.has(name) ? [name] : [];
    return [{ ...proposal, to, searched, expressions: wanted, confidence: CONFIDENCE.joined }];
  }
  const [first, ...others] = wanted;
  const sure = { ...proposal, to, searched: [], expressions: [first!], confidence: CONFIDENCE[kind] };
  if (others.length === 0) return [sure];
  return [sure, { ...sure, to: `${to} ~`, expressions: others, confidence: CONFIDENCE.nearly }];
}
