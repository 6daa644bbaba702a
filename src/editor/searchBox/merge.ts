/** Replaces the lexical result by the final one in a list that is being read. Pure. */
import type { Hit } from '../../domain/hit.ts';

export function hitKey(hit: { readonly folder: string; readonly id: string }): string {
  return `${hit.folder}\n${hit.id}`;
}

/**
 * The final hits in the order to show. Hits at and above `anchor` (the key of the active item) stay in place; the rest
 * follows in the final order. Without an anchor the final order is used as it is.
 */
export function mergeHits(
  shown: readonly Hit[],
  final: readonly Hit[],
  anchor: string | null,
): readonly Hit[] {
  const place = anchor === null ? -1 : shown.findIndex(hit => hitKey(hit) === anchor);
  if (place === -1) return final;
  const better = new Map(final.map(hit => [hitKey(hit), hit]));
  const kept = shown.slice(0, place + 1).map(hit => better.get(hitKey(hit)) ?? hit);
  const keptKeys = new Set(kept.map(hitKey));
  return [...kept, ...final.filter(hit => !keptKeys.has(hitKey(hit)))];
}

/** Milliseconds that a list must stand before anybody can have read it; until then its first item may still move. */
export const READING_TIME = 250;

/**
 * The item that must not move: the active one, if the user chose it or has had time to see it. `shownFor` is the age of
 * the lexical list in milliseconds.
 */
export function anchorOf(active: string | null, moved: boolean, shownFor: number): string | null {
  return moved || shownFor >= READING_TIME ? active : null;
}
