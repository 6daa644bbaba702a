/**
 * The search behind a box that answers while typing: it waits for a pause, drops stale answers, and merges the final
 * result into the lexical one. It does not use the editor.
 */
import type { Channel } from '../../domain/channel.ts';
import type { Hit } from '../../domain/hit.ts';
import type { SearchOptions } from '../../domain/engine.ts';
import { anchorOf, hitKey, mergeHits } from './merge.ts';
import type { Searched } from './searcher.ts';

export interface Question {
  readonly query: string;
  readonly channel: Channel;
  readonly limit: number;
  /** True where the last word may be unfinished. */
  readonly typing?: boolean;
  /** Ids of rewritings that the user removed. */
  readonly withoutRewritings?: readonly string[];
}

export type LiveState =
  /** The box is empty. */
  | { readonly state: 'empty' }
  /** An answer is on its way; what is shown stays until it comes. */
  | { readonly state: 'searching' }
  /** `anchor` is the key of the hit that must stay active; with null, the first one becomes active. */
  | {
      readonly state: 'hits';
      readonly searched: Searched;
      readonly hits: readonly Hit[];
      readonly anchor: string | null;
    }
  | { readonly state: 'nothing'; readonly searched: Searched }
  | { readonly state: 'failed'; readonly error: unknown };

export interface LiveSearchParts {
  readonly search: (question: Question, options: SearchOptions) => Promise<Searched>;
  /** The key of the active hit. */
  readonly active: () => string | null;
  readonly show: (state: LiveState) => void;
  /** Milliseconds from the last key to the search. */
  readonly debounce: number;
  readonly now?: () => number;
}

export class LiveSearch {
  readonly #parts: LiveSearchParts;
  readonly #now: () => number;
  #abort = new AbortController();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(parts: LiveSearchParts) {
    this.#parts = parts;
    this.#now = parts.now ?? Date.now;
  }

  ask(question: Question): void {
    this.dispose();
    const query = question.query.trim();
    if (query === '') {
      this.#parts.show({ state: 'empty' });
      return;
    }
    const abort = new AbortController();
    this.#abort = abort;
    this.#parts.show({ state: 'searching' });
    // A blank after the last word means that it is finished.
    const typing = !/\s$/.test(question.query);
    this.#timer = setTimeout(
      () => void this.#run({ ...question, query, typing }, abort.signal),
      this.#parts.debounce,
    );
  }

  async #run(question: Question, signal: AbortSignal): Promise<void> {
    let lexical: { readonly hits: readonly Hit[]; readonly at: number } | null = null;
    const { search, show } = this.#parts;
    try {
      const searched = await search(question, {
        signal,
        onLexical: result => {
          // Without lexical hits, the previous list stays a moment longer rather than flashing empty.
          if (signal.aborted || result.hits.length === 0) return;
          lexical = { hits: result.hits, at: this.#now() };
          const { query, channel } = question;
          show({ state: 'hits', searched: { query, channel, result }, hits: result.hits, anchor: null });
        },
      });
      if (!signal.aborted) this.#finish(searched, lexical);
    } catch (error) {
      if (!signal.aborted) show({ state: 'failed', error });
    }
  }

  #finish(searched: Searched, lexical: { readonly hits: readonly Hit[]; readonly at: number } | null): void {
    const active = this.#parts.active();
    const first = lexical?.hits[0];
    const moved = active !== null && first !== undefined && active !== hitKey(first);
    const anchor = lexical === null ? null : anchorOf(active, moved, this.#now() - lexical.at);
    const hits = mergeHits(lexical?.hits ?? [], searched.result.hits, anchor);
    this.#parts.show(
      hits.length === 0 ? { state: 'nothing', searched } : { state: 'hits', searched, hits, anchor },
    );
  }

  /** Drops the search under way. The object stays usable. */
  dispose(): void {
    this.#abort.abort();
    clearTimeout(this.#timer);
  }
}
