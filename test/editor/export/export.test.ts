import assert from 'node:assert/strict';
import { markdownLink, quotation } from '../../../src/editor/export/quotation.ts';
import {
  resultsAsCsv,
  resultsAsJson,
  resultsAsMarkdown,
  searchEditorText,
} from '../../../src/editor/export/resultsExport.ts';
import type { Searched } from '../../../src/editor/searchBox/searcher.ts';
import { contribution, hit, result } from '../hits.ts';

const own = hit({
  file: '규정/취업 규칙 (2026).md',
  line: 11,
  headings: ['취업규칙', '연차 [신청]'],
  text: '연차는 3일 전에\n신청한다.\n',
  contributions: [contribution({ ranges: [{ start: 10, end: 12 }] })],
});
const page = hit({
  file: '보고서.pdf',
  location: { kind: 'page', page: 3 },
  text: '=SUM(A1)',
  headings: [],
});
const searched: Searched = { query: '연차 "신청"', channel: 'hybrid', result: result('final', [own, page]) };
const names = {
  path: ({ file }: typeof own) => file,
  place: ({ file, line }: typeof own) => `${file}:${line + 1}`,
};

describe('a passage for another document', () => {
  it('is a link that no name can break', () => {
    assert.equal(markdownLink(own, own.file), '[연차 \\[신청\\]](규정/취업%20규칙%20%282026%29.md#L12)');
    assert.equal(markdownLink(page, page.file), '[보고서.pdf](보고서.pdf)');
  });

  it('is a quotation with its source', () => {
    assert.equal(
      quotation(own, own.file, '취업 규칙:12'),
      [
        '> 연차는 3일 전에',
        '> 신청한다.',
        '>',
        '> — [연차 \\[신청\\]](규정/취업%20규칙%20%282026%29.md#L12) (취업 규칙:12)',
        '',
      ].join('\n'),
    );
  });

  it('stays a quotation whatever the passage says', () => {
    const hostile = hit({ text: 'a\n\n# b\r\n<script>\n```' });
    for (const line of quotation(hostile, 'a.md', 'a').split('\n').slice(0, -1)) assert.match(line, /^>/);
  });
});

describe('exported results', () => {
  it('are Markdown, CSV and JSON with every hit', () => {
    assert.equal(resultsAsMarkdown(searched, names).match(/^> —/gm)?.length, 2);
    const csv = resultsAsCsv(searched, names, ['파일', '자리', '제목', '점수', '문단']);
    assert.ok(csv.includes(`"'=SUM(A1)"`), csv);
    const data = JSON.parse(resultsAsJson(searched)) as { readonly query: string; readonly hits: unknown };
    assert.equal(data.query, searched.query);
    assert.deepEqual(data.hits, JSON.parse(JSON.stringify(searched.result.hits)));
  });

  it('are a search editor whose lines have their numbers, where there are lines', () => {
    const text = searchEditorText(searched, { path: names.path, summary: '파일 2개에서 문단 2개' });
    assert.deepEqual(text.split('\n').slice(0, 4), ['# Query: 연차 "신청"', '', '파일 2개에서 문단 2개', '']);
    const lines = text.split('\n').slice(4);
    assert.deepEqual(lines.slice(0, 4), [
      '규정/취업 규칙 (2026).md:',
      '  12  연차는 3일 전에',
      '  13: 신청한다.',
      '  14  ',
    ]);
    assert.ok(lines.includes('보고서.pdf:'));
    assert.ok(lines.includes('    =SUM(A1)'));
  });
});
