/** Vectors of passages: known ones by their content address, others from the model. Equal text is encoded once. */
import type { PassageIndex } from '../../../index/passageIndex.ts';
import type { PassageRecord } from '../../../index/records.ts';
import { NO_VECTOR, type SparseVector } from '../../../index/sparseVector.ts';
import type { ReadPassage } from '../../../readers/passageRecords.ts';
import { batchesOf } from './batches.ts';
import type { IndexerPorts } from '../indexerPorts.ts';

/** Encoded vectors that are kept although what they were for did not come to its end. */
const MOST_FRESH = 1_024;

export class PassageVectors {
  readonly #index: PassageIndex;
  readonly #ports: Pick<IndexerPorts, 'encode' | 'mayEncode'>;
  /** Encoded and in no record yet: a file that changes while it is being encoded keeps what it has of them. */
  readonly #fresh = new Map<string, SparseVector>();

  constructor(index: PassageIndex, ports: Pick<IndexerPorts, 'encode' | 'mayEncode'>) {
    this.#index = index;
    this.#ports = ports;
  }

  /** Each passage with its vector where any file has, or had, its text; the others are pending. */
  async known(passages: readonly ReadPassage[]): Promise<PassageRecord[]> {
    const vectors = await this.#knownOf(passages);
    return passages.map(passage => {
      const vector = vectors.get(passage.hash) ?? null;
      return vector === null ? { ...recordOf(passage, NO_VECTOR), pending: true } : recordOf(passage, vector);
    });
  }

  /** Each passage with its vector. Rejects with what the encoder rejects with, and what it encoded stays known. */
  async all(
    passages: readonly ReadPassage[],
    signal: AbortSignal,
    onProgress: (share: number) => void,
  ): Promise<PassageRecord[]> {
    const vectors = await this.#knownOf(passages);
    const missing = [
      ...new Map(
        passages.filter(({ hash }) => vectors.get(hash) === null).map(passage => [passage.hash, passage]),
      ).values(),
    ];
    const total = missing.reduce((sum, { tokens }) => sum + tokens, 0);
    let done = 0;
    for (const batch of batchesOf(missing.map(passage => passage.tokens))) {
      await this.#ports.mayEncode(signal);
      signal.throwIfAborted();
      const texts = batch.map(i => {
        const { context, text, markup } = missing[i]!;
        return { context, text, markup };
      });
      const encoded = await this.#ports.encode!(texts, signal);
      batch.forEach((i, row) => {
        vectors.set(missing[i]!.hash, encoded[row]!);
        this.#keep(missing[i]!.hash, encoded[row]!);
      });
      for (const i of batch) done += missing[i]!.tokens;
      onProgress(done / total);
    }
    return passages.map(passage => recordOf(passage, vectors.get(passage.hash)!));
  }

  /** These are in the index now. */
  stored(passages: readonly PassageRecord[]): void {
    for (const { hash } of passages) this.#fresh.delete(hash);
  }

  /** By content address; null where the model has to say it. */
  async #knownOf(passages: readonly ReadPassage[]): Promise<Map<string, SparseVector | null>> {
    const vectors = new Map<string, SparseVector | null>();
    for (const { hash, tokens, context } of passages) {
      if (vectors.has(hash)) continue;
      const isNothing = tokens === 0 && context === '';
      vectors.set(
        hash,
        this.#ports.encode === null || isNothing
          ? NO_VECTOR
          : (this.#fresh.get(hash) ?? (await this.#index.vectorOf(hash))),
      );
    }
    return vectors;
  }

  #keep(hash: string, vector: SparseVector): void {
    if (this.#fresh.size >= MOST_FRESH) this.#fresh.delete(this.#fresh.keys().next().value!);
    this.#fresh.set(hash, vector);
  }
}

function recordOf({ context: _, tokens: __, ...passage }: ReadPassage, vector: SparseVector): PassageRecord {
  return { ...passage, vector };
}
