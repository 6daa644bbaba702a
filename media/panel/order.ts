import type { Hit } from '../../src/domain/hit.ts';

/** Hits in the order they are shown, which may lag behind their rank. */
export interface ShownOrder {
  readonly hits: readonly Hit[];
  /** Ids still shown although the newer result no longer has them. */
  readonly faded: ReadonlySet<string>;
  /** Whether the newer result's own order would look different. */
  readonly differs: boolean;
}

/** A result's own order. Two hits with the same id cannot be told apart, so the better one stays. */
export function ownOrder(fresh: readonly Hit[]): ShownOrder {
  const ids = new Set<string>();
  const hits = fresh.filter(hit => !ids.has(hit.id) && ids.add(hit.id));
  return { hits, faded: new Set(), differs: false };
}

/**
 * Takes in a newer result without moving anything that the reader sees: the first `seen` shown hits keep their places,
 * updated or marked faded, and the other hits of the newer result follow in its order.
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
