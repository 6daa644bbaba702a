/** A document of every format, and one for every reason to leave a document out; each has words that no other has. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { utils, write } from '@e965/xlsx';
import { strToU8, zipSync } from 'fflate';
import { docx, odf, p, pptx, shape, xlsx, zipped } from '../../readers/formats/building.ts';
import { hwp5, hwpx, joined, paragraph } from '../../readers/formats/documents.ts';
import { mappedFont, mappedLines, pdf } from '../../readers/formats/pdfFile.ts';
import { repository } from '../paths.ts';

type Files = Readonly<Record<string, Uint8Array>>;

const fixture = (name: string): Uint8Array =>
  Uint8Array.from(readFileSync(path.join(repository, 'test/fixtures/documents', name)));

const hp = (text: string): string => `<hp:p><hp:run><hp:t>${text}</hp:t></hp:run></hp:p>`;

/** Enough of each letter that a page of them can be read aloud in a picture. */
const AUDIT = '감사 결과 물품 대장과 실물이 다르다';
const LETTERS = [...new Set(AUDIT)].join('');

const sheetRow = (number: number, ...cells: readonly string[]): string =>
  `<row r="${number}">${cells.map((text, i) => `<c r="${'AB'[i]}${number}" t="inlineStr"><is><t>${text}</t></is></c>`).join('')}</row>`;

const tableCell = (text: string): string => `<table:table-cell><text:p>${text}</text:p></table:table-cell>`;

function oldWorkbook(): Uint8Array {
  const workbook = utils.book_new();
  const rows = [
    ['차량', '주행 거리'],
    ['승합차', 45_000],
  ];
  utils.book_append_sheet(workbook, utils.aoa_to_sheet(rows), '차량');
  return Uint8Array.from(write(workbook, { type: 'buffer', bookType: 'biff8' }) as Buffer);
}

const book = zipped({
  'META-INF/container.xml': '<container><rootfile full-path="a.opf"/></container>',
  'a.opf':
    '<package><manifest><item id="a" href="a.xhtml" media-type="application/xhtml+xml"/></manifest><spine><itemref idref="a"/></spine></package>',
  'a.xhtml': '<html><body><h1>숲의 역사</h1><p>참나무 숲은 오백 년 동안 자랐다.</p></body></html>',
});

const notebook = JSON.stringify({
  cells: [
    { cell_type: 'markdown', source: ['# 강수량 분석\n', '관측소마다 장마 기간이 달랐다.'] },
    { cell_type: 'code', source: 'print(1)', outputs: [{ text: '1' }] },
  ],
});

/** What every document is asked for, and the place that its hit names; '' for a line of a text. */
export interface MixedDocument {
  readonly bytes: Uint8Array;
  readonly query: string;
  readonly place: string;
}

