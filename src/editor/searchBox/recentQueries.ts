/** The queries last used in this workspace, newest first. VS Code keeps them; they are never logged. */
import type { Memento } from 'vscode';

const KEY = 'recentQueries';
const MOST = 20;

export class RecentQueries {
  readonly #memento: Memento;

  constructor(memento: Memento) {
    this.#memento = memento;
  }

  get all(): readonly string[] {
    const stored = this.#memento.get<unknown>(KEY);
    return Array.isArray(stored) ? stored.filter((each): each is string => typeof each === 'string') : [];
  }

  async remember(query: string): Promise<void> {
    const wanted = query.trim();
    if (wanted === '' || wanted.length > 200) return;
    await this.#memento.update(KEY, [wanted, ...this.all.filter(each => each !== wanted)].slice(0, MOST));
  }

  async forget(query: string): Promise<void> {
    await this.#memento.update(
      KEY,
      this.all.filter(each => each !== query),
    );
  }
}
