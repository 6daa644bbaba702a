/** Matches a sequence against a pattern with wildcards that stand for any number of its elements. */

export interface WildcardPattern<T> {
  readonly parts: readonly T[];
  readonly isWildcard: (part: T) => boolean;
  /** Whether a part that is no wildcard takes the element at an index. */
  readonly takes: (part: T, at: number) => boolean;
}

/**
 * Takes at most as many steps as the product of both lengths: where two wildcards could share the elements in several
 * ways, moving the last one is enough.
 */
export function matchesWildcards<T>(
  { parts, isWildcard, takes }: WildcardPattern<T>,
  length: number,
): boolean {
  let [part, at, wildcard, wildcardAt] = [0, 0, -1, 0];
  while (at < length) {
    const wanted = parts[part];
    if (wanted !== undefined && isWildcard(wanted)) {
      wildcard = part++;
      wildcardAt = at;
    } else if (wanted !== undefined && takes(wanted, at)) {
      part++;
      at++;
    } else if (wildcard !== -1) {
      part = wildcard + 1;
      at = ++wildcardAt;
    } else return false;
  }
  while (part < parts.length && isWildcard(parts[part]!)) part++;
  return part === parts.length;
}
