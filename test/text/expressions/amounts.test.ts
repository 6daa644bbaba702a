/** Amounts in every way of writing them have one key: the ways are made by code, from numbers. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { amountsIn } from '../../../src/text/expressions/amounts.ts';

const DIGITS = ['', '일', '이', '삼', '사', '오', '육', '칠', '팔', '구'];

/** 5,012 as 오천십이, the way it is read aloud (일 is left out before 십, 백 and 천). */
function inWords(value: number): string {
  const powers = ['천', '백', '십', ''];
  return powers
    .map((power, i) => {
      const digit = Math.floor(value / 10 ** (3 - i)) % 10;
      if (digit === 0) return '';
      return (digit === 1 && power !== '' ? '' : DIGITS[digit]!) + power;
    })
    .join('');
}

const keysOf = (text: string): readonly string[] => amountsIn(text).flatMap(({ keys }) => keys);
/** Below 2^53 with room, and not so small that a word finds it anyway. */
const value = fc.integer({ min: 10_000, max: 999_999_999_999 });

describe('an amount', function () {
  this.timeout(60_000);

  it('is the same with and without commas, with its unit before or behind, with a blank or without', () => {
    fc.assert(
      fc.property(value, number => {
        const grouped = new Intl.NumberFormat('ko-KR').format(number);
        const wanted = [`n${number}원`, `n${number}`];
        for (const text of [
          `${number}원`,
          `${grouped}원`,
          `${grouped} 원`,
          `₩${grouped}`,
          `₩ ${number}`,
          `${grouped} won`,
          `${grouped} krw`,
        ])
          assert.deepEqual(keysOf(text), wanted, text);
      }),
    );
  });

  it('is the same in 만 and 억, and as Intl writes them', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9_999 }), fc.integer({ min: 1, max: 9_999 }), (eok, man) => {
        const wanted = [`n${eok * 1e8 + man * 1e4}원`, `n${eok * 1e8 + man * 1e4}`];
        const grouped = new Intl.NumberFormat('ko-KR').format(man);
        for (const text of [`${eok}억 ${man}만 원`, `${eok}억${man}만원`, `${eok}억 ${grouped}만원`])
          assert.deepEqual(keysOf(text), wanted, text);
      }),
    );
  });

  it('is the same in Hangul, as it is read aloud', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9_999 }), fc.nat(9_999), (man, rest) => {
        // 만 alone, without 일 before it, is the first.
        const text = `${man === 1 ? '' : inWords(man)}만${inWords(rest)}원`;
        const number = man * 10_000 + rest;
        assert.deepEqual(keysOf(text), [`n${number}원`, `n${number}`], text);
      }),
    );
  });

  it('in words is whole where its beginning is an amount too', () => {
    assert.deepEqual(keysOf('십만오천원'), ['n105000원', 'n105000']);
    assert.deepEqual(keysOf('천백만 원'), ['n11000000원', 'n11000000']);
    assert.deepEqual(keysOf('1억 천만원'), ['n110000000원', 'n110000000']);
  });

  it('with a fraction is rid of what binary numbers add', () => {
    assert.deepEqual(keysOf('2.3억 원'), ['n230000000원', 'n230000000']);
    assert.deepEqual(keysOf('2.3조 원'), ['n2300000000000원', 'n2300000000000']);
    assert.deepEqual(keysOf('0.3%'), ['n0.3%']);
  });

  it('stands where it stands in the text', () => {
    fc.assert(
      fc.property(value, fc.constantFrom('예산은 ', '약 ', '(', ''), (number, before) => {
        const whole = `${number}원`;
        const [found] = amountsIn(`${before}${whole}을 쓴다`);
        assert.deepEqual([found!.start, found!.end], [before.length, before.length + whole.length]);
      }),
    );
  });

  it('has names that are read as the same amount', () => {
    fc.assert(
      fc.property(value, number => {
        const [found] = amountsIn(`${number}원`);
        for (const name of found!.names) assert.deepEqual(keysOf(name), found!.keys, name);
      }),
    );
  });

  it('is no count, no version and no telephone number', () => {
    for (const text of ['3', '2026', '1.2.3', '010-1234-5678', '0012345', 'v12345', '수만 명', '몇천 원'])
      assert.deepEqual(keysOf(text), [], text);
  });

  it('is a share in every way of writing it', () => {
    for (const text of ['30%', '30 %', '30퍼센트', '30 percent', '30프로'])
      assert.deepEqual(keysOf(text), ['n30%'], text);
    assert.deepEqual(keysOf('30프로젝트'), []);
  });
});
