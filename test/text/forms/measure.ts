/** Prints what looking for mistyped words costs: `node test/text/forms/measureSpelling.ts WORDS.txt` (one word a line). */
import { readFileSync } from 'node:fs';
import { SpellingIndex } from '../../../src/text/forms/spellingIndex.ts';
import { HangulWords } from '../../../src/text/forms/hangulWords.ts';
import { initialsPatternOf } from '../../../src/text/forms/initials.ts';
import { INITIALS, indicesOf } from '../../../src/text/jamo.ts';

const words = readFileSync(process.argv[2]!, 'utf8')
  .split('\n')
  .filter(word => word !== '');
const time = (name: string, count: number, run: () => void): void => {
  const start = performance.now();
  run();
  const ms = performance.now() - start;
  console.log(`${name}: ${((ms * 1e3) / count).toFixed(1)} µs each (${count})`);
};
let index = new SpellingIndex([]);
time(`spelling index of ${words.length} words`, words.length, () => (index = new SpellingIndex(words)));
let hangul = new HangulWords([]);
time('hangul words', words.length, () => (hangul = new HangulWords(words)));
const known = words.filter(word => /^[가-힣]{2,5}$/.test(word));
const sample = Array.from({ length: 300 }, (_, i) => known[Math.floor((i * known.length) / 300)]!);
const mistyped = sample.map(
  word => word.slice(0, -1) + String.fromCharCode(word.charCodeAt(word.length - 1) + 28),
);
let found = 0;
time('near', sample.length, () => {
  for (const word of mistyped) found += index.near(word).length;
});
console.log(
  `${(found / sample.length).toFixed(1)} candidates each; scanning costs per word of the vocabulary = near / ${words.length}`,
);
const initials = sample.map(word =>
  [...word].map(letter => INITIALS[indicesOf(letter.charCodeAt(0))[0]]!).join(''),
);
time('initials', sample.length, () => {
  for (const word of initials) hangul.matching(initialsPatternOf(word)!);
});
time('half-typed', sample.length, () => {
  for (const word of sample)
    hangul.continuing(word.slice(0, -1) + word.at(-1)!.normalize('NFD')[0]!.normalize('NFC'));
});
