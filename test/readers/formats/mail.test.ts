import assert from 'node:assert/strict';
import iconv from 'iconv-lite';
import { blocksOf, docx, p, readDocument } from './building.ts';

const KOREAN = '똠방각하와 펲시콜라를 마셨다.';
const word = (charset: string, text: string): string =>
  `=?${charset}?B?${iconv.encode(text, 'cp949').toString('base64')}?=`;
const lines = (...parts: readonly string[]): string => parts.join('\r\n');

describe('mail', () => {
  it('has its subject, people and day as fields, and its body', async () => {
    const raw = lines(
      'From: =?utf-8?B?6rmA7LKg7IiY?= <kim@a.example>',
      'To: b@a.example, "Lee" <lee@a.example>',
      'Subject: =?utf-8?B?7ZqM7J2Y66Gd?=',
      'Date: Tue, 05 Mar 2024 10:00:00 +0900',
      'Content-Type: text/plain; charset=utf-8',
      '',
      '첫째 문단',
      '',
      '둘째 문단',
    );
    const document = await readDocument('a.eml', Buffer.from(raw));
    assert.equal(document.title, '회의록');
    const fields = document.text.slice(0, document.fields);
    for (const line of [
      'subject: 회의록',
      'from: 김철수 <kim@a.example>',
      'to: <b@a.example>, Lee <lee@a.example>',
      'date: 2024-03-05',
    ])
      assert.ok(fields.includes(`${line}\n`), fields);
    assert.deepEqual(blocksOf(document), ['paragraph | 첫째 문단', 'paragraph | 둘째 문단']);
  });

  for (const charset of ['euc-kr', 'ks_c_5601-1987', 'EUC-KR'])
    it(`in ${charset} loses no syllable`, async () => {
      const head = lines(
        `Subject: ${word(charset, KOREAN)}`,
        `Content-Type: text/plain; charset="${charset}"`,
      );
      for (const [encoding, body] of [
        ['8bit', iconv.encode(KOREAN, 'cp949')],
        ['base64', Buffer.from(iconv.encode(KOREAN, 'cp949').toString('base64'))],
      ] as const) {
        const raw = Buffer.concat([
          Buffer.from(`${head}\r\nContent-Transfer-Encoding: ${encoding}\r\n\r\n`),
          body,
        ]);
        const document = await readDocument('a.eml', raw);
        assert.equal(document.title, KOREAN);
        assert.deepEqual(blocksOf(document), [`paragraph | ${KOREAN}`]);
      }
    });
  it('in ISO-2022-KR, and with raw Korean in its headers, is read', async () => {
    const shifted = iconv.encode('회의록', 'cp949').map(byte => byte & 0x7f);
    const body = Buffer.concat([Buffer.from('\u001b$)C\r\n\u000e', 'latin1'), shifted, Buffer.of(0x0f)]);
    const head = Buffer.concat([
      Buffer.from('Subject: '),
      iconv.encode(KOREAN, 'cp949'),
      Buffer.from('\r\nContent-Type: text/plain; charset=ISO-2022-KR\r\n\r\n'),
    ]);
    const document = await readDocument('a.eml', Buffer.concat([head, body]));
    assert.equal(document.title, KOREAN);
    assert.deepEqual(blocksOf(document), ['paragraph | 회의록']);
  });

  it('has the page that its writer saw, names of attachments, and their text one level deep', async () => {
    const attached = Buffer.from(docx(p('붙임 문서'))).toString('base64');
    const raw = lines(
      'Subject: =?utf-8?B?7ZqM7J2Y66Gd?=',
      'MIME-Version: 1.0',
      'Content-Type: multipart/mixed; boundary=x',
      '',
      '--x',
      'Content-Type: text/html; charset=utf-8',
      '',
      '<p>본문</p><table><tr><td>가</td><td>나</td></tr></table>',
      '--x',
      'Content-Type: application/octet-stream; name="=?utf-8?B?67aZ7J6ELmRvY3g=?="',
      'Content-Transfer-Encoding: base64',
      'Content-Disposition: attachment',
      '',
      attached,
      '--x',
      'Content-Type: application/zip; name="a.zip"',
      'Content-Disposition: attachment; filename="a.zip"',
      '',
      'PK',
      '--x--',
    );
    const document = await readDocument('a.eml', Buffer.from(raw));
    assert.match(document.text, /^attachments: 붙임\.docx, a\.zip$/mu);
    assert.deepEqual(blocksOf(document), [
      'paragraph | 본문',
      'table | 가\t나',
      'paragraph > 붙임.docx | 붙임 문서',
    ]);
  });
});
