/** Latin words and numbers that a query word is the beginning or a part of (kube -> kubernetes, 2.10 -> 2.10.3). */
import { byFrequency, CONFIDENCE, LIMITS, proposed, type Proposal } from './proposals.ts';
import type { Vocabulary } from './vocabulary.ts';

const LATIN = /^[a-z0-9][a-z0-9_.-]*$/;
const SHORTEST = 3;
/** Maximum number of words looked through; a large folder has some ten thousand Latin ones. */
const MAX_WORDS = 50_000;

/** `form` is in normal form. Korean words don't need this, because their bigrams find a part of a word. */
export function longerWordsOf(form: string, vocabulary: Vocabulary): Proposal[] {
  if (form.length < SHORTEST || !LATIN.test(form) || vocabulary.has(form)) return [];
  const longer = Array.from(vocabulary.withPrefix(form)).filter(word => LATIN.test(word));
  if (longer.length > 0) {
    const [best] = byFrequency(longer, vocabulary);
    return [{ kind: 'part', to: best!, searched: [form], prefix: true, confidence: CONFIDENCE.beginning }];
  }
  const having: string[] = [];
  let seen = 0;
  // The vocabulary is in code unit order, so Latin words stand together.
  for (let letter = 0; letter < 26; letter++)
    for (const word of vocabulary.withPrefix(String.fromCharCode(0x61 + letter))) {
      if (++seen > MAX_WORDS) break;
      if (word.includes(form) && LATIN.test(word)) having.push(word);
    }
  const words = byFrequency(having, vocabulary).slice(0, LIMITS.part);
  return proposed('part', CONFIDENCE.inside, words);
}
