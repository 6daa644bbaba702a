/** Files to damage: real documents where they are at hand, else the fixtures and what tests build. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { utils, write } from '@e965/xlsx';
import { docx, odf, p, pptx, shape, xlsx, zipped } from '../readers/formats/building.ts';

export interface Sample {
  readonly name: string;
  readonly bytes: Uint8Array;
}

const ROOT = path.join(import.meta.dirname, '../..');
const FIXTURES = path.join(ROOT, 'test/fixtures/documents');
/** `MALMOI_DOCUMENTS` names another folder. */
const DOCUMENTS = process.env['MALMOI_DOCUMENTS'] ?? path.join(ROOT, '../shared/documents');
const MAX_BYTES = 1024 * 1024;

/** All samples with an extension (`docx`), from real documents if there are any. */
export function samplesOf(format: string): readonly Sample[] {
  const real = existsSync(DOCUMENTS) ? filesIn(DOCUMENTS, `.${format}`) : [];
  return real.length > 0 ? real : smallSamplesOf(format);
}

/** Of fixtures and of what tests build: the same on every machine. */
export function smallSamplesOf(format: string): readonly Sample[] {
  const built = BUILT[format]?.();
  const samples = filesIn(FIXTURES, `.${format}`);
  return built === undefined
    ? samples
    : [...samples, { name: `built.${format}`, bytes: Uint8Array.from(built) }];
}

function filesIn(folder: string, extension: string): Sample[] {
  return readdirSync(folder)
    .sort()
    .flatMap(name => {
      const file = path.join(folder, name);
      const found = statSync(file);
      if (found.isDirectory()) return filesIn(file, extension);
      if (!name.toLowerCase().endsWith(extension) || found.size > MAX_BYTES) return [];
      return [{ name: file, bytes: Uint8Array.from(readFileSync(file)) }];
    });
}

const PAGE =
  '<html><head><title>제목</title></head><body><h1>하나</h1><p>글</p><table><tr><td>가</td></tr></table></body></html>';

const BUILT: Readonly<Record<string, () => Uint8Array>> = {
  docx: () =>
    docx(
      p('제목', '<w:outlineLvl w:val="0"/>') +
        `<w:tbl><w:tr><w:tc>${p('칸')}</w:tc></w:tr></w:tbl>` +
        p('본문'),
    ),
  pptx: () => pptx([shape(['제목'], 'title') + shape(['가', '나']), shape(['둘째'])]),
  xlsx: () =>
    xlsx([
      [
        '가',
        '<row r="1"><c r="A1" t="inlineStr"><is><t>값</t></is></c><c r="B1" s="1"><v>45000</v></c></row>',
      ],
    ]),
  odt: () =>
    odf('<office:text><text:h text:outline-level="1">제목</text:h><text:p>본문</text:p></office:text>'),
  ods: () =>
    odf(
      '<office:spreadsheet><table:table table:name="가"><table:table-row><table:table-cell><text:p>값</text:p></table:table-cell></table:table-row></table:table></office:spreadsheet>',
    ),
  odp: () =>
    odf(
      '<office:presentation><draw:page draw:master-page-name="a"><draw:frame><draw:text-box><text:p>글</text:p></draw:text-box></draw:frame></draw:page></office:presentation>',
    ),
  epub: () =>
    zipped({
      'META-INF/container.xml': '<container><rootfile full-path="a.opf"/></container>',
      'a.opf':
        '<package><manifest><item id="a" href="a.xhtml" media-type="application/xhtml+xml"/></manifest><spine><itemref idref="a"/></spine></package>',
      'a.xhtml': PAGE,
    }),
  xls: () => {
    const workbook = utils.book_new();
    utils.book_append_sheet(
      workbook,
      utils.aoa_to_sheet([
        ['성명', 1.5],
        ['홍길동', 45_000],
      ]),
      '명단',
    );
    return write(workbook, { type: 'buffer', bookType: 'biff8' }) as Buffer;
  },
  rtf: () =>
    Buffer.from(
      "{\\rtf1\\ansi\\ansicpg949{\\fonttbl{\\f0\\fcharset129 a;}}{\\info{\\title \\'b0\\'a1}}\\f0\\'b0\\'a1\\u44032?\\par\\trowd a\\cell b\\cell\\row}",
      'latin1',
    ),
  html: () => Buffer.from(PAGE),
  eml: () =>
    Buffer.from(
      `Subject: =?euc-kr?B?sKE=?=\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: text/html\r\n\r\n${PAGE}\r\n--x--`,
    ),
  ipynb: () =>
    Buffer.from(
      '{"cells":[{"cell_type":"markdown","source":["# 제목\\n","글"]},{"cell_type":"code","source":"x","outputs":[{"text":"1"}]}]}',
    ),
  csv: () => Buffer.from('번호,내용\n1,"가 ""나"" 다"\n2,라\n'),
  rst: () => Buffer.from('제목\n====\n\n글\n\n둘\n--\n- 가\n'),
};

export const BUILT_FORMATS: readonly string[] = Object.keys(BUILT);
