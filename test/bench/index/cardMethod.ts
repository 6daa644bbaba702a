/** What the model's card shows: a map from each dimension to a list of passages and weights. */
import type { BenchPassage, BenchQuery, Corpus } from './corpus.ts';
import type { BenchEngine } from './engine.ts';

interface Posting {
  readonly passage: number;
  readonly weight: number;
}

export class CardMethod implements BenchEngine {
  readonly name = 'map of lists';
  readonly channels = ['semantic'] as const;
  readonly persistent = false;
  readonly limit = 100_000;
  readonly #postings = new Map<number, Posting[]>();

  build(corpus: Corpus): Promise<void> {
    let passage = 0;
    for (const item of corpus.items()) this.#add(passage++, item);
    return Promise.resolve();
  }

  #add(passage: number, { vector }: BenchPassage): void {
    vector.dimensions.forEach((dimension, i) => {
      const list = this.#postings.get(dimension);
      const posting = { passage, weight: vector.weights[i]! };
      if (list === undefined) this.#postings.set(dimension, [posting]);
      else list.push(posting);
    });
  }

  open(): Promise<void> {
    return Promise.resolve();
  }

  search(query: BenchQuery, _channel: unknown, k: number): Promise<readonly number[]> {
    const scores = new Map<number, number>();
    for (const { dimension, weight } of query.terms)
      for (const posting of this.#postings.get(dimension) ?? [])
        scores.set(posting.passage, (scores.get(posting.passage) ?? 0) + weight * posting.weight);
    const best = [...scores].sort((a, b) => b[1] - a[1]).slice(0, k);
    return Promise.resolve(best.map(([passage]) => passage));
  }

  update(first: number, passages: readonly BenchPassage[]): Promise<void> {
    passages.forEach((item, i) => {
      for (const dimension of item.vector.dimensions) {
        const list = this.#postings.get(dimension)!;
        list.splice(
          list.findIndex(({ passage }) => passage === first + i),
          1,
        );
      }
      this.#add(first + i, item);
    });
    return Promise.resolve();
  }

  bytes(): null {
    return null;
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
