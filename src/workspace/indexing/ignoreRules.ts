/**
 * Tells which paths of a folder are excluded: by `.gitignore` and `.malmoiignore` at any depth, and by the globs of the
 * settings.
 */
import type { Exclusion } from '../../domain/explanation.ts';
import { GitIgnore } from '../globs/gitIgnore.ts';
import { globMatcher } from '../globs/globs.ts';

/** Folders in which nobody keeps notes; a `.malmoiignore` cannot bring them back. */
const NEVER = new Set(['.git', '.hg', '.svn', 'node_modules', '.venv', '__pycache__']);

export const IGNORE_FILES = ['.gitignore', '.malmoiignore'];

export interface PathFilter {
  readonly include: readonly string[];
  readonly exclude: readonly string[];
}

type Match = (path: string) => boolean;

export class IgnoreRules {
  /** The rules of each ignore file, under the folder it stands in ('' for the root), outermost first. */
  readonly #layers: { readonly base: string; readonly file: string; readonly rules: GitIgnore }[] = [];
  readonly #excludes: readonly { readonly glob: string; readonly matches: Match }[];
  readonly #included: Match | null;
  readonly #excluded: Match;

  constructor({ include, exclude }: PathFilter) {
    const options = { anyCase: false };
    this.#included = include.length === 0 ? null : globMatcher(include, options);
    this.#excludes = exclude.map(glob => ({
      glob,
      matches: globMatcher([glob, `${glob.replace(/\/+$/, '')}/**`], options),
    }));
    // VS Code's excludes name folders without a trailing /**.
    this.#excluded = globMatcher(
      exclude.flatMap(glob => [glob, `${glob.replace(/\/+$/, '')}/**`]),
      options,
    );
  }

  /** Adds the rules of an ignore file with this name in `base` ('' or 'a/b'). */
  add(base: string, text: string, name: string = IGNORE_FILES[0]!): void {
    const folder = base === '' ? '' : `${base}/`;
    this.#layers.push({ base: folder, file: folder + name, rules: new GitIgnore(text) });
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

  /** The rule that excludes a file; null where none does. Rules that exclude a folder above it count as well. */
  exclusionOf(path: string): Exclusion | null {
    const parts = path.split('/');
    for (let depth = 1; depth < parts.length; depth++) {
      const folder = parts.slice(0, depth).join('/');
      const name = parts[depth - 1]!;
      if (NEVER.has(name) || name.startsWith('.')) return { by: 'hidden', folder };
      const glob = this.#excludes.find(({ matches }) => matches(folder))?.glob;
      if (glob !== undefined) return { by: 'exclude', glob };
      if (this.#ignored(`${folder}/`)) return this.#ruleAgainst(`${folder}/`);
    }
    const glob = this.#excludes.find(({ matches }) => matches(path))?.glob;
    if (glob !== undefined) return { by: 'exclude', glob };
    if (this.#included !== null && !this.#included(path)) return { by: 'include' };
    return this.#ignored(path) ? this.#ruleAgainst(path) : null;
  }

  /** The rule of the deepest ignore file decides. */
  #ruleAgainst(path: string): Exclusion | null {
    for (const { base, file, rules } of [...this.#layers].reverse()) {
      if (!path.startsWith(base) || path.length === base.length) continue;
      const rule = rules.ruleAgainst(path.slice(base.length));
      if (rule !== null) return { by: 'rule', file, line: rule.line, rule: rule.text };
    }
    return null;
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
