/** Words that may have been meant by a word that the documents don't have. */
import { isHangulWord } from '../../jamo.ts';
import { stemOf } from '../../words.ts';
import { canBeHalfTyped } from '../korean/halfTyped.ts';
import { initialsPatternOf } from '../korean/initials.ts';
import { swapLayout } from './keyboardLayout.ts';
import { hangulOf } from './keystrokes.ts';
import type { Lexicon } from '../lexicon.ts';
import { byFrequency, CONFIDENCE, LIMITS, proposed, resolved, type Proposal } from '../proposals.ts';
import { composed } from '../queryForm.ts';
import type { RewritingKind } from '../rewriting.ts';
import type { Vocabulary } from '../vocabulary.ts';

/**
 * Readings of `typed` other than typing errors. `typed` keeps the case in which the word was typed; `form` is
 * its normal form.
 */
export function misreadingsOf(form: string, typed: string, typing: boolean, lexicon: Lexicon): Proposal[] {
  const { vocabulary } = lexicon;
  const whole = composed(form);
  const unfinished = (text: string, kind: RewritingKind): Proposal[] =>
    typing ? halfTyped(text, kind, lexicon) : [];
  const found = [
    ...(whole === null ? [] : proposed('composition', CONFIDENCE.composition, resolved(whole, vocabulary))),
    ...initials(form, 'initials', lexicon),
    ...unfinished(form, 'halfTyped'),
  ];
  if (isAbbreviation(typed)) return found;
  // The word is tried with Shift as it was typed (dPtks is 예산), then without, because a first letter may be
  // an automatic capital.
  const swap = [typed, form].map(swapLayout).find(each => each !== null && isKnown(each.to, vocabulary));
  if (swap) {
    const confidence = CONFIDENCE.layout + 0.4 * swap.plausibility;
    return [...found, ...proposed('layout', confidence, resolved(swap.to, vocabulary))];
  }
  if (/^[b-df-hj-np-tv-xz]{3,}$/.test(typed)) found.push(...initials(hangulOf(form), 'layout', lexicon));
  if (/^[a-z]{4,}$/.test(typed)) found.push(...unfinished(hangulOf(form), 'layout'));
  return found;
}

/** Words within a few keystrokes; they are considered last. */
export function slipsOf(form: string, { vocabulary, spellings }: Lexicon): Proposal[] {
  const stem = stemOf(form);
  // 회의용 is 회의 with an ending rather than a typing error.
  if (stem !== form && vocabulary.has(stem)) return [];
  const near = Array.from(new Set([form, stem])).flatMap(each => spellings.near(each, stem));
  const least = Math.min(...near.map(each => each.distance));
  const words = near.filter(each => each.distance === least).map(each => each.word);
  const confidence = least === 1 ? CONFIDENCE.typo : CONFIDENCE.twoTypos;
  return proposed('typo', confidence, byFrequency(words, vocabulary).slice(0, LIMITS.typo));
}

function initials(typed: string, kind: RewritingKind, { vocabulary, hangulWords }: Lexicon): Proposal[] {
  const pattern = initialsPatternOf(typed);
  if (pattern === null) return [];
  const { whole, prefix } = hangulWords.matching(pattern);
  const words = byFrequency(whole, vocabulary).slice(0, LIMITS.initials);
  const longer = byFrequency(prefix, vocabulary).slice(0, LIMITS.initials - words.length);
  return [
    ...proposed(kind, CONFIDENCE.initials, words),
    ...proposed(kind, CONFIDENCE.initialsPrefix, longer),
  ];
}

function halfTyped(typed: string, kind: RewritingKind, { vocabulary, hangulWords }: Lexicon): Proposal[] {
  if (!canBeHalfTyped(typed)) return [];
  const words = byFrequency(hangulWords.continuing(typed), vocabulary);
  return proposed(kind, CONFIDENCE.halfTyped, words.slice(0, LIMITS.halfTyped));
}

/** ETL and RAG are meant as they stand. */
function isAbbreviation(word: string): boolean {
  return /^[A-Z]{2,4}s?$/.test(word);
}

/** Whether a swapped word is in the documents; a single syllable, or three letters, must be a whole word there. */
function isKnown(target: string, vocabulary: Vocabulary): boolean {
  const short = target.length < (isHangulWord(target) ? 2 : 4);
  return short ? vocabulary.has(target) : resolved(target, vocabulary).length > 0;
}
