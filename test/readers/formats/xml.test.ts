import assert from 'node:assert/strict';
import iconv from 'iconv-lite';
import {
  attribute,
  parseXml,
  relationId,
  XmlTooDeepError,
} from '../../../src/readers/formats/xml/parseXml.ts';

function events(bytes: Uint8Array | string): string[] {
  const seen: string[] = [];
  parseXml(typeof bytes === 'string' ? Buffer.from(bytes) : bytes, {
    open: name => seen.push(`<${name}`),
    close: name => seen.push(`>${name}`),
    text: text => seen.push(text),
  });
  return seen;
}

describe('parseXml', () => {
  it('gives local names, text and sections of text', () =>
    assert.deepEqual(events('<w:a><b/>글 &amp; &#xAC00;<![CDATA[<c>]]></w:a>'), [
      '<a',
      '<b',
      '>b',
      '글 & 가',
      '<c>',
      '>a',
    ]));
  it('expands no entity of a document type', () => {
    const bomb = `<!DOCTYPE a [<!ENTITY l0 "lol">${Array.from({ length: 30 }, (_, i) => `<!ENTITY l${i + 1} "&l${i};&l${i};">`).join('')}<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&l30;&x;</a>`;
    const text = events(bomb).join('');
    assert.ok(text.length < 100, text);
    assert.doesNotMatch(text, /lollol|root/u);
  });
  it('ends each element that was begun, where the part was cut off or tags do not match', () => {
    assert.deepEqual(events('<a><b>글'), ['<a', '<b', '글', '>b', '>a']);
    assert.deepEqual(
      events('<a><b>글</a>').filter(event => event !== '글'),
      ['<a', '<b', '>b', '>a'],
    );
  });
  it('refuses what is nested deeper than any document', () =>
    assert.throws(() => events('<a>'.repeat(100_000)), XmlTooDeepError));
  it('reads the encodings that parts come in', () => {
    const xml = (encoding: string): string => `<?xml version="1.0" encoding="${encoding}"?><a>똠방각하</a>`;
    for (const bytes of [
      Buffer.from(`\ufeff${xml('UTF-8')}`),
      iconv.encode(xml('UTF-16'), 'utf-16le', { addBOM: true }),
      iconv.encode(xml('UTF-16'), 'utf-16be', { addBOM: true }),
      iconv.encode(xml('UTF-16'), 'utf-16le'),
      iconv.encode(xml('EUC-KR'), 'cp949'),
      Buffer.from(xml('x-nonsense')),
    ])
      assert.deepEqual(events(bytes), ['<a', '똠방각하', '>a']);
  });
  it('does not tear a character between two chunks', () => {
    const text = '가'.repeat(400_000);
    assert.equal(events(`<a>${text}</a>`).join('').includes('\ufffd'), false);
  });
  it('stops when there is room for no more', () => {
    let opened = 0;
    const handler = { open: () => void opened++ };
    parseXml(Buffer.from('<a>'.padEnd(3_000_000, '<b/>')), handler, () => opened > 10);
    assert.ok(opened < 200_000, String(opened));
  });
});

describe('attribute', () => {
  it('is found whatever its prefix', () => {
    assert.equal(attribute({ 'x:val': '1' }, 'w:val'), '1');
    assert.equal(attribute({ val: '2', 'w:val': '1' }, 'w:val'), '1');
    assert.equal(attribute({}, 'w:val'), '');
  });
  it('of a relation is not the plain one beside it', () =>
    assert.equal(relationId({ id: '256', 'r:id': 'rId2' }), 'rId2'));
});
