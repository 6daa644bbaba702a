import assert from 'node:assert/strict';
import iconv from 'iconv-lite';
import { blocksOf, docx, p, readDocument, readResult, xlsx } from './building.ts';

describe('office documents are read for what they are', () => {
  it('whatever their name says', async () => {
    const bytes = docx(p('글'));
    for (const name of ['a.doc', 'a.xls', 'a.docm'])
      assert.deepEqual(blocksOf(await readDocument(name, bytes)), ['paragraph | 글']);
    const book = xlsx([['가', '<row r="1"><c r="A1" t="inlineStr"><is><t>값</t></is></c></row>']]);
    assert.deepEqual(blocksOf(await readDocument('a.xls', book)), ['table > 가 | 값']);
    assert.deepEqual(
      blocksOf(await readDocument('a.doc', Buffer.from("{\\rtf1\\ansicpg949 \\'b0\\'a1\\par}"))),
      ['paragraph | 가'],
    );
  });
  it('also tables with tabs that are called .xls, mail archives and memos that are called .doc', async () => {
    const table = iconv.encode('성명\t부서\r\n홍길동\t총무\r\n', 'cp949');
    const document = await readDocument('a.xls', table);
    assert.deepEqual(blocksOf(document), ['table > 성명 · 부서 | 홍길동\t총무']);
    assert.equal(document.encoding, 'cp949');
    assert.deepEqual(blocksOf(await readDocument('a.doc', Buffer.from('메모\n'))), ['paragraph | 메모']);
    const archive = 'MIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>글</p>';
    assert.deepEqual(blocksOf(await readDocument('a.doc', Buffer.from(archive))), ['paragraph | 글']);
  });
  it('and refused where rights management has wrapped them', async () => {
    for (const head of [
      '\u009b DRMONE  This Document is encrypted',
      '<## NASCA DRM FILE - VER1.00 ##>',
      'SCDSA002\u0000',
    ])
      assert.deepEqual(await readResult('a.docx', Buffer.from(head, 'latin1')), {
        problem: 'drm',
        detail: 'signature',
      });
  });
});
