import assert from 'node:assert/strict';
import { blocksOf, docx, p, placeOf, readDocument, relations, xlsx } from './building.ts';

const styles = (inner: string): { 'word/styles.xml': string } => ({
  'word/styles.xml': `<w:styles xmlns:w="w">${inner}</w:styles>`,
});

describe('Word documents', () => {
  it('reads paragraphs with breaks, tabs and hyphens', async () => {
    const body =
      '<w:p><w:r><w:t>회의</w:t></w:r><w:r><w:t>록</w:t><w:br/><w:t>둘째</w:t><w:tab/><w:t>칸</w:t><w:noBreakHyphen/><w:t>끝</w:t></w:r></w:p>';
    assert.deepEqual(blocksOf(await readDocument('a.docx', docx(body))), ['paragraph | 회의록\n둘째\t칸-끝']);
  });

  it('finds headings by name, by outline level and through the styles that they come from', async () => {
    const list = styles(
      '<w:style w:type="paragraph" w:styleId="a"><w:name w:val="heading 1"/></w:style>' +
        '<w:style w:type="paragraph" w:styleId="b"><w:name w:val="우리 제목"/><w:basedOn w:val="a"/></w:style>' +
        '<w:style w:type="paragraph" w:styleId="c"><w:name w:val="개요 2"/></w:style>' +
        '<w:style w:type="paragraph" w:styleId="d"><w:name w:val="Title"/></w:style>' +
        '<w:style w:type="paragraph" w:styleId="loop"><w:name w:val="x"/><w:basedOn w:val="loop"/></w:style>',
    );
    const style = (id: string): string => `<w:pStyle w:val="${id}"/>`;
    const body =
      p('문서', style('d')) +
      p('하나', style('b')) +
      p('본문 1') +
      p('둘', style('c')) +
      p('본문 2', style('loop')) +
      p('셋', '<w:outlineLvl w:val="0"/>') +
      p('본문 3', '<w:outlineLvl w:val="9"/>');
    const document = await readDocument('a.docx', docx(body, list));
    assert.deepEqual(blocksOf(document), [
      'paragraph > 문서 > 하나 | 본문 1',
      'paragraph > 문서 > 하나 > 둘 | 본문 2',
      'paragraph > 문서 > 셋 | 본문 3',
    ]);
    assert.equal(document.title, '문서');
  });
  it('does not take the style before a tracked change for the style', async () => {
    const changed = '<w:pPrChange><w:pPr><w:pStyle w:val="Heading1"/></w:pPr></w:pPrChange>';
    assert.deepEqual(blocksOf(await readDocument('a.docx', docx(p('본문', changed)))), ['paragraph | 본문']);
  });

  it('reads tables row by row, and tables in their cells', async () => {
    const cell = (inner: string): string => `<w:tc>${inner}</w:tc>`;
    const inner = `<w:tbl><w:tr>${cell(p('안1'))}${cell(p('안2'))}</w:tr></w:tbl>`;
    const body = `<w:tbl><w:tr>${cell(p('성명'))}${cell(p('부서'))}</w:tr><w:tr>${cell(p('홍길동') + p('(대리)'))}${cell(inner)}</w:tr></w:tbl>`;
    assert.deepEqual(blocksOf(await readDocument('a.docx', docx(body))), [
      'table | 성명\t부서\n홍길동\n(대리)\t안1\t안2',
    ]);
  });

  it('keeps what was inserted in the text and what was deleted beside it', async () => {
    const body =
      '<w:p><w:r><w:t>예산은 </w:t></w:r><w:ins><w:r><w:t>삼백</w:t></w:r></w:ins><w:del><w:r><w:delText>이백</w:delText></w:r></w:del><w:r><w:t>만 원</w:t></w:r></w:p>' +
      '<w:p><w:moveFrom><w:r><w:t>옮긴 말</w:t></w:r></w:moveFrom></w:p>';
    assert.deepEqual(blocksOf(await readDocument('a.docx', docx(body))), [
      'paragraph | 예산은 삼백만 원',
      'paragraph | 이백',
      'paragraph | 옮긴 말',
    ]);
  });

  it('puts notes and comments after the paragraph that refers to them, and leaves none out', async () => {
    const note = (of: string, id: number, text: string): string =>
      `<w:${of} w:id="${id}" w:author="김 과장">${p(text)}</w:${of}>`;
    const bytes = docx(
      '<w:p><w:r><w:t>본문</w:t><w:footnoteReference w:id="2"/><w:commentReference w:id="7"/></w:r></w:p>' +
        p('다음'),
      {
        'word/_rels/document.xml.rels': relations([
          ['f', 'footnotes', 'footnotes.xml'],
          ['c', 'comments', 'comments.xml'],
        ]),
        'word/footnotes.xml': `<w:footnotes xmlns:w="w"><w:footnote w:id="2">${p('각주')}</w:footnote></w:footnotes>`,
        'word/comments.xml': `<w:comments xmlns:w="w">${note('comment', 7, '검토 바람')}${note('comment', 8, '잊힌 메모')}</w:comments>`,
      },
    );
    const blocks = blocksOf(await readDocument('a.docx', bytes));
    assert.deepEqual(
      blocks.map(block => block.replace('paragraph | ', '')),
      ['본문', '각주', '김 과장', '검토 바람', '다음', '김 과장', '잊힌 메모'],
    );
  });

  it('reads a text box once, and the drawing of older programs where there is no other', async () => {
    const box = (text: string): string => `<w:txbxContent>${p(text)}</w:txbxContent>`;
    const both = `<mc:AlternateContent><mc:Choice>${box('글상자')}</mc:Choice><mc:Fallback>${box('글상자')}</mc:Fallback></mc:AlternateContent>`;
    const old = `<mc:AlternateContent><mc:Fallback>${box('옛 글상자')}</mc:Fallback></mc:AlternateContent>`;
    const body = `<w:p><w:r><w:t>앞</w:t>${both}${old}<w:t>뒤</w:t></w:r></w:p>`;
    assert.deepEqual(blocksOf(await readDocument('a.docx', docx(body))), [
      'paragraph | 앞뒤',
      'paragraph | 글상자',
      'paragraph | 옛 글상자',
    ]);
  });

  it('says where links lead, unless the text says it', async () => {
    const field =
      '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>HYPERLINK "https://b.example"</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>저기</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>';
    const page =
      '<w:r><w:fldChar w:fldCharType="begin"/><w:instrText> PAGE </w:instrText><w:fldChar w:fldCharType="end"/></w:r>';
    const body = `<w:p><w:hyperlink r:id="h"><w:r><w:t>여기</w:t></w:r></w:hyperlink>${field}${page}</w:p>`;
    const rels = {
      'word/_rels/document.xml.rels': relations([['h', 'hyperlink', 'External:https://a.example/']]),
    };
    const blocks = blocksOf(await readDocument('a.docx', docx(body, rels)));
    assert.deepEqual(blocks, ['paragraph | 여기저기\nhttps://a.example/\nhttps://b.example']);
  });

  it('reads headers and footers once, at the end', async () => {
    const header = `<w:hdr xmlns:w="w">${p('대외비')}</w:hdr>`;
    const bytes = docx(p('본문'), {
      'word/_rels/document.xml.rels': relations([
        ['1', 'header', 'header1.xml'],
        ['2', 'header', 'header2.xml'],
        ['3', 'footer', 'footer1.xml'],
      ]),
      'word/header1.xml': header,
      'word/header2.xml': header,
      'word/footer1.xml': `<w:ftr xmlns:w="w">${p('총무과')}</w:ftr>`,
    });
    assert.deepEqual(blocksOf(await readDocument('a.docx', bytes)), [
      'paragraph | 본문',
      'paragraph | 대외비',
      'paragraph | 총무과',
    ]);
  });

  it('reads what pictures show, and words above words', async () => {
    const body =
      '<w:p><w:r><w:drawing><wp:docPr id="1" name="그림 1" descr="조직도"/></w:drawing></w:r>' +
      '<w:r><w:ruby><w:rt><w:r><w:t>한</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>韓</w:t></w:r></w:rubyBase></w:ruby></w:r></w:p>';
    assert.deepEqual(blocksOf(await readDocument('a.docx', docx(body))), [
      'paragraph | 韓(한)',
      'paragraph | 조직도',
    ]);
  });

  it('has properties as fields, and places by section and paragraph', async () => {
    const bytes = docx(p('첫째') + p('둘째', '<w:sectPr/>') + p('셋째'), {
      'docProps/core.xml':
        '<cp:coreProperties xmlns:cp="c" xmlns:dc="d" xmlns:dcterms="t"><dc:title>보고서</dc:title><dc:creator>홍길동</dc:creator><cp:keywords>예산, 결산</cp:keywords><dcterms:created>2024-03-05T01:02:03Z</dcterms:created></cp:coreProperties>',
    });
    const document = await readDocument('a.docx', bytes);
    assert.equal(document.title, '보고서');
    assert.deepEqual(document.keywords, ['예산', '결산']);
    const fields = document.text.slice(0, document.fields);
    assert.match(fields, /creator: 홍길동\n/u);
    assert.match(fields, /created: 2024-03-05\n/u);
    assert.deepEqual(placeOf(document, '둘째'), { kind: 'section', section: 1, paragraph: 2 });
    assert.deepEqual(placeOf(document, '셋째'), { kind: 'section', section: 2, paragraph: 1 });
  });

  it('reads embedded documents one level deep', async () => {
    const cell = '<row r="1"><c r="A1" t="inlineStr"><is><t>속 문서</t></is></c></row>';
    const inner = docx(p('더 속'));
    const book = xlsx([['표', cell]], {
      'xl/worksheets/_rels/sheet1.xml.rels': relations([['e', 'package', '../embeddings/속.docx']]),
      'xl/embeddings/속.docx': inner,
    });
    const bytes = docx(p('겉'), {
      'word/_rels/document.xml.rels': relations([['e', 'package', 'embeddings/표.xlsx']]),
      'word/embeddings/표.xlsx': book,
    });
    const document = await readDocument('a.docx', bytes);
    assert.deepEqual(blocksOf(document), ['paragraph | 겉', 'table > 표.xlsx > 표 | 속 문서']);
    assert.match((await readDocument('표.xlsx', book)).text, /더 속/u);
  });

  it('reads Word 2003 XML', async () => {
    const xml = `<?xml version="1.0"?><w:wordDocument xmlns:w="w"><w:body>${p('평평한 문서')}</w:body></w:wordDocument>`;
    assert.deepEqual(blocksOf(await readDocument('a.doc', Buffer.from(xml))), ['paragraph | 평평한 문서']);
  });
});
