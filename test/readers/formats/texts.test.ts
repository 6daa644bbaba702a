import assert from 'node:assert/strict';
import { isReadable, OPTIONAL_EXTENSIONS } from '../../../src/text/fileFormats.ts';
import { readerFor } from '../../../src/readers/readers.ts';
import { blocksOf, readDocument, readResult } from './building.ts';

const blocks = async (name: string, text: string): Promise<string[]> => {
  const document = await readDocument(name, Buffer.from(text));
  // Opened in an editor: offsets in the text are offsets in the file.
  if (!name.endsWith('.ipynb')) assert.equal(document.text, text);
  return blocksOf(document);
};

describe('markup that stays as it is written', () => {
  it('reStructuredText has headings by their lines, in the order of their signs', async () =>
    assert.deepEqual(
      await blocks(
        'a.rst',
        '=====\n문서\n=====\n\n첫째\n----\n글\n이어서\n\n둘째\n~~~~\n- 가\n- 나\n\n셋째\n------\n끝\n',
      ),
      [
        'paragraph > 문서 > 첫째 | 글\n이어서',
        'list > 문서 > 첫째 > 둘째 | - 가\n- 나',
        'paragraph > 문서 > 셋째 | 끝',
      ],
    ));
  it('AsciiDoc has headings, but none in listings', async () =>
    assert.deepEqual(
      await blocks('a.adoc', '= 문서\n\n== 첫째\n글\n\n----\n== 코드\n----\n\n=== 둘째 ===\n끝'),
      [
        'paragraph > 문서 > 첫째 | 글',
        'paragraph > 문서 > 첫째 | ----\n== 코드\n----',
        'paragraph > 문서 > 첫째 > 둘째 | 끝',
      ],
    ));
  it('Org has headings without their states and tags', async () => {
    const document = await readDocument(
      'a.org',
      Buffer.from('#+TITLE: 노트\n* TODO 첫째 :할일:\n글\n#+BEGIN_SRC c\n** x\n#+END_SRC\n** 둘째\n끝\n'),
    );
    assert.equal(document.title, '노트');
    assert.deepEqual(blocksOf(document).slice(1), [
      'paragraph > 첫째 | 글\n#+BEGIN_SRC c\n** x\n#+END_SRC',
      'paragraph > 첫째 > 둘째 | 끝',
    ]);
  });
  it('LaTeX has a title and headings', async () => {
    const document = await readDocument(
      'a.tex',
      Buffer.from('\\title{논문 \\\\ 제목}\n\\section{서론}\\label{s}\n글\n\\subsection*{배경}\n끝\n'),
    );
    assert.equal(document.title, '논문 제목');
    assert.deepEqual(blocksOf(document).slice(1), ['paragraph > 서론 | 글', 'paragraph > 서론 > 배경 | 끝']);
  });
  it('a heading with nothing below it is a text of its own', async () =>
    assert.deepEqual(await blocks('a.adoc', '= 가\n== 나\n== 다\n글\n'), [
      'paragraph > 가 | == 나',
      'paragraph > 가 > 다 | 글',
    ]));
});

describe('tables of text', () => {
  it('have each row under the words of the header', async () => {
    const rows = Array.from({ length: 50 }, (_, i) => `${i},"줄 ""${i}""\n바꿈",서울`);
    const found = await blocks('a.csv', `번호,내용,지역\r\n${rows.join('\r\n')}\r\n`);
    assert.equal(found.length, 3);
    assert.equal(
      found.every(block => block.startsWith('table > 번호 · 내용 · 지역 | ')),
      true,
    );
    assert.match(found[0]!, /^.* \| 0,"줄 ""0""\n바꿈",서울\r\n1,/u);
    // No row is torn.
    for (const block of found) assert.match(block, /,서울$/u);
  });
  it('find their separator, and take numbers for no header', async () => {
    assert.deepEqual(await blocks('a.tsv', '성명\t부서\n홍, 길동\t총무\n'), [
      'table > 성명 · 부서 | 홍, 길동\t총무',
    ]);
    assert.deepEqual(await blocks('a.csv', '성명;부서\n홍길동;총무\n'), [
      'table > 성명 · 부서 | 홍길동;총무',
    ]);
    assert.deepEqual(await blocks('a.csv', '1,2\n3,4\n'), ['table | 1,2\n3,4']);
    assert.deepEqual(await blocks('a.csv', '성명,부서\n'), ['table | 성명,부서']);
  });
  it('with a quote that nothing ends lose no row', async () =>
    assert.deepEqual(await blocks('a.csv', '성명,값\n"끝 없는,1\n둘,2\n'), [
      'table > 성명 · 값 | "끝 없는,1\n둘,2',
    ]));
});