export const DOCUMENTS: Readonly<Record<string, MixedDocument>> = {
  '공문/출장 여비 지침.hwp': {
    bytes: hwp5({
      sections: [joined([paragraph(0, '출장 여비 지침'), paragraph(0, '숙박비는 영수증을 붙여 정산한다.')])],
    }),
    query: '숙박비 영수증 정산',
    place: '1구역 1번째 문단',
  },
  '공문/옛 시험 문서.hwp': { bytes: fixture('hangul3.hwp'), query: '테스트 2015년', place: '1구역' },
  '공문/회의실 사용 안내.hwpx': {
    bytes: hwpx([hp('회의실 사용 안내') + hp('예약은 사흘 전까지 총무과에 신청한다.')]),
    query: '회의실 예약 총무과',
    place: '1구역',
  },
  '공문/민원 처리.hml': {
    bytes: strToU8(
      '<?xml version="1.0" encoding="UTF-8" ?><HWPML Version="2.8"><HEAD/><BODY><SECTION Id="0"><P><TEXT><CHAR>민원은 이레 안에 회신한다.</CHAR></TEXT></P></SECTION></BODY></HWPML>',
    ),
    query: '민원 회신',
    place: '1구역',
  },
  '보고/신입 교육 계획.docx': {
    bytes: docx(p('신입 교육 계획') + p('멘토는 첫 주에 정해지고 석 달 동안 바뀌지 않는다.')),
    query: '멘토 석 달',
    place: '문단',
  },
  '보고/분기 실적.pptx': {
    bytes: pptx([
      shape(['분기 실적'], 'title'),
      shape(['해외 매출'], 'title') + shape(['동남아 매출이 두 배로 늘었다.']),
    ]),
    query: '동남아 매출',
    place: '슬라이드 2',
  },
  '보고/재고.xlsx': {
    bytes: xlsx([['창고', sheetRow(1, '품목', '재고 수량') + sheetRow(2, '복사용지 상자', '42')]]),
    query: '복사용지 재고 수량',
    place: '창고 시트 A1',
  },
  '보고/차량 대장.xls': { bytes: oldWorkbook(), query: '승합차 주행 거리', place: '차량 시트 A1' },
  '보고/옛 보고.doc': {
    bytes: fixture('testWORD6.doc'),
    query: 'quick brown fox jumps',
    place: '1구역 1번째 문단',
  },
  '보고/옛 발표.ppt': { bytes: fixture('WithComments.ppt'), query: 'first only slide', place: '슬라이드 1' },
  '보고/인수인계.rtf': {
    bytes: strToU8('{\\rtf1\\ansi\\ansicpg949\\uc0 \\u51064 \\u49688 \\u51064 \\u44228  \\u49436 \\par}'),
    query: '인수인계 서',
    place: '문단',
  },
  '보고/청사 이전.odt': {
    bytes: odf('<office:text><text:p>청사 이전 일정은 의회가 정한다.</text:p></office:text>'),
    query: '청사 이전 의회',
    place: '문단',
  },
  '보고/급식 단가.ods': {
    bytes: odf(
      `<office:spreadsheet><table:table table:name="급식"><table:table-row>${tableCell('식재료')}${tableCell('쌀과 김치')}</table:table-row></table:table></office:spreadsheet>`,
    ),
    query: '급식 식재료 김치',
    place: '급식 시트 A1',
  },
  '보고/축제 발표.odp': {
    bytes: odf(
      '<office:presentation><draw:page draw:master-page-name="a"><draw:frame><draw:text-box><text:p>연등 행렬은 저녁에 떠난다.</text:p></draw:text-box></draw:frame></draw:page></office:presentation>',
    ),
    query: '연등 행렬 저녁',
    place: '슬라이드 1',
  },
  '감사/물품 감사.pdf': {
    bytes: pdf({
      pages: ['', mappedLines(LETTERS, [{ text: AUDIT, x: 50, y: 700 }])],
      ...mappedFont(LETTERS),
    }),
    query: '감사 결과 실물',
    place: '2쪽',
  },
  '책/숲의 역사.epub': { bytes: book, query: '참나무 오백 년', place: '1구역' },
  '웹/도서관.html': {
    bytes: strToU8('<title>도서관</title><h1>대출 규칙</h1><p>연체하면 그 날수만큼 빌릴 수 없다.</p>'),
    query: '도서관 연체',
    place: '1구역',
  },
  '메일/점심.eml': {
    bytes: strToU8(
      'Subject: =?utf-8?B?7KCQ7IusIOyVveyGjQ==?=\r\nFrom: a@example.kr\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n구내식당 대신 국숫집에서 만나요.\r\n',
    ),
    query: '국숫집',
    place: '1구역',
  },
  '자료/강수량.ipynb': { bytes: strToU8(notebook), query: '관측소 장마', place: '' },
  '자료/회의 녹화.srt': {
    bytes: strToU8('1\n00:01:05,000 --> 00:01:07,000\n예산안을 표결에 부칩니다.\n'),
    query: '예산안 표결',
    place: '0:01:05',
  },
  '자료/연락망.csv': {
    bytes: strToU8('이름,연락처\n길동이,내선 번호 이백\n'),
    query: '길동이 내선 번호',
    place: '',
  },
};

const PICTURE =
  '<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 /Length 1 >>\nstream\n0\nendstream';
const NAMELESS = '\ue000\ue001\ue002\ue003';

/** Each with what the index report says of it. */
export const LEFT_OUT: readonly (readonly [file: string, reason: string, bytes: Uint8Array])[] = [
  ['배포용.hwp', '배포용 한글 문서', hwp5({ flags: 5, sections: [paragraph(0, '가려진 글')] })],
  ['암호.hwp', '암호로 잠김', hwp5({ flags: 3, sections: [paragraph(0, '가려진 글')] })],
  ['도면 보안.pdf', 'DRM으로 보호됨', strToU8('<## NASCA DRM FILE - VER1.00 ##>가려진 글')],
  ['스캔한 계약서.pdf', 'OCR 필요: 글이 없는 쪽이 있음 · 1쪽', pdf({ pages: [''], extra: [PICTURE] })],
  [
    '글꼴 없는 책.pdf',
    '글꼴에 글자 정보가 없음',
    pdf({
      pages: [mappedLines(NAMELESS, [{ text: NAMELESS.repeat(4), x: 50, y: 700 }])],
      ...mappedFont(NAMELESS),
    }),
  ],
  ['깨진 문서.docx', '손상되었거나', strToU8('PK\u0003\u0004 이것은 압축 파일이 아니다')],
  [
    '부푸는 문서.docx',
    '압축을 풀면 너무 큼',
    docx('', { 'word/document.xml': new Uint8Array(70 * 1024 * 1024) }),
  ],
  ['큰 기록.txt', '너무 큼 · 18 MB', new Uint8Array(17 * 1024 * 1024).fill(0x61)],
  ['지난 자료.zip', '압축 파일', zipSync({ 'a.txt': strToU8('글') })],
];

/** Found by its name only; the index report says why. */
export const WITHOUT_TEXT: readonly [file: string, reason: string, bytes: Uint8Array] = [
  '빈 쪽.pdf',
  '글이 없음',
  pdf({ pages: [''], info: { Author: 'Hong' } }),
];

/** All files by their paths. */
export const MIXED_FOLDER: Files = {
  ...Object.fromEntries(Object.entries(DOCUMENTS).map(([file, { bytes }]) => [file, bytes])),
  ...Object.fromEntries([...LEFT_OUT, WITHOUT_TEXT].map(([file, , bytes]) => [`못 읽는 것/${file}`, bytes])),
};
