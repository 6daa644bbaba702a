/** What holds for every text, understood or not. */
import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import type { QueryChip } from '../../../../src/domain/query.ts';
import { parseQuery } from '../../../../src/search/query/language/parseQuery.ts';

const TODAY = new Date(2026, 10, 25, 15);
const PIECES =
  '" “ ” 「 」 - + ~- ~ ^ ^2 : path: ext: tag: heading: after: before: 제목: 2026-01 7d 예산 회의 폴더 폴더에서 ' +
  '지난주 수정한 어제 고친 이번 달 PDF만 PDF 한글 파일만 보고서 빼고 를 을 제외하고 말고 제목에 있는 최근 3일 ㈜ … ½ 😀 \ud800 , . ㅎㅇㄹ kube ＂ － ^99 ' +
  '( ) [ ] * a 뜻:휴가^1.4 뜻:#12^3 낱말:결재^2 뜻: 낱말: ^0';
const written = fc
  .array(fc.tuple(fc.constantFrom(...PIECES.split(' ')), fc.constantFrom('', ' ', '  ', '\u3000', '\n')), {
    maxLength: 14,
  })
  .map(pieces => pieces.flat().join(''));
const anything = fc.oneof(
  written,
  written.map(text => text.normalize('NFD')),
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ unit: 'grapheme', maxLength: 60 }),
);

function namesOf(chips: readonly QueryChip[]): unknown[] {
  return chips.map(({ kind, negative, text }) => [kind, negative, text]);
}

function holds(property: (text: string) => void): void {
  fc.assert(fc.property(anything, property), { numRuns: 2_000 });
}

describe('parseQuery, on any text', () => {
  it('never fails, and places chips and notices inside the text, in order, none over another', () =>
    holds(text => {
      const { chips, notices } = parseQuery(text, { today: TODAY });
      let end = 0;
      for (const { range } of chips) {
        assert.ok(range.start >= end && range.end > range.start && range.end <= text.length);
        end = range.end;
      }
      for (const { range } of notices)
        assert.ok(range.start >= 0 && range.end > range.start && range.end <= text.length);
    }));

  it('searches everything that is not in a chip, where it stands', () =>
    holds(text => {
      const { chips, searched } = parseQuery(text, { today: TODAY });
      assert.equal(searched.length, text.length);
      const inChip = (i: number): boolean => chips.some(({ range }) => range.start <= i && i < range.end);
      for (let i = 0; i < text.length; i++)
        assert.ok(searched[i] === text[i] || (inChip(i) && searched[i] === ' '), `${i}`);
    }));

  it('has one chip less without one of them, and the others as they were', () =>
    holds(text => {
      const { chips } = parseQuery(text, { today: TODAY });
      chips.forEach(({ without }, i) => {
        const left = namesOf(parseQuery(without, { today: TODAY }).chips);
        const others = chips.filter((_, at) => at !== i);
        // A word can't be excluded from nothing: `-제외` alone is text.
        const expected = [others];
        if (others.every(({ negative }) => negative))
          expected.push(others.filter(({ kind }) => kind !== 'word'));
        assert.ok(
          expected.some(each => isDeepStrictEqual(left, namesOf(each))),
          `${JSON.stringify(text)} -> ${JSON.stringify(without)}`,
        );
      });
    }));

  it('does the same with composed and decomposed Hangul', () =>
    holds(text => {
      const [nfc, nfd] = [text.normalize('NFC'), text.normalize('NFD')];
      if (nfd.normalize('NFC') !== nfc) return;
      const names = (query: string): unknown =>
        parseQuery(query, { today: TODAY }).chips.map(({ kind, negative, text: value }) => [
          kind,
          negative,
          value,
        ]);
      assert.deepEqual(names(nfd), names(nfc));
    }));
});
