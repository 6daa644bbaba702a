/** Earlier queries, stepped through with Alt+↑ and Alt+↓ like a shell's. */
export class QueryHistory {
  #queries: readonly string[];
  /** Position in `#queries`; its length stands for the draft that is being typed. */
  #at: number;
  #draft = '';
  static readonly #LIMIT = 50;

  constructor(queries: readonly string[]) {
    this.#queries = queries.slice(-QueryHistory.#LIMIT);
    this.#at = this.#queries.length;
  }

  get queries(): readonly string[] {
    return this.#queries;
  }

  /** Remembers a query that was used; its latest use determines its place. */
  add(query: string): void {
    const used = query.trim();
    if (used === '') return;
    this.#queries = [...this.#queries.filter(earlier => earlier !== used), used].slice(-QueryHistory.#LIMIT);
    this.#at = this.#queries.length;
  }

  /** The query before the current one, or null at the oldest. */
  older(current: string): string | null {
    if (this.#at === this.#queries.length) this.#draft = current;
    let at = this.#at - 1;
    while (at >= 0 && this.#queries[at] === current.trim()) at--;
    if (at < 0) return null;
    this.#at = at;
    return this.#queries[at]!;
  }

  /** The query after the current one, and finally the draft; null at the draft. */
  newer(): string | null {
    if (this.#at >= this.#queries.length) return null;
    this.#at += 1;
    return this.#queries[this.#at] ?? this.#draft;
  }
}
