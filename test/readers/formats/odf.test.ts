import assert from 'node:assert/strict';
import { blocksOf, odf, placeOf, readDocument, readResult } from './building.ts';

const textOf = (inner: string): Uint8Array => odf(`<office:text>${inner}</office:text>`);

describe('OpenDocument texts', () => {
  it('have headings, lists, tables, links and blanks', async () => {
    const cell = (inner: string): string => `<table:table-cell><text:p>${inner}</text:p></table:table-cell>`;
    const document = await readDocument(
      'a.odt',
      textOf(
        '<text:h text:outline-level="1">하나</text:h><text:p>앞<text:s text:c="2"/>뒤<text:line-break/>줄</text:p>' +
          '<text:h text:outline-level="2">둘</text:h><text:list><text:list-item><text:p>항목</text:p></text:list-item></text:list>' +
          `<table:table><table:table-row>${cell('가')}${cell('나')}</table:table-row></table:table>` +
          '<text:p><text:a xlink:href="https://a.example">여기</text:a></text:p>',
      ),
    );
    assert.deepEqual(blocksOf(document), [
      'paragraph > 하나 | 앞  뒤\n줄',
      'list > 하나 > 둘 | 항목',
      'table > 하나 > 둘 | 가\t나',
      'paragraph > 하나 > 둘 | 여기\nhttps://a.example',
    ]);
    assert.deepEqual(placeOf(document, '항목'), { kind: 'section', section: 1, paragraph: 4 });
  });
  it('have the title of the style that an automatic one comes from', async () => {
    const bytes = odf(
      '<office:text><text:p text:style-name="P1">제목</text:p><text:p>본문</text:p></office:text>',
      {
        'styles.xml':
          '<a xmlns:style="s"><style:style style:name="P1" style:family="paragraph" style:parent-style-name="Title"/></a>',
      },
    );
    assert.deepEqual(blocksOf(await readDocument('a.odt', bytes)), ['paragraph > 제목 | 본문']);
  });
  it('have notes, comments, text boxes and descriptions after their paragraph, deleted text at the end', async () => {
    const inner =
      '<text:tracked-changes><text:changed-region><text:deletion><text:p>지운 말</text:p></text:deletion></text:changed-region></text:tracked-changes>' +
      '<text:p>본문<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>각주</text:p></text:note-body></text:note>' +
      '<office:annotation><dc:creator xmlns:dc="dc">김</dc:creator><text:p>메모</text:p></office:annotation>' +
      '<draw:frame><draw:text-box><text:p>상자</text:p></draw:text-box><svg:desc xmlns:svg="s">그림 설명</svg:desc></draw:frame> 끝</text:p>';
    assert.deepEqual(
      blocksOf(await readDocument('a.odt', textOf(inner))).map(block => block.replace('paragraph | ', '')),
      ['본문 끝', '각주', '메모', '김', '상자', '그림 설명', '지운 말'],
    );
  });
  it('have headers and footers, properties and charts', async () => {
    const bytes = odf('<office:text><text:p>본문</text:p></office:text>', {
      'styles.xml':
        '<a xmlns:style="s" xmlns:text="t"><style:master-page><style:header><text:p>대외비</text:p></style:header></style:master-page></a>',
      'meta.xml':
        '<office:document-meta xmlns:office="o" xmlns:dc="d" xmlns:meta="m"><dc:title>보고서</dc:title><meta:keyword>예산</meta:keyword></office:document-meta>',
      'Object 1/content.xml':
        '<a xmlns:text="t"><office:body xmlns:office="o"><text:p>매출</text:p></office:body></a>',
    });
    const document = await readDocument('a.odt', bytes);
    assert.deepEqual(blocksOf(document), ['paragraph | 본문', 'paragraph | 대외비', 'paragraph | 매출']);
    assert.deepEqual([document.title, document.keywords], ['보고서', ['예산']]);
  });
  it('that need a password are refused with that reason', async () => {
    const manifest =
      '<manifest><file-entry full-path="content.xml"><encryption-data/></file-entry></manifest>';
    const result = await readResult('a.odt', odf('', { 'META-INF/manifest.xml': manifest }));
    assert.deepEqual(result, { problem: 'encrypted', detail: 'manifest' });
  });
  it('that are one XML file are read, too', async () => {
    const flat =
      '<?xml version="1.0"?><office:document xmlns:office="o" xmlns:text="t"><office:meta/><office:body><office:text><text:p>평평</text:p></office:text></office:body></office:document>';
    assert.deepEqual(blocksOf(await readDocument('a.fodt', Buffer.from(flat))), ['paragraph | 평평']);
  });
});

describe('OpenDocument sheets', () => {
  it('have their names as headings and the first cell as the place', async () => {
    const cell = (value: string, attributes = ''): string =>
      `<table:table-cell${attributes}><text:p>${value}</text:p></table:table-cell>`;
    const rows =
      `<table:table-row><table:table-cell table:number-columns-repeated="2"/>${cell('성명')}${cell('금액')}</table:table-row>` +
      '<table:table-row table:number-rows-repeated="3"><table:table-cell/></table:table-row>' +
      `<table:table-row><table:table-cell><office:annotation><text:p>메모</text:p></office:annotation><text:p>홍길동</text:p></table:table-cell></table:table-row>`;
    const document = await readDocument(
      'a.ods',
      odf(`<office:spreadsheet><table:table table:name="명단">${rows}</table:table></office:spreadsheet>`),
    );
    assert.deepEqual(blocksOf(document), [
      'table > 명단 | 성명\t금액',
      'table > 명단 | 홍길동',
      'paragraph > 명단 | 메모',
    ]);
    assert.deepEqual(placeOf(document, '성명'), { kind: 'cell', sheet: '명단', cell: 'C1' });
    assert.deepEqual(placeOf(document, '홍길동'), { kind: 'cell', sheet: '명단', cell: 'A5' });
    assert.deepEqual(placeOf(document, '메모'), { kind: 'cell', sheet: '명단', cell: 'A5' });
  });
});

describe('OpenDocument presentations', () => {
  it('have titles as headings, notes, and the slide as the place', async () => {
    const frame = (text: string, kind = ''): string =>
      `<draw:frame${kind === '' ? '' : ` presentation:class="${kind}"`}><draw:text-box><text:p>${text}</text:p></draw:text-box></draw:frame>`;
    const page = (inner: string): string => `<draw:page draw:master-page-name="기본">${inner}</draw:page>`;
    const notes = `<presentation:notes>${frame('말할 것')}</presentation:notes>`;
    const document = await readDocument(
      'a.odp',
      odf(
        `<office:presentation>${page(frame('첫 장', 'title') + frame('내용') + notes)}${page(frame('둘째 장 내용'))}</office:presentation>`,
      ),
    );
    assert.deepEqual(blocksOf(document), [
      'paragraph > 첫 장 | 내용',
      'paragraph > 첫 장 | 말할 것',
      'paragraph | 둘째 장 내용',
    ]);
    assert.deepEqual(placeOf(document, '둘째'), { kind: 'slide', slide: 2 });
  });
});
