/** An open model: its names, its encoder, and a cache of query vectors. */
import { isAbort } from '../../threads/abort.ts';
import { DEFAULT_REFERENCE, REFERENCE_TEXT, selfScore } from '../../search/ranking/semanticReference.ts';
import type { SparseVector } from '../../index/sparseVector.ts';
import type { EncodedBatch, EncoderInput } from '../../model/encoder.ts';
import type { EncoderPool } from '../../model/encoderPool.ts';
import { dimensionNames } from '../../model/dimensions.ts';
import {
  fingerprintOf,
  openModelFolder,
  type ModelFolder,
  type ModelManifest,
} from '../../model/modelFolder.ts';
import type { VerifiedFiles } from '../../model/verifiedFiles.ts';
import type { ModelInfo } from '../../domain/engineStatus.ts';
import { UserError } from '../../errors/userError.ts';
import type { PassageRules } from '../../text/passages.ts';

/** Incremented when blocks, passages or terms come out differently: old indexes are then rebuilt. */
const PASSAGE_RULES_VERSION = 2;
/** Number of cached queries, because typing goes back and forth over the same ones. */
const CACHED_QUERIES = 64;
const PROBE = '말모이';

/** The identity of a model and its passage limits; an index depends on both. */
export function indexFingerprint(manifest: ModelManifest | null): string {
  const { minTokens, maxTokens } = rulesOf(manifest);
  const model = manifest === null ? 'literal' : fingerprintOf(manifest);
  return `${model}-p${PASSAGE_RULES_VERSION}.${minTokens}.${maxTokens}`;
}

export function rulesOf(manifest: ModelManifest | null): PassageRules {
  const [minTokens, maxTokens] = manifest?.recommendedPassageTokens ?? [96, 192];
  return { minTokens, maxTokens };
}

export class ModelHost {
  /** The fingerprint of an index made now. */
  readonly fingerprint: string;
  /** Display names of the output dimensions. */
  readonly names: readonly string[];
  /** The reason why there is no model, or why it stopped working. */
  problem: UserError | null;
  #folder: ModelFolder | null;
  readonly #encoder: EncoderPool | null;
  readonly #underWay = new Set<Promise<unknown>>();
  #reference: number | null = null;
  readonly #queries = new Map<string, SparseVector>();

  private constructor(
    folder: ModelFolder | null,
    names: readonly string[],
    encoder: EncoderPool | null,
    problem: UserError | null,
  ) {
    this.#folder = folder;
    this.fingerprint = indexFingerprint(folder?.manifest ?? null);
    this.names = names;
    this.#encoder = encoder;
    this.problem = problem;
  }

  /** Never throws for a faulty folder: without a model, search is lexical only. */
  static async open(
    path: string,
    openEncoder: (folder: ModelFolder) => EncoderPool,
    verified?: VerifiedFiles,
  ): Promise<ModelHost> {
    try {
      const folder = await openModelFolder(path, verified);
      return new ModelHost(folder, await dimensionNames(folder), openEncoder(folder), null);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      return new ModelHost(null, [], null, error);
    }
  }

  get available(): boolean {
    return this.#encoder !== null;
  }

  /** Number of batches that are encoded at once; 0 where there is no model. */
  get sessions(): number {
    return this.#encoder?.sessions ?? 0;
  }

  get folder(): ModelFolder | null {
    return this.#folder;
  }

  get rules(): PassageRules {
    return rulesOf(this.#folder?.manifest ?? null);
  }

  /** Takes the name of another folder with the same content. */
  rename(folder: ModelFolder): void {
    this.#folder = folder;
  }

  get info(): ModelInfo | null {
    if (this.#folder === null) return null;
    const { name, revision, license, dimensions } = this.#folder.manifest;
    return { name, revision, license, dimensions, fingerprint: this.fingerprint };
  }

  /** Throws where there is no model (`available`). */
  encode(batch: readonly EncoderInput[], signal: AbortSignal): Promise<EncodedBatch> {
    if (this.#encoder === null) throw this.problem ?? new Error('no model');
    return this.#tracked(this.#encoder.encode(batch, signal));
  }

  /** The query's vector, or null where there is no working model. Rejects with `AbortError` only. */
  async encodeQuery(
    text: string,
    signal: AbortSignal,
    log: (line: string) => void,
  ): Promise<SparseVector | null> {
    const known = this.#queries.get(text);
    if (known !== undefined) return known;
    if (this.#encoder === null) return null;
    try {
      const vector = await this.#tracked(this.#encoder.encodeQuery(text, signal));
      if (this.#queries.size >= CACHED_QUERIES) this.#queries.delete(this.#queries.keys().next().value!);
      this.#queries.set(text, vector);
      return vector;
    } catch (error) {
      if (isAbort(error)) throw error;
      log(`encoding a query failed: ${(error as Error).message}`);
      if (error instanceof UserError) this.problem = error;
      return null;
    }
  }

  /** The model's unit of measure; the embedded model's where no model works. */
  async reference(signal: AbortSignal, log: (line: string) => void): Promise<number> {
    this.#reference ??= await this.encodeQuery(REFERENCE_TEXT, signal, log).then(
      vector => vector && selfScore(vector),
    );
    return this.#reference ?? DEFAULT_REFERENCE;
  }

  /** Loads the model and encodes a text; rejects with the error. */
  async probe(signal: AbortSignal): Promise<void> {
    if (this.problem !== null || this.#encoder === null) throw this.problem ?? new Error('no model');
    await this.#tracked(this.#encoder.encodeQuery(PROBE, signal));
  }

  async #tracked<T>(call: Promise<T>): Promise<T> {
    this.#underWay.add(call);
    try {
      return await call;
    } finally {
      this.#underWay.delete(call);
    }
  }

  /** Waits for the calls under way: a caller that began with this model ends with it. */
  async retire(): Promise<void> {
    await Promise.allSettled(this.#underWay);
    await this.close();
  }

  async close(): Promise<void> {
    await this.#encoder?.close();
  }
}
