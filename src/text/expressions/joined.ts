/**
 * Names and numbers that are written joined or apart: Wi-Fi and wifi, ERR-4012 and ERR4012, 16 GB and 16GB,
 * 010-1234-5678 and 01012345678. The key is `j` followed by the text without the signs in between.
 */
import type { Expression } from './expression.ts';

const LATIN = String.raw`[a-z0-9]`;
/** Letters or digits with signs in between; the whole name is one match. */
const CONNECTED = new RegExp(String.raw`(?<![\p{Script=Latin}\p{N}])${LATIN}+(?:[-_.·'’]+${LATIN}+)*`, 'gu');
/** A number and its unit, with or without a blank. */
const MEASURE = /(?<![a-z0-9.])(\d+(?:\.\d+)?)\s?([a-z]{1,4})(?![a-z0-9])/g;
/** Groups of digits with blanks or hyphens: telephone numbers, accounts, ISBN. */
const NUMBERS = /(?<![a-z0-9])\d{1,6}(?:[ -]\d{1,7}){1,5}(?![a-z0-9])/g;

const LONGEST = 40;
const SHORTEST = 3;
/** Shorter numbers are part of too many other things (1.2.3, 12-3). */
const SHORTEST_NUMBER = 7;

/** `which`: a passage's own words find plain words already, so its index need not keep their keys. */
export function joinedIn(text: string, which: 'all' | 'withoutPlainWords' = 'all'): Expression[] {
  const found = new Map<string, Expression>();
  const add = (start: number, whole: string, name: string): void => {
    const isNumber = !/[a-z]/.test(name);
    if (name.length > LONGEST || name.length < (isNumber ? SHORTEST_NUMBER : SHORTEST)) return;
    const end = start + whole.length;
    const key = `j${name}`;
    found.set(`${start} ${end}`, {
      kind: 'joined',
      start,
      end,
      keys: [key],
      wanted: [key],
      names: [name, `${name} (-)`],
    });
  };
  for (const { 0: whole, index } of text.matchAll(CONNECTED))
    if (which === 'all' || !PLAIN_WORD.test(whole)) add(index, whole, whole.replaceAll(/[^a-z0-9]/g, ''));
  if (!/\d/.test(text)) return [...found.values()];
  for (const { 0: whole, 1: number, 2: unit, index } of text.matchAll(MEASURE))
    add(index, whole, `${number}${unit}`);
  for (const { 0: whole, index } of text.matchAll(NUMBERS)) add(index, whole, whole.replaceAll(/\D/g, ''));
  return [...found.values()];
}

const PLAIN_WORD = /^[a-z][a-z0-9]*$/;
