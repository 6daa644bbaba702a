import type { Channel } from '../../src/domain/channel.ts';
import { withinLimit } from '../../src/domain/queryLimits.ts';

/** The state that survives while the view is hidden: VS Code destroys the page and hands this back. */
export interface Memory {
  readonly query: string;
  readonly channel: Channel;
  readonly selected: string | null;
  /** The hit at the top of the list and how far (pixels) it is scrolled out. */
  readonly anchor: Anchor | null;
  readonly limit: number;
  /** Earlier queries, latest last. */
  readonly history: readonly string[];
}

export interface Anchor {
  readonly id: string;
  readonly offset: number;
}

export const FIRST_LIMIT = 50;
export const LAST_LIMIT = 200;

export const EMPTY_MEMORY: Memory = {
  query: '',
  channel: 'hybrid',
  selected: null,
  anchor: null,
  limit: FIRST_LIMIT,
  history: [],
};

/** Reads a stored state; parts that an older version or an error left invalid are replaced one by one. */
export function recall(state: unknown): Memory {
  if (typeof state !== 'object' || state === null) return EMPTY_MEMORY;
  const stored = state as Partial<Record<keyof Memory, unknown>>;
  return {
    query: typeof stored.query === 'string' ? withinLimit(stored.query) : '',
    channel: isChannel(stored.channel) ? stored.channel : 'hybrid',
    selected: typeof stored.selected === 'string' ? stored.selected : null,
    anchor: isAnchor(stored.anchor) ? { id: stored.anchor.id, offset: stored.anchor.offset } : null,
    limit: stored.limit === LAST_LIMIT ? LAST_LIMIT : FIRST_LIMIT,
    history: Array.isArray(stored.history) ? stored.history.filter(item => typeof item === 'string') : [],
  };
}

function isChannel(value: unknown): value is Channel {
  return value === 'hybrid' || value === 'semantic' || value === 'lexical';
}

function isAnchor(value: unknown): value is Anchor {
  if (typeof value !== 'object' || value === null) return false;
  const { id, offset } = value as Partial<Record<keyof Anchor, unknown>>;
  return typeof id === 'string' && typeof offset === 'number' && Number.isFinite(offset);
}
