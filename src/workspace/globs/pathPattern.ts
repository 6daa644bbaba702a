/** Matches a whole path against a pattern of several parts. */
import { matchesSegment, STAR, type Segment } from './segmentPattern.ts';
import { matchesWildcards } from './wildcards.ts';

/** The part `**`: any number of names, including none. */
export const GLOBSTAR = Symbol('**');
export type PathPattern = readonly (Segment | typeof GLOBSTAR)[];

/** True for a part of asterisks only. */
export function isStars({ tokens }: Segment): boolean {
  return tokens.length === 1 && tokens[0] === STAR;
}

/** Names in the form of patterns: composed, and in lower case where case is ignored. */
export function namesOf(path: string, anyCase: boolean): string[] {
  const composed = path.normalize('NFC');
  return (anyCase ? composed.toLowerCase() : composed).split('/');
}

export function matchesPath(pattern: PathPattern, names: readonly string[]): boolean {
  return matchesWildcards(
    {
      parts: pattern,
      isWildcard: part => part === GLOBSTAR,
      takes: (part, at) => part !== GLOBSTAR && matchesSegment(part, names[at]!),
    },
    names.length,
  );
}
