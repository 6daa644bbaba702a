import type { Contribution, Hit, MatchKind } from '../../../src/domain/hit.ts';

/** The concepts a hit's score is drawn as: contributions that answer one query word in one way. */
export interface Group {
  /** `word:kind`, or `rest`: stable across the stages of a search, unique within a hit. */
  readonly key: string;
  /** Index into `SearchResult.words`; -1 for the rest. */
  readonly word: number;
  readonly kind: MatchKind | 'rest';
  readonly value: number;
  /** Distinct tokens, the largest contributor first. */
  readonly tokens: readonly string[];
  /** How many contributions were merged. */
  readonly count: number;
  /** The contributions, largest first; none of the rest. */
  readonly members: readonly Contribution[];
}

export const REST = 'rest';

/**
 * The key under which `groupContributions` files a contribution: another form of a word is the same concept as the word
 * itself, and so are its pieces.
 */
export function groupKey({ word, kind }: Pick<Contribution, 'word' | 'kind'>): string {
  return `${word}:${kind === 'rewritten' ? 'literal' : kind}`;
}

/**
 * The `named` largest groups of a hit, largest first, and one last `rest` group with everything else. The
 * values sum to `hit.score` exactly: what the engine's addends lack or exceed in the last digits is put
 * into the rest, or into the largest group where there is no rest. A rest of one single group keeps its name.
 */
export function groupContributions(
  hit: Pick<Hit, 'score' | 'contributions'>,
  named: number = 4,
): readonly Group[] {
  const groups = merge(hit.contributions).sort((a, b) => b.value - a.value);
  const shown = groups.length <= named + 1 ? groups : groups.slice(0, named);
  const rest = groups.slice(shown.length);
  const missing = hit.score - sum(shown);
  if (rest.length > 0) {
    const count = rest.reduce((total, group) => total + group.count, 0);
    const tokens = rest.flatMap(group => group.tokens);
    return [...shown, { key: REST, word: -1, kind: REST, value: missing, tokens, count, members: [] }];
  }
  const [largest, ...others] = shown;
  if (largest === undefined) return [];
  // What is missing may be more than the largest was ahead.
  return [{ ...largest, value: largest.value + missing }, ...others].sort((a, b) => b.value - a.value);
}

function merge(contributions: readonly Contribution[]): Group[] {
  const merged = new Map<
    string,
    { word: number; kind: MatchKind; value: number; tokens: Map<string, number>; members: Contribution[] }
  >();
  for (const contribution of contributions) {
    const key = groupKey(contribution);
    let group = merged.get(key);
    if (group === undefined) {
      group = { word: contribution.word, kind: contribution.kind, value: 0, tokens: new Map(), members: [] };
      merged.set(key, group);
    }
    if (contribution.kind === 'literal') group.kind = 'literal';
    group.value += contribution.value;
    group.members.push(contribution);
    group.tokens.set(contribution.token, (group.tokens.get(contribution.token) ?? 0) + contribution.value);
  }
  return Array.from(merged, ([key, group]) => ({
    key,
    word: group.word,
    kind: group.kind,
    value: group.value,
    count: group.members.length,
    members: group.members.sort((a, b) => b.value - a.value),
    tokens: Array.from(group.tokens)
      .sort((a, b) => b[1] - a[1])
      .map(([token]) => token),
  }));
}

function sum(groups: readonly Group[]): number {
  return groups.reduce((total, group) => total + group.value, 0);
}
