/**
 * Ways to narrow a search down, counted over the hits that are shown: their strongest concepts, folders, types, tags
 * and months, each with the operator that keeps those hits. Pure.
 */
import type { FacetKind, FacetValue } from '../domain/search.ts';
import type { Hit } from '../domain/hit.ts';
import { operatorFor } from './query/language/suggestions.ts';

const ORDER: readonly FacetKind[] = ['concept', 'folder', 'type', 'tag', 'month'];
/** Values of a kind. */
const MOST_VALUES = 8;
/** Concepts of a hit that are counted: the strongest ones. */
const CONCEPTS = 8;

/** Values of each kind, most hits first. A value that all hits have would narrow nothing, and is left out. */
export function facetsOf(hits: readonly Hit[]): readonly FacetValue[] {
  const read = hits.filter(hit => hit.waiting !== true);
  return ORDER.flatMap(kind => {
    const counts = new Map<string, number>();
    for (const hit of read)
      for (const name of new Set(namesOf(kind, hit))) counts.set(name, (counts.get(name) ?? 0) + 1);
    return [...counts]
      .flatMap(([name, count]): FacetValue[] => {
        const operator = operatorOf(kind, name);
        return count === hits.length || operator === null ? [] : [{ kind, name, count, operator }];
      })
      .sort((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1))
      .slice(0, MOST_VALUES);
  });
}

/** The query with the operator, at its end; unchanged where it is there already. */
export function narrowed(query: string, operator: string): string {
  const words = query.trim();
  return ` ${words} `.includes(` ${operator} `) ? words : `${words} ${operator}`.trim();
}

function namesOf(kind: FacetKind, hit: Hit): readonly string[] {
  const names: Readonly<Record<FacetKind, () => readonly string[]>> = {
    concept: () => conceptsOf(hit),
    folder: () => foldersOf(hit),
    type: () => typesOf(hit),
    tag: () => hit.tags ?? [],
    month: () => (hit.modified === undefined ? [] : [monthOf(hit.modified)]),
  };
  return names[kind]();
}

function foldersOf({ file }: Hit): readonly string[] {
  const end = file.lastIndexOf('/');
  return end === -1 ? [] : [file.slice(0, end).normalize('NFC')];
}

function typesOf({ file }: Hit): readonly string[] {
  const extension = /\.([^./]+)$/u.exec(file)?.[1];
  return extension === undefined ? [] : [extension.toLowerCase()];
}

/**
 * Words that the model added to the query and that stand in the passage: requiring one keeps the passages that have it.
 * Concepts that the model only read into a passage can't be required.
 */
function conceptsOf({ contributions }: Hit): readonly string[] {
  return contributions
    .filter(({ kind, token }) => kind === 'queryExpansion' && /^[\p{L}\p{N}]{2,}$/u.test(token))
    .slice(0, CONCEPTS)
    .map(({ token }) => token);
}

function operatorOf(kind: FacetKind, name: string): string | null {
  const operators: Readonly<Record<FacetKind, string | null>> = {
    concept: `+${name}`,
    folder: operatorFor('path', name),
    type: operatorFor('extension', name),
    tag: operatorFor('tag', name),
    month: `수정:${name}`,
  };
  return operators[kind];
}

function monthOf(time: number): string {
  const date = new Date(time);
  return `${date.getFullYear()}-${String(date.getMonth() + 1).padStart(2, '0')}`;
}
