/**
 * Tells whether a Hangul word may be a Latin one written by its sound (쿠버네티스, Kubernetes).
 *
 * Both are reduced to classes of consonants, which transcription preserves best, and compared by a weighted
 * edit distance (after Soundex and Editex: Zobel and Dart, SIGIR 1996). The test is rough: it has to tell a
 * transcription from a translation or a remark, not one transcription from another.
 */
import { indicesOf, isSyllable } from '../../jamo.ts';

/**
 * Classes in the order of `INITIALS`: K for velars, T for dentals, P for labials, S and C for affricates;
 * others stand for themselves, with H for ㅎ and nothing for ㅇ.
 */
const INITIAL_CLASSES = [
  'K',
  'K',
  'N',
  'T',
  'T',
  'L',
  'M',
  'P',
  'P',
  'S',
  'S',
  '',
  'C',
  'C',
  'C',
  'K',
  'T',
  'P',
  'H',
];
/** Classes in the order of `FINALS`: a cluster counts as its first letter; ㅅ stands for [t] or [s]. */
const FINAL_CLASSES = [
  '', 'K', 'K', 'K', 'N', 'N', 'N', 'T', 'L', 'L', 'L', 'L', 'L', 'L', 'L', 'L', 'M', 'P', 'P', 'T', 'T', 'N', 'C', 'C',
  'K', 'T', 'P', 'T',
]; // prettier-ignore

/** The consonant classes of a Hangul word; `-` stands first if the word begins with a vowel. */
export function hangulSounds(word: string): string {
  let sounds = '';
  for (let i = 0; i < word.length; i++) {
    const unit = word.charCodeAt(i);
    if (!isSyllable(unit)) continue;
    const [initial, , final] = indicesOf(unit);
    const first = INITIAL_CLASSES[initial]!;
    // ㄹㄹ is one [l] and ㄴㄴ one [n]: 클라, 런닝.
    if (!(sounds.endsWith(first) && first !== '' && 'LNM'.includes(first))) sounds += first;
    if (sounds === '') sounds = '-';
    sounds += FINAL_CLASSES[final]!;
  }
  return sounds;
}

/** Spellings of several letters, longest first, and then single letters. */
const SPELLINGS: readonly (readonly [RegExp, string])[] = [
  [/^(?:tsch|tch|ch|cz)/, 'C'], [/^sch/, 'SK'], [/^(?:sh|ss)/, 'S'], [/^(?:ti|ci|si)(?=on|a)/, 'S'], [/^th/, 'S'],
  [/^ph/, 'P'], [/^(?:ck|kk|cc(?![eiy])|gg|qu|q)/, 'K'], [/^x/, 'KS'], [/^ng(?![aeiouyr])/, 'N'], [/^dg/, 'C'],
  [/^(?:kn|gn|nn)/, 'N'], [/^wr/, 'L'], [/^wh/, ''], [/^gh(?=t|$)/, ''], [/^c(?=[eiy])/, 'S'], [/^g(?=[eiy])/, 'C'],
  [/^(?:tt|dd)/, 'T'], [/^(?:ll|rr)/, 'L'], [/^mm/, 'M'], [/^(?:pp|bb|ff)/, 'P'], [/^zz/, 'C'],
  [/^[bpfv]/, 'P'], [/^[ckg]/, 'K'], [/^[dt]/, 'T'], [/^[lr]/, 'L'], [/^m/, 'M'], [/^n/, 'N'], [/^s/, 'S'], [/^[jz]/, 'C'],
  [/^h/, 'H'],
]; // prettier-ignore

/**
 * The consonant classes of a Latin word, ignoring case and diacritics; `-` stands first if the word begins
 * with a vowel.
 */
