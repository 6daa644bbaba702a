import assert from 'node:assert/strict';
import { formatNumber } from '../../../src/readers/formats/xlsx/numberFormat.ts';
import { columnName } from '../../../src/readers/formats/xlsx/rows.ts';
import { blocksOf, placeOf, readDocument, relations, xlsx } from './building.ts';

const text = (ref: string, value: string): string =>
  `<c r="${ref}" t="inlineStr"><is><t>${value}</t></is></c>`;

describe('workbooks', () => {
  it('reads sheets in their order, rows as lines, the first cell as the place', async () => {
    const document = await readDocument(
      'a.xlsx',
      xlsx([
        [
          '명단',
          `<row r="1">${text('A1', '성명')}${text('C1', '부서')}</row><row r="2">${text('A2', '홍길동')}</row><row r="9">${text('B9', '따로')}</row>`,
        ],
        ['빈 시트', ''],
      ]),
    );
    assert.deepEqual(blocksOf(document), [
      'table > 명단 | 성명\t부서\n홍길동',
      'table > 명단 | 따로',
      'paragraph | 빈 시트',
    ]);
    assert.deepEqual(placeOf(document, '성명'), { kind: 'cell', sheet: '명단', cell: 'A1' });
    assert.deepEqual(placeOf(document, '따로'), { kind: 'cell', sheet: '명단', cell: 'B9' });
  });

  it('reads a sheet once that its workbook names again and again', async () => {
    const bytes = xlsx([['가', `<row r="1">${text('A1', '값')}</row>`]], {
      'xl/workbook.xml': `<workbook xmlns:r="r"><sheets>${'<sheet name="가" r:id="s1"/>'.repeat(200)}<sheet name="나" r:id="s1"/></sheets></workbook>`,
    });
    const blocks = blocksOf(await readDocument('a.xlsx', bytes));
    assert.deepEqual(
      blocks.filter(block => block.includes('값')),
      ['table > 가 | 값'],
    );
    assert.ok(blocks.includes('paragraph | 나'));
  });

  it('reads shared strings of runs, without what says how they are read', async () => {
    const strings =
      '<sst><si><r><t>굵은 </t></r><r><t>글</t></r></si><si><t>東京</t><rPh sb="0" eb="2"><t>とうきょう</t></rPh></si><si><t>줄_x000a_바꿈</t></si></sst>';
    const cells = [0, 1, 2].map(i => `<c r="${columnName(i)}1" t="s"><v>${i}</v></c>`).join('');
    const bytes = xlsx([['가', `<row r="1">${cells}<c r="D1" t="s"><v>99</v></c></row>`]], {
      'xl/sharedStrings.xml': strings,
    });
    assert.deepEqual(blocksOf(await readDocument('a.xlsx', bytes)), ['table > 가 | 굵은 글\t東京\t줄 바꿈']);
  });

  it('shows numbers, dates, truth and results of formulas as they are displayed', async () => {
    const styles =
      '<styleSheet><numFmts><numFmt numFmtId="164" formatCode="yyyy&quot;년&quot; m&quot;월&quot; d&quot;일&quot;"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="3"/><xf numFmtId="9"/></cellXfs></styleSheet>';
    const cells =
      '<c r="A1" s="1"><v>45292</v></c><c r="B1" s="2"><v>1234567</v></c><c r="C1" s="3"><v>0.25</v></c><c r="D1" t="b"><v>1</v></c><c r="E1" t="str"><f>A1&amp;"!"</f><v>결과</v></c><c r="F1"><v>0.30000000000000004</v></c><c r="G1" t="e"><v>#N/A</v></c>';
    const bytes = xlsx([['가', `<row r="1">${cells}</row>`]], { 'xl/styles.xml': styles });
    assert.deepEqual(blocksOf(await readDocument('a.xlsx', bytes)), [
      'table > 가 | 2024년 1월 1일\t1,234,567\t25%\tTRUE\t결과\t0.3\t#N/A',
    ]);
  });

  it('reads comments, threads, links, headers, prompts, text boxes and names', async () => {
    const after =
      '<hyperlinks><hyperlink ref="A1" r:id="h"/></hyperlinks><dataValidations><dataValidation promptTitle="입력" prompt="숫자만"/></dataValidations><headerFooter><oddHeader>&amp;C&amp;"맑은 고딕,보통"&amp;12대외비 &amp;P</oddHeader></headerFooter>';
    const sheet: readonly [string, string, string] = ['가', `<row r="1">${text('A1', '값')}</row>`, after];
    const bytes = xlsx([sheet], {
      'xl/workbook.xml':
        '<workbook xmlns:r="r"><sheets><sheet name="가" r:id="s1"/></sheets><definedNames><definedName name="부가세율">가!$A$1</definedName><definedName name="_xlnm.Print_Area">가!$A$1</definedName></definedNames></workbook>',
      'xl/worksheets/_rels/sheet1.xml.rels': relations([
        ['h', 'hyperlink', 'External:https://a.example'],
        ['c', 'comments', '../comments1.xml'],
        ['t', 'threadedComment', '../threadedComments/t1.xml'],
        ['d', 'drawing', '../drawings/drawing1.xml'],
      ]),
      'xl/comments1.xml':
        '<comments><authors><author>김</author></authors><commentList><comment ref="B2" authorId="0"><text><r><t>메모</t></r></text></comment><comment ref="C3" authorId="0"><text><t>[Threaded comment]</t></text></comment></commentList></comments>',
      'xl/threadedComments/t1.xml':
        '<ThreadedComments><threadedComment ref="C3" personId="{1}"><text>대화</text></threadedComment></ThreadedComments>',
      'xl/drawings/drawing1.xml':
        '<xdr:wsDr xmlns:xdr="x" xmlns:a="a"><xdr:sp><xdr:txBody><a:p><a:r><a:t>상자</a:t></a:r></a:p></xdr:txBody></xdr:sp></xdr:wsDr>',
    });
    const document = await readDocument('a.xlsx', bytes);
    assert.deepEqual(
      blocksOf(document).map(block => block.replace(/^.*\| /u, '')),
      ['값', '김: 메모', '대화', '상자', '입력\n숫자만\n대외비', 'https://a.example', '부가세율'],
    );
    assert.deepEqual(placeOf(document, '메모'), { kind: 'cell', sheet: '가', cell: 'B2' });
  });

  it('begins a new block, with its own place, before a block is longer than a passage', async () => {
    const rows = Array.from(
      { length: 100 },
      (_, i) => `<row r="${i + 1}">${text(`A${i + 1}`, `항목 ${i + 1}`)}</row>`,
    );
    const document = await readDocument('a.xlsx', xlsx([['가', rows.join('')]]));
    assert.deepEqual(placeOf(document, '항목 31'), { kind: 'cell', sheet: '가', cell: 'A31' });
    assert.equal(document.blocks.length, 4);
  });

  it('reads SpreadsheetML 2003, and tables of web pages that are called .xls', async () => {
    const xml =
      '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="가"><Table><Row><Cell><Data ss:Type="String">성명</Data></Cell><Cell ss:Index="3"><Data ss:Type="Number">3</Data></Cell></Row></Table></Worksheet></Workbook>';
    assert.deepEqual(blocksOf(await readDocument('a.xls', Buffer.from(xml))), ['table > 가 | 성명\t3']);
    const html = '<html><meta charset="utf-8"><table><tr><td>성명</td><td>부서</td></tr></table></html>';
    assert.deepEqual(blocksOf(await readDocument('a.xls', Buffer.from(html))), ['table | 성명\t부서']);
  });
});

