import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import iconv from 'iconv-lite';
import { readHwp } from '../../../src/readers/formats/hwp.ts';
import type { ReadDocument } from '../../../src/readers/readers.ts';

async function read(bytes: Uint8Array): Promise<ReadDocument> {
  const result = await readHwp(bytes);
  assert(!('problem' in result), JSON.stringify(result));
  return result;
}

const SOURCE = `<?xml version="1.0" encoding="UTF-8" standalone="no" ?>
<HWPML Version="2.8"><HEAD><DOCSUMMARY><TITLE>알림</TITLE><AUTHOR>홍길동</AUTHOR></DOCSUMMARY><MAPPINGTABLE>
<NUMBERINGLIST Count="1"><NUMBERING Id="1" Start="0"><PARAHEAD Level="1" NumFormat="HangulSyllable" Start="1">^1.</PARAHEAD></NUMBERING></NUMBERINGLIST>
<PARASHAPELIST><PARASHAPE Id="2" HeadingType="Outline" Level="0"/></PARASHAPELIST></MAPPINGTABLE></HEAD><BODY>
<SECTION Id="0"><P><TEXT><SECDEF OutlineShape="1"/></TEXT></P><P ParaShape="2" Style="0"><TEXT CharShape="0"><CHAR>첫째 장</CHAR></TEXT></P>
<P ParaShape="0" Style="0"><TEXT><CHAR>글<TAB/>자</CHAR><FOOTNOTE><PARALIST><P><TEXT><CHAR>각주</CHAR></TEXT></P></PARALIST></FOOTNOTE></TEXT></P>
<P><TEXT><TABLE><ROW><CELL><PARALIST><P><TEXT><CHAR>가</CHAR></TEXT></P></PARALIST></CELL>
<CELL><PARALIST><P><TEXT><CHAR>나</CHAR></TEXT></P></PARALIST></CELL></ROW></TABLE><CHAR/></TEXT></P></SECTION>
<SECTION Id="1"><P><TEXT><CHAR>둘째 구역</CHAR></TEXT></P></SECTION></BODY><TAIL/></HWPML>`;

describe('HWPML', () => {
  for (const [name, bytes] of [
    ['UTF-8', new TextEncoder().encode(SOURCE)],
    ['UTF-16', Buffer.from(`\ufeff${SOURCE}`, 'utf16le')],
  ] as const)
    it(`reads text, notes, tables, properties and headings in ${name}`, async () => {
      const { text, fields, title, blocks, places } = await read(new Uint8Array(bytes));
      assert.equal(title, '알림');
      assert.equal(text.slice(0, fields), '제목: 알림\n지은이: 홍길동\n');
      assert.equal(text.slice(fields), '가. 첫째 장\n\n글\t자\n\n각주\n\n가\t나\n\n둘째 구역\n\n');
      assert.deepEqual(blocks[0]?.headings, ['가. 첫째 장']);
      assert.deepEqual(places.at(-1)?.location, { kind: 'section', section: 2, paragraph: 1 });
    });

  it('reads syllables that only CP949 has', async () => {
    const source = SOURCE.replace('UTF-8', 'EUC-KR').replace('둘째 구역', '똠방각하');
    assert((await read(iconv.encode(source, 'cp949'))).text.includes('똠방각하'));
  });

  it('refuses other XML', async () => {
    const result = await readHwp(new TextEncoder().encode('<html><body>글</body></html>'));
    assert.deepEqual(result, { problem: 'damaged', detail: 'no HWPML' });
  });
});

describe('HWP 3', () => {
  const file = new URL('../../fixtures/documents/hangul3.hwp', import.meta.url);

  it('reads its text in the code of its time', async () => {
    const { text } = await read(readFileSync(file));
    assert.match(text, /테스트\n\ntest/u);
  });

  it('gives a reason for one that is cut off in its header', async () => {
    assert('problem' in (await readHwp(readFileSync(file).subarray(0, 100))));
  });
});
