import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import {
  collapsedText,
  displayText,
  type DisplayText,
  LONGEST_PASSAGE,
  toDisplay,
  toSource,
} from '../../media/panel/passage/displayText.ts';
import { cutAfter, cutBefore } from '../../media/panel/passage/graphemes.ts';
import { PassageWindows } from '../../media/panel/passage/passageWindows.ts';
import { segments, tintsOf } from '../../media/panel/passage/tints.ts';
import { chooseWindow } from '../../media/panel/passage/window.ts';
import type { Contribution } from '../../src/domain/hit.ts';
import type { TextRange } from '../../src/domain/textRange.ts';
import { HITS, places } from './sample.ts';

const markdownText = (text: string, breaks: boolean): DisplayText =>
  displayText({ text, markup: 'markdown' }, breaks);

const hostile = fc
  .array(
    fc.constantFrom(
      '연차',
      '휴가',
      'a',
      '🇰🇷',
      '👩‍👩‍👧',
      '가\u0301',
      '\u1112\u1161\u11ab',
      '𠀀',
      '\ud800',
      '\u200b',
      '\u202e',
      ' ',
      '\n',
      '\t',
      '\r\n',
      '\u3000',
      '\u00ad',
      '. ',
      '```',
      '<b>',
      'e\u0301\u0302',
      '\u0000',
    ),
    { maxLength: 60 },
  )
  .map(parts => parts.join(''));

const clusters = new Intl.Segmenter('ko', { granularity: 'grapheme' });

function visible(string: string): string {
  return string.replace(/[\s\u200b\u00ad]/g, '').replaceAll('\0', '');
}

/** Half-width columns. */
function width(string: string): number {
  return string.length + (string.match(/[\u1100-\u115f\u2e80-\ud7a3\uf900-\uff60]/g)?.length ?? 0);
}

function isBoundary(text: string, offset: number): boolean {
  if (offset <= 0 || offset >= text.length) return true;
  for (const { index } of clusters.segment(text)) {
    if (index === offset) return true;
    if (index > offset) return false;
  }
  return false;
}

function tint(text: string, words: readonly string[], value: number = 1): Contribution {
  return {
    id: `w:${words.join()}`,
    token: words.join(),
    channel: 'lexical',
    kind: 'literal',
    word: 0,
    query: 1,
    passage: 1,
    value,
    ranges: places(text, words),
  };
}

describe('a passage made fit to show', () => {
  it('drops markup and invisible characters, collapses white space', () => {
    const source = '  ```ts\n\tconst  연\u200b차 =\u3000 3;\r\n\r\n끝\u0000 \n';
    assert.equal(markdownText(source, false).text, 'const 연차 = 3; 끝');
    assert.equal(markdownText(source, true).text, 'const 연차 = 3;\n끝');
  });

  it('keeps every visible character, in order, for any text', () => {
    fc.assert(
      fc.property(hostile, source => {
        const { text } = collapsedText(source, false);
        assert.equal(visible(text), visible(source));
        assert.doesNotMatch(text, /\s\s|^\s|\s$/);
        assert.equal(
          collapsedText(source, true).text.replaceAll('\n', ' '),
          text,
          'both forms share offsets',
        );
      }),
    );
  });

  it('leads a range to the same characters and back', () => {
    fc.assert(
      fc.property(hostile, fc.nat({ max: 120 }), fc.nat({ max: 20 }), (source, start, length) => {
        const display = collapsedText(source, false);
        const range = toDisplay(display, { start, end: start + length });
        if (range === null) return;
        const shown = display.text.slice(range.start, range.end);
        assert.equal(visible(shown), visible(source.slice(start, start + length)));
        const back = toSource(display, range);
        assert.equal(visible(source.slice(back.start, back.end)), visible(shown));
      }),
    );
  });

  it('leads a range through markup to the words and back', () => {
    const source = '앞 **연차**를 [신청](http://a.b "제목")한다';
    const display = markdownText(source, false);
    assert.equal(display.text, '앞 연차를 신청한다');
    for (const word of ['연차', '신청']) {
      const start = source.indexOf(word);
      const range = toDisplay(display, { start, end: start + word.length });
      assert.equal(display.text.slice(range!.start, range!.end), word);
      const back = toSource(display, range!);
      assert.ok(source.slice(back.start, back.end).includes(word));
    }
  });

  it('refuses ranges that are none', () => {
    const display = markdownText('연차 신청', false);
    for (const [start, end] of [
      [-1, 2],
      [3, 3],
      [4, 2],
      [9, 12],
      [Number.NaN, 2],
      [0, Number.NaN],
      [2, 3],
    ] as const) {
      assert.equal(toDisplay(display, { start, end }), null, `${start}..${end}`);
    }
    assert.deepEqual(toDisplay(display, { start: 3, end: 1e9 }), { start: 3, end: 5 });
  });

  it('cuts a monstrous passage', () => {
    assert.equal(markdownText('가'.repeat(1_000_000), false).text.length, LONGEST_PASSAGE);
  });
});

describe('places where text may be cut', () => {
  it('are the grapheme boundaries that Intl.Segmenter gives', () => {
    fc.assert(
      fc.property(hostile, fc.nat({ max: 130 }), (text, offset) => {
        const before = cutBefore(text, offset);
        const after = cutAfter(text, offset);
        assert.ok(isBoundary(text, before) && isBoundary(text, after), `${before} ${after}`);
        assert.ok(before <= Math.min(offset, text.length) && after >= Math.min(offset, text.length));
      }),
    );
  });
});

