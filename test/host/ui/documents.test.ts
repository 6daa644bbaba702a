/** Documents that are no texts, in a real window: found, shown with their places, opened as text: out/shots/*.png. */
import assert from 'node:assert/strict';
import { strToU8 } from 'fflate';
import { docx, odf, p, pptx, shape, xlsx } from '../../readers/formats/building.ts';
import { hwp5, hwpx, joined, paragraph } from '../../readers/formats/documents.ts';
import { mappedFont, mappedLines, pdf } from '../../readers/formats/pdfFile.ts';
import { openWorkbench, type Workbench } from './workbench.ts';

const hp = (text: string): string => `<hp:p><hp:run><hp:t>${text}</hp:t></hp:run></hp:p>`;
const LETTERS = [...new Set('감사 결과 물품 대장과 실물이 다르다')].join('');

const sheetRow = (number: number, ...cells: readonly string[]): string =>
  `<row r="${number}">${cells.map((text, i) => `<c r="${'AB'[i]}${number}" t="inlineStr"><is><t>${text}</t></is></c>`).join('')}</row>`;

/** Each has one thing that no other has. */
const FILES: Readonly<Record<string, Uint8Array>> = {
  '공문/출장 여비 지침.hwp': hwp5({
    sections: [joined([paragraph(0, '출장 여비 지침'), paragraph(0, '숙박비는 영수증을 붙여 정산한다.')])],
  }),
  '공문/회의실 사용 안내.hwpx': hwpx([hp('회의실 사용 안내') + hp('예약은 사흘 전까지 총무과에 신청한다.')]),
  '보고/신입 교육 계획.docx': docx(
    p('신입 교육 계획') + p('멘토는 첫 주에 정해지고 석 달 동안 바뀌지 않는다.'),
  ),
  '보고/분기 실적.pptx': pptx([
    shape(['분기 실적'], 'title'),
    shape(['해외 매출'], 'title') + shape(['동남아 매출이 두 배로 늘었다.']),
  ]),
  '보고/재고.xlsx': xlsx([['창고', sheetRow(1, '품목', '재고 수량') + sheetRow(2, '복사용지 상자', '42')]]),
  '보고/청사 이전.odt': odf('<office:text><text:p>청사 이전 일정은 의회가 정한다.</text:p></office:text>'),
  '감사/물품 감사.pdf': pdf({
    pages: ['', mappedLines(LETTERS, [{ text: '감사 결과 물품 대장과 실물이 다르다', x: 50, y: 700 }])],
    ...mappedFont(LETTERS),
  }),
  '웹/도서관.html': strToU8(
    '<title>도서관</title><h1>대출 규칙</h1><p>연체하면 그 날수만큼 빌릴 수 없다.</p>',
  ),
  '메일/점심.eml': strToU8(
    'Subject: =?utf-8?B?7KCQ7IusIOyVveyGjQ==?=\r\nFrom: a@example.kr\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n구내식당 대신 국숫집에서 만나요.\r\n',
  ),
  '비밀/배포용.hwp': hwp5({ flags: 5, sections: [paragraph(0, '가려진 글')] }),
  '비밀/암호.hwp': hwp5({ flags: 3, sections: [paragraph(0, '가려진 글')] }),
  '비밀/깨진 문서.docx': strToU8('PK\u0003\u0004 이것은 압축 파일이 아니다'),
};

const ASKED: readonly (readonly [query: string, file: string, place: string])[] = [
  ['숙박비 영수증 정산', '출장 여비 지침.hwp', '1구역 1번째 문단'],
  ['회의실 예약 총무과', '회의실 사용 안내.hwpx', '1구역'],
  ['멘토 석 달', '신입 교육 계획.docx', '문단'],
  ['동남아 매출', '분기 실적.pptx', '슬라이드 2'],
  ['복사용지 재고 수량', '재고.xlsx', '창고 시트 A1'],
  ['청사 이전 의회', '청사 이전.odt', '문단'],
  ['감사 결과 실물', '물품 감사.pdf', '2쪽'],
  ['도서관 연체', '도서관.html', '1구역'],
  ['국숫집', '점심.eml', '1구역'],
];

describe('documents of all kinds', function () {
  this.timeout(180_000);
  let bench: Workbench;

  const search = async (query: string): Promise<void> => {
    await bench.command('말모이: 검색');
    await bench.page.locator('.quick-input-title', { hasText: '말모이 —' }).waitFor();
    await bench.input.fill(query);
  };

  before(async () => {
    bench = await openWorkbench({ theme: 'light', language: 'ko' }, FILES);
    await bench.page
      .locator('.statusbar-item', { hasText: `말모이 ${12 + ASKED.length} 문서` })
      .waitFor({ timeout: 120_000 })
      .catch(async (error: unknown) => {
        await bench.shot('documents-failed-start');
        throw error;
      });
  });
  after(() => bench.close());
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await bench.shot('documents-failed');
  });

  for (const [query, file, place] of ASKED)
    it(`finds ${file} and says where`, async () => {
      await search(query);
      const row = bench.rows.filter({ hasText: file }).filter({ hasText: place }).first();
      await row.waitFor();
      await bench.shot(`document-${file.slice(file.lastIndexOf('.') + 1)}`);
      await bench.page.keyboard.press('Escape');
    });

  it('opens the passage of an HWP document as text, its words tinted, explained and reached by keys', async () => {
    await search('숙박비 영수증 정산');
    await bench.rows.filter({ hasText: '1구역 1번째 문단' }).first().click();
    await bench.page.locator('.tab.active', { hasText: '출장 여비 지침.hwp.txt' }).waitFor();
    const tint = bench.page.locator('.view-lines [class*="ced-"]', { hasText: /영수|수증/ }).first();
    await tint.waitFor();
    const hover = bench.page.locator('.monaco-hover:not(.hidden)', { hasText: '글자 그대로' }).first();
    for (let attempt = 0; attempt < 3 && !(await hover.isVisible()); attempt++) {
      // A view that is being laid out when the pointer comes shows no hover until it comes again.
      await bench.page.mouse.move(640, 700);
      await tint.hover();
      await hover.waitFor({ timeout: 5_000 }).catch(() => undefined);
    }
    assert.ok(await hover.isVisible(), 'the word is explained');
    await bench.shot('document-as-text');
    await bench.page.mouse.move(640, 700);
    const button = bench.page.locator('.editor-actions .action-label[aria-label*="원본 열기"]').first();
    await button.waitFor();
  });

  it('tells in the index report why a document was left out', async () => {
    await bench.command('말모이: 색인 현황');
    for (const [file, reason] of [
      ['배포용.hwp', '배포용 한글 문서'],
      ['암호.hwp', '암호로 잠김'],
      ['깨진 문서.docx', '손상되었거나'],
    ] as const)
      await bench.rows.filter({ hasText: file }).filter({ hasText: reason }).first().waitFor();
    await bench.shot('document-report');
    await bench.page.keyboard.press('Escape');
  });

  it('shows places in the panel', async () => {
    await bench.command('말모이: 패널을 편집기로 열기');
    const panel = bench.webview('last');
    await panel.locator('#query').fill('동남아 매출');
    await panel.locator('.hit .place', { hasText: '슬라이드 2' }).first().waitFor();
    await bench.shot('document-panel');
    assert.deepEqual(bench.errors(), []);
  });
});
