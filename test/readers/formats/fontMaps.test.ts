import assert from 'node:assert/strict';
import { disarmFont } from '../../../src/readers/formats/pdf/prepare/fontMaps.ts';

/** A font with nothing but a map of characters (format 4) of these segments. */
function fontOf(segments: readonly (readonly [start: number, end: number])[]): Buffer {
  const font = Buffer.alloc(12 + 16 + 12 + 16 + 8 * segments.length);
  font.writeUInt32BE(0x0001_0000, 0);
  font.writeUInt16BE(1, 4);
  font.write('cmap', 12, 'latin1');
  font.writeUInt32BE(28, 20);
  font.writeUInt16BE(1, 30);
  font.writeUInt32BE(12, 36);
  font.writeUInt16BE(4, 40);
  font.writeUInt16BE(2 * segments.length, 46);
  segments.forEach(([start, end], i) => {
    font.writeUInt16BE(end, 54 + 2 * i);
    font.writeUInt16BE(start, 56 + 2 * segments.length + 2 * i);
  });
  return font;
}

describe('maps of characters in fonts', () => {
  it('stay as they are where their segments follow one another', () => {
    const font = fontOf([
      [32, 126],
      [0xac00, 0xd7a3],
      [0xffff, 0xffff],
    ]);
    const before = Buffer.from(font);
    assert.equal(disarmFont(font), false);
    assert.deepEqual(font, before);
  });
  it('are taken out where segments overlap: each letter many times costs the square of it', () => {
    const font = fontOf(Array.from({ length: 100 }, () => [0, 0xfffe] as const));
    assert.equal(disarmFont(font), true);
    assert.equal(font.toString('latin1', 12, 16), 'xmap');
    assert.equal(disarmFont(font), false);
  });
  it('that point out of their font, and what is no font, are left alone', () => {
    const font = fontOf([[32, 126]]);
    font.writeUInt32BE(0xffff, 20);
    assert.equal(disarmFont(font), false);
    assert.equal(disarmFont(Buffer.from('BT /F1 10 Tf ET')), false);
    assert.equal(disarmFont(Buffer.alloc(0)), false);
  });
});
