import assert from 'node:assert/strict';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { decodeText, type Encoding } from '../../../src/readers/decode.ts';
import { decodeJohab } from '../../../src/readers/encodings/johab.ts';
import { knownEncoding } from '../../../src/readers/encodings/knownEncoding.ts';

const KOREAN = '회의록을 정리했다. 다음 주 월요일까지 예산안을 제출하기로 하였음.';

/** The standard's own arithmetic, the other way round. */
function johab(text: string): Buffer {
  const vowels = [3, 4, 5, 6, 7, 10, 11, 12, 13, 14, 15, 18, 19, 20, 21, 22, 23, 26, 27, 28, 29];
  const bytes: number[] = [];
  for (const character of text) {
    const index = character.codePointAt(0)! - 0xac00;
    if (index < 0 || index >= 11_172) bytes.push(character.codePointAt(0)!);
    else {
      const final = index % 28;
      const code =
        0x8000 |
        ((Math.floor(index / 588) + 2) << 10) |
        (vowels[Math.floor(index / 28) % 21]! << 5) |
        (final + (final >= 17 ? 2 : 1));
      bytes.push(code >> 8, code & 0xff);
    }
  }
  return Buffer.from(bytes);
}

function iso2022kr(text: string): Buffer {
  const parts: Buffer[] = [Buffer.from('\u001b$)C\n', 'latin1')];
  for (const run of text.match(/[ -~\n]+|[^ -~\n]+/gu) ?? []) {
    const bytes = iconv.encode(run, 'cp949');
    if (bytes[0]! < 0x80) parts.push(bytes);
    else parts.push(Buffer.of(0x0e), bytes.map(byte => byte & 0x7f) as Buffer, Buffer.of(0x0f));
  }
  return Buffer.concat(parts);
}

function read(bytes: Uint8Array, forced?: Encoding): { text: string; encoding: string; replaced: number } {
  const decoded = decodeText(bytes, forced);
  assert.ok('text' in decoded, JSON.stringify(decoded));
  return decoded;
}

describe('encodings', () => {
  for (const encoding of ['utf-32le', 'utf-32be'] as const)
    for (const addBOM of [true, false])
      it(`reads ${encoding} ${addBOM ? 'with' : 'without'} a mark`, () => {
        const text = `${KOREAN} 😀`;
        const bytes = iconv.encode(text, encoding, { addBOM });
        assert.deepEqual(read(bytes), { text, encoding, replaced: 0 });
      });
  it('counts what is no character of UTF-32', () => {
    const bytes = Buffer.concat([
      iconv.encode(KOREAN, 'utf-32le', { addBOM: true }),
      Buffer.of(0, 0, 0, 0xff, 1),
    ]);
    const { text, replaced } = read(bytes);
    assert.equal(text, `${KOREAN}\ufffd\ufffd`);
    assert.equal(replaced, 1);
  });

  it('reads Johab, and knows it from CP949', () => {
    assert.deepEqual(read(johab(KOREAN)), { text: KOREAN, encoding: 'johab', replaced: 0 });
    assert.equal(read(iconv.encode(KOREAN, 'cp949')).encoding, 'cp949');
    const rare = '펲시콜라를 마시고 똠방각하를 보았다. 오늘은 날씨가 참 좋았다고 한다.';
    assert.deepEqual(read(iconv.encode(rare, 'cp949')), { text: rare, encoding: 'cp949', replaced: 0 });
  });
  it('reads letters, symbols and Hanja of Johab', () => {
    assert.equal(decodeJohab(Buffer.of(0x88, 0x41, 0x84, 0x61, 0x84, 0x42)), 'ㄱㅏㄱ');
    // First of KS X 1001's symbols (an ideographic space) and of its Hanja (伽).
    assert.equal(decodeJohab(Buffer.of(0xd9, 0x31, 0xe0, 0x31, 0xe0, 0x32)), '\u3000伽佳');
    assert.equal(decodeJohab(Buffer.of(0xff, 0x41, 0x88)), '\ufffdA\ufffd');
  });
  it('decodes every syllable that Johab can write', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.integer({ min: 0xac00, max: 0xd7a3 }).map(String.fromCodePoint) }),
        text => {
          assert.equal(decodeJohab(johab(text)), text);
        },
      ),
    );
  });
  it('never throws on bytes that are no Johab, and loses no ASCII', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), bytes => {
        assert.equal(typeof decodeJohab(bytes), 'string');
      }),
    );
  });

  it('reads ISO-2022-KR', () => {
    assert.deepEqual(read(iso2022kr(`Subject: ${KOREAN}\nend`)), {
      text: `\nSubject: ${KOREAN}\nend`,
      encoding: 'iso-2022-kr',
      replaced: 0,
    });
  });

  it('heeds the encoding that a person named', () => {
    const bytes = iconv.encode('日本語のテキスト', 'shift_jis');
    assert.equal(read(bytes, knownEncoding('shiftjis')!).text, '日本語のテキスト');
    assert.equal(read(iconv.encode(KOREAN, 'cp949'), knownEncoding('euckr')!).text, KOREAN);
    assert.deepEqual(read(Buffer.from(`\ufeff${KOREAN}`), knownEncoding('utf8bom')!), {
      text: KOREAN,
      encoding: 'utf-8',
      replaced: 0,
    });
    assert.ok(read(iconv.encode(KOREAN, 'cp949'), 'utf-8').replaced > 0);
  });
  it('knows the names that editors give', () => {
    assert.equal(knownEncoding('UTF-16 LE'), 'utf-16le');
    assert.equal(knownEncoding('ks_c_5601-1987'), 'cp949');
    assert.equal(knownEncoding('windows1252'), 'other:windows1252');
    assert.equal(knownEncoding('utf-7'), null);
    assert.equal(knownEncoding('nonsense'), null);
  });
});
