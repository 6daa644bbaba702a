import assert from 'node:assert/strict';
import fc from 'fast-check';
import { expressionCountsOf, expressionsOf } from '../../src/text/expressions/expressionsOf.ts';

/** Ways of writing one thing: each finds every other. */
const SAME: readonly (readonly string[])[] = [
  [
    '2024년 3월 15일',
    '2024-03-15',
    '2024. 3. 15.',
    '2024.3.15',
    '2024/3/15',
    '20240315',
    '24/03/15',
    '24-3-15',
    '2024_03_15',
    '24. 3. 15.',
    '24.3.15',
    '24.03.15',
    '24년 3월 15일',
  ],
  ['1998년 12월 5일', '98. 12. 5.', '98/12/5'],
  ['3월 15일', '3월15일', '3/15'],
  ['2024년 3월', '2024-03', '2024/3', '2024_03', '24년 3월'],
  ['100만원', '100만 원', '1,000,000원', '1000000원', '₩1,000,000', '1000000 krw'],
  ['3천만원', '30,000,000원', '3000만 원'],
  ['1억 5천만 원', '150,000,000원', '1.5억원', '15000만원'],
  ['3만 5천원', '35,000원'],
  ['5천원', '5천 원', '5,000원', '오천 원'],
  ['만오천원', '15,000원', '1만 5천원'],
  ['이천만 원', '20,000,000원', '2천만원'],
  ['일억이천만원', '1억 2천만원', '120,000,000원'],
  ['30퍼센트', '30%', '30 %', '30프로', '30 percent'],
  ['$5', '5달러', '5 usd'],
  ['100만 명', '1,000,000명', '1000000'],
  ['wi-fi', 'wifi', 'wi_fi'],
  ['err-4012', 'err4012', 'err_4012'],
  ['16 gb', '16gb', '16gb로'],
  ['72.5 kg', '72.5kg'],
  ['010-1234-5678', '01012345678', '010 1234 5678', '010.1234.5678'],
  ['978-89-1234-567-8', '9788912345678'],
];

describe('expressions', () => {
  for (const ways of SAME)
    it(ways.join(' = '), () => {
      for (const query of ways)
        for (const text of ways) {
          if (query === text) continue;
          const [first] = expressionsOf(query);
          const keys = new Set([...expressionCountsOf(`앞 ${text} 뒤`).keys(), `j${text}`]);
          const wanted = expressionsOf(query).flatMap(expression => expression.wanted);
          assert.ok(first !== undefined && wanted.some(key => keys.has(key)), `${query} -> ${text}`);
        }
    });

  for (const [query, text] of [
    ['3월 15일', '2024년 3월 15일'],
    ['2024년 3월', '2024-03-15'],
    ['2024-03-15', '3월 15일'],
    ['100만', '1,000,000원'],
  ] as const)
    it(`${query} finds ${text}`, () => {
      const keys = expressionCountsOf(text);
      assert.ok(expressionsOf(query).some(({ wanted }) => wanted.some(key => keys.has(key))));
    });

  for (const [query, text] of [
    ['2024-03-15', '2024-05-13'],
    ['100만원', '1000만원'],
    ['30%', '3%'],
    ['1.2.3', '123'],
    ['010-1234-5678', '010-1234-8765'],
    ['5,000,000원', '1,000,000원'],
    ['천만원', '이천만원'],
    ['1,000,000원', '수백만원'],
    ['3천원', '십이만 삼천원'],
    ['9원', '구원의 손길'],
    ['11월 1일', '20.11.1'],
    ['2024-09-03', '1.24.9.3'],
  ] as const)
    it(`${query} does not find ${text}`, () => {
      const keys = expressionCountsOf(text);
      assert.ok(!expressionsOf(query).some(({ wanted }) => wanted.some(key => keys.has(key))));
    });

  it('are no dates that the calendar has not', () => {
    for (const text of ['2024-13-01', '2024-00-10', '13월 1일', '2월 32일'])
      assert.deepEqual(
        expressionsOf(text).filter(({ kind }) => kind === 'date'),
        [],
        text,
      );
  });

  it('stand inside the text, whatever it is', () => {
    const anything = fc.oneof(
      fc.string({ unit: fc.constantFrom(...'0123456789년월일만억천원,.-/ %$₩abgk회'), maxLength: 40 }),
      fc.string({ unit: 'binary', maxLength: 60 }),
    );
    fc.assert(
      fc.property(anything, text => {
        for (const { start, end, keys, wanted, names } of expressionsOf(text)) {
          assert.ok(start >= 0 && start < end && end <= text.length);
          assert.ok(keys.length > 0 && wanted.length > 0 && names[0] !== '');
        }
      }),
      { numRuns: 2_000 },
    );
  });
});
