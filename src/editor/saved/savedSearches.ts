/** Searches that are kept in this workspace, and which files each has found so far. */
import type { Memento } from 'vscode';
import type { Channel } from '../../domain/channel.ts';
import type { Hit } from '../../domain/hit.ts';

export interface SavedSearch {
  readonly query: string;
  readonly channel: Channel;
  /** Files (`fileKey`) that the person has been shown. */
  readonly seen: readonly string[];
}

const KEY = 'savedSearches';
const MOST = 50;

export class SavedSearches {
  readonly #memento: Memento;

  constructor(memento: Memento) {
    this.#memento = memento;
  }

  get all(): readonly SavedSearch[] {
    const stored = this.#memento.get<unknown>(KEY);
    return Array.isArray(stored) ? stored.filter(isSaved) : [];
  }

  /** Newest first; a search that is kept already comes to the front. */
  async keep(search: SavedSearch): Promise<void> {
    const others = this.all.filter(each => each.query !== search.query);
    await this.#memento.update(KEY, [search, ...others].slice(0, MOST));
  }

  async remove(query: string): Promise<void> {
    await this.#memento.update(
      KEY,
      this.all.filter(each => each.query !== query),
    );
  }

  async see(query: string, files: readonly string[]): Promise<void> {
    const all = this.all.map(each =>
      each.query === query ? { ...each, seen: [...new Set([...each.seen, ...files])] } : each,
    );
    await this.#memento.update(KEY, all);
  }
}

export function fileKey({ folder, file }: Pick<Hit, 'folder' | 'file'>): string {
  return `${folder}\n${file}`;
}

/** The files among the hits that nobody has been shown, best first. */
export function newFiles({ seen }: SavedSearch, hits: readonly Hit[]): readonly string[] {
  const known = new Set(seen);
  return [...new Set(hits.filter(({ waiting }) => waiting !== true).map(fileKey))].filter(
    key => !known.has(key),
  );
}

/** Stored values may come from another version. */
function isSaved(value: unknown): value is SavedSearch {
  if (typeof value !== 'object' || value === null) return false;
  const { query, channel, seen } = value as Partial<Record<keyof SavedSearch, unknown>>;
  const isChannel = channel === 'hybrid' || channel === 'semantic' || channel === 'lexical';
  return (
    typeof query === 'string' &&
    isChannel &&
    Array.isArray(seen) &&
    seen.every(key => typeof key === 'string')
  );
}
