import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  labelPlace,
  labelText,
  leadingWord,
  oneLine,
  titleOf,
  trailOf,
  withoutIcons,
} from '../../src/editor/results/hitText.ts';
import { groupByFile, inTreeOrder } from '../../src/editor/results/resultGroups.ts';
import { placeOf } from '../../src/editor/results/locationText.ts';
import type { Location } from '../../src/domain/location.ts';
import { snippetOf } from '../../src/editor/results/snippet.ts';
import { contribution, hit } from './hits.ts';

const english = (message: string, ...args: readonly (string | number)[]): string =>
  message.replace(/\{(\d)\}/g, (_, i: string) => String(args[Number(i)]));

describe('snippetOf', () => {
  it('shows the start of a short passage, on one line', () => {
    assert.equal(snippetOf(hit({ text: '첫 줄\r\n\r\n  둘째\t줄 ' }), 40).text, '첫 줄 둘째 줄');
  });

  it('opens its window where the literal words are', () => {
    const text = `${'앞말 '.repeat(60)}여기에 연차가 있다 ${'뒷말 '.repeat(60)}`;
    const start = text.indexOf('연차');
    const found = contribution({ ranges: [{ start, end: start + 2 }] });
    const snippet = snippetOf(hit({ text, contributions: [found] }), 40);
    assert.ok(snippet.text.startsWith('…') && snippet.text.endsWith('…'));
    const [highlight] = snippet.highlights;
    assert.equal(snippet.text.slice(highlight?.start, highlight?.end), '연차');
  });

  it('shows what the panel shows: the window worth most, whole sentences, no markup', () => {
    const filler = '회의실 예약은 **총무팀**에서 받는다. ';
    const text = `${filler.repeat(6)}[연차](https://a.kr)는 3일 전까지 신청한다. ${filler.repeat(6)}휴가`;
    const at = (word: string): { start: number; end: number } => ({
      start: text.indexOf(word),
      end: text.indexOf(word) + word.length,
    });
    const strong = contribution({ kind: 'queryExpansion', value: 4, ranges: [at('신청')] });
    const weak = contribution({ value: 1, ranges: [at('휴가')] });
    const { text: shown, highlights } = snippetOf(hit({ text, contributions: [strong, weak] }), 60);
    assert.match(shown, /^…연차는 3일 전까지 신청한다\.(?: .*[.])?…$/);
    // What only means the same is chosen for, but not marked as written.
    assert.deepEqual(highlights, []);
  });

  it('turns no row around: direction marks of a note are shown as signs', () => {
    assert.equal(snippetOf(hit({ text: '가\u202E나\u2066다' }), 40).text, '가�나�다');
  });

  it('highlights exactly the words, for any text, and never cuts a pair of surrogates', () => {
    const piece = fc.constantFrom('연차', ' ', '\n', '🎉', '가나', '\u202E', 'abc', '\r\n');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), fc.integer({ min: 8, max: 60 }), (pieces, width) => {
        const text = pieces.join('');
        const ranges = [...text.matchAll(/연차/g)].map(match => ({
          start: match.index,
          end: match.index + 2,
        }));
        const snippet = snippetOf(hit({ text, contributions: [contribution({ ranges })] }), width);
        assert.doesNotMatch(snippet.text, /\p{Surrogate}/u);
        for (const { start, end } of snippet.highlights) {
          assert.match(snippet.text.slice(start, end), /^(연차)+$/);
        }
      }),
    );
  });
});

describe('how a hit is named', () => {
  it('takes the innermost heading for the title and the others for the trail', () => {
    const found = hit({ headings: ['취업규칙', '휴가', '연차'] });
    assert.equal(titleOf(found), '연차');
    assert.equal(trailOf(found), '취업규칙 › 휴가');
  });

  it('falls back on the file’s name, composed', () => {
    assert.equal(titleOf(hit({ file: `생활/${'독서.md'.normalize('NFD')}` })), '독서.md');
  });

  it('names the folder where there are several', () => {
    assert.equal(placeOf(hit({ file: 'a.md', line: 11 }), '내 노트', english), '내 노트/a.md:12');
  });

  it('says where in a document that has pages, slides, cells, sections or times', () => {
    const place = (location: Location): string =>
      placeOf(hit({ file: 'a.hwp', line: 11, location }), null, english);
    assert.equal(place({ kind: 'page', page: 3 }), 'a.hwp · page 3');
    assert.equal(place({ kind: 'slide', slide: 2 }), 'a.hwp · slide 2');
    assert.equal(place({ kind: 'cell', sheet: '매\n출', cell: 'B12' }), 'a.hwp · sheet 매 출, B12');
    assert.equal(place({ kind: 'section', section: 1, paragraph: 4 }), 'a.hwp · section 1, paragraph 4');
    assert.equal(place({ kind: 'time', time: '0:12:34' }), 'a.hwp · 0:12:34');
    assert.equal(placeOf(hit({ file: 'a.hwp', waiting: true }), null, english), 'a.hwp');
  });

  it('draws no icon out of a note’s words', () => {
    const text = '$(zap) 값은 $(alert~spin) $100';
    assert.equal(withoutIcons(text), '$\u2060(zap) 값은 $\u2060(alert~spin) $100');
    assert.equal(withoutIcons(text)[labelPlace(text, text.indexOf('값'))], '값');
    assert.doesNotMatch(labelText('가 $(zap)\u001b[2J\n\u202e$(x)'), /\$\(|\p{Cc}|\p{Bidi_Control}/u);
  });

  it('keeps a row to one line', () => {
    assert.equal(oneLine(' 가\n\u0000나\u2028다 '), '가 ␀나 다');
  });

  it('says which query word carried the hit', () => {
    const contributions = [
      contribution({ word: 0, value: 1 }),
      contribution({ word: 1, value: 2 }),
      contribution({ word: 1, value: 1 }),
    ];
    const words = ['연차', '신청'].map(text => ({ text, range: { start: 0, end: 0 } }));
    assert.deepEqual(leadingWord(hit({ score: 4, contributions }), words), { word: '신청', share: 0.75 });
    assert.equal(leadingWord(hit({ score: 0 }), words), null);
  });
});

describe('groupByFile', () => {
  it('puts the file with the best hit first and keeps the order inside', () => {
    const found = ['b', 'a', 'b', 'c', 'a'].map((file, index) => hit({ id: String(index), file }));
    assert.deepEqual(
      groupByFile(found).map(group => [group.file, group.hits.map(each => each.id).join('')]),
      [
        ['b', '02'],
        ['a', '14'],
        ['c', '3'],
      ],
    );
    assert.equal(inTreeOrder(found).length, found.length);
  });
});
