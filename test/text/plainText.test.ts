import assert from 'node:assert/strict';
import fc from 'fast-check';
import { plainTextOfMarkdown } from '../../src/text/plainText.ts';

describe('plainTextOf', () => {
  const cases: readonly (readonly [name: string, source: string, wanted: string])[] = [
    ['emphasis', '**연차**는 *3일* __전__에 ~~신청~~', '연차는 3일 전에 신청'],
    ['a link', '[소속 부서장](http://x.y/z "제목")의 결재', '소속 부서장의 결재'],
    ['an image', '![회의 사진](a(1).png) 아래', '회의 사진 아래'],
    ['a reference link', '[규정][1]을 본다', '규정을 본다'],
    ['a heading', '## 제목\n본문', '제목\n본문'],
    ['a list with tasks', '- [x] 우유\n* 빵\n1. 세금', '우유\n빵\n세금'],
    ['a quote', '> > 인용한 말', '인용한 말'],
    ['a table', '| 이름 | 값 |\n|---|:-:|\n| 가 | 1 |', '이름 값\n가 1'],
    ['a code span with a tag', '`<aside>` 요소', '<aside> 요소'],
    ['a code block', '앞\n```ts\nconst a = <b>1</b>;\n```\n뒤', '앞\nconst a = <b>1</b>;\n뒤'],
    ['HTML and comments', '<p class="a">글</p><!-- 비밀 -->끝', '글끝'],
    ['snake_case stays', 'foo_bar 와 _강조_', 'foo_bar 와 강조'],
    ['arithmetic stays', '2 * 3 < 7, a*b', '2 * 3 < 7, a*b'],
    ['emphasis before a particle', '*연차*는 *leave*를', '연차는 leave를'],
    ['blanks collapse', '가  나\n\n\n다', '가 나\n다'],
  ];
  for (const [name, source, wanted] of cases)
    it(name, () => {
      assert.equal(plainTextOfMarkdown(source).text, wanted);
    });

  it('gives every unit its place in the source', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'가나 \n*_`[]()<>|#-!a1') }), source => {
        const { text, starts } = plainTextOfMarkdown(source);
        assert.equal(starts.length, text.length + 1);
        for (let i = 0; i < text.length; i++) {
          assert.ok(
            /\s/.test(text[i]!) || source[starts[i]!] === text[i],
            `${i} of ${JSON.stringify(source)}`,
          );
          assert.ok(i === 0 || starts[i]! >= starts[i - 1]!);
        }
      }),
    );
  });

  it('takes time in proportion to hostile text', () => {
    for (const unit of ['<!--', '[', '<a ', '`', '*_', '{/*', '|-', '![]('])
      assert.equal(typeof plainTextOfMarkdown(unit.repeat(2_000)).text, 'string');
  });

  it('makes of a run of blanks one blank, or a line break where one is in it', function () {
    this.timeout(30_000);
    const unit = fc.constantFrom(...'가b \t\n\r\u00a0\u3000', '&nbsp;', '&NewLine;', '&amp;', '&zz;');
    fc.assert(
      fc.property(fc.array(unit, { maxLength: 20 }), units => {
        const written = units.join('');
        const { text } = plainTextOfMarkdown(written);
        const read = written
          .replaceAll('&nbsp;', '\u00a0')
          .replaceAll('&NewLine;', '\n')
          .replaceAll('&amp;', '&');
        assert.equal(text, read.replace(/\s+/g, blanks => (blanks.includes('\n') ? '\n' : ' ')).trim());
      }),
    );
  });
});
