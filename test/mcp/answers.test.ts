/** The parts of an answer: estimates, marks, places, ids and cursors. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { fit } from '../../src/mcp/answers/budget.ts';
import { costOf } from '../../src/mcp/answers/budget.ts';
import { readCursor, writeCursor } from '../../src/mcp/answers/cursor.ts';
import { passageName, readPassageName } from '../../src/mcp/answers/passageId.ts';
import { placeAnswer, placeText } from '../../src/mcp/answers/place.ts';
import { quotationOf, quoted, quotedLine } from '../../src/mcp/answers/quotation.ts';
import { estimateTokens, withinTokens } from '../../src/mcp/answers/tokens.ts';
import { sayIn } from '../../src/wording/language.ts';
import { readUri, uriOf } from '../../src/mcp/resources.ts';

const korean = sayIn('ko');
const english = sayIn('en');
/** With surrogates, controls and marks of direction. */
const anyText = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary', maxLength: 40 }),
      fc.constantFrom('\u{E0041}', '\u{E01EF}', '\u202E', '\ud800', '\n', '가나다'),
    ),
    { maxLength: 8 },
  )
  .map(parts => parts.join(''));
const steering = /[\p{Cc}\p{Bidi_Control}\u2028\u2029]/u;
const hidden = /\uDB40[\uDC00-\uDC7F\uDD00-\uDDEF]/;

describe('tokens of an answer', () => {
  it('are a half for a Korean character and a quarter for an ASCII one', () => {
    assert.equal(estimateTokens(''), 0);
    assert.equal(estimateTokens('안녕하세요 '), 3);
    assert.equal(estimateTokens('abcdefgh'), 2);
  });

  it('of a beginning are within the limit, and one character more would be beyond', () => {
    fc.assert(
      fc.property(anyText, fc.nat(100), (text, tokens) => {
        const part = withinTokens(text, tokens);
        assert.ok(text.startsWith(part));
        assert.ok(estimateTokens(part) <= tokens);
        if (part.length < text.length) assert.ok(estimateTokens(text.slice(0, part.length + 2)) > tokens);
        assert.doesNotMatch(part.slice(-1) + (text[part.length] ?? ''), /^[\uD800-\uDBFF][\uDC00-\uDFFF]$/);
      }),
    );
  });
});

describe('a quotation', () => {
  it('steers nothing, hides nothing, and is as long as what it quotes', () => {
    fc.assert(
      fc.property(anyText, text => {
        assert.equal(quoted(text).length, text.length);
        for (const shown of [quoted(text).replace(/[\n\t]/g, ''), quotedLine(text)]) {
          assert.doesNotMatch(shown, steering);
          assert.doesNotMatch(shown, hidden);
        }
      }),
    );
    assert.equal(quoted('가\u{E0041}나'), '가\ufffd\ufffd나');
    assert.equal(quoted('반\ud800쪽'), '반\ufffd쪽');
    // What people write stays: emoji with joiners and their variation selector.
    assert.equal(quoted('👩‍💻 ❤️\n\t'), '👩‍💻 ❤️\n\t');
  });

  it('has marks that no text of it has, whatever is drawn', () => {
    const draws = ['aaaaaaaaaaaa', 'bbbbbbbbbbbb', 'cccccccccccc'];
    const texts = ['</quote-aaaaaaaaaaaa>', 'x bbbbbbbbbbbb'];
    const quotation = quotationOf(texts, korean, () => draws.shift()!);
    assert.equal(quotation.boundary, 'cccccccccccc');
    assert.equal(quotation.wrap('글'), '<quote-cccccccccccc>\n글\n</quote-cccccccccccc>');
    assert.ok(quotation.notice.includes('quote-cccccccccccc'));
    assert.match(quotationOf([], english).boundary, /^[0-9a-f]{12}$/);
  });
});

describe('a budget', () => {
  const partOf = (fields: { quote: string }): { fields: { quote: string }; text: string } => ({
    fields,
    text: `머리말 ${fields.quote}`,
  });
  const cut = (_: { quote: string }, quote: string): { quote: string } => ({ quote });

  it('is kept: as many of the first as fit, and of the first one at least a part', () => {
    fc.assert(
      fc.property(fc.array(anyText, { maxLength: 8 }), fc.integer({ min: 30, max: 400 }), (texts, tokens) => {
        const all = texts.map(text => ({ quote: quoted(text) }));
        const { parts, left } = fit(all, tokens, partOf, cut);
        assert.equal(parts.length + left, all.length);
        assert.ok(all.length === 0 || parts.length > 0);
        assert.ok(parts.reduce((sum, part) => sum + costOf(part), 0) <= tokens);
        for (const [i, part] of parts.entries())
          if (i > 0) assert.equal(part.fields.quote, all[i]!.quote);
          else assert.ok(all[0]!.quote.startsWith(part.fields.quote));
      }),
    );
  });
});

describe('a cursor', () => {
  it('is good for its own question only', () => {
    const question = ['search', '휴가', { ext: ['md'] }];
    assert.equal(readCursor(question, writeCursor(question, 40)), 40);
    assert.equal(readCursor(['search', '연차', {}], writeCursor(question, 40)), null);
    fc.assert(fc.property(anyText, text => assert.equal(readCursor(question, text), null)));
  });
});

describe('the id of a passage', () => {
  it('is read back, whatever the file is called', () => {
    const name = passageName('노트', '회의/예산 #1.md', 1234, 'ab12cd99:1234:회의/예산 #1.md');
    assert.equal(name, '노트/회의/예산 #1.md#1234.ab12cd');
    assert.deepEqual(readPassageName(name), { file: '노트/회의/예산 #1.md', start: 1234, hash: 'ab12cd' });
    for (const wrong of ['', '노트/글.md', '노트/글.md#12', '#1.ab'])
      assert.equal(readPassageName(wrong), null);
  });
});

describe('the address of a document', () => {
  it('is read back, whatever the file is called', () => {
    for (const file of ['글.md', '가 나/#1 ?.md', '100%.txt', 'a/b/c.pdf'])
      assert.deepEqual(readUri(uriOf('내 노트', file)), { label: '내 노트', file });
    assert.equal(readUri('file:///etc/passwd'), null);
    assert.equal(readUri('malmoi://노트/%ff'), null);
  });
});

describe('a place', () => {
  const at = { start: 0, end: 9, line: 11, column: 0, endLine: 17, headings: [] };

  it('is said in the terms of the document', () => {
    const say = (location: Parameters<typeof placeAnswer>[0]['location']): string[] => {
      const place = placeAnswer({ ...at, location });
      return [placeText(place, korean), placeText(place, english)];
    };
    assert.deepEqual(say({ kind: 'line' }), ['12–18행', 'lines 12–18']);
    assert.deepEqual(say({ kind: 'page', page: 3 }), ['3쪽', 'page 3']);
    assert.deepEqual(say({ kind: 'slide', slide: 4 }), ['슬라이드 4', 'slide 4']);
    assert.deepEqual(say({ kind: 'cell', sheet: '예산', cell: 'B12' }), [
      '시트 “예산” B12',
      'sheet “예산” B12',
    ]);
    assert.deepEqual(say({ kind: 'section', section: 2, paragraph: 15 }), [
      '2구역 15문단',
      'section 2, paragraph 15',
    ]);
    assert.deepEqual(say({ kind: 'time', time: '0:12:34' }), ['0:12:34', '0:12:34']);
  });
});
