import assert from 'node:assert/strict';
import fc from 'fast-check';
import { frontMatterOf, NO_FRONT_MATTER } from '../../src/text/frontMatter.ts';

describe('frontMatterOf', () => {
  it('reads YAML', () => {
    const text = '---\r\n제목: 회의\ntags: [가을, 단풍]\naliases: 모임\n---  \r\n본문';
    const { end, title, tags, keywords } = frontMatterOf(text);
    assert.equal(text.slice(end), '본문');
    assert.deepEqual([title, tags, keywords], ['회의', ['가을', '단풍'], ['가을', '단풍', '모임']]);
  });
  it('reads TOML, also tags in a table and values of several lines', () => {
    const text =
      '+++\n# 주석\ntitle = "연등 \\"축제\\""\ndraft = false\n[taxonomies]\ntags = [\n  "가을", # 주석\n  \'단풍\',\n]\ndescription = """\n긴\n글"""\n+++\n본문';
    const { end, title, tags, keywords } = frontMatterOf(text);
    assert.equal(text.slice(end), '본문');
    assert.deepEqual([title, tags], ['연등 "축제"', ['가을', '단풍']]);
    assert.ok(keywords.some(word => word.includes('긴\n글')));
  });
  it('takes two rules with anything else between them for text', () => {
    for (const inside of [
      '겸손은 힘들다',
      '- 참기름\n- 간장',
      '장보기: 우유, 달걀: 열 개\n잊지 말 것 - 참기름',
      '',
      '# 주석만',
      '"글"',
      '2024',
    ])
      assert.deepEqual(frontMatterOf(`---\n${inside}\n---\n본문`), NO_FRONT_MATTER, inside);
    for (const inside of ['그냥 글', '- 목록', '# 제목', 'a = 1\n그리고 글'])
      assert.deepEqual(frontMatterOf(`+++\n${inside}\n+++\n본문`), NO_FRONT_MATTER, inside);
  });
  it('takes what does not parse for text, with the tags that do', () => {
    const { end, title, tags } = frontMatterOf('---\ntags: [하나\ntitle: 도라지: 무침\n---\n본문');
    assert.deepEqual([end, title, tags], [0, null, ['하나']]);
  });
  it('stands at the very beginning, and is closed', () => {
    for (const text of [
      '\n---\na: 1\n---\n',
      '---\na: 1\n',
      '--- a: 1\n---\n',
      '----\na: 1\n----\n',
      '---\na: 1\n+++\n',
    ])
      assert.deepEqual(frontMatterOf(text), NO_FRONT_MATTER, text);
  });
  it('takes no billion laughs, and nothing longer than it should be', () => {
    const laughs = `a: &a [${'ㅎ,'.repeat(9)}]\n${Array.from({ length: 9 }, (_, i) => `b${i}: &b${i} [*a,*a,*a,*a]`).join('\n')}`;
    assert.deepEqual(frontMatterOf(`---\n${laughs}\n---\n`), NO_FRONT_MATTER);
    assert.deepEqual(frontMatterOf(`---\na: ${'x'.repeat(30_000)}\n---\n`), NO_FRONT_MATTER);
  });
  it('takes any text', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('---\n', '+++\n'),
        fc.string({ unit: fc.constantFrom(...'a=:[]"\'\n#{}&*- 가+,\\') }),
        (fence, text) => {
          const { end } = frontMatterOf(`${fence}${text}\n${fence}본문`);
          assert.ok(end >= 0 && end <= text.length + 11);
        },
      ),
      { numRuns: 1_000 },
    );
  });
});