describe('subtitles', () => {
  it('have what is said, without its numbers at the ends of a block', async () =>
    assert.deepEqual(
      await blocks(
        'a.srt',
        '1\n00:00:01,000 --> 00:00:02,000\n안녕하세요.\n\n2\n00:00:03,000 --> 00:00:04,000\n둘째 줄\n셋째 줄\n',
      ),
      ['list | 안녕하세요.\n\n2\n00:00:03,000 --> 00:00:04,000\n둘째 줄\n셋째 줄'],
    ));
  it('say when it is said', async () => {
    const text =
      '1\n00:00:01,000 --> 00:00:02,000\n안녕하세요.\n\n2\n01:02:03,000 --> 01:02:04,000\n둘째 줄\n';
    const { places } = await readDocument('a.srt', Buffer.from(text));
    assert.deepEqual(places, [
      { start: 0, location: { kind: 'time', time: '0:00:01' } },
      { start: text.indexOf('01:02:03'), location: { kind: 'time', time: '1:02:03' } },
    ]);
    const short = await readDocument('a.vtt', Buffer.from('WEBVTT\n\n12:34.000 --> 12:35.000\n말\n'));
    assert.deepEqual(short.places, [{ start: 0, location: { kind: 'time', time: '0:12:34' } }]);
    const none = await readDocument('a.srt', Buffer.from('그냥 글\n'));
    assert.deepEqual(none.places, [{ start: 0, location: { kind: 'line' } }]);
  });
  it('of WebVTT have no styles', async () =>
    assert.deepEqual(
      await blocks('a.vtt', 'WEBVTT\n\nSTYLE\n::cue { color: red }\n\n00:01.000 --> 00:02.000\n말\n'),
      ['list | 말'],
    ));
});

describe('notebooks', () => {
  const notebook = (cells: readonly unknown[]): string =>
    JSON.stringify({ cells, metadata: { kernelspec: { language: 'python' } }, nbformat: 4 });
  it('have text, code and what was printed', async () => {
    const cells = [
      { cell_type: 'markdown', source: ['# 분석\n', '\n', '매출을 본다.'] },
      {
        cell_type: 'code',
        source: 'print("```")',
        outputs: [{ output_type: 'stream', text: ['\u001b[31m결과\u001b[0m'] }],
      },
      {
        cell_type: 'code',
        source: 'x',
        outputs: [{ output_type: 'display_data', data: { 'image/png': 'AAAA', 'text/plain': '<Figure>' } }],
      },
      {
        cell_type: 'code',
        source: '',
        outputs: [{ output_type: 'error', ename: 'ValueError', evalue: '잘못' }],
      },
    ];
    const document = await readDocument('a.ipynb', Buffer.from(notebook(cells)));
    assert.equal(document.markup, 'markdown');
    assert.equal(document.title, '분석');
    assert.match(document.text, /````python\nprint\("```"\)\n````\n\n```\n결과\n```/u);
    assert.match(document.text, /ValueError: 잘못/u);
    assert.doesNotMatch(document.text, /AAAA/u);
    assert.deepEqual(
      document.places.map(({ location }) => location),
      [1, 2, 3, 4].map(section => ({ kind: 'section', section, paragraph: 1 })),
    );
  });
  it('that are none are refused as damaged', async () => {
    for (const text of ['{', '[]', '{"cells": 3}', 'null'])
      assert.equal(
        ((await readResult('a.ipynb', Buffer.from(text))) as { problem: string }).problem,
        'damaged',
        text,
      );
    await readDocument(
      'a.ipynb',
      Buffer.from(
        '{"cells": [null, 3, {"cell_type": "code", "source": {"a": 1}, "outputs": "x"}, {"cell_type": "markdown", "source": "글"}]}',
      ),
    );
  });
});

describe('what is read only where it is asked for', () => {
  it('is data and source code', () => {
    for (const name of ['a.json', 'a.yaml', 'a.toml', 'a.xml', 'a.py', 'a.ts', 'a.java']) {
      assert.equal(isReadable(name), false, name);
      assert.equal(isReadable(name, new Set(OPTIONAL_EXTENSIONS)), true, name);
    }
    assert.equal(isReadable('a.py', new Set(['.json'])), false);
    for (const name of ['a.md', 'A.DOCX', 'x/a.hwp.csv', 'a.ipynb'])
      assert.equal(isReadable(name), true, name);
    assert.equal(isReadable('.docx'), false);
  });
  it('of source code has Korean comments and docstrings as passages', async () => {
    assert.deepEqual(
      await blocks(
        'a.py',
        '# 첫째 설명\n# 이어서\nx = "# 문자열"\ndef f():\n    """함수 설명"""\n    return 1  # english only\n',
      ),
      ['paragraph | # 첫째 설명\n# 이어서', 'paragraph | """함수 설명"""'],
    );
    assert.deepEqual(
      await blocks('a.ts', "const a = '// 문자열'; // 주석\n/** 문서\n 주석 */\nlet b = `/* 글 ${x} */`;\n"),
      ['paragraph | // 주석\n/** 문서\n 주석 */'],
    );
    assert.deepEqual(await blocks('a.sql', "-- 설명\nselect '-- 값'"), ['paragraph | -- 설명']);
  });
  it('of data is its text', async () =>
    assert.deepEqual(await blocks('a.yaml', 'a: 값\nb: 1\n\nc: 둘\n'), [
      'code | a: 값\nb: 1',
      'code | c: 둘',
    ]));
  it('has a reader nevertheless', async () => assert.notEqual(await readerFor('a.json'), null));
});