describe('formatNumber', () => {
  const custom = (code: string): { id: number; code: string } => ({ id: 164, code });
  for (const [code, value, shown] of [
    ['yyyy-mm-dd', 45_356, '2024-03-05'],
    ['yyyy"년" m"월" d"일" aaaa', 45_356, '2024년 3월 5일 화요일'],
    ['m/d (aaa)', 45_356, '3/5 (화)'],
    ['[$-412]AM/PM h:mm', 0.75, '오후 6:00'],
    ['[$-412]AM/PM h:mm', 0.25, '오전 6:00'],
    ['[$-F800]dddd, mmmm dd, yyyy', 45_356, '2024년 3월 5일'],
    ['#,##0"원"', 1_234_567, '1,234,567원'],
    ['#,##0원', 1_234_567, '1,234,567원'],
    ['yyyy년 m월', 45_356, '2024년 3월'],
    ['[$₩-412]#,##0', 5_000, '₩5,000'],
    ['0.0%', 0.1234, '12.3%'],
    ['#,##0;[Red]-#,##0', -5_000, '-5,000'],
    ['[h]:mm', 1.5, '36:00'],
    ['0.00E+00', 12_345, '1.23E+04'],
    ['# ?/?', 2.5, '2 1/2'],
    [';;;', 42, '42'],
    ['[DBNum4][$-412]General', 7, '7'],
  ] as const)
    it(`shows ${value} as ${code}`, () => assert.equal(formatNumber(value, custom(code), false), shown));

  it('shows formats that have a number only as Korean Excel does', () => {
    assert.equal(formatNumber(45_356, { id: 14, code: '' }, false), '2024-03-05');
    assert.equal(formatNumber(45_356, { id: 31, code: '' }, false), '2024년 03월 05일');
    assert.equal(formatNumber(1_234.5, { id: 4, code: '' }, false), '1,234.50');
    assert.equal(formatNumber(5_000, { id: 42, code: '' }, false), '₩5,000');
  });
  it('counts days from 1904 where a workbook does', () =>
    assert.equal(formatNumber(0, custom('yyyy-mm-dd'), true), '1904-01-01'));
  it('shows the number itself where the format is none', () => {
    assert.equal(formatNumber(12.5, custom('"'), false), '12.5');
    assert.equal(formatNumber(12.5, custom('0'.repeat(10_000)), false), '12.5');
    assert.equal(formatNumber(1e300, custom('yyyy-mm-dd'), false), '1e+300');
  });
});
