/** Packs blocks into passages, the units that are encoded, indexed, ranked and shown. */
import type { PassagePlace } from '../domain/passage.ts';
import type { Block, BlockedText } from './blocks.ts';
import { sentencesOf } from './sentences.ts';

/** The length of passages, in the model's tokens. */
export interface PassageRules {
  /** Tokens that a passage's own text always has room for, however long its headings are. */
  readonly minTokens: number;
  /** A longer block is cut at sentences, lines or rows. */
  readonly maxTokens: number;
}

/** Where in the document's own text; its reader adds the location. */
export interface Passage extends Omit<PassagePlace, 'location'> {
  /** The tokens of its text as it stands, about: the sum over its blocks. */
  readonly tokens: number;
}

/** Hard limits, so that hostile input costs no more than its size. */
export const MAX_PASSAGE_CHARACTERS = 4_000;
const MAX_HEADING_TOKENS = 48;

/**
 * Packs blocks of one section greedily up to `maxTokens` and cuts what is longer. `countTokens` is the
 * model's own count for a piece of text (without special tokens). Passages never overlap and come in
 * reading order; each block's text is in exactly one passage.
 */
export function passagesOf(
  text: string,
  document: BlockedText,
  rules: PassageRules,
  countTokens: (text: string) => number,
): Passage[] {
  const lines = lineStarts(text);
  const passages: Passage[] = [];
  let open = null as (Piece & { readonly headings: readonly string[] }) | null;
  const close = (): void => {
    if (open === null) return;
    const first = lineOf(lines, open.start);
    passages.push({
      start: open.start,
      end: open.end,
      line: first,
      column: open.start - lines[first]!,
      endLine: lineOf(lines, Math.max(open.start, open.end - 1)),
      headings: withTitle(document.title, open.headings),
      tokens: open.tokens,
    });
    open = null;
  };
  let trail = { text: '', tokens: 0 };
  for (const block of document.blocks) {
    const headings = withTitle(document.title, block.headings).join(' ');
    if (headings !== trail.text) trail = { text: headings, tokens: countTokens(headings) };
    const budget = rules.maxTokens - Math.min(MAX_HEADING_TOKENS, trail.tokens);
    for (const piece of piecesOf(text, block, Math.max(rules.minTokens, budget), countTokens)) {
      const sameSection = open !== null && sameTrail(open.headings, block.headings);
      if (open !== null && sameSection && fits(open, piece, budget)) {
        open = { ...open, end: piece.end, tokens: open.tokens + piece.tokens };
      } else {
        close();
        open = { ...piece, headings: block.headings };
      }
    }
  }
  close();
  return passages;
}

interface Piece {
  readonly start: number;
  readonly end: number;
  readonly tokens: number;
}

function fits(open: Piece, piece: Piece, budget: number): boolean {
  return open.tokens + piece.tokens <= budget && piece.end - open.start <= MAX_PASSAGE_CHARACTERS;
}

/** A whole block if it fits; otherwise its sentences (prose) or lines (code, tables, lists), packed again. */
function piecesOf(
  text: string,
  block: Block,
  budget: number,
  countTokens: (text: string) => number,
): Piece[] {
  const whole = measured(text, block.start, block.end, countTokens);
  if (whole.tokens <= budget && block.end - block.start <= MAX_PASSAGE_CHARACTERS) return [whole];
  const cuts = block.kind === 'paragraph' || block.kind === 'quote' ? sentencesOf : lineSpans;
  const pieces: Piece[] = [];
  for (const span of cuts(text, block.start, block.end)) {
    for (const part of hardCut(text, measured(text, span.start, span.end, countTokens), budget)) {
      const last = pieces.at(-1);
      if (last !== undefined && fits(last, part, budget))
        pieces[pieces.length - 1] = { start: last.start, end: part.end, tokens: last.tokens + part.tokens };
      else pieces.push(part);
    }
  }
  return pieces;
}

function measured(text: string, start: number, end: number, countTokens: (text: string) => number): Piece {
  // A token has at least one character, so very long text is too long without an exact count.
  const slice = text.slice(start, Math.min(end, start + MAX_PASSAGE_CHARACTERS));
  const scale = (end - start) / Math.max(1, slice.length);
  return { start, end, tokens: Math.ceil(countTokens(slice) * scale) };
}

/** Cuts a sentence or line that is too long by itself: at blanks, or else between characters. */
function* hardCut(text: string, piece: Piece, budget: number): Generator<Piece> {
  const length = piece.end - piece.start;
  const parts = Math.max(Math.ceil(piece.tokens / budget), Math.ceil(length / MAX_PASSAGE_CHARACTERS));
  if (parts <= 1) {
    yield piece;
    return;
  }
  const step = Math.ceil(length / parts);
  let start = piece.start;
  while (start < piece.end) {
    let end = Math.min(piece.end, start + step);
    if (end < piece.end) {
      // The search stays within the piece: a text without a blank would be searched back to its beginning.
      const blank = text.slice(start, end + 1).lastIndexOf(' ');
      if (blank > step / 2) end = start + blank + 1;
      // A cut must not separate the halves of a surrogate pair.
      const unit = text.charCodeAt(end);
      if (unit >= 0xdc00 && unit <= 0xdfff) end++;
    }
    yield { start, end, tokens: Math.ceil((piece.tokens * (end - start)) / length) };
    start = end;
  }
}

function lineSpans(text: string, start: number, end: number): { start: number; end: number }[] {
  const spans: { start: number; end: number }[] = [];
  let from = start;
  while (from < end) {
    const newline = text.indexOf('\n', from);
    const to = newline === -1 || newline >= end ? end : newline + 1;
    spans.push({ start: from, end: to });
    from = to;
  }
  return spans;
}

function withTitle(title: string | null, headings: readonly string[]): readonly string[] {
  return title === null || headings[0] === title ? headings : [title, ...headings];
}

function sameTrail(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((heading, i) => heading === b[i]);
}

/** Offsets at which lines begin; as in VS Code, `\r\n`, `\n` and a lone `\r` end a line. */
export function lineStarts(text: string): number[] {
  const starts = [0];
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit === 10 || (unit === 13 && text.charCodeAt(i + 1) !== 10)) starts.push(i + 1);
  }
  return starts;
}

/** The line of an offset, found by binary search. */
export function lineOf(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (starts[middle]! <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