export function latinSounds(word: string): string {
  let rest = word
    .normalize('NFD')
    .toLowerCase()
    .replace(/[^a-z]/g, '');
  let sounds = /^[aeiouyw]/.test(rest) ? '-' : '';
  while (rest !== '') {
    const spelling = SPELLINGS.find(([letters]) => letters.test(rest));
    sounds += spelling?.[1] ?? '';
    rest = rest.slice(spelling?.[0].exec(rest)?.[0].length ?? 1);
  }
  return sounds;
}

/** Cost of one class standing for another; 1 is a full difference. */
const CLOSE: Readonly<Record<string, number>> = {
  SC: 0.2,
  ST: 0.4,
  CT: 0.5,
  CK: 0.4,
  PH: 0.4,
  NM: 0.5,
  KH: 0.6,
  SK: 0.8,
};
/** Cost of a class that is missing: [r] after vowels, [h], a final ㅅ for [t], or [t] between consonants. */
const LOSS: Readonly<Record<string, number>> = { L: 0.4, H: 0.3, '-': 0.5, T: 0.7, S: 0.8, N: 0.8, K: 0.8 };

/**
 * Indices into `VOWELS` of the sounds that a first letter may stand for (apple, east, item, office, open,
 * unit, university).
 */
const FIRST_VOWELS: Readonly<Record<string, readonly number[]>> = {
  a: [0, 1, 4, 5, 8, 20],
  e: [1, 4, 5, 13, 17, 18, 20],
  i: [0, 4, 20],
  o: [0, 4, 8, 9, 13, 14],
  u: [0, 4, 13, 17],
};

/** Whether both words can begin with the same vowel; true where one begins with a consonant. */
function sameFirstVowel(hangul: string, latin: string): boolean {
  const [initial, vowel] = indicesOf(hangul.charCodeAt(0));
  return initial !== 11 || (FIRST_VOWELS[latin[0]!.toLowerCase()]?.includes(vowel) ?? true);
}

/** Likeness of the sounds, 0..1. */
export function phoneticLikeness(hangul: string, latin: string): number {
  const a = hangulSounds(hangul);
  const b = latinSounds(latin);
  if (a.length === 0 || b.length === 0) return 0;
  let last = [0];
  for (let j = 0; j < b.length; j++) last.push(last[j]! + loss(b[j]!));
  for (let i = 0; i < a.length; i++) {
    const row = [last[0]! + loss(a[i]!)];
    for (let j = 0; j < b.length; j++)
      row.push(Math.min(last[j]! + change(a[i]!, b[j]!), last[j + 1]! + loss(a[i]!), row[j]! + loss(b[j]!)));
    last = row;
  }
  const likeness = Math.max(0, 1 - last[b.length]! / Math.max(a.length, b.length));
  return sameFirstVowel(hangul, latin) ? likeness : likeness / 2;
}

function loss(sound: string): number {
  return LOSS[sound] ?? 1;
}

function change(a: string, b: string): number {
  return a === b ? 0 : (CLOSE[a + b] ?? CLOSE[b + a] ?? 1);
}

const LETTER_NAMES: Readonly<Record<string, string>> = {
  a: '에이', b: '비', c: '[씨시]', d: '디', e: '이', f: '에프', g: '[지쥐]', h: '에이치', i: '아이', j: '제이', k: '케이',
  l: '엘', m: '엠', n: '엔', o: '오', p: '피', q: '큐', r: '(?:알|아르)', s: '에스', t: '티', u: '유', v: '(?:브이|비)',
  w: '더블유', x: '엑스', y: '와이', z: '(?:제트|지)',
}; // prettier-ignore

/** Whether a Hangul word spells an abbreviation letter by letter (에이피아이, API). */
export function isSpeltOut(hangul: string, latin: string): boolean {
  if (!/^[A-Za-z]{2,8}$/.test(latin)) return false;
  const names = Array.from(latin.toLowerCase(), letter => LETTER_NAMES[letter]!);
  return new RegExp(`^${names.join('')}$`).test(hangul.replaceAll(' ', ''));
}
