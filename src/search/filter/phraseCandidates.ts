/** Finds the passages that may have a phrase: those whose postings have every key of it. */
import type { Postings } from '../../index/segment/postings.ts';
import type { Segment } from '../../index/segment/segment.ts';
import { headingCount, metadataCount, textCount } from '../../index/segment/termCounts.ts';
import type { PhraseKey } from './literalPhrase.ts';

/** Maximum number of keys: more tell nothing new of a very long phrase, and rounds are counted in a byte. */
const MAX_KEYS = 250;
const encoder = new TextEncoder();

export interface CandidateFields {
  readonly inText: (passage: number) => void;
  /** Reports a passage that has the keys in headings, the file's name or tags. */
  readonly inHeadings: (passage: number) => void;
  /** Reports a passage that has the keys in text and metadata together, at least one of them in the metadata. */
  readonly inMetadata: (passage: number) => void;
}

/** Calls these functions with passages, ascending. */
export async function eachCandidate(
  segment: Segment,
  keys: readonly PhraseKey[],
  { inText, inHeadings, inMetadata }: CandidateFields,
): Promise<void> {
  const used = keys.slice(0, MAX_KEYS);
  const lists = await Promise.all(used.map(key => postingsOf(segment, key)));
  const [body, heading, either, metadata] = [0, 1, 2, 3].map(() => new Uint8Array(segment.passageCount)) as [
    Uint8Array,
    Uint8Array,
    Uint8Array,
    Uint8Array,
  ];
  for (const [round, own] of lists.entries())
    for (const { docs, planes } of own)
      for (let i = 0; i < docs.length; i++) {
        const passage = docs[i]!;
        const counts = planes[i]!;
        const inBody = textCount(counts) > 0;
        const inIts = metadataCount(counts) > 0;
        if (inBody && body[passage] === round) body[passage] = round + 1;
        if (headingCount(counts) > 0 && heading[passage] === round) heading[passage] = round + 1;
        if ((inBody || inIts) && either[passage] === round) either[passage] = round + 1;
        if (inIts) metadata[passage] = 1;
      }
  for (let passage = 0; passage < segment.passageCount; passage++) {
    if (body[passage] === used.length) inText(passage);
    if (heading[passage] === used.length) inHeadings(passage);
    if (either[passage] === used.length && metadata[passage] === 1) inMetadata(passage);
  }
}

async function postingsOf(segment: Segment, { text, prefix }: PhraseKey): Promise<readonly Postings[]> {
  const key = encoder.encode(text);
  const { lexicalLists } = segment;
  if (prefix) return lexicalLists.lists(await lexicalLists.withPrefix(key, Number.MAX_SAFE_INTEGER));
  const postings = await segment.lexical(key);
  return postings === null ? [] : [postings];
}
