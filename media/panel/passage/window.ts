import type { TextRange } from '../../../src/domain/textRange.ts';
import { cutBefore } from './graphemes.ts';
import type { Tint } from './tints.ts';

/** The end of a sentence: its mark, closing quotes or brackets, and the blank after them. */
const SENTENCE_END = /[.!?。！？…]["'”’)\]」』》]*\s+|\n/g;
/** A further word of a concept that is already in the window counts this fraction of the first one. */
const REPEAT = 0.2;
const MOST_CANDIDATES = 200;
/** The minimum share of the window to fill when it ends with a sentence, or with a word. */
const SENTENCE_FILL = 0.55;
const WORD_FILL = 0.86;

/** Width of a UTF-16 unit in half-width columns: 2 for Hangul and other full-width text. */
function columns(unit: number): number {
  return unit >= 0x1100 &&
    (unit <= 0x115f || (unit >= 0x2e80 && unit <= 0xd7a3) || (unit >= 0xf900 && unit < 0xff61))
    ? 2
    : 1;
}

/**
 * The part of a passage to show in `budget` half-width columns: the densest in tinted words, beginning
 * with a sentence where that costs nothing, and never cut inside a character or, if it can be helped, a word.
 */
export function chooseWindow(text: string, tints: readonly Tint[], budget: number): TextRange {
  const sums = new Uint32Array(text.length + 1);
  for (let at = 0; at < text.length; at++) sums[at + 1] = sums[at]! + columns(text.charCodeAt(at));
  if (sums[text.length]! <= budget) return { start: 0, end: text.length };

  const ordered = [...tints].sort((a, b) => a.start - b.start);
  const total = ordered.reduce((sum, tint) => sum + tint.value, 0);
  const sentences = sentenceStarts(text);
  let best = { start: 0, score: -1 };
  for (const start of candidates(text, sums, ordered, sentences, budget)) {
    const score =
      density(ordered, start, lastFitting(sums, start, budget)) +
      (sentences.has(start) ? total * 0.05 : 0) +
      (leads(text, ordered, sentences, start) ? total * 0.04 : 0) +
      (start === 0 ? total * 0.02 : 0);
    if (score > best.score + 1e-12) best = { start, score };
  }
  const end = lastFitting(sums, best.start, budget);
  return { start: best.start, end: softEnd(text, ordered, sentences, best.start, end) };
}

/** The furthest offset that still fits. */
function lastFitting(sums: Uint32Array, start: number, budget: number): number {
  let low = start;
  let high = sums.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (sums[middle]! - sums[start]! <= budget) low = middle;
    else high = middle - 1;
  }
  return low;
}

function sentenceStarts(text: string): ReadonlySet<number> {
  const starts = new Set([0]);
  for (const match of text.matchAll(SENTENCE_END)) starts.add(match.index + match[0].length);
  return starts;
}

/** Beginnings worth trying: sentences, a little before each tinted word, and the last full window. */
function candidates(
  text: string,
  sums: Uint32Array,
  tints: readonly Tint[],
  sentences: ReadonlySet<number>,
  budget: number,
): Iterable<number> {
  const starts = new Set<number>([0]);
  const latest = latestStart(sums, budget);
  for (const tint of tints.slice(0, MOST_CANDIDATES)) {
    starts.add(wordStart(text, Math.min(latest, columnsBefore(sums, tint.start, budget * 0.25))));
  }
  for (const sentence of Array.from(sentences).slice(0, MOST_CANDIDATES)) {
    if (sentence <= latest) starts.add(sentence);
  }
  return Array.from(starts).sort((a, b) => a - b);
}

function latestStart(sums: Uint32Array, budget: number): number {
  const total = sums.at(-1)!;
  let at = sums.length - 1;
  while (at > 0 && total - sums[at - 1]! <= budget) at--;
  return at;
}

function columnsBefore(sums: Uint32Array, offset: number, width: number): number {
  let at = offset;
  while (at > 0 && sums[offset]! - sums[at - 1]! <= width) at--;
  return at;
}

/** The nearest beginning of a word at or after, within reach; else the nearest character. */
function wordStart(text: string, offset: number): number {
  if (offset === 0) return 0;
  for (let at = offset; at < Math.min(text.length, offset + 12); at++) {
    if (/\s/.test(text[at - 1]!)) return at;
  }
  return cutBefore(text, offset);
}

function density(tints: readonly Tint[], start: number, end: number): number {
  const seen = new Set<string>();
  let score = 0;
  for (const tint of tints) {
    if (tint.start >= end) break;
    if (tint.start < start || tint.end > end) continue;
    score += seen.has(tint.group) ? tint.value * REPEAT : tint.value;
    seen.add(tint.group);
  }
  return score;
}

/** Whether the first tinted word from `start` on stands in the sentence that begins there. */
function leads(text: string, tints: readonly Tint[], sentences: ReadonlySet<number>, start: number): boolean {
  if (!sentences.has(start)) return false;
  const first = tints.find(tint => tint.start >= start)?.start ?? text.length;
  for (let at = start + 1; at <= first; at++) if (sentences.has(at)) return false;
  return true;
}

/** Ends with a sentence if one ends nearby, otherwise with a word; tinted words are kept in. */
function softEnd(
  text: string,
  tints: readonly Tint[],
  sentences: ReadonlySet<number>,
  start: number,
  end: number,
): number {
  if (end >= text.length) return text.length;
  const lastTint = tints.reduce((last, tint) => (tint.end <= end ? Math.max(last, tint.end) : last), start);
  const from = (share: number): number => Math.max(lastTint - 1, start + Math.floor((end - start) * share));
  for (let at = end; at > from(SENTENCE_FILL); at--) {
    if (sentences.has(at)) return trimmed(text, at);
  }
  for (let at = end; at > from(WORD_FILL); at--) {
    if (/\s/.test(text[at]!)) return trimmed(text, at);
  }
  return Math.max(cutBefore(text, end), start + 1);
}

function trimmed(text: string, end: number): number {
  let at = end;
  while (at > 0 && /\s/.test(text[at - 1]!)) at--;
  return at;
}
