import assert from 'node:assert/strict';
import fc from 'fast-check';
import { blobOf } from '../../../src/index/blobStore.ts';
import { joined } from '../../../src/index/segment/byteSink.ts';
import { LexicalLists, LexicalWriter } from '../../../src/index/segment/lexicalLists.ts';
import type { Postings } from '../../../src/index/segment/postings.ts';
import { SectionFile, writeSections } from '../../../src/index/segment/sections.ts';
import { compareBytes } from '../../../src/index/segment/stringTable.ts';

type Lists = ReadonlyMap<string, readonly (readonly [passage: number, count: number])[]>;

const PASSAGES = 3_000;
/** Names are short and of few letters, so that many begin alike; blocks are of 64 terms, so that some have many. */
const term = fc.string({
  unit: fc.constantFrom('가', '각', 'a', 'b', '1', '예'),
  minLength: 1,
  maxLength: 5,
});
const postings = fc
  .uniqueArray(fc.nat(PASSAGES - 1), { minLength: 1, maxLength: 12 })
  .chain(docs =>
    fc
      .array(fc.integer({ min: 1, max: 255 }), { minLength: docs.length, maxLength: docs.length })
      .map(counts => docs.sort((a, b) => a - b).map((doc, i) => [doc, counts[i]!] as const)),
  );
const lists = fc
  .array(fc.tuple(term, postings), { maxLength: 300 })
  .map((entries): Lists => new Map(entries));

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const shown = (found: Postings | null): readonly (readonly number[])[] | null =>
  found && Array.from(found.docs, (doc, i) => [doc, found.planes[i]!]);

async function written(all: Lists): Promise<LexicalLists> {
  const writer = new LexicalWriter();
  const terms = [...all.keys()].map(encode).sort(compareBytes);
  for (const each of terms) {
    const list = all.get(new TextDecoder().decode(each))!;
    writer.add(each, {
      docs: Uint16Array.from(list, ([doc]) => doc),
      planes: Uint8Array.from(list, ([, count]) => count),
    });
  }
  const file = await SectionFile.open(
    blobOf(joined(writeSections(writer.sections(), new Set(['LTRM', 'LPST']))).slice()),
  );
  return new LexicalLists(file);
}

/** The naive dictionary: the terms in the order of their bytes. */
function sorted(all: Lists, prefix = ''): string[] {
  return [...all.keys()]
    .filter(each => each.startsWith(prefix))
    .sort((a, b) => compareBytes(encode(a), encode(b)));
}

describe('the lexical lists of a segment', function () {
  this.timeout(120_000);
  const numRuns = 40;

  it('give each term its postings, and no others', async () => {
    await fc.assert(
      fc.asyncProperty(lists, fc.array(term, { maxLength: 20 }), async (all, others) => {
        const stored = await written(all);
        for (const each of new Set([...all.keys(), ...others]))
          assert.deepEqual(
            shown(await stored.find(encode(each))),
            all.get(each)?.map(pair => [...pair]) ?? null,
          );
        await stored.verify(PASSAGES);
      }),
      { numRuns },
    );
  });

  it('find the terms that begin alike, in order, as many as are wanted', async () => {
    await fc.assert(
      fc.asyncProperty(lists, fc.oneof(term, fc.constant('')), fc.nat(80), async (all, prefix, limit) => {
        const stored = await written(all);
        const found = await stored.withPrefix(encode(prefix), limit + 1);
        const decoded = found.map(each => new TextDecoder().decode(each.term));
        assert.deepEqual(decoded, sorted(all, prefix).slice(0, limit + 1));
        assert.deepEqual(
          found.map(({ count }) => count),
          decoded.map(each => all.get(each)!.length),
        );
        assert.deepEqual(
          (await stored.lists(found)).map(shown),
          decoded.map(each => all.get(each)!.map(pair => [...pair])),
        );
      }),
      { numRuns },
    );
  });

  it('are read through in order, block by block, all or those that begin alike', async () => {
    await fc.assert(
      fc.asyncProperty(lists, fc.oneof(term, fc.constant('')), async (all, prefix) => {
        const stored = await written(all);
        const through: string[] = [];
        for await (const block of stored.blocks())
          for (const each of block) {
            through.push(new TextDecoder().decode(each.term));
            assert.deepEqual(
              shown(each.postings),
              all.get(through.at(-1)!)!.map(pair => [...pair]),
            );
          }
        assert.deepEqual(through, sorted(all));
        const alike: string[] = [];
        for await (const block of stored.dictionary(encode(prefix)))
          alike.push(...block.map(each => new TextDecoder().decode(each.term)));
        assert.deepEqual(alike, sorted(all, prefix));
      }),
      { numRuns },
    );
  });

  it('refuse postings of passages that the segment does not have', async () => {
    const stored = await written(new Map([['가', [[7, 1]]]]));
    await stored.verify(8);
    await assert.rejects(stored.verify(7));
  });
});
