/**
 * Terms that mean the same: a user's own list, and pairs learnt from documents.
 *
 * The format of the list is plain text, one group a line: `쿠버네티스, kubernetes, k8s`. A line that begins with
 * `#` is a remark, empty lines separate nothing.
 */
import { queryFormOf } from '../queryForm.ts';

export type GlossaryProblemKind =
  /** A term alone has nothing to be the same as. */
  | 'single'
  /** Nothing between two commas. */
  | 'empty'
  /** Longer than any term. */
  | 'long'
  /** More terms than a group may have. */
  | 'many'
  /** The same term twice in one group. */
  | 'repeated';

export interface GlossaryProblem {
  /** One-based. */
  readonly line: number;
  readonly kind: GlossaryProblemKind;
  /** The term, or the line where it is not about one. */
  readonly text: string;
}

export interface ParsedGlossary {
  /** In normal form, two terms or more each. What a problem names is left out, the rest of its line is kept. */
  readonly groups: readonly (readonly string[])[];
  readonly problems: readonly GlossaryProblem[];
}

const MAX_TERM = 60;
const MAX_TERMS = 20;

export function parseGlossary(text: string): ParsedGlossary {
  const groups: string[][] = [];
  const problems: GlossaryProblem[] = [];
  for (const [i, source] of text.split(/\r\n|\r|\n/).entries()) {
    const content = (i === 0 ? source.replace(/^\ufeff/, '') : source).trim();
    if (content === '' || content.startsWith('#')) continue;
    const report = (kind: GlossaryProblemKind, term: string): void => {
      problems.push({ line: i + 1, kind, text: term });
    };
    const group: string[] = [];
    for (const part of content.split(/[,，、]/)) {
      const term = termOf(part);
      if (term === '') report('empty', content);
      else if (term.length > MAX_TERM) report('long', term);
      else if (group.includes(term)) report('repeated', term);
      else if (group.length === MAX_TERMS) report('many', term);
      else group.push(term);
    }
    if (group.length > 1) groups.push(group);
    else if (group.length === 1) report('single', group[0]!);
  }
  return { groups, problems };
}

function termOf(text: string): string {
  return queryFormOf(text.trim()).replace(/\s+/g, ' ');
}

/** What is the same as what. A term in several groups has the others of all of them, not theirs in turn. */
export class Glossary {
  readonly #others = new Map<string, Set<string>>();

  constructor(groups: Iterable<readonly string[]> = []) {
    for (const group of groups) {
      const terms = group.map(termOf).filter(term => term !== '');
      for (const term of terms) {
        const others = this.#others.get(term) ?? new Set<string>();
        for (const other of terms) if (other !== term) others.add(other);
        this.#others.set(term, others);
      }
    }
  }

  /** The other terms of a term's groups, in the order they were given. */
  othersOf(term: string): string[] {
    return Array.from(this.#others.get(termOf(term)) ?? []);
  }

  get size(): number {
    return this.#others.size;
  }
}
