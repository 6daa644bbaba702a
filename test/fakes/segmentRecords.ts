/** Everything a segment holds of some files, read back by all its parts: what was written, for comparing. */
import type { FileRecord, PassageRecord, TermCounts } from '../../src/index/records.ts';
import type { Segment } from '../../src/index/segment/segment.ts';
import { vectorsOf } from '../../src/index/merge/vectorWindows.ts';

export async function recordsOf(segment: Segment, files: readonly number[]): Promise<FileRecord[]> {
  const vectors = await vectorsOf(segment, 0, segment.passageCount);
  const terms = await termsOf(segment);
  const records: FileRecord[] = [];
  for (const file of files) {
    const { passageCount: _, pendingCount: __, ...head } = segment.file(file);
    const { first, end } = segment.passagesOf(file);
    const passages: PassageRecord[] = [];
    for (let p = first; p < end; p++)
      passages.push({
        ...(await segment.passage(p)),
        text: await segment.text(p),
        beside: await segment.passages.beside(p),
        vector: vectors[p]!,
        ...(segment.passages.isPending(p) && { pending: true as const }),
        terms: terms[p]!,
      });
    records.push({ ...head, passages });
  }
  return records;
}

async function termsOf(segment: Segment): Promise<TermCounts[]> {
  const lists = Array.from({ length: segment.passageCount }, () => ({
    terms: [] as string[],
    counts: [] as number[],
  }));
  for await (const block of segment.lexicalLists.blocks())
    for (const { term, postings } of block)
      postings.docs.forEach((doc, i) => {
        lists[doc]!.terms.push(new TextDecoder().decode(term));
        lists[doc]!.counts.push(postings.planes[i]!);
      });
  return lists.map(({ terms, counts }, p) => ({
    dictionary: terms,
    numbers: Uint32Array.from(terms.keys()),
    counts: Uint8Array.from(counts),
    bodyLength: segment.bodyLength(p),
    headingLength: segment.headingLength(p),
  }));
}
