import assert from 'node:assert/strict';
import iconv from 'iconv-lite';
import { blocksOf, placeOf, readDocument, readResult, zipped, type Parts } from './building.ts';

const page = (html: string): Promise<string[]> => readDocument('a.html', Buffer.from(html)).then(blocksOf);

describe('web pages', () => {
  it('show headings, paragraphs, lists, quotes, code and tables', async () => {
    const html =
      '<h1>하나</h1><p>글 <b>굵은</b>\n  글<br>줄</p><h2>둘</h2><ul><li>가</li><li>나</li></ul><blockquote>인용</blockquote><pre>코드\n  들여</pre>' +
      '<table><tr><th>성명</th><th>부서</th></tr><tr><td>홍길동</td><td>총무<br>과</td></tr></table>';
    assert.deepEqual(await page(html), [
      'paragraph > 하나 | 글 굵은 글\n줄',
      'list > 하나 > 둘 | 가',
      'list > 하나 > 둘 | 나',
      'quote > 하나 > 둘 | 인용',
      'code > 하나 > 둘 | 코드\n  들여',
      'table > 하나 > 둘 | 성명\t부서\n홍길동\t총무\n과',
    ]);
  });
  it('show no scripts, styles and comments, but what is said of pictures and controls', async () => {
    const html =
      '<script>var x = "<p>y</p>"</script><style>p{}</style><!-- 주석 --><p title="도움말">앞<img src="x" alt="조직도">뒤</p><input type="submit" value="보내기"><input type="hidden" value="비밀">';
    assert.deepEqual(await page(html), [
      'paragraph | 앞 조직도 뒤',
      'paragraph | 도움말',
      'paragraph | 보내기',
    ]);
  });
  it('have a title, and fields of what they say of themselves', async () => {
    const html =
      '<head><title>회사 &amp; 사람</title><meta name="description" content="설명"><meta name="keywords" content="가, 나"></head><p>글';
    const document = await readDocument('a.html', Buffer.from(html));
    assert.equal(document.title, '회사 & 사람');
    assert.deepEqual(document.keywords, ['가', '나']);
    assert.match(document.text.slice(0, document.fields), /description: 설명\n/u);
    assert.deepEqual(placeOf(document, '글'), { kind: 'section', section: 1, paragraph: 1 });
  });
  it('whose tables only arrange them still have their headings', async () =>
    assert.deepEqual(await page('<table><tr><td><p>머리</p><h2>제목</h2><p>본문</p></td></tr></table>'), [
      'paragraph | 머리',
      'table > 제목 | 본문',
    ]));
  it('are read in the encoding that they declare, or look like', async () => {
    const body = '<p>똠방각하와 펲시콜라</p>';
    for (const bytes of [
      iconv.encode(`<meta charset="euc-kr">${body}`, 'cp949'),
      iconv.encode(
        `<meta http-equiv="Content-Type" content="text/html; charset=ks_c_5601-1987">${body}`,
        'cp949',
      ),
      iconv.encode(body, 'cp949'),
      iconv.encode(`<meta charset="utf-8">${body}`, 'cp949'),
      Buffer.from(`<meta charset="euc-kr">${body}`),
      iconv.encode(body, 'utf-16le', { addBOM: true }),
    ])
      assert.deepEqual(blocksOf(await readDocument('a.html', bytes)), ['paragraph | 똠방각하와 펲시콜라']);
    const latin = Buffer.from('<p>caf\u00e9 na\u00efve</p>'.repeat(20), 'latin1');
    assert.match((await readDocument('a.html', latin)).text, /café naïve/u);
  });
  it('that are subtitles (SAMI) have what is said', async () => {
    const sami =
      '<SAMI><HEAD><STYLE>P {x}</STYLE></HEAD><BODY><SYNC Start=100><P Class=KRCC>안녕<br>하세요\n<SYNC Start=900><P Class=KRCC>&nbsp;\n<SYNC Start=1900><P Class=KRCC>잘 가요';
    const document = await readDocument('a.smi', iconv.encode(sami, 'cp949'));
    assert.deepEqual(blocksOf(document), ['paragraph | 안녕\n하세요', 'paragraph | 잘 가요']);
    assert.deepEqual(
      document.places.map(({ location }) => location),
      [
        { kind: 'time', time: '0:00:00' },
        { kind: 'time', time: '0:00:01' },
      ],
    );
  });
});

describe('books', () => {
  const book = (parts: Parts = {}): Uint8Array =>
    zipped({
      'META-INF/container.xml':
        '<container><rootfiles><rootfile full-path="OEBPS/a.opf"/></rootfiles></container>',
      'OEBPS/a.opf':
        '<package xmlns:dc="d"><metadata><dc:title>책</dc:title><dc:creator>지은이</dc:creator></metadata><manifest><item id="n" href="toc.ncx" media-type="application/x-dtbncx+xml"/><item id="b" href="text/b.xhtml" media-type="application/xhtml+xml"/><item id="a" href="text/a%20a.xhtml" media-type="application/xhtml+xml"/><item id="i" href="i.png" media-type="image/png"/></manifest><spine><itemref idref="a"/><itemref idref="b"/><itemref idref="a"/></spine></package>',
      'OEBPS/toc.ncx':
        '<ncx><navMap><navPoint><navLabel><text>둘째 장</text></navLabel><content src="text/b.xhtml#x"/></navPoint></navMap></ncx>',
      'OEBPS/text/a a.xhtml':
        '<html><head><title>책</title></head><body><h1>첫째 장</h1><p>가</p><p>나</p></body></html>',
      'OEBPS/text/b.xhtml': '<html><body><p>다</p></body></html>',
      ...parts,
    });
  it('are read in the order of their spine, each page once, with headings of their own or of the contents', async () => {
    const document = await readDocument('a.epub', book());
    assert.equal(document.title, '책');
    assert.deepEqual(blocksOf(document), [
      'paragraph > 첫째 장 | 가',
      'paragraph > 첫째 장 | 나',
      'paragraph > 둘째 장 | 다',
    ]);
    assert.deepEqual(placeOf(document, '나'), { kind: 'section', section: 1, paragraph: 3 });
    assert.deepEqual(placeOf(document, '다'), { kind: 'section', section: 2, paragraph: 1 });
  });
  it('that only a shop opens are refused with that reason; fonts made unreadable are no matter', async () => {
    const encryption = (algorithm: string): Parts => ({
      'META-INF/encryption.xml': `<encryption><EncryptedData><EncryptionMethod Algorithm="${algorithm}"/></EncryptedData></encryption>`,
    });
    const locked = await readResult(
      'a.epub',
      book(encryption('http://www.w3.org/2001/04/xmlenc#aes128-cbc')),
    );
    assert.deepEqual(locked, { problem: 'drm', detail: 'encryption.xml' });
    await readDocument('a.epub', book(encryption('http://www.idpf.org/2008/embedding')));
  });
});
