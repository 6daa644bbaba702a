/** minisearch and flexsearch, given the same terms (Korean bigrams) that this index counts. */
import { Index } from 'flexsearch';
import MiniSearch from 'minisearch';
import { prepareQuery } from '../../../src/search/query/encodedQuery.ts';
import { termsOf } from '../../../src/text/terms.ts';
import type { BenchPassage, BenchQuery, Corpus } from './corpus.ts';
import type { BenchEngine } from './engine.ts';

/** Terms parted by blanks. */
export function termText(text: string): string {
  return termsOf(text)
    .map(term => term.text)
    .join(' ');
}

export function queryTerms(query: BenchQuery): string[] {
  return prepareQuery(query.text).lexical.map(term => term.text);
}

const split = (text: string): string[] => text.split(' ');

abstract class InMemory {
  readonly channels = ['lexical'] as const;
  readonly persistent = false;
  readonly limit = 100_000;

  build(corpus: Corpus): Promise<void> {
    let id = 0;
    for (const { text } of corpus.items()) this.add(id++, termText(text));
    return Promise.resolve();
  }

  abstract add(id: number, text: string): void;

  open(): Promise<void> {
    return Promise.resolve();
  }

  bytes(): null {
    return null;
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

export class Minisearch extends InMemory implements BenchEngine {
  readonly name = 'minisearch';
  readonly #index = new MiniSearch<{ readonly id: number; readonly text: string }>({
    fields: ['text'],
    tokenize: split,
    processTerm: term => term,
  });

  add(id: number, text: string): void {
    this.#index.add({ id, text });
  }

  search(query: BenchQuery, _channel: unknown, k: number): Promise<readonly number[]> {
    const found = this.#index.search(queryTerms(query).join(' '));
    return Promise.resolve(found.slice(0, k).map(({ id }) => id as number));
  }

  update(first: number, passages: readonly BenchPassage[]): Promise<void> {
    passages.forEach(({ text }, i) => this.#index.replace({ id: first + i, text: termText(text) }));
    return Promise.resolve();
  }
}

export class Flexsearch extends InMemory implements BenchEngine {
  readonly name = 'flexsearch';
  readonly #index = new Index({ tokenize: 'strict', encode: split });

  add(id: number, text: string): void {
    this.#index.add(id, text);
  }

  search(query: BenchQuery, _channel: unknown, k: number): Promise<readonly number[]> {
    // With `suggest` a passage need not have every term.
    const found = this.#index.search(queryTerms(query).join(' '), { limit: k, suggest: true });
    return Promise.resolve(found as number[]);
  }

  update(first: number, passages: readonly BenchPassage[]): Promise<void> {
    passages.forEach(({ text }, i) => this.#index.update(first + i, termText(text)));
    return Promise.resolve();
  }
}
