/** Fits the parts of an answer into the number of tokens that the agent wants to spend on it. */
import { estimateTokens, withinTokens } from './tokens.ts';

export const TOKENS = { least: 200, usual: 4_000, most: 40_000 } as const;

export interface Part<T> {
  /** The same part as data for programs. */
  readonly fields: T;
  readonly text: string;
}

export interface Fitted<T> {
  readonly parts: readonly Part<T>[];
  /** Number of parts that did not fit. */
  readonly left: number;
}

/** Clients show an agent either the fields or the text, so neither may cost more than the budget. */
export function costOf({ fields, text }: Part<unknown>): number {
  return Math.max(estimateTokens(JSON.stringify(fields)), estimateTokens(text));
}

/**
 * The first parts that fit. The first part is shortened until it fits: `cut` makes it shorter by about the
 * given number of characters.
 */
export function fit<T extends { readonly quote: string }>(
  all: readonly T[],
  tokens: number,
  partOf: (fields: T, index: number) => Part<T>,
  cut: (fields: T, quote: string) => T,
): Fitted<T> {
  const parts: Part<T>[] = [];
  let spent = 0;
  for (const [index, fields] of all.entries()) {
    const part = partOf(fields, index);
    const cost = costOf(part);
    if (spent + cost > tokens) {
      if (index === 0) parts.push(shortened(fields, part, tokens, partOf, cut));
      break;
    }
    spent += cost;
    parts.push(part);
  }
  return { parts, left: all.length - parts.length };
}

/**
 * Shortens the quote until the part fits, or nothing of the quote is left: JSON writes some characters longer
 * than they are.
 */
function shortened<T extends { readonly quote: string }>(
  fields: T,
  part: Part<T>,
  tokens: number,
  partOf: (fields: T, index: number) => Part<T>,
  cut: (fields: T, quote: string) => T,
): Part<T> {
  let best = part;
  let room = tokens - (costOf(part) - estimateTokens(fields.quote));
  for (let quote = fields.quote; quote !== '' && costOf(best) > tokens; room -= Math.ceil(tokens / 20)) {
    quote = withinTokens(fields.quote, Math.max(0, room));
    best = partOf(cut(fields, quote), 0);
  }
  return best;
}
