/** Other forms of a verb or adjective that occur in the documents. */
import { syllableOf } from '../../jamo.ts';
import { analysesOf, beginningsOf, proofsOf, stemOfDictionaryForm } from './inflection.ts';
import { CONFIDENCE, LIMITS, type Proposal } from '../proposals.ts';
import { hasPrefix, type Vocabulary } from '../vocabulary.ts';

/**
 * Beginnings of other forms in the documents, most frequent first, and the most frequent word among those
 * that begin so; null where the word may not be a verb, or has no other form.
 */
export function inflectionOf(form: string, vocabulary: Vocabulary): Proposal | null {
  const dictionaryStem = stemOfDictionaryForm(form);
  const stems =
    dictionaryStem === null
      ? analysesOf(form)
          .filter(({ stem, strong }) => (strong || !isShort(stem)) && isVerb(stem, vocabulary))
          .map(({ stem }) => stem)
      : isVerb(dictionaryStem, vocabulary)
        ? [dictionaryStem]
        : [];
  const counts = new Map<string, number>();
  let to = '';
  for (const beginning of stems.flatMap(beginningsOf)) {
    if (form.startsWith(beginning)) continue;
    let count = 0;
    for (const word of vocabulary.withPrefix(beginning)) {
      if (word === form) continue;
      count += vocabulary.frequency(word);
      if (vocabulary.frequency(word) > vocabulary.frequency(to)) to = word;
    }
    if (count > 0) counts.set(beginning, count);
  }
  if (to === '') return null;
  const searched = Array.from(counts)
    .sort((x, y) => y[1] - x[1])
    .slice(0, LIMITS.inflection)
    .map(([beginning]) => beginning);
  return { kind: 'inflection', to, searched, prefix: true, confidence: CONFIDENCE.inflection };
}

/** Short stems are ambiguous: 가지 and 사고 are more often nouns than forms of 가다 and 사다. */
function isShort(stem: string): boolean {
  return stem.length === 1 && syllableOf(stem)?.final === '';
}

function isVerb(stem: string, vocabulary: Vocabulary): boolean {
  // 참조이다 is a noun and 이다.
  if (stem.length > 2 && stem.endsWith('이') && vocabulary.has(stem.slice(0, -1))) return false;
  return proofsOf(stem).some(proof => hasPrefix(vocabulary, proof));
}
