/**
 * Prints what the forms of a query cost: `node test/text/forms/measure.ts WORDS.tsv`, one word of the vocabulary a
 * line, its count after a tab.
 */
import { readFileSync } from 'node:fs';
import { canBeHalfTyped } from '../../../src/text/forms/korean/halfTyped.ts';
import { HangulWords } from '../../../src/text/forms/korean/hangulWords.ts';
import { initialsPatternOf } from '../../../src/text/forms/korean/initials.ts';
import { keystrokesOf } from '../../../src/text/forms/typing/keystrokes.ts';
import { lexiconOf } from '../../../src/text/forms/lexicon.ts';
import { rewritingsOf } from '../../../src/text/forms/rewritingsOf.ts';
import { SpellingIndex } from '../../../src/text/forms/typing/spellingIndex.ts';
import { WordCounts } from '../../../src/text/forms/vocabulary.ts';
import { syllableOf, withFinal } from '../../../src/text/jamo.ts';

const counts = new Map(
  readFileSync(process.argv[2]!, 'utf8')
    .split('\n')
    .slice(0, 200_000)
    .map(line => [line.split('\t')[0]!, Number(line.split('\t')[1] ?? 1)] as const),
);
const words = [...counts.keys()];

/** Median and 95th percentile of one run each, after a first round that is not counted. */
function time(name: string, queries: readonly string[], run: (query: string) => void): void {
  queries.forEach(run);
  const times = queries.map(query => {
    const start = performance.now();
    run(query);
    return performance.now() - start;
  });
  times.sort((a, b) => a - b);
  const at = (share: number): string => times[Math.floor(times.length * share)]!.toFixed(2);
  const mean = times.reduce((sum, each) => sum + each, 0) / times.length;
  const perWord = ((mean * 1e6) / words.length).toFixed(1);
  console.log(`${name}: p50 ${at(0.5)} ms, p95 ${at(0.95)} ms; ${perWord} ns a word of the vocabulary`);
}

function build<T>(name: string, make: () => T): T {
  globalThis.gc?.();
  const memory = process.memoryUsage().heapUsed;
  const start = performance.now();
  const made = make();
  const ms = performance.now() - start;
  globalThis.gc?.();
  const megabytes = (process.memoryUsage().heapUsed - memory) / 1e6;
  console.log(`${name}: built in ${ms.toFixed(0)} ms, ${megabytes.toFixed(1)} MB`);
  return made;
}

const vocabulary = build('vocabulary', () => new WordCounts(counts));
const hangulWords = build('Hangul words', () => new HangulWords(words));
const spellings = build('spelling index', () => new SpellingIndex(words));
const lexicon = build('lexicon', () => lexiconOf(vocabulary));
const known = words.filter(word => /^[가-힣]{2,5}$/.test(word));
const sample = Array.from({ length: 500 }, (_, i) => known[Math.floor((i * known.length) / 500)]!);
const mistyped = sample.map(
  word => word.slice(0, -1) + String.fromCharCode(word.charCodeAt(word.length - 1) + 28),
);
const initials = sample.map(word => Array.from(word, letter => syllableOf(letter)!.initial).join(''));
const halfTyped = sample.map(word => withFinal(word, '')!).filter(canBeHalfTyped);
console.log(`${words.length} words, ${sample.length} queries`);
time('mistyped', mistyped, word => spellings.near(word));
time('초성', initials, word => hangulWords.matching(initialsPatternOf(word)!));
time('half-typed', halfTyped, word => hangulWords.continuing(word));
time('all forms, known word', sample, word => rewritingsOf(word, lexicon, { typing: true }));
time('all forms, mistyped', mistyped, word => rewritingsOf(word, lexicon, { typing: true }));
time('all forms, 초성', initials, word => rewritingsOf(word, lexicon, { typing: true }));
time('all forms, other layout', sample.map(keystrokesOf), word => rewritingsOf(word, lexicon));
