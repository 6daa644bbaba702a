/** Finds the passages that have a rewritten word, from the vocabulary's words in the index. */
import type { Postings } from '../../index/segment/postings.ts';
import type { PlacedPostings } from '../../index/scoring/kernelMemory.ts';
import type { SegmentScores } from '../../index/scoring/segmentScores.ts';
import type { Segment } from '../../index/segment/segment.ts';
import { largerCounts, smallerCounts } from '../../index/segment/termCounts.ts';
import { expressionKey, wordKey } from '../../text/forms/vocabularyKeys.ts';
import type { RewrittenTerm, RewrittenWord } from '../query/rewriting.ts';

/** Maximum number of longer words (in each segment) that a prefix matches. */
const MAX_LONGER = 1_024;
const encoder = new TextEncoder();

/**
 * The postings of the rewritings of one word in a leaf, in their order. A passage is only in the list of the
 * first rewriting that it has: they are ways to mean one word, and several add up to no more than one.
 */
export function loadRewritten(
  leaf: SegmentScores,
  terms: readonly RewrittenTerm[],
): Promise<readonly PlacedPostings[]> {
  let lists: Promise<readonly Postings[]> | null = null;
  let key = 'r';
  return Promise.all(
    terms.map((term, i) => {
      key += JSON.stringify(term.forms);
      return leaf.load(key, async () => (await (lists ??= apart(leaf.segment, terms)))[i]!);
    }),
  );
}

const NOWHERE: Postings = { docs: new Uint16Array(), planes: new Uint8Array() };

async function apart(segment: Segment, terms: readonly RewrittenTerm[]): Promise<readonly Postings[]> {
  const counts = await Promise.all(terms.map(({ forms }) => bestOf(segment, forms)));
  const taken = new Uint8Array(segment.passageCount);
  return counts.map(own => {
    if (own === null) return NOWHERE;
    const docs: number[] = [];
    for (let doc = 0; doc < own.length; doc++) {
      if (own[doc] === 0 || taken[doc] === 1) continue;
      taken[doc] = 1;
      docs.push(doc);
    }
    return { docs: Uint16Array.from(docs), planes: Uint8Array.from(docs, doc => own[doc]!) };
  });
}

/**
 * Counts (`termCounts.ts`) of each passage for the form that it has most of; null where no passage has any,
 * as with most forms.
 */
async function bestOf(segment: Segment, forms: RewrittenTerm['forms']): Promise<Uint8Array | null> {
  // A form is nearly always one word: passages with any of these need no counts of their own.
  const alone = forms.filter(words => words.length === 1).flat();
  const together = forms.filter(words => words.length !== 1);
  const lists = (await Promise.all(alone.map(word => listsOf(segment, word)))).flat();
  let best = lists.length === 0 ? null : mostOf(segment, lists);
  for (const words of together) {
    const found = await Promise.all(words.map(word => listsOf(segment, word)));
    if (found.some(own => own.length === 0)) continue;
    const all = found.map(own => mostOf(segment, own)).reduce(inBoth);
    best ??= new Uint8Array(segment.passageCount);
    for (let doc = 0; doc < all.length; doc++)
      if (all[doc] !== 0) best[doc] = largerCounts(best[doc]!, all[doc]!);
  }
  return best;
}

async function listsOf(segment: Segment, word: RewrittenWord): Promise<readonly Postings[]> {
  const { lexicalLists } = segment;
  const key = encoder.encode(word.isExpression ? expressionKey(word.text) : wordKey(word.text));
  if (word.prefix) return lexicalLists.lists(await lexicalLists.withPrefix(key, MAX_LONGER));
  const found = await lexicalLists.find(key);
  return found === null ? [] : [found];
}

/**
 * Counts of the word that a passage has most of: a surface word and its stem are both counted, and stand
 * there once.
 */
function mostOf(segment: Segment, lists: readonly Postings[]): Uint8Array {
  const counts = new Uint8Array(segment.passageCount);
  for (const { docs, planes } of lists)
    for (let i = 0; i < docs.length; i++) {
      const doc = docs[i]!;
      counts[doc] = largerCounts(counts[doc]!, planes[i]!);
    }
  return counts;
}

/**
 * Counts of passages that have both; one may stand in a heading and the other in the text, so neither field
 * may cancel the other.
 */
function inBoth(a: Uint8Array, b: Uint8Array): Uint8Array {
  return a.map((count, doc) => {
    const other = b[doc]!;
    if (count === 0 || other === 0) return 0;
    return smallerCounts(count, other) || 1;
  });
}
