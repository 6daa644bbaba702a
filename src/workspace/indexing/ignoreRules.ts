/** Which paths of a folder are left out: `.gitignore`, `.malmoiignore` at any depth, and the settings' globs. */
import { GitIgnore } from '../globs/gitIgnore.ts';
import { globMatcher } from '../globs/globs.ts';

/** Folders no one keeps notes in; a `.malmoiignore` can't bring them back. */
const NEVER = new Set(['.git', '.hg', '.svn', 'node_modules', '.venv', '__pycache__']);

export const IGNORE_FILES = ['.gitignore', '.malmoiignore'];

export interface PathFilter {
  readonly include: readonly string[];
  readonly exclude: readonly string[];
}

type Match = (path: string) => boolean;

export class IgnoreRules {
  /** Each rule file's own rules, under the folder it stands in ('' for the root), outermost first. */
  readonly #layers: { readonly base: string; readonly rules: GitIgnore }[] = [];
  readonly #included: Match | null;
  readonly #excluded: Match;

  constructor({ include, exclude }: PathFilter) {
    const options = { anyCase: false };
    this.#included = include.length === 0 ? null : globMatcher(include, options);
    // VS Code's excludes name folders without a trailing /**.
    this.#excluded = globMatcher(
      exclude.flatMap(glob => [glob, `${glob.replace(/\/+$/, '')}/**`]),
      options,
    );
  }

  /** Adds the rules of one ignore file standing in `base` ('' or 'a/b'). */
  add(base: string, text: string): void {
    this.#layers.push({ base: base === '' ? '' : `${base}/`, rules: new GitIgnore(text) });
  }

  /** Whether a folder need not be entered at all. */
  skipsFolder(path: string): boolean {
    const name = path.slice(path.lastIndexOf('/') + 1);
    return NEVER.has(name) || name.startsWith('.') || this.#excluded(path) || this.#ignored(`${path}/`);
  }

  skipsFile(path: string): boolean {
    if (this.#included !== null && !this.#included(path)) return true;
    return this.#excluded(path) || this.#ignored(path);
  }

  #ignored(path: string): boolean {
    let verdict = false;
    for (const { base, rules } of this.#layers) {
      if (!path.startsWith(base) || path.length === base.length) continue;
      const found = rules.test(path.slice(base.length));
      // A deeper file overrules the ones above it (gitignore(5)).
      if (found !== null) verdict = found === 'ignored';
    }
    return verdict;
  }
}
