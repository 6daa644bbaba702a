import assert from 'node:assert/strict';
import fc from 'fast-check';
import { blocksOfMarkdown } from '../../src/text/markdown.ts';
import { blocksOfPlainText } from '../../src/text/paragraphs.ts';
import { lineOf, lineStarts, MAX_PASSAGE_CHARACTERS, passagesOf } from '../../src/text/passages.ts';

const RULES = { minTokens: 10, maxTokens: 30 };
/** One token a character that is not blank. */
const count = (text: string): number => text.replace(/\s/g, '').length;
const cut = (text: string): string[] =>
  passagesOf(text, blocksOfMarkdown(text), RULES, count).map(passage =>
    text.slice(passage.start, passage.end),
  );

describe('passagesOf', () => {
  it('joins blocks of one section while they fit', () => {
    assert.deepEqual(cut('가나다\n\n라마바'), ['가나다\n\n라마바']);
  });
  it('never joins over a heading', () => {
    assert.deepEqual(cut('가나다\n\n# 제목\n\n라마바'), ['가나다', '라마바']);
  });
  it('cuts long prose at sentences', () => {
    const sentence = '가나다라마바사아자차카타파하.';
    assert.deepEqual(
      cut(`${sentence} ${sentence} ${sentence}`).map(text => text.trim()),
      [`${sentence} ${sentence}`, sentence],
    );
  });
  it('cuts code, tables and lists at lines', () => {
    const rows = Array.from({ length: 8 }, (_, i) => `- 항목 ${i} 가나다라`).join('\n');
    for (const piece of cut(rows)) assert.match(piece, /^- 항목/);
  });
  it('cuts a sentence without end between characters, never inside an emoji', () => {
    for (const piece of cut('🙂'.repeat(100)))
      assert.equal(
        [...piece].every(unit => unit === '🙂'),
        true,
      );
  });
  it('leads with the title', () => {
    const text = '---\ntitle: 문서\n---\n\n# 장\n\n글';
    assert.deepEqual(passagesOf(text, blocksOfMarkdown(text), RULES, count)[0]!.headings, ['문서', '장']);
  });
  it('tells line and column, with CRLF', () => {
    const text = '# 장\r\n\r\n  글 하나\r\n둘';
    const [passage] = passagesOf(text, blocksOfMarkdown(text), RULES, count);
    assert.deepEqual([passage!.line, passage!.column, passage!.endLine], [2, 2, 3]);
  });
  it('keeps every block in exactly one passage, in order, within the limits', () => {
    const unit = fc.constantFrom('가', '나', ' ', '. ', '\n', '\n\n', '- ', '🙂', 'a');
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 400 }), text => {
        const document = blocksOfPlainText(text);
        let end = 0;
        let kept = '';
        for (const passage of passagesOf(text, document, RULES, count)) {
          assert.ok(passage.start >= end && passage.end > passage.start);
          assert.ok(passage.end - passage.start <= MAX_PASSAGE_CHARACTERS);
          assert.ok(count(text.slice(passage.start, passage.end)) <= RULES.maxTokens + 2);
          kept += text.slice(passage.start, passage.end);
          end = passage.end;
        }
        assert.equal(kept.replace(/\s/g, ''), text.replace(/\s/g, ''));
      }),
    );
  });
});

describe('lines', () => {
  it('counts \\n, \\r\\n and a lone \\r, as the editor does', () => {
    assert.deepEqual(lineStarts('a\nb\r\nc\rd'), [0, 2, 5, 7]);
    assert.equal(lineOf([0, 2, 5, 7], 6), 2);
  });
});
