import assert from 'node:assert/strict';
import fc from 'fast-check';
import { crc32 } from '../../../src/index/segment/crc32.ts';
import { blobOf } from '../../../src/index/blobStore.ts';
import { ByteReader, ByteSink, joined } from '../../../src/index/segment/byteSink.ts';
import {
  fractionOf,
  impactOf,
  levelOf,
  LEVELS_PER_IMPACT,
  readPostings,
  WEIGHT_LEVELS,
  writePostings,
} from '../../../src/index/segment/postings.ts';
import {
  FORMAT_VERSION,
  DamagedError,
  SectionFile,
  writeSections,
} from '../../../src/index/segment/sections.ts';
import { StringTable, writeStrings } from '../../../src/index/segment/stringTable.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('crc32', () => {
  it('has the check value of CRC-32/ISO-HDLC', () => assert.equal(crc32(bytes('123456789')), 0xcbf43926));
  it('continues from a seed, at any split', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), fc.nat(64), (data, at) => {
        assert.equal(crc32(data.subarray(at), crc32(data.subarray(0, at))), crc32(data));
      }),
    );
  });
});

describe('sections', () => {
  // Two blocks and a bit.
  const large = Uint8Array.from({ length: 40_000 }, (_, i) => i * 7);
  const file = joined(
    writeSections(
      [
        ['ABCD', [bytes('하'), bytes('나')]],
        ['MANY', [large.subarray(0, 16_384), large.subarray(16_384)]],
        ['EMPT', []],
        ['LAST', [Uint8Array.of(1, 2, 3)]],
      ],
      new Set(['MANY']),
    ),
  );
  const open = (image: Uint8Array): Promise<SectionFile> => SectionFile.open(blobOf(image));
  it('come back as written, at multiples of 8', async () => {
    const { sections } = await open(file);
    assert.deepEqual([...sections.keys()], ['ABCD', 'EMPT', 'LAST', 'SUMS']);
    assert.deepEqual(sections.get('ABCD'), bytes('하나'));
    for (const section of sections.values()) assert.equal(section.byteOffset % 8, 0);
  });

  it('large ones are read in parts, each in a buffer of its own', async () => {
    const opened = await open(file);
    await fc.assert(
      fc.asyncProperty(fc.nat(large.length), fc.nat(large.length), async (a, b) => {
        const [start, end] = [Math.min(a, b), Math.max(a, b)];
        const part = await opened.read('MANY', start, end);
        assert.deepEqual(part, large.slice(start, end));
        assert.equal(part.byteOffset, 0);
      }),
    );
    await assert.rejects(opened.read('MANY', 0, large.length + 1), DamagedError);
    await assert.rejects(opened.read('NONE', 0, 1), DamagedError);
  });

  it('are found to be damaged when any byte is changed', async function () {
    this.timeout(60_000);
    // Every byte of the first part, and some of each block of the large one.
    const places = Array.from({ length: file.length }, (_, at) => at).filter(
      at => at < 400 || at % 997 === 0,
    );
    for (const at of places) {
      const damaged = file.slice();
      damaged[at]! ^= 0x10;
      await assert.rejects(
        open(damaged).then(opened => opened.verify()),
        DamagedError,
        `byte ${at}`,
      );
    }
  });

  it('damage in a large one costs the block that it is in, and verify finds it', async () => {
    const damaged = file.slice();
    damaged[file.length - 10]! ^= 1;
    const opened = await open(damaged);
    assert.deepEqual(await opened.read('MANY', 0, 100), large.slice(0, 100));
    await assert.rejects(opened.read('MANY', 39_000, 39_001), DamagedError);
    await assert.rejects(opened.verify(), DamagedError);
    await (await open(file)).verify();
  });

  it('are refused when cut short anywhere', async () => {
    for (let length = 0; length < file.length; length += length < 400 ? 1 : 997)
      await assert.rejects(open(file.slice(0, length)), DamagedError);
  });

  for (const [version, given] of [
    ['newer', FORMAT_VERSION + 1],
    ['older', 1],
  ] as const)
    it(`tell a format that is ${version} from damage`, async () => {
      const other = file.slice();
      other[4] = given;
      await assert.rejects(open(other), { name: 'DamagedError', version: null });
      signHeader(other);
      await assert.rejects(open(other), { name: 'DamagedError', version });
    });
});

/** Makes the header's checksum fit what it says. */
function signHeader(file: Uint8Array): void {
  const view = new DataView(file.buffer);
  const start = crc32(file.subarray(20, 24), crc32(file.subarray(0, 16)));
  view.setUint32(16, crc32(file.subarray(24, 24 + 20 * view.getUint32(12, true)), start), true);
}

describe('ByteSink', () => {
  it('gives numbers and bytes back in their order, in chunks of whole blocks', () => {
    const written = fc.array(fc.oneof(fc.nat(2 ** 31 - 1), fc.uint8Array({ maxLength: 9_000 })));
    fc.assert(
      fc.property(written, items => {
        const sink = new ByteSink();
        for (const item of items) {
          if (typeof item === 'number') sink.varint(item);
          else sink.append(item);
        }
        const chunks = sink.chunks();
        for (const chunk of chunks.slice(0, -1)) assert.equal(chunk.length % 16_384, 0);
        const reader = new ByteReader(joined(chunks));
        for (const item of items) {
          if (typeof item === 'number') assert.equal(reader.varint(), item);
          else assert.deepEqual(reader.bytes(item.length), item);
        }
        assert.ok(reader.ended);
        assert.equal(sink.length, reader.at);
      }),
    );
  });
});

describe('postings', () => {
  it('come back as written, for any passages and any number of planes', () => {
    const docs = fc.uniqueArray(fc.nat(65_535), { minLength: 1, maxLength: 300 });
    fc.assert(
      fc.property(docs, fc.integer({ min: 0, max: 4 }), (unsorted, planes) => {
        const postings = {
          docs: Uint16Array.from(unsorted).sort(),
          planes: Uint8Array.from({ length: planes * unsorted.length }, (_, i) => i),
        };
        const sink = new ByteSink();
        writePostings(sink, postings);
        const list = joined(sink.chunks());
        assert.deepEqual(readPostings(list, planes), postings);
        assert.throws(() => readPostings(list.subarray(0, list.length - 1), planes), DamagedError);
        assert.throws(() => readPostings(list, planes + 1), DamagedError);
      }),
    );
  });

  it('have levels that an impact is never below', () => {
    for (const level of [1, 2, 255, 256, 257, 512, 513, 65_279, WEIGHT_LEVELS]) {
      assert.equal(levelOf(impactOf(level), fractionOf(level)), level);
      const bound = impactOf(level) * LEVELS_PER_IMPACT;
      assert.ok(bound >= level && bound - LEVELS_PER_IMPACT < level && impactOf(level) <= 255);
    }
  });
});

describe('StringTable', () => {
  it('gives strings back and finds its place among sorted ones', () => {
    const words = ['a', 'b', '가', '나', '🙂'];
    const table = new StringTable(writeStrings(words));
    assert.deepEqual(
      words.map((_, i) => table.get(i)),
      words,
    );
    assert.equal(table.lowerBound(bytes('가')), 2);
    assert.equal(table.lowerBound(bytes('각')), 3);
    assert.equal(table.lowerBound(bytes('힣')), 4);
  });
});
