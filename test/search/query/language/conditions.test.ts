/** Chips as conditions: every clause of a query limits the files or the passages, alone and with others. */
import assert from 'node:assert/strict';
import type { QueryChip } from '../../../../src/domain/query.ts';
import { conditionsIn } from '../../../../src/search/query/language/conditions.ts';
import { parseQuery } from '../../../../src/search/query/language/parseQuery.ts';
import { fileFilter } from '../../../../src/workspace/fileFilter.ts';

const TODAY = new Date(2026, 10, 25, 15);
const chipsOf = (query: string): readonly QueryChip[] => parseQuery(query, { today: TODAY }).chips;
const day = (month: number, date: number): number => new Date(2026, month - 1, date, 12).getTime();

/** Names of the files that a query's conditions on files let through. */
function letsThrough(query: string): string[] {
  const files = [
    { path: '회의/예산.md', modified: day(3, 15) },
    { path: '회의/인사.hwp', modified: day(11, 20) },
    { path: '보고/예산.pdf', modified: day(11, 25) },
    { path: '보고/[초안] 예산.md', modified: day(1, 2) },
  ];
  const test = fileFilter(conditionsIn(chipsOf(query)).filter);
  return files.filter(each => test?.(each) ?? true).map(({ path }) => path);
}

describe('the conditions of a query', () => {
  it('on paths are met by any of several, and by none that is excluded', () => {
    assert.deepEqual(letsThrough('path:회의'), ['회의/예산.md', '회의/인사.hwp']);
    assert.deepEqual(letsThrough('path:회의 path:보고 예산'), letsThrough('예산'));
    assert.deepEqual(letsThrough('-path:회의'), ['보고/예산.pdf', '보고/[초안] 예산.md']);
    assert.deepEqual(letsThrough('path:회의 -path:인사'), ['회의/예산.md']);
  });

  it('on formats know their everyday names', () => {
    assert.deepEqual(letsThrough('ext:md'), ['회의/예산.md', '보고/[초안] 예산.md']);
    assert.deepEqual(letsThrough('ext:한글,pdf'), ['회의/인사.hwp', '보고/예산.pdf']);
    assert.deepEqual(letsThrough('-ext:md -ext:한글'), ['보고/예산.pdf']);
  });

  it('on times are all to be met', () => {
    assert.deepEqual(letsThrough('after:2026-03 before:2026-11-22'), ['회의/예산.md', '회의/인사.hwp']);
    assert.deepEqual(letsThrough('수정:오늘'), ['보고/예산.pdf']);
    assert.deepEqual(letsThrough('-수정:2026-11'), ['회의/예산.md', '보고/[초안] 예산.md']);
  });

  it('of several kinds are met together', () => {
    assert.deepEqual(letsThrough('path:보고 ext:md before:2026-02'), ['보고/[초안] 예산.md']);
    assert.deepEqual(letsThrough('path:보고 ext:hwp'), []);
  });

  it('on passages are kept by kind, with their sign', () => {
    const { literals, headings, tags, negativeQueries, filter } = conditionsIn(
      chipsOf('"정확한 구" +필수 -제외 heading:안건 tag:업무 -tag:개인 ~-휴가'),
    );
    const shown = (chips: readonly QueryChip[]): string[] =>
      chips.map(({ negative, text }) => `${negative ? '-' : ''}${text}`);
    assert.deepEqual(shown(literals), ['정확한 구', '필수', '-제외']);
    assert.deepEqual(shown(headings), ['안건']);
    assert.deepEqual(shown(tags), ['업무', '-개인']);
    assert.deepEqual(negativeQueries, ['휴가']);
    assert.deepEqual(filter, {});
  });

  it('of each chip alone make those of all', () => {
    const chips = chipsOf('path:회의 ext:md after:2026-01 예산');
    const alone = chips.map(chip => fileFilter(conditionsIn([chip]).filter));
    const all = fileFilter(conditionsIn(chips).filter);
    for (const path of ['회의/a.md', '회의/a.pdf', '보고/a.md'])
      for (const modified of [day(3, 1), new Date(2025, 5, 1).getTime()]) {
        const file = { path, modified };
        assert.equal(
          all!(file),
          alone.every(test => test?.(file) ?? true),
        );
      }
  });

  it('take signs of globs in an extension for what they are', () => {
    const chip = { ...chipsOf('-ext:md')[0]!, text: 'm[d]' };
    const test = fileFilter(conditionsIn([chip]).filter)!;
    assert.ok(test({ path: 'a.md', modified: 0 }));
    assert.ok(!test({ path: 'a.m[d]', modified: 0 }));
  });
});
