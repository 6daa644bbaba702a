import assert from 'node:assert/strict';
import { readPdf } from '../../../src/readers/formats/pdf.ts';
import { disarmCff } from '../../../src/readers/formats/pdf/prepare/cffFonts.ts';
import { disarmFont } from '../../../src/readers/formats/pdf/prepare/fontMaps.ts';
import { FIRST_EXTRA, pdf, streamObject } from './pdfFile.ts';

const [CHARSET, CHAR_STRINGS, REGISTRY, FD_SELECT] = [[15], [17], [12, 30], [12, 37]];
/** Ranges of names: the first name, and how many follow it. */
const [ALL_NAMES, ONE_NAME] = [
  [1, 0, 1, 8],
  [1, 0, 1, 0],
];

function long(value: number): number[] {
  return [29, ...[24, 16, 8, 0].map(shift => (value >> shift) & 0xff)];
}

function index(items: readonly (readonly number[])[]): number[] {
  if (items.length === 0) return [0, 0];
  let offset = 1;
  const offsets = [1, ...items.map(item => (offset += item.length))];
  return [0, items.length, 1, ...offsets, ...items.flat()];
}

/** A font of ten glyphs without outlines; the list of their names is the last in it, or the choice of dictionaries. */
function cff(charset: readonly number[], select: readonly number[] | null = null): Buffer {
  const head = [1, 0, 4, 1, ...index([[65]])];
  const glyphs = index(Array.from({ length: 10 }, () => [14]));
  const dictionary = (at: number): number[] => [
    ...(select === null
      ? []
      : [...long(1), ...REGISTRY, ...long(at + glyphs.length + charset.length), ...FD_SELECT]),
    ...long(at + glyphs.length),
    ...CHARSET,
    ...long(at),
    ...CHAR_STRINGS,
  ];
  const top = index([dictionary(0)]);
  const at = head.length + top.length + 4;
  return Buffer.from([
    ...head,
    ...index([dictionary(at)]),
    0,
    0,
    0,
    0,
    ...glyphs,
    ...charset,
    ...(select ?? []),
  ]);
}

describe('compact fonts', () => {
  it('stay as they are where all glyphs have names', () => {
    for (const font of [
      cff(ALL_NAMES),
      cff([0, ...Array.from({ length: 18 }, () => 1)]),
      cff([2, 0, 1, 0, 8]),
    ]) {
      const before = Buffer.from(font);
      assert.equal(disarmCff(font), false);
      assert.deepEqual(font, before);
    }
  });
  it('lose a list of names that points behind the end', () => {
    const font = cff(ONE_NAME);
    const before = Buffer.from(font);
    assert.equal(disarmCff(font), true);
    before[before.length - ONE_NAME.length] = 0xff;
    assert.deepEqual(font, before);
    assert.equal(disarmCff(font), false);
  });
  it('lose it in an OpenType font as well, and behind other bytes', () => {
    const compact = cff(ONE_NAME);
    const font = Buffer.concat([Buffer.alloc(28), compact]);
    font.write('OTTO', 0, 'latin1');
    font.writeUInt16BE(1, 4);
    font.write('CFF ', 12, 'latin1');
    font.writeUInt32BE(28, 20);
    font.writeUInt32BE(compact.length, 24);
    assert.equal(disarmFont(font), true);
    assert.equal(disarmFont(font), false);
    assert.equal(disarmCff(Buffer.concat([Buffer.of(9, 9), cff(ONE_NAME)])), true);
  });
  it('lose ranges of glyphs that overlap, and keep those that follow one another', () => {
    const ranges = (...next: readonly number[]): number[] => [
      3,
      0,
      next.length,
      ...[0, ...next].flatMap((glyph, i) => (i < next.length ? [0, glyph, 0] : [0, glyph])),
    ];
    assert.equal(disarmCff(cff(ALL_NAMES, ranges(4, 10))), false);
    assert.equal(disarmCff(cff(ALL_NAMES, ranges(10, 0, 10, 0, 10))), true);
  });
  it('lose pieces that overlap, of which each would be copied', () => {
    const font = cff(ALL_NAMES);
    const glyphs = font.indexOf(Buffer.from([0, 10, 1, 1, 2, 3]));
    const before = Buffer.from(font);
    // Every second piece is the whole rest of the font.
    for (let i = 0; i <= 10; i++) font[glyphs + 3 + i] = i % 2 === 0 ? 1 : 20;
    assert.equal(disarmCff(font), true);
    assert.deepEqual(font.subarray(0, glyphs), before.subarray(0, glyphs));
    assert.equal(font.readUInt16BE(glyphs), 0);
    assert.equal(disarmCff(font), false);
  });
  it('may be any bytes', () => {
    const font = cff(ONE_NAME);
    for (let end = 0; end < font.length; end++) assert.doesNotThrow(() => disarmCff(font.subarray(0, end)));
    for (const value of [0, 1, 12, 28, 29, 30, 251, 255])
      for (let at = 0; at < font.length; at++) {
        const damaged = Buffer.from(font);
        damaged.fill(value, at, Math.min(font.length, at + 3));
        assert.doesNotThrow(() => disarmCff(damaged));
      }
  });
  it('without names for their glyphs let the text be read, packed or not', async () => {
    for (const isPacked of [false, true]) {
      const file = pdf({
        pages: [[{ text: 'Read me', x: 50, y: 700 }]],
        font: `<< /Type /Font /Subtype /Type1 /BaseFont /Some /Encoding /WinAnsiEncoding /FontDescriptor ${FIRST_EXTRA} 0 R >>`,
        extra: [
          `<< /Type /FontDescriptor /FontName /Some /Flags 32 /FontBBox [0 0 1000 1000] /ItalicAngle 0 /Ascent 800 /Descent -200 /CapHeight 700 /StemV 80 /FontFile3 ${FIRST_EXTRA + 1} 0 R >>`,
          streamObject('/Subtype /Type1C', cff(ONE_NAME), isPacked),
        ],
      });
      const result = await readPdf(file);
      assert.ok('text' in result, JSON.stringify(result));
      assert.match(result.text, /Read me/u);
    }
  }).timeout(20_000);
});
