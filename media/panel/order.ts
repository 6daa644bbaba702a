import type { Hit } from '../../src/domain/hit.ts';

/** Hits in the order they are shown, which may lag behind their rank. */
export interface ShownOrder {
  readonly hits: readonly Hit[];
  /** Ids still shown though the newer result has dropped them. */
  readonly faded: ReadonlySet<string>;
  /** True if the newer result's own order would look different. */
  readonly differs: boolean;
}

/** A result's own order. Two hits under one id cannot be told apart: the better stays. */
export function ownOrder(fresh: readonly Hit[]): ShownOrder {
  const ids = new Set<string>();
  const hits = fresh.filter(hit => !ids.has(hit.id) && ids.add(hit.id));
  return { hits, faded: new Set(), differs: false };
}

/**
 * Takes a newer result in without moving anything the reader has before them: the first `seen` shown hits
 * keep their places, brought up to date or marked faded, and what else the newer result has follows in its
 * order.
 */
export function keepSeenOrder(shown: readonly Hit[], seen: number, fresh: readonly Hit[]): ShownOrder {
  const target = ownOrder(fresh).hits;
  const byId = new Map(target.map(hit => [hit.id, hit]));
  const kept = shown.slice(0, seen);
  const keptIds = new Set(kept.map(hit => hit.id));
  const hits = [...kept.map(hit => byId.get(hit.id) ?? hit), ...target.filter(hit => !keptIds.has(hit.id))];
  const faded = new Set(kept.filter(hit => !byId.has(hit.id)).map(hit => hit.id));
  const differs = hits.length !== target.length || hits.some((hit, index) => hit.id !== target[index]!.id);
  return { hits, faded, differs };
}
