import assert from 'node:assert/strict';
import fc from 'fast-check';
import { crc32 } from '../../src/index/crc32.ts';
import { logEntry, readLog } from '../../src/index/log.ts';
import { DamagedError, readSections, writeSections } from '../../src/index/sections.ts';
import { StringTable, writeStrings } from '../../src/index/stringTable.ts';

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
  const file = writeSections(
    new Map([
      ['ABCD', bytes('하나')],
      ['EMPT', new Uint8Array()],
      ['LAST', Uint8Array.of(1, 2, 3)],
    ]),
  );

  it('come back as written, at multiples of 8', () => {
    const sections = readSections(file);
    assert.deepEqual([...sections.keys()], ['ABCD', 'EMPT', 'LAST']);
    assert.deepEqual(sections.get('ABCD'), bytes('하나'));
    for (const section of sections.values()) assert.equal(section.byteOffset % 8, 0);
  });

  it('are refused when any byte that matters is changed', () => {
    const padding: number[] = [];
    for (let at = 0; at < file.length; at++) {
      const damaged = file.slice();
      damaged[at]! ^= 0x10;
      try {
        const sections = readSections(damaged);
        // Only the zero bytes between sections and in the header mean nothing.
        assert.deepEqual([...sections.values()], [...readSections(file).values()]);
        padding.push(at);
      } catch (error) {
        assert.ok(error instanceof DamagedError, String(error));
      }
    }
    assert.ok(padding.length < 20, `${padding.length} bytes are not covered`);
  });

  it('are refused when cut short anywhere', () => {
    for (let length = 0; length < file.length; length++)
      assert.throws(() => readSections(file.slice(0, length)), DamagedError);
  });

  it('tell a newer format from damage', () => {
    const newer = file.slice();
    newer[4] = 2;
    assert.throws(
      () => readSections(newer),
      (error: unknown) => error instanceof DamagedError && error.newer,
    );
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

describe('log', () => {
  const entries = ['첫째', '둘째', '셋째'].map(text => logEntry(bytes(text)));
  const whole = Uint8Array.from(entries.flatMap(entry => [...entry]));
  const texts = (log: Uint8Array): string[] =>
    readLog(log).images.map(image => new TextDecoder().decode(image));

  it('gives every whole entry back when cut anywhere', () => {
    for (let length = 0; length <= whole.length; length++) {
      const complete = Math.floor(length / entries[0]!.length);
      assert.equal(texts(whole.slice(0, length)).length, complete);
      assert.equal(readLog(whole.slice(0, length)).length, complete * entries[0]!.length);
    }
  });

  it('loses only the entry a changed byte is in', () => {
    for (let at = 0; at < whole.length; at++) {
      const damaged = whole.slice();
      damaged[at]! ^= 1;
      const lost = Math.floor(at / entries[0]!.length);
      assert.deepEqual(
        texts(damaged),
        ['첫째', '둘째', '셋째'].filter((_, i) => i !== lost),
      );
      if (lost < 2) assert.equal(readLog(damaged).damaged, 1);
    }
  });
});
