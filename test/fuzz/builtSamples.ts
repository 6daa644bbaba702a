/** Small documents of each format, made by code. */
import { utils, write, type BookType } from '@e965/xlsx';
import { docx, odf, p, pptx, shape, xlsx, zipped } from '../readers/formats/building.ts';
import { control, hwp5, hwpx, joined, list, paragraph } from '../readers/formats/documents.ts';
import { FIRST_EXTRA, form, mappedFont, mappedLines, pdf } from '../readers/formats/pdfFile.ts';

const PAGE =
  '<html><head><title>제목</title></head><body><h1>하나</h1><p>글</p><table><tr><td>가</td></tr></table></body></html>';

/** An archive of mail. */
const MAIL = `Subject: =?euc-kr?B?sKE=?=\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: text/html\r\n\r\n${PAGE}\r\n--x--`;

const HWPML = `<?xml version="1.0" encoding="UTF-8"?><HWPML Version="2.8"><HEAD><DOCSUMMARY><TITLE>알림</TITLE></DOCSUMMARY></HEAD><BODY><SECTION Id="0"><P><TEXT><CHAR>글<TAB/>자</CHAR><TABLE><ROW><CELL><PARALIST><P><TEXT><CHAR>가</CHAR></TEXT></P></PARALIST></CELL></ROW></TABLE></TEXT></P></SECTION></BODY></HWPML>`;

function workbook(kind: BookType): Uint8Array {
  const book = utils.book_new();
  const rows = [
    ['성명', 1.5],
    ['홍길동', 45_000],
  ];
  utils.book_append_sheet(book, utils.aoa_to_sheet(rows), '명단');
  return write(book, { type: 'buffer', bookType: kind }) as Buffer;
}

/** A page in a Korean font, and one that draws a drawing. */
function pdfs(): Uint8Array[] {
  const letters = '한글문서';
  const korean = mappedLines(letters, [{ text: letters, x: 50, y: 700 }]);
  const drawing = form('BT /F1 10 Tf 50 600 Td (Inner) Tj ET /A Do', { A: FIRST_EXTRA + 1 }, true);
  return [
    pdf({ pages: [korean], ...mappedFont(letters) }),
    pdf({
      pages: ['BT /F1 10 Tf 50 700 Td (Outer) Tj ET /A Do'],
      forms: { A: FIRST_EXTRA },
      extra: [drawing, form('BT /F1 10 Tf 50 500 Td (Last) Tj ET')],
      outline: [{ title: 'Outer', page: 0, top: 700 }],
    }),
  ];
}

function hwp(): Uint8Array {
  const cell = joined([list(2), paragraph(2, '칸')]);
  return hwp5({ sections: [joined([paragraph(0, '본문'), control(1, 'tbl '), cell, paragraph(0, '끝')])] });
}

const text = (written: string) => (): Uint8Array[] => [Buffer.from(written)];

export const BUILT: Readonly<Record<string, () => readonly Uint8Array[]>> = {
  hwp: () => [hwp()],
  hwpx: () => [
    hwpx([
      '<hp:p><hp:run><hp:t>글</hp:t><hp:tbl><hp:tr><hp:tc><hp:subList><hp:p><hp:run><hp:t>칸</hp:t></hp:run></hp:p></hp:subList></hp:tc></hp:tr></hp:tbl></hp:run></hp:p>',
    ]),
  ],
  hml: text(HWPML),
  pdf: pdfs,
  docx: () => [
    docx(
      p('제목', '<w:outlineLvl w:val="0"/>') +
        `<w:tbl><w:tr><w:tc>${p('칸')}</w:tc></w:tr></w:tbl>` +
        p('본문'),
    ),
  ],
  pptx: () => [pptx([shape(['제목'], 'title') + shape(['가', '나']), shape(['둘째'])])],
  xlsx: () => [
    xlsx([
      [
        '가',
        '<row r="1"><c r="A1" t="inlineStr"><is><t>값</t></is></c><c r="B1" s="1"><v>45000</v></c></row>',
      ],
    ]),
  ],
  xlsb: () => [workbook('xlsb')],
  xls: () => [workbook('biff8'), workbook('biff5'), workbook('biff2')],
  odt: () => [
    odf('<office:text><text:h text:outline-level="1">제목</text:h><text:p>본문</text:p></office:text>'),
  ],
  ods: () => [
    odf(
      '<office:spreadsheet><table:table table:name="가"><table:table-row><table:table-cell><text:p>값</text:p></table:table-cell></table:table-row></table:table></office:spreadsheet>',
    ),
  ],
  odp: () => [
    odf(
      '<office:presentation><draw:page draw:master-page-name="a"><draw:frame><draw:text-box><text:p>글</text:p></draw:text-box></draw:frame></draw:page></office:presentation>',
    ),
  ],
  epub: () => [
    zipped({
      'META-INF/container.xml': '<container><rootfile full-path="a.opf"/></container>',
      'a.opf':
        '<package><manifest><item id="a" href="a.xhtml" media-type="application/xhtml+xml"/></manifest><spine><itemref idref="a"/></spine></package>',
      'a.xhtml': PAGE,
    }),
  ],
  rtf: () => [
    Buffer.from(
      "{\\rtf1\\ansi\\ansicpg949{\\fonttbl{\\f0\\fcharset129 a;}}{\\info{\\title \\'b0\\'a1}}\\f0\\'b0\\'a1\\u44032?\\par\\trowd a\\cell b\\cell\\row}",
      'latin1',
    ),
  ],
  html: text(PAGE),
  eml: text(MAIL),
  ipynb: text(
    '{"cells":[{"cell_type":"markdown","source":["# 제목\\n","글"]},{"cell_type":"code","source":"x","outputs":[{"text":"1"}]}]}',
  ),
  md: text(
    '---\ntitle: 제목\n---\n# 하나\n\n- 가 [나](다.md)\n\n| 라 | 마 |\n|---|---|\n| 바 | 사 |\n\n<p>글</p>\n',
  ),
  csv: text('번호,내용\n1,"가 ""나"" 다"\n2,라\n'),
  tsv: text('번호\t내용\n1\t가\n'),
  rst: text('제목\n====\n\n글\n\n둘\n--\n- 가\n'),
  adoc: text('= 제목\n:author: 홍길동\n\n== 하나\n\n글\n\n|===\n|가 |나\n|===\n'),
  org: text('#+TITLE: 제목\n* 하나 :표:\n글\n#+BEGIN_SRC js\nx\n#+END_SRC\n'),
  tex: text(
    '\\documentclass{article}\n\\begin{document}\n\\section{하나}\n글 \\emph{가} % 나\n\\end{document}\n',
  ),
  srt: text('1\n00:00:01,000 --> 00:00:02,000\n<i>가</i>\n\n2\n00:00:03,000 --> 00:00:04,000\n나\n'),
  vtt: text('WEBVTT\n\n00:01.000 --> 00:02.000\n가\n'),
  smi: text('<SAMI><BODY><SYNC Start=1000><P Class=KRCC>가<br>나<SYNC Start=2000><P>다</BODY></SAMI>'),
  json: text('{"제목":"가","목록":[1,{"나":"다"}]}'),
  yaml: text('제목: 가\n목록:\n  - 나\n# 다\n'),
  xml: text('<?xml version="1.0"?><문서><제목 이름="가">나</제목><!-- 다 --></문서>'),
  py: text('"""가\n나"""\n# 다\nx = "라"\n'),
};

export const BUILT_FORMATS: readonly string[] = Object.keys(BUILT);
