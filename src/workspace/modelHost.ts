/** The one model of a library: opened once, with its names, its encoder and the queries it has seen. */
import type { SparseVector } from '../index/sparseVector.ts';
import type { EncodedBatch, EncoderInput } from '../model/encoder.ts';
import type { EncoderThread } from '../model/encoderThread.ts';
import { dimensionNames } from '../model/dimensions.ts';
import { openModelFolder, type ModelFolder } from '../model/modelFolder.ts';
import type { ModelInfo } from '../protocol.ts';
import { UserError } from '../rpc/userError.ts';
import type { PassageRules } from '../text/passages.ts';

/** Raised when blocks, passages or terms come out differently: an old index is then rebuilt. */
const PASSAGE_RULES_VERSION = 1;
/** Typing goes back and forth over the same queries. */
const CACHED_QUERIES = 64;

export class ModelHost {
  readonly folder: ModelFolder | null;
  /** Display names of the output dimensions. */
  readonly names: readonly string[];
  /** Why there is no model, or why it stopped working. */
  problem: UserError | null;
  readonly #encoder: EncoderThread | null;
  readonly #queries = new Map<string, SparseVector>();

  private constructor(
    folder: ModelFolder | null,
    names: readonly string[],
    encoder: EncoderThread | null,
    problem: UserError | null,
  ) {
    this.folder = folder;
    this.names = names;
    this.#encoder = encoder;
    this.problem = problem;
  }

  /** Never throws for what is wrong with the folder: without a model, search is literal. */
  static async open(path: string, openEncoder: (folder: ModelFolder) => EncoderThread): Promise<ModelHost> {
    try {
      const folder = await openModelFolder(path);
      return new ModelHost(folder, await dimensionNames(folder), openEncoder(folder), null);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      return new ModelHost(null, [], null, error);
    }
  }

  get available(): boolean {
    return this.#encoder !== null;
  }

  get rules(): PassageRules {
    const [minTokens, maxTokens] = this.folder?.manifest.recommendedPassageTokens ?? [96, 192];
    return { minTokens, maxTokens };
  }

  /** What an index made now is valid for. */
  get fingerprint(): string {
    const { minTokens, maxTokens } = this.rules;
    return `${this.folder?.fingerprint ?? 'literal'}-p${PASSAGE_RULES_VERSION}.${minTokens}.${maxTokens}`;
  }

  get info(): ModelInfo | null {
    if (this.folder === null) return null;
    const { name, revision, license, dimensions } = this.folder.manifest;
    return { name, revision, license, dimensions, fingerprint: this.fingerprint };
  }

  /** Throws where there is no model (`available`). */
  encode(batch: readonly EncoderInput[], signal: AbortSignal): Promise<EncodedBatch> {
    if (this.#encoder === null) throw this.problem ?? new Error('no model');
    return this.#encoder.encode(batch, signal);
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
      const vector = await this.#encoder.encodeQuery(text, signal);
      if (this.#queries.size >= CACHED_QUERIES) this.#queries.delete(this.#queries.keys().next().value!);
      this.#queries.set(text, vector);
      return vector;
    } catch (error) {
      if ((error as Error).name === 'AbortError') throw error;
      log(`encoding a query failed: ${(error as Error).message}`);
      if (error instanceof UserError) this.problem = error;
      return null;
    }
  }

  async close(): Promise<void> {
    await this.#encoder?.close();
  }
}
