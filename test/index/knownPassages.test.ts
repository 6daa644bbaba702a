import assert from 'node:assert/strict';
import fc from 'fast-check';
import { KnownPassages } from '../../src/index/knownPassages.ts';
import { Segment } from '../../src/index/segment/segment.ts';
import { writeSegment } from '../../src/index/segment/segmentWriter.ts';
import { file, passage, vectorOf } from '../fakes/records.ts';

/** Addresses of few values in their first bytes, which give the slot of the table: many meet in one. */
const address = fc.tuple(fc.nat(3), fc.nat(5)).map(([first, last]) => `${first}`.padEnd(31, '0') + last);
const one = fc.record({ hash: address, pending: fc.boolean(), live: fc.boolean() });
const segments = fc.array(fc.array(one, { minLength: 1, maxLength: 12 }), { minLength: 1, maxLength: 4 });

type Passages = readonly { readonly hash: string; readonly pending: boolean; readonly live: boolean }[];

async function segmentOf(passages: Passages, name: string): Promise<Segment> {
  const records = passages.map(({ hash, pending }, i) => ({
    ...passage(`글 ${i}`, pending ? vectorOf({}) : vectorOf({ 1: 1 })),
    hash,
    ...(pending && { pending }),
  }));
  const segment = await Segment.of(name, writeSegment([file(`${name}.md`, records)]));
  passages.forEach(({ live }, i) => (segment.live[i] = Number(live)));
  return segment;
}

describe('passages by their content address', function () {
  this.timeout(120_000);

  it('are found in the newest segment that has their vector, deleted or not', async () => {
    await fc.assert(
      fc.asyncProperty(segments, address, async (all, wanted) => {
        const opened = await Promise.all(all.map((each, i) => segmentOf(each, String(i))));
        const found = await new KnownPassages().find(wanted, opened);
        const hasIt = all.map(each => each.some(({ hash, pending }) => hash === wanted && !pending));
        const newest = hasIt.lastIndexOf(true);
        assert.equal(found === null ? -1 : opened.indexOf(found.segment), newest);
        if (found === null) return;
        const { hash, pending } = all[newest]![found.passage]!;
        assert.deepEqual([hash, pending], [wanted, false]);
      }),
      { numRuns: 60 },
    );
  });

  it('are live where any segment has one that is not deleted', async () => {
    await fc.assert(
      fc.asyncProperty(segments, address, async (all, wanted) => {
        const opened = await Promise.all(all.map((each, i) => segmentOf(each, String(i))));
        const known = new KnownPassages();
        await known.load(opened);
        const isLive = all.flat().some(({ hash, pending, live }) => hash === wanted && !pending && live);
        assert.equal(known.isLive(wanted, opened), isLive);
      }),
      { numRuns: 60 },
    );
  });

  it('are none for what is no address', async () => {
    const segment = await segmentOf([{ hash: '0'.repeat(32), pending: false, live: true }], 's');
    assert.equal(await new KnownPassages().find('00', [segment]), null);
    assert.equal(await new KnownPassages().find('', [segment]), null);
  });
});
