/**
 * Terms that mean the same: a user's own list, and pairs learnt from documents.
 *
 * The list is plain text, with one group on each line: `쿠버네티스, kubernetes, k8s`. A line that begins with `#`
 * is a comment; empty lines have no meaning.
 */
import { queryFormOf } from '../queryForm.ts';

export type GlossaryProblemKind =
  /** The group has only one term. */
  | 'single'
  /** There is nothing between two commas. */
  | 'empty'
  /** The term is longer than the limit. */
  | 'long'
  /** The group has more terms than the limit. */
  | 'many'
  /** The same term stands twice in one group. */
  | 'repeated';

export interface GlossaryProblem {
  /** One-based. */
  readonly line: number;
  readonly kind: GlossaryProblemKind;
  /** The faulty term, or the line where the fault is not about one term. */
  readonly text: string;
}

export interface ParsedGlossary {
  /** Groups of two or more terms in normal form. Faulty terms are left out; the rest of their line is kept. */
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

/**
 * Groups of terms that mean the same. A term in several groups relates to the other terms of all of them, but
 * not to those terms' other groups.
 */
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

  /** The other terms of a term's groups, in their order in the list. */
  othersOf(term: string): string[] {
    return Array.from(this.#others.get(termOf(term)) ?? []);
  }

  get size(): number {
    return this.#others.size;
  }
}
