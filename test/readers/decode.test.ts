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
