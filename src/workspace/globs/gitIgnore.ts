/** The rules of one ignore file (gitignore(5)), case-insensitive, matched in bounded time whatever they contain. */
import { GLOBSTAR, isStars, matchesPath, namesOf, type PathPattern } from './pathPattern.ts';
import { segmentsOf } from './segmentPattern.ts';

/** Maximum number of rules, which no file written by people reaches; further ones are ignored. */
const MAX_RULES = 4_096;
const MAX_LENGTH = 1_024;
/** Number of folders whose verdict is remembered. */
const MAX_KNOWN = 65_536;

interface Rule {
  readonly pattern: PathPattern;
  readonly negated: boolean;
  readonly foldersOnly: boolean;
  /** One-based line of the rule, and its text. */
  readonly line: number;
  readonly text: string;
}

/** null means that no rule matches. */
export type Verdict = 'ignored' | 'kept' | null;

export class GitIgnore {
  readonly #rules: readonly Rule[];
  readonly #folders = new Map<string, Verdict>();

  constructor(text: string) {
    this.#rules = text
      .replace(/^\uFEFF/, '')
      .split('\n')
      .flatMap((line, i) => ruleOf(line, i + 1) ?? [])
      .slice(0, MAX_RULES);
  }

  /** `path` is relative to the file's folder, `/`-separated; a folder ends with `/`. */
  test(path: string): Verdict {
    if (this.#rules.length === 0) return null;
    const isFolder = path.endsWith('/');
    const names = namesOf(isFolder ? path.slice(0, -1) : path, true);
    // Nothing inside an excluded folder can be included again.
    for (let depth = 1; depth < names.length; depth++)
      if (this.#folder(names.slice(0, depth)) === 'ignored') return 'ignored';
    return isFolder ? this.#folder(names) : this.#last(names, false);
  }

  /** The rule that excludes a path; null where there is none. */
  ruleAgainst(path: string): { readonly line: number; readonly text: string } | null {
    const isFolder = path.endsWith('/');
    const names = namesOf(isFolder ? path.slice(0, -1) : path, true);
    for (let depth = 1; depth <= names.length; depth++) {
      const rule = this.#lastRule(names.slice(0, depth), depth < names.length || isFolder);
      if (rule !== null && !rule.negated) return { line: rule.line, text: rule.text };
    }
    return null;
  }

  #folder(names: readonly string[]): Verdict {
    const key = names.join('/');
    const known = this.#folders.get(key);
    if (known !== undefined) return known;
    const verdict = this.#last(names, true);
    if (this.#folders.size < MAX_KNOWN) this.#folders.set(key, verdict);
    return verdict;
  }

  /** The last rule that matches decides. */
  #last(names: readonly string[], isFolder: boolean): Verdict {
    const rule = this.#lastRule(names, isFolder);
    return rule === null ? null : rule.negated ? 'kept' : 'ignored';
  }

  #lastRule(names: readonly string[], isFolder: boolean): Rule | null {
    for (let i = this.#rules.length - 1; i >= 0; i--) {
      const rule = this.#rules[i]!;
      if ((isFolder || !rule.foldersOnly) && matchesPath(rule.pattern, names)) return rule;
    }
    return null;
  }
}

function ruleOf(line: string, number: number): Rule | null {
  const own = { line: number, text: line.trim() };
  let text = withoutTrailingBlanks(line.endsWith('\r') ? line.slice(0, -1) : line).normalize('NFC');
  if (text === '' || text.startsWith('#') || text.length > MAX_LENGTH) return null;
  const negated = text.startsWith('!');
  if (negated) text = text.slice(1);
  const foldersOnly = text.endsWith('/');
  if (foldersOnly) text = text.slice(0, -1);
  const isAnchored = text.includes('/');
  if (text.startsWith('/')) text = text.slice(1);
  const segments = segmentsOf(text, true);
  if (segments === null || segments.some(({ tokens }) => tokens.length === 0)) return null;
  const stars = asterisksOf(text);
  const parts: PathPattern = segments.map((segment, i) =>
    stars[i] === true && isStars(segment) ? GLOBSTAR : segment,
  );
  if (!isAnchored) return { ...own, pattern: [GLOBSTAR, segments[0]!], negated, foldersOnly };
  // A pattern that ends with a double asterisk means everything inside, not the folder itself.
  const inside = parts.at(-1) === GLOBSTAR ? [...parts, segments.at(-1)!] : parts;
  return { ...own, pattern: inside, negated, foldersOnly };
}

/** Whether each part consists of two asterisks or more. */
function asterisksOf(pattern: string): boolean[] {
  return pattern.split('/').map(part => /^\*{2,}$/.test(part));
}

/** Blanks at the end count only after a backslash. */
function withoutTrailingBlanks(line: string): string {
  let end = line.length;
  while (end > 0 && line[end - 1] === ' ') end--;
  if (end === line.length) return line;
  let slashes = 0;
  while (line[end - 1 - slashes] === '\\') slashes++;
  return line.slice(0, slashes % 2 === 1 ? end + 1 : end);
}
