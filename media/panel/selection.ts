import type { Intent } from './keys.ts';

/** The query box stands above the first hit. */
export const BOX = Symbol('box');

/** The id a move leads to; null where it leads nowhere. */
export function moved(
  ids: readonly string[],
  from: string | null,
  to: Extract<Intent, { readonly type: 'move' }>['to'],
  page: number,
): string | typeof BOX | null {
  if (ids.length === 0) return null;
  const at = from === null ? -1 : ids.indexOf(from);
  const last = ids.length - 1;
  switch (to) {
    case 'next':
      return ids[Math.min(last, at + 1)]!;
    case 'previous':
      return at <= 0 ? BOX : ids[at - 1]!;
    case 'first':
      return ids[0]!;
    case 'last':
      return ids[last]!;
    case 'pageDown':
      return ids[Math.min(last, at + page)]!;
    case 'pageUp':
      break;
  }
  return ids[Math.max(0, at - page)]!;
}
