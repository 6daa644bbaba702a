import assert from 'node:assert/strict';
import iconv from 'iconv-lite';
import { decodeText } from '../../src/readers/decode.ts';

const KOREAN = '똠방각하와 펲시콜라, 회의록을 정리했다.';

describe('decodeText', () => {
  for (const [name, bytes, encoding] of [
    ['UTF-8', Buffer.from(KOREAN), 'utf-8'],
    ['UTF-8 with a mark', Buffer.from(`\ufeff${KOREAN}`), 'utf-8'],
    ['UTF-16LE with a mark', iconv.encode(KOREAN, 'utf-16le', { addBOM: true }), 'utf-16le'],
    ['UTF-16BE with a mark', iconv.encode(KOREAN, 'utf-16be', { addBOM: true }), 'utf-16be'],
    [
      'UTF-16LE without a mark, with 가 (U+AC00)',
      iconv.encode(`물가에 가서 앉아 있었다.\n${KOREAN}`, 'utf-16le'),
      'utf-16le',
    ],
    [
      'UTF-16BE without a mark, with 가',
      iconv.encode(`물가에 가서 앉아 있었다.\n${KOREAN}`, 'utf-16be'),
      'utf-16be',
    ],
    ['UTF-16LE without a mark', iconv.encode(`abc, ${KOREAN}`, 'utf-16le'), 'utf-16le'],
    ['CP949, also beyond KS X 1001', iconv.encode(KOREAN, 'cp949'), 'cp949'],
  ] as const)
    it(`reads ${name}`, () => {
      const decoded = decodeText(bytes);
      assert.ok('text' in decoded, JSON.stringify(decoded));
      assert.equal(decoded.encoding, encoding);
      assert.equal(decoded.text.endsWith(KOREAN), true);
      assert.notEqual(decoded.text[0], '\ufeff');
      assert.equal(decoded.replaced, 0);
    });

  it('reads UTF-8 with a few broken bytes as UTF-8, and says how many', () => {
    const bytes = Buffer.concat([Buffer.from(KOREAN.repeat(20)), Buffer.of(0xff), Buffer.from(KOREAN)]);
    const decoded = decodeText(bytes);
    assert.ok('text' in decoded);
    assert.deepEqual([decoded.encoding, decoded.replaced], ['utf-8', 1]);
  });
  const readable = (bytes: Uint8Array): { text: string; replaced: number } => {
    const decoded = decodeText(bytes);
    assert.ok('text' in decoded, JSON.stringify(decoded));
    return decoded;
  };
  it('reads a short text with a broken byte as what it is', () => {
    for (const [before, after] of [
      ['회의', '록'],
      ['가', ''],
      ['abc ', ' 회의록을 정리'],
      ['', '글'],
    ] as const) {
      const bytes = Buffer.concat([Buffer.from(before), Buffer.of(0xff), Buffer.from(after)]);
      const { text, replaced } = readable(bytes);
      assert.deepEqual([text, replaced], [`${before}\ufffd${after}`, 1]);
    }
  });
  it('reads each line in the encoding that it is written in', () => {
    const [utf8, cp949] = ['첫째 줄은 이렇게\n', '둘째 줄은 펲시콜라\r\n'];
    const mixed = Buffer.concat([Buffer.from(utf8), iconv.encode(cp949, 'cp949'), Buffer.from(utf8)]);
    assert.deepEqual(readable(mixed), { text: utf8 + cp949 + utf8, encoding: 'utf-8', replaced: 0 });
    const mostly = Buffer.concat([iconv.encode(cp949.repeat(9), 'cp949'), Buffer.from(utf8)]);
    assert.equal(readable(mostly).text, cp949.repeat(9) + utf8);
  });
  it('reads CP949 with a few broken bytes', () => {
    const bytes = Buffer.concat([
      iconv.encode(`${KOREAN}\n`, 'cp949'),
      Buffer.of(0xff, 10),
      iconv.encode(KOREAN, 'cp949'),
    ]);
    const { text, replaced } = readable(bytes);
    assert.deepEqual([text, replaced], [`${KOREAN}\n\ufffd\n${KOREAN}`, 1]);
  });
  it('reads the half that can be read', () => {
    const bytes = Buffer.concat([
      Buffer.from(`${KOREAN}\n`),
      Buffer.alloc(20, 0xff),
      Buffer.from(`\n${KOREAN}`),
    ]);
    const { text, replaced } = readable(bytes);
    assert.ok(text.startsWith(`${KOREAN}\n`) && text.endsWith(`\n${KOREAN}`));
    assert.equal(replaced, 1);
  });
  it('takes a stray zero byte, and zeros at the end, for damage', () => {
    const stray = Buffer.concat([Buffer.from(KOREAN), Buffer.of(0), Buffer.from(KOREAN)]);
    assert.deepEqual(readable(stray), { text: `${KOREAN}\ufffd${KOREAN}`, encoding: 'utf-8', replaced: 1 });
    const ascii = Buffer.from(`${'plain words '.repeat(20)}\0 more`);
    assert.ok(readable(ascii).text.startsWith('plain words'));
    assert.ok(
      readable(Buffer.concat([Buffer.from(KOREAN.repeat(4)), Buffer.alloc(400)])).text.startsWith(KOREAN),
    );
  });
  it('does not take a replacement character in the file for damage', () => {
    const decoded = decodeText(Buffer.from('값이 \ufffd 이다'));
    assert.ok('text' in decoded);
    assert.equal(decoded.replaced, 0);
  });
  it('refuses a binary', () => {
    const png = Buffer.concat([
      Buffer.from('\u0089PNG\r\n\u001a\n', 'latin1'),
      Buffer.alloc(64, 0),
      Buffer.of(1, 2, 3),
    ]);
    assert.deepEqual(decodeText(png), { problem: 'binary' });
    const noise = Buffer.from(Array.from({ length: 4096 }, (_, i) => 1 + ((i * 7919 + (i >> 3) * 31) % 255)));
    assert.ok('problem' in decodeText(noise));
  });
  it('reads an empty file as empty text', () => {
    assert.deepEqual(decodeText(new Uint8Array()), { text: '', encoding: 'utf-8', replaced: 0 });
  });
});
