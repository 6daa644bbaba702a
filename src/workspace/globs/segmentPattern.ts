/**
 * Matches one name of a path against one part of a pattern: `*`, `?`, `[a-z]`, `[!a]`, `[[:digit:]]`, `\` (git's
 * wildmatch). It uses no regular expressions, because those backtrack, and a pattern may come with a folder that
 * somebody else has written.
 */
import { matchesWildcards } from './wildcards.ts';

/** Inclusive ranges of UTF-16 code units. */
interface CharacterClass {
  readonly negated: boolean;
  readonly anyCase: boolean;
  readonly ranges: readonly (readonly [number, number])[];
}

/** Any run of characters, and any single one. */
export const STAR = Symbol('*');
const ANY = Symbol('?');
type Token = string | typeof STAR | typeof ANY | CharacterClass;

export interface Segment {
  readonly tokens: readonly Token[];
  /** The name itself, where the part has no wildcard. */
  readonly literal: string | null;
}

/** Character classes are ASCII only, as in git; `/` is in no name. */
const CLASSES: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  alnum: [
    ['0', '9'],
    ['A', 'Z'],
    ['a', 'z'],
  ],
  alpha: [
    ['A', 'Z'],
    ['a', 'z'],
  ],
  blank: [
    [' ', ' '],
    ['\t', '\t'],
  ],
  cntrl: [
    ['\0', '\u001f'],
    ['\u007f', '\u007f'],
  ],
  digit: [['0', '9']],
  graph: [['!', '~']],
  lower: [['a', 'z']],
  print: [[' ', '~']],
  punct: [
    ['!', '/'],
    [':', '@'],
    ['[', '`'],
    ['{', '~'],
  ],
  space: [
    [' ', ' '],
    ['\t', '\n'],
    ['\r', '\r'],
  ],
  upper: [['A', 'Z']],
  xdigit: [
    ['0', '9'],
    ['A', 'F'],
    ['a', 'f'],
  ],
};

/** The parts of a pattern between slashes; null where it can match nothing (an unclosed `[`, a `\` at the end). */
export function segmentsOf(pattern: string, anyCase: boolean): Segment[] | null {
  const literal = (char: string): string => (anyCase ? char.toLowerCase() : char);
  const segments: Token[][] = [[]];
  for (let i = 0; i < pattern.length; i++) {
    const open = segments.at(-1)!;
    const char = pattern[i]!;
    if (char === '/') segments.push([]);
    else if (char === '*') {
      if (open.at(-1) !== STAR) open.push(STAR);
    } else if (char === '?') open.push(ANY);
    else if (char === '\\') {
      i++;
      if (i === pattern.length) return null;
      open.push(literal(pattern[i]!));
    } else if (char === '[') {
      const found = classAt(pattern, i, anyCase);
      if (found === null) return null;
      open.push(found.tokens);
      i = found.end;
    } else open.push(literal(char));
  }
  return segments.map(tokens => ({
    tokens,
    literal: tokens.every(token => typeof token === 'string') ? tokens.join('') : null,
  }));
}

function classAt(
  pattern: string,
  start: number,
  anyCase: boolean,
): { tokens: CharacterClass; end: number } | null {
  let i = start + 1;
  const negated = pattern[i] === '!' || pattern[i] === '^';
  if (negated) i++;
  const ranges: (readonly [number, number])[] = [];
  for (let first = true; ; first = false) {
    let char = pattern[i];
    if (char === undefined) return null;
    // A closing bracket that comes first is a member.
    if (char === ']' && !first) return { tokens: { negated, anyCase, ranges }, end: i };
    if (char === '[' && pattern[i + 1] === ':') {
      const end = pattern.indexOf(']', i + 2);
      if (end === -1) return null;
      if (pattern[end - 1] === ':' && end - 1 >= i + 2) {
        const members = CLASSES[pattern.slice(i + 2, end - 1)];
        if (members === undefined) return null;
        for (const [from, to] of members) ranges.push([from.charCodeAt(0), to.charCodeAt(0)]);
        i = end + 1;
        continue;
      }
    }
    if (char === '\\') char = pattern[++i];
    if (char === undefined) return null;
    const from = char.charCodeAt(0);
    i++;
    const isRange = pattern[i] === '-' && pattern[i + 1] !== undefined && pattern[i + 1] !== ']';
    if (!isRange) {
      ranges.push([from, from]);
      continue;
    }
    i++;
    if (pattern[i] === '\\') i++;
    const to = pattern[i];
    if (to === undefined) return null;
    // A reversed range contains only its first character.
    ranges.push([from, Math.max(from, to.charCodeAt(0))]);
    i++;
  }
}

/** `name` is in lower case where the pattern ignores case. */
export function matchesSegment({ tokens, literal }: Segment, name: string): boolean {
  if (literal !== null) return literal === name;
  return matchesWildcards(
    {
      parts: tokens,
      isWildcard: token => token === STAR,
      takes: (token, at) => token !== STAR && takes(token, name, at),
    },
    name.length,
  );
}

function takes(token: Exclude<Token, typeof STAR>, name: string, at: number): boolean {
  if (token === ANY) return true;
  if (typeof token === 'string') return token === name[at];
  const lower = name.charCodeAt(at);
  const upper = token.anyCase ? name[at]!.toUpperCase().charCodeAt(0) : lower;
  const isMember = token.ranges.some(
    ([from, to]) => (from <= lower && lower <= to) || (from <= upper && upper <= to),
  );
  return isMember !== token.negated;
}
