/** Which passages may have a literal phrase: those whose postings have every key of it. */
import type { Postings } from '../index/postings.ts';
import type { Segment } from '../index/segment.ts';
import type { PhraseKey } from './literalPhrase.ts';

/** Of a very long phrase these keys tell enough; rounds are counted in a byte. */
const MAX_KEYS = 250;
const encoder = new TextEncoder();

/** Calls `inText` and `inHeadings` (headings, the file's name or its tags) with passages, ascending. */
export async function eachCandidate(
  segment: Segment,
  keys: readonly PhraseKey[],
  inText: (passage: number) => void,
  inHeadings: (passage: number) => void,
): Promise<void> {
  const used = keys.slice(0, MAX_KEYS);
  const lists = await Promise.all(used.map(key => postingsOf(segment, key)));
  const body = new Uint8Array(segment.passageCount);
  const heading = new Uint8Array(segment.passageCount);
  for (const [round, own] of lists.entries())
    for (const { docs, planes } of own)
      for (let i = 0; i < docs.length; i++) {
        const passage = docs[i]!;
        const counts = planes[i]!;
        if ((counts & 15) > 0 && body[passage] === round) body[passage] = round + 1;
        if (counts >> 4 > 0 && heading[passage] === round) heading[passage] = round + 1;
      }
  for (let passage = 0; passage < segment.passageCount; passage++) {
    if (body[passage] === used.length) inText(passage);
    if (heading[passage] === used.length) inHeadings(passage);
  }
}

async function postingsOf(segment: Segment, { text, prefix }: PhraseKey): Promise<readonly Postings[]> {
  const key = encoder.encode(text);
  const { lexicalLists } = segment;
  if (prefix) return lexicalLists.lists(await lexicalLists.withPrefix(key, Number.MAX_SAFE_INTEGER));
  const postings = await segment.lexical(key);
  return postings === null ? [] : [postings];
}
