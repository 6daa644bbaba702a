/** Days in every way of writing them have one key: the ways are made by code, from the calendar. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { datesIn } from '../../../src/text/expressions/dates.ts';

const day = fc
  .date({ min: new Date(Date.UTC(1961, 0, 1)), max: new Date(Date.UTC(2059, 11, 31)), noInvalidDate: true })
  .map(date => ({ year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, date: date.getUTCDate() }));
const two = (number: number): string => String(number).padStart(2, '0');
const keysOf = (text: string): readonly string[] => datesIn(text).flatMap(({ keys }) => keys);

describe('a day', function () {
  this.timeout(60_000);

  it('is the same however it is written with its year', () => {
    fc.assert(
      fc.property(day, ({ year, month, date }) => {
        const [m, d, short] = [two(month), two(date), two(year % 100)];
        const wanted = [`d${year}-${m}-${d}`, `d-${m}-${d}`, `d${year}-${m}`];
        for (const text of [
          `${year}-${m}-${d}`,
          `${year}.${month}.${date}`,
          `${year}. ${month}. ${date}.`,
          `${year}/${m}/${d}`,
          `${year}_${m}_${d}`,
          `${year}${m}${d}`,
          `${year}년 ${month}월 ${date}일`,
          `${year}년${m}월${d}일`,
          `${short}년 ${month}월 ${date}일`,
          `${short}/${m}/${d}`,
          `${short}. ${month}. ${date}.`,
        ])
          assert.deepEqual(keysOf(text), wanted, text);
      }),
    );
  });

  it('is looked for as that day, and as the day of a text without a year', () => {
    fc.assert(
      fc.property(day, ({ year, month, date }) => {
        const [m, d] = [two(month), two(date)];
        const [found] = datesIn(`${year}-${m}-${d}`);
        assert.deepEqual(found!.wanted, [`d${year}-${m}-${d}`, `m-${m}-${d}`]);
        for (const text of [`${month}월 ${date}일`, `${month}/${date}`]) {
          const [any] = datesIn(text);
          assert.deepEqual(any!.keys, [`d-${m}-${d}`, `m-${m}-${d}`], text);
          // Whoever leaves the year out finds the day of every year.
          assert.ok(found!.keys.includes(any!.wanted[0]!), text);
        }
      }),
    );
  });

  it('is found by the month that it is in', () => {
    fc.assert(
      fc.property(day, ({ year, month, date }) => {
        const [found] = datesIn(`${year}년 ${month}월 ${date}일`);
        for (const text of [
          `${year}년 ${month}월`,
          `${year}-${two(month)}`,
          `${two(year % 100)}년 ${month}월`,
        ])
          assert.ok(found!.keys.includes(datesIn(text)[0]!.wanted[0]!), text);
      }),
    );
  });

  it('has names that are read as the same day, and stands where it stands', () => {
    fc.assert(
      fc.property(day, fc.constantFrom('회의: ', '(', ''), ({ year, month, date }, before) => {
        const whole = `${year}-${two(month)}-${two(date)}`;
        const [found] = datesIn(`${before}${whole} 회의`);
        assert.deepEqual([found!.start, found!.end], [before.length, before.length + whole.length]);
        for (const name of found!.names) assert.deepEqual(keysOf(name), found!.keys, name);
      }),
    );
  });

  it('is in the calendar', () => {
    for (const text of ['2026-13-01', '2026-00-10', '2026-01-32', '2026-1-0', '13월 1일', '1월 32일'])
      assert.ok(!keysOf(text).some(key => /^d(?:\d{4})?-\d\d-\d\d$/.test(key)), text);
  });

  it('is no version, address or telephone number', () => {
    for (const text of ['192.168.0.1', '1.24.9.3', '010-1234-5678', '3.1415', '12345678901'])
      assert.deepEqual(keysOf(text), [], text);
    // It may be a version, so only a query for that very day finds it.
    assert.deepEqual(keysOf('24.9.3'), ['d2024-09-03']);
  });
});
