import assert from 'node:assert/strict';
import fc from 'fast-check';
import { termsIn } from '../../src/index/segment/termCounts.ts';
import type { ReadPassage } from '../../src/readers/passageRecords.ts';
import { readDocument } from '../../src/readers/readPassages.ts';
import { prepareQuery } from '../../src/search/query/encodedQuery.ts';

/**
 * Every word of a file finds the file: what a query makes of a word of the decoded text is a term of one of the
 * file's passages. Words are taken from the text by a rule of their own, which knows nothing of Markdown.
 */

const RULES = { minTokens: 8, maxTokens: 40 };
const count = (text: string): number => Math.ceil(text.length / 2);

async function passagesOf(path: string, text: string): Promise<readonly ReadPassage[]> {
  const answer = await readDocument(new TextEncoder().encode(text), path, RULES, count);
  assert.ok(answer.result === 'passages', `${answer.result} ${JSON.stringify(text)}`);
  return answer.passages;
}

/** Letters and digits side by side; a reference to a character and a base64 image are no words. */
function wordsIn(text: string): string[] {
  const read = text
    .replace(/&(?:#\w+|[A-Za-z]+);/g, ' ')
    .replace(/base64,[A-Za-z0-9+/=]+/g, ' ')
    .replace(/[\u00ad\u200b-\u200d\u2060\ufeff]/g, '');
  return [...read.matchAll(/[\p{L}\p{N}\p{M}]+|[→※🎂]/gu)].map(([word]) => word);
}

/** Words of which no passage has every term. */
async function lost(path: string, text: string): Promise<string[]> {
  const passages = (await passagesOf(path, text)).map(({ terms }) => termsIn(terms));
  const has = (
    terms: readonly string[],
    { text: term, prefix }: { text: string; prefix: boolean },
  ): boolean => terms.some(own => (prefix ? own.startsWith(term) : own === term));
  return [...new Set([...wordsIn(text), ...wordsIn(path.replace(/\.[^.]*$/, ''))])].filter(word => {
    const { lexical } = prepareQuery(word);
    return lexical.length === 0 || !passages.some(terms => lexical.every(term => has(terms, term)));
  });
}

const NASTY: Readonly<Record<string, string>> = {
  'a rule first': '---\n장보기: 우유, 달걀: 열 개\n잊지 말 것 - 참기름\n---\n\n그 밖에 없음.\n',
  'a rule first, a sentence': '---\n겸손은 힘들다\n---\n\n오늘의 글귀.\n',
  'a rule first, a list': '---\n- 참기름\n- 간장\n---\n본문\n',
  'a rule that is never closed': '---\n제목: 하나\n본문은 여기\n',
  'broken YAML': '---\ntitle: 도라지: 무침\ntags: [하나, 둘\n---\n\n소금에 절인다.\n',
  'YAML with every kind of value':
    '---\ntitle: 회의\nauthor: {name: 한서윤, mail: "han@example.kr"}\n장소: 별관 소강당\ndate: 2024-09-12\nlist:\n  - 가을\n  - [둘, 셋]\n# 주석도\nnull_field: ~\n긴: |\n  여러 줄\n  글이다\n---\n본문\n',
  'long front matter': `---\n목록:\n${Array.from({ length: 90 }, (_, i) => `  - 항목${i}번째`).join('\n')}\n---\n\n첫째.\n\n# 둘째\n\n글\n`,
  TOML: '+++\ntitle = "축제"\nauthor = \'도하린\'\n[taxonomies]\ntags = ["가을",\n "단풍"]\n+++\n\n일정.\n',
  'a rule of pluses': '+++\n이건 그냥 글\n+++\n\n본문\n',
  'a date at the line': '2024. 4. 8. 훈련\n20714. 번호\n\n1987) 유월\n\n  12. 둘\n',
  links:
    '[약도](https://map.example.kr/place/8842?q=지도#앵커 "길 찾기") <https://auto.link/경로> www.bare.kr/x\n',
  references:
    '[글][참고]와 [그냥].\n\n[참고]: ./문서/설계_초안.md "제목글"\n[그냥]: <a b.md>\n[안쓰임]: http://unused.kr\n',
  images: '![](img/고양이_사진-2.png)\n\n![[평면도_최종.pdf|300]] ![대체글](</경로 하나/b.png>)\n',
  'a fence': '```mermaid {title="흐름"}\ngraph TD\n```\n\n~~~plantuml\n:접수;\n~~~\n\n    들여쓴 code\n',
  HTML: '<img src="amp-lm386.svg" alt="소리 키움틀">\n\n<!-- 숨은 주석 -->\n\n글 <a href="x.html" data-이름=\'값\'>안</a> <span class=c1>밖</span>\n',
  'a comment never closed': '글\n\n<!-- 숨은 주석\n\n다음 문단\n',
  MDX: "import Chart from '../components/막대그래프'\nexport const 상수 = 42\n\n<Tabs items={['하나','둘']}>글</Tabs>\n\n{/* 주석글 */}\n",
  headings:
    '# 배포 {#deploy-anchor .분류}\n\n## [설정](./config/값.md) `코드명`\n\n밑줄제목\n===\n\n###\n\n#해시태그 글\n',
  'headings alone': '# 하나\n## 둘\n### 셋 <!-- 넷 -->\n',
  'one heading': '# 단풍나무 심기\n',
  'one heading of a lower level': '### 작은 제목만\n',
  'front matter alone': '---\ntitle: 막걸리 빚기\n담당: 유다온\n---\n',
  'an image alone': '![](사진/제주_바다.jpg)\n',
  'a comment alone': '<!-- 할일없음 -->\n',
  'a definition alone': '[a]: http://example.com/정의만\n',
  nothing: '',
  blanks: ' \n\t\n\u3000\n',
  'a byte order mark': '\ufeff---\ntags: [꽁치]\n필드: 값\n---\n\n본문.\n',
  'CRLF front matter': '---\r\nauthor: 한서윤\r\n---\r\n\r\n본문\r\n',
  tables: '|머리|값|\n|:-|-:|\n|칸 [링크](표/안.md)|`셀코드`|\n',
  footnotes: '글[^각주1] 끝.\n\n[^각주1]: 각주 내용 http://foot.note\n',
  emphasis: '**굵*게*** ~~취소~~ ==강조== __밑줄__ H~2~O x^2^ _snake_case_ 한**글**은\n',
  formulas: '$$\n\\hat{\\theta} = \\arg\\max_\\theta L(\\theta)\n$$\n\n인라인 $\\alpha_{베타}$.\n',
  entities: 'R&amp;D &nbsp; a&#8209;b &quot;좋다&quot; `&amp;`\n',
  unseen: '보\u200b고서 결\u00ad론 원\u2060안대로 Foo\u200bBarBaz a\u00a0b\n',
  signs: '물 → 불 ※ 주의 생일 🎂\n',
  'a base64 image': `![화면](data:image/png;base64,${'A8SCMwuG4Eqq'.repeat(30)})\n\n비밀번호 찾기\n`,
  'wiki links': '[[회의록 2024-07-08#결정|지난 회의]] [[폴더/문서]] ![[소리.mp3]] ^block-id\n',
  quotes: '> [!warning]- 접힘 제목\n> > 안쪽 [링크](q/안.md)\n>\n> ```js\n> let x\n> ```\n',
  tasks: '- [ ] 할 일 @홍길동 📅 2024-05-01\n- [x] 한 일\n\t1. 하위 항목\n* * *\n',
  'names of identifiers': 'invoiceTotals snake_case kebab-case XMLHttpRequest C++ C# .NET v1.2.3 a/b/c.txt\n',
  'a long paragraph': `${'가나다라 마바사 '.repeat(4000)}은행나무길 ${'아자차 '.repeat(4000)}끝말\n`,
  'a long list': `${Array.from({ length: 4000 }, (_, i) => `- 항목 ${i % 7} [글](길/${i % 5}.md)`).join('\n')}\n- 마지막낱말\n`,
  'a long fence': `\`\`\`text\n${'로그 한 줄 여기\n'.repeat(4000)}마지막줄\n\`\`\`\n뒤따르는 글\n`,
};

describe('every word of a file finds the file', () => {
  for (const [name, text] of Object.entries(NASTY))
    it(name, async () =>
      assert.deepEqual(await lost('폴더 하나/둘-셋/파일_이름 camelCase 2024.md', text), []),
    );

  it('in plain text and MDX', async () => {
    for (const text of Object.values(NASTY).filter(each => each.length < 10_000))
      for (const path of ['a/글.txt', 'a/글.mdx']) assert.deepEqual(await lost(path, text), [], text);
  });

  const PIECES = [
    '---\n', '+++\n', '\n', '\n\n', ' ', '# ', '## ', '- ', '1. ', '2024. ', '> ', '\t', '```', '~~~', '`', '**', '*', '_', '|',
    '[', ']', '(', ')', '](', '![', '[[', ']]', '[^', ']: ', '<', '>', '<!--', '-->', '</a>', '<a href="', '"', "'", '=', ': ',
    '{', '}', '{/*', '*/}', '&', ';', '&amp;', '\\', '$', '~', '#', '.', '/', '-', 'import ', 'export ', 'http://', 'data:',
    '가나다', '마바', '사', 'word', 'Name', '42', '2024', '카', '→', '🎂', '\u200b', '\r\n', ',', '@',
  ]; // prettier-ignore
  it('whatever it is made of', async function () {
    this.timeout(120_000);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom(...PIECES), { maxLength: 40 }), async pieces => {
        const text = pieces.join('');
        assert.deepEqual(await lost('ㄱ/b.md', text), [], JSON.stringify(text));
        assert.deepEqual(await lost('ㄱ/b.mdx', text), [], JSON.stringify(text));
      }),
      { numRuns: 3_000 },
    );
  });
});
