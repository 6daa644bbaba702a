/** Dates in queries against the calendar, whatever today is. All times are those of this machine. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { dateAt, dateSpan } from '../../../../src/search/query/language/dates.ts';

const today = fc
  .date({ min: new Date(1990, 0, 2), max: new Date(2060, 11, 30), noInvalidDate: true })
  .map(date => new Date(date.getFullYear(), date.getMonth(), date.getDate(), date.getHours()));
const midnight = (year: number, month: number, date: number): number => new Date(year, month, date).getTime();
const at = (now: Date, days: number): number =>
  midnight(now.getFullYear(), now.getMonth(), now.getDate() + days);
const check = (law: (now: Date) => void): void => fc.assert(fc.property(today, law), { numRuns: 200 });

describe('a date in a query', function () {
  this.timeout(60_000);

  it('named by its distance from today is that day', () => {
    check(now => {
      for (const [name, days] of [
        ['오늘', 0],
        ['어제', -1],
        ['그제', -2],
        ['today', 0],
        ['yesterday', -1],
      ] as const)
        assert.deepEqual(dateSpan(name, now), { from: at(now, days), before: at(now, days + 1) }, name);
    });
  });

  it('of a week begins on Monday, has seven days, and follows the one before', () => {
    check(now => {
      const [before, last, own] = ['지지난주', '지난주', '이번 주'].map(name => dateSpan(name, now)!);
      for (const week of [before!, last!, own!]) assert.equal(new Date(week.from).getDay(), 1);
      assert.ok(own!.from <= now.getTime() && now.getTime() < own!.before);
      assert.deepEqual([before!.before, last!.before], [last!.from, own!.from]);
      assert.deepEqual(dateSpan('last week', now), last);
    });
  });

  it('of a month or a year is all of it, in a row', () => {
    check(now => {
      const [year, month] = [now.getFullYear(), now.getMonth()];
      assert.deepEqual(dateSpan('이번 달', now), {
        from: midnight(year, month, 1),
        before: midnight(year, month + 1, 1),
      });
      assert.deepEqual(dateSpan('지난달', now), {
        from: midnight(year, month - 1, 1),
        before: midnight(year, month, 1),
      });
      assert.deepEqual(dateSpan('올해', now), {
        from: midnight(year, 0, 1),
        before: midnight(year + 1, 0, 1),
      });
      assert.deepEqual(dateSpan('작년', now), {
        from: midnight(year - 1, 0, 1),
        before: midnight(year, 0, 1),
      });
      assert.deepEqual(dateSpan('재작년', now), {
        from: midnight(year - 2, 0, 1),
        before: midnight(year - 1, 0, 1),
      });
    });
  });

  it('of the last such weekday is within the last seven days, and never today', () => {
    check(now => {
      for (const [i, name] of [...'일월화수목금토'].entries()) {
        const { from } = dateSpan(`지난 ${name}요일`, now)!;
        assert.equal(new Date(from).getDay(), i);
        assert.ok(from < at(now, 0) && from >= at(now, -7), name);
      }
    });
  });

  it('some days or weeks ago counts days, also over a change of the clock', () => {
    check(now => {
      assert.deepEqual(dateSpan('3일 전', now), { from: at(now, -3), before: at(now, -2) });
      assert.deepEqual(dateSpan('2주 전', now), { from: at(now, -14), before: at(now, -13) });
      assert.deepEqual(dateSpan('7d', now), { from: at(now, -7), before: at(now, 1) });
      assert.deepEqual(dateSpan('최근 2주', now), { from: at(now, -14), before: at(now, 1) });
    });
  });

  it('some months ago is the same day, or the last that the month has', () => {
    check(now => {
      for (const count of [1, 2, 6, 11, 12, 25]) {
        const found = new Date(dateSpan(`${count}개월 전`, now)!.from);
        const months = 12 * (now.getFullYear() - found.getFullYear()) + now.getMonth() - found.getMonth();
        assert.equal(months, count);
        const last = new Date(found.getFullYear(), found.getMonth() + 1, 0).getDate();
        assert.equal(found.getDate(), Math.min(last, now.getDate()));
      }
      assert.deepEqual(dateSpan('2년 전', now), dateSpan('24개월 전', now));
    });
  });

  it('of the calendar is the same in every way of writing it', () => {
    fc.assert(
      fc.property(today, today, (date, now) => {
        const [year, month, day] = [date.getFullYear(), date.getMonth() + 1, date.getDate()];
        const [m, d] = [month, day].map(each => String(each).padStart(2, '0'));
        const wanted = { from: midnight(year, month - 1, day), before: midnight(year, month - 1, day + 1) };
        for (const text of [
          `${year}-${m}-${d}`,
          `${year}.${month}.${day}`,
          `${year}/${m}/${d}`,
          `${year}${m}${d}`,
          `${year}년 ${month}월 ${day}일`,
        ])
          assert.deepEqual(dateSpan(text, now), wanted, text);
        const whole = { from: midnight(year, month - 1, 1), before: midnight(year, month, 1) };
        for (const text of [`${year}-${m}`, `${year}년 ${month}월`])
          assert.deepEqual(dateSpan(text, now), whole, text);
        assert.deepEqual(dateSpan(`${year}년`, now), {
          from: midnight(year, 0, 1),
          before: midnight(year + 1, 0, 1),
        });
      }),
    );
  });

  it('without a year is the last that has begun', () => {
    check(now => {
      for (const text of ['3월 15일', '12월 31일', '1월 1일', '7월']) {
        const { from } = dateSpan(text, now)!;
        assert.ok(from <= now.getTime());
        const next = new Date(from);
        next.setFullYear(next.getFullYear() + 1);
        assert.ok(next.getTime() > now.getTime(), text);
      }
    });
  });

  it('that does not exist is no date', () => {
    const now = new Date(2026, 10, 25);
    for (const text of [
      '2026-02-30',
      '2026-13-01',
      '2026-00-01',
      '2026-01-00',
      '20261301',
      '',
      '예산',
      '3',
      '내일모레글피',
    ])
      assert.equal(dateSpan(text, now), null, text);
  });

  it('is found where it begins, with its end', () => {
    check(now => {
      const text = '회의록 지난주 예산';
      const found = dateAt(text, 4, now)!;
      assert.deepEqual(found.span, dateSpan('지난주', now));
      assert.equal(text.slice(4, found.end), '지난주');
      assert.equal(found.relative, true);
      assert.equal(dateAt(text, 0, now), null);
    });
  });
});
