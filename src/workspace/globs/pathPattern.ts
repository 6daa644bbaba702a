/** Matches a whole path against a pattern of several parts. */
import { matchesSegment, STAR, type Segment } from './segmentPattern.ts';

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

/** Moving only the last `**` is enough, as with characters: at most parts times names comparisons. */
export function matchesPath(pattern: PathPattern, names: readonly string[]): boolean {
  let [part, at, star, starAt] = [0, 0, -1, 0];
  while (at < names.length) {
    const wanted = pattern[part];
    if (wanted === GLOBSTAR) {
      star = part++;
      starAt = at;
    } else if (wanted !== undefined && matchesSegment(wanted, names[at]!)) {
      part++;
      at++;
    } else if (star !== -1) {
      part = star + 1;
      at = ++starAt;
    } else return false;
  }
  while (pattern[part] === GLOBSTAR) part++;
  return part === pattern.length;
}
