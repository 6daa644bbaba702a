/** A whole path against a pattern of several parts. */
import { matchesSegment, STAR, type Segment } from './segmentPattern.ts';

/** `**`: any number of names, none too. */
export const GLOBSTAR = Symbol('**');
export type PathPattern = readonly (Segment | typeof GLOBSTAR)[];

/** True for a part that is asterisks alone. */
export function isStars({ tokens }: Segment): boolean {
  return tokens.length === 1 && tokens[0] === STAR;
}

/** Names as patterns see them: composed, and in lower case where they mean any. */
export function namesOf(path: string, anyCase: boolean): string[] {
  const composed = path.normalize('NFC');
  return (anyCase ? composed.toLowerCase() : composed).split('/');
}

/** As with characters, it is enough to move the last `**`: parts times names comparisons at most. */
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