describe('tinted words', () => {
  it('stand wherever a match of either channel does, none where it stands in a heading only', () => {
    const text = '사용 예정일 3일 전까지';
    const semantic: Contribution = {
      ...tint(text, ['예정일 3일']),
      channel: 'semantic',
      kind: 'queryExpansion',
    };
    const tints = tintsOf([tint(text, ['전까지']), semantic, tint(text, [])], markdownText(text, false));
    assert.deepEqual(
      tints.map(({ start, end, kind }) => [text.slice(start, end), kind]),
      [
        ['예정일 3일', 'queryExpansion'],
        ['전까지', 'literal'],
      ],
    );
  });

  it('never split a character and cover the text once, for any ranges', () => {
    const range = fc.record({
      start: fc.integer({ min: -5, max: 90 }),
      end: fc.integer({ min: -5, max: 90 }),
    });
    fc.assert(
      fc.property(hostile, fc.array(range, { maxLength: 40 }), (source, ranges: readonly TextRange[]) => {
        const display = markdownText(source, false);
        const tints = tintsOf([{ ...tint('', []), ranges }], display);
        const runs = segments(tints, { start: 0, end: display.text.length }, () => false);
        assert.equal(runs.map(({ start, end }) => display.text.slice(start, end)).join(''), display.text);
        for (const run of runs) assert.ok(isBoundary(display.text, run.start), `${run.start}`);
      }),
    );
  });

  it('let what stands as written win over a heavier guess, and flash even where covered', () => {
    const text = '사용 예정일 3일 전까지';
    const guess: Contribution = { ...tint(text, ['예정일 3일'], 9), kind: 'queryExpansion' };
    const tints = tintsOf([guess, tint(text, ['3일'])], markdownText(text, false));
    const runs = segments(tints, { start: 0, end: text.length }, ({ kind }) => kind === 'queryExpansion');
    assert.deepEqual(
      runs.map(run => [text.slice(run.start, run.end), run.tint?.kind ?? null, run.flash]),
      [
        ['사용 ', null, false],
        ['예정일 ', 'queryExpansion', true],
        ['3일', 'literal', true],
        [' 전까지', null, false],
      ],
    );
  });

  it('stay fast with thousands of ranges', () => {
    const text = '연차 '.repeat(4000);
    const ranges = Array.from({ length: 5000 }, (_, index) => ({ start: index, end: index + 2000 }));
    const begin = performance.now();
    const display = markdownText(text, false);
    const tints = tintsOf([{ ...tint('', []), ranges }], display);
    segments(tints, { start: 0, end: display.text.length }, () => false);
    chooseWindow(display.text, tints, 200);
    assert.ok(performance.now() - begin < 500, `${performance.now() - begin} ms`);
  });
});

describe('the window of a passage', () => {
  const filler = '회의실 예약은 총무팀에서 받는다. 프린터는 이층에 있다. ';
  const text = `${filler.repeat(6)}연차는 3일 전까지 신청하고 결재를 받는다. ${filler.repeat(6)}`;

  function windowOf(words: readonly string[], budget: number): string {
    const { start, end } = chooseWindow(
      text,
      tintsOf([tint(text, words)], markdownText(text, false)),
      budget,
    );
    return text.slice(start, end);
  }

  it('is the whole passage where it fits', () => {
    assert.deepEqual(chooseWindow('연차는 3일 전까지.', [], 100), { start: 0, end: 11 });
  });

  it('begins the passage where no word is tinted', () => {
    assert.ok(text.startsWith(windowOf([], 80)));
  });

  it('shows the densest part, from the start of its sentence to the end of one', () => {
    const shown = windowOf(['연차', '신청', '결재'], 80);
    assert.ok(shown.startsWith('연차는 3일 전까지 신청하고 결재를 받는다.'), shown);
    assert.match(shown, /[가-힣.]$/);
  });

  it('prefers several concepts to one repeated', () => {
    const both = `휴가 휴가 휴가 휴가 휴가. ${filler.repeat(4)}휴가는 신청한다. ${filler.repeat(3)}`;
    const display = markdownText(both, false);
    const repeated: Contribution = {
      ...tint('', []),
      ranges: [...both.matchAll(/휴가/g)].map(({ index }) => ({ start: index, end: index + 2 })),
    };
    const other: Contribution = { ...tint(both, ['신청']), word: 1 };
    const { start, end } = chooseWindow(display.text, tintsOf([repeated, other], display), 50);
    assert.match(display.text.slice(start, end), /신청/);
  });

  it('fits its budget, lies on character boundaries and advances, for any text', () => {
    fc.assert(
      fc.property(
        hostile,
        fc.array(fc.nat({ max: 80 }), { maxLength: 8 }),
        fc.integer({ min: 8, max: 60 }),
        (source, starts, budget) => {
          const display = markdownText(source, false);
          const ranges = starts.map(start => ({ start, end: start + 3 }));
          const tints = tintsOf([{ ...tint('', []), ranges }], display);
          const { start, end } = chooseWindow(display.text, tints, budget);
          assert.ok(start >= 0 && end <= display.text.length && (end > start || display.text === ''));
          assert.ok(width(display.text.slice(start, end)) <= budget, 'fits');
          assert.ok(isBoundary(display.text, start), `start ${start}`);
        },
      ),
    );
  });

  it('stays when the final result adds words, unless it was chosen without any word to go by', () => {
    const windows = new PassageWindows();
    const hit = { ...HITS[0]!, text };
    const display = windows.display(hit, false);
    const early = tintsOf([tint(text, ['프린터'])], display);
    const late = tintsOf([tint(text, ['연차', '신청', '결재'], 9)], display);
    const first = windows.window(hit, display, early, 80);
    assert.equal(windows.window(hit, display, [...early, ...late], 80), first);

    windows.reset();
    const blind = windows.window(hit, display, [], 80);
    assert.equal(windows.window(hit, display, [], 80), blind);
    assert.notDeepEqual(windows.window(hit, display, late, 80), blind);
  });
});
