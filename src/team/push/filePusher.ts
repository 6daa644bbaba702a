/** Files -> documents on the server: while one group is encoded, the next is read and the last is written. */
import type { Client } from '@opensearch-project/opensearch';
import { NO_VECTOR, type SparseVector } from '../../index/sparseVector.ts';
import type { EncodedBatch, EncoderInput } from '../../model/encoder.ts';
import type { ReadPassage } from '../../readers/passageRecords.ts';
import type { ReadAnswer, ReadRequest } from '../../readers/readPassages.ts';
import { batchesOf } from '../../workspace/indexing/stages/batches.ts';
import type { BulkAction, BulkWriter } from '../client/bulk.ts';
import type { TeamIndex } from '../client/teamIndexes.ts';
import { documentId, documentOf, type PushedFile } from '../documents.ts';
import { FeatureNames } from '../features.ts';
import { knownVectors } from './knownVectors.ts';
import { documentIds, type KnownFile } from './serverState.ts';

export interface PushPorts {
  readonly read: (request: ReadRequest, signal: AbortSignal) => Promise<ReadAnswer>;
  readonly encode: (batch: readonly EncoderInput[], signal: AbortSignal) => Promise<EncodedBatch>;
}

export interface PushCounts {
  /** Files that are there as a whole, and those that have nothing for the index. */
  readonly done: number;
  readonly skipped: number;
  readonly failed: number;
  readonly passages: number;
  /** Passages that the model has encoded; others were known by their text. */
  readonly encoded: number;
  readonly tokens: number;
}

export interface FileToPush {
  readonly path: string;
  readonly absolute: string;
  readonly size: number;
  readonly modified: number;
}

interface FilePusherOptions {
  readonly client: Client;
  readonly index: TeamIndex;
  readonly source: string;
  readonly writer: BulkWriter;
  readonly ports: PushPorts;
  /** Paths that have documents, and whether any source has: what is new needs no look at the server. */
  readonly present: ReadonlySet<string>;
  readonly hasAny: boolean;
  readonly skipped: Map<string, KnownFile>;
}

interface ReadFile {
  readonly file: PushedFile;
  readonly passages: readonly ReadPassage[];
}

/** Passages of a group, and files; groups under way. */
const GROUP_PASSAGES = 256;
const GROUP_FILES = 64;
const GROUPS = 3;
/** Files that are read ahead. */
const READ_AHEAD = 8;

export class FilePusher {
  readonly #options: FilePusherOptions;
  readonly #names: FeatureNames;
  #counts = { done: 0, skipped: 0, failed: 0, passages: 0, encoded: 0, tokens: 0 };
  onProgress: () => void = () => undefined;

  constructor(options: FilePusherOptions) {
    this.#options = options;
    this.#names = new FeatureNames(options.index.meta.salt);
  }

  get counts(): PushCounts {
    return { ...this.#counts };
  }

  /** Rejects with the first failure that is not a file's own, when nothing is under way any more. */
  async push(files: readonly FileToPush[], signal: AbortSignal): Promise<void> {
    const underWay = new Set<Promise<void>>();
    let failure: { readonly error: unknown } | null = null;
    for await (const group of this.#groups(files, signal)) {
      const work: Promise<void> = this.#pushGroup(group, signal)
        .catch((error: unknown) => {
          failure ??= { error };
        })
        .finally(() => underWay.delete(work));
      underWay.add(work);
      while (underWay.size >= GROUPS) await Promise.race(underWay);
      if (failure !== null) break;
    }
    await Promise.all(underWay);
    if (failure !== null) throw (failure as { readonly error: unknown }).error;
  }

  async *#groups(files: readonly FileToPush[], signal: AbortSignal): AsyncGenerator<readonly ReadFile[]> {
    const reading: Promise<ReadFile | null>[] = [];
    let next = 0;
    let group: ReadFile[] = [];
    let passages = 0;
    for (;;) {
      while (reading.length < READ_AHEAD && next < files.length) {
        const read = this.#read(files[next++]!, signal);
        // It is looked at in its turn.
        read.catch(() => undefined);
        reading.push(read);
      }
      const first = reading.shift();
      if (first === undefined) break;
      const file = await first;
      if (file === null) continue;
      group.push(file);
      passages += file.passages.length;
      if (passages < GROUP_PASSAGES && group.length < GROUP_FILES) continue;
      yield group;
      [group, passages] = [[], 0];
    }
    if (group.length > 0) yield group;
  }

  /** null where there is nothing to push. */
  async #read({ path, absolute, ...stamp }: FileToPush, signal: AbortSignal): Promise<ReadFile | null> {
    let answer: ReadAnswer;
    try {
      answer = await this.#options.ports.read({ file: absolute, path, knownHash: null }, signal);
    } catch (error) {
      // A reader that ends on a file, or never does, is the file's fault; it is tried again with the next push.
      if (signal.aborted) throw error;
      this.#counts.failed++;
      this.onProgress();
      return null;
    }
    if (answer.result === 'passages') {
      const { size, modified, hash, tags, passages } = answer;
      return { file: { path, size, modified, hash, tags }, passages };
    }
    this.#counts.skipped++;
    this.#options.skipped.set(path, { ...stamp, hash: '' });
    this.onProgress();
    return null;
  }

  async #pushGroup(group: readonly ReadFile[], signal: AbortSignal): Promise<void> {
    const { client, index, source, writer, present } = this.#options;
    const vectors = await this.#vectorsOf(group, signal);
    const known = group.map(({ file }) => file.path).filter(path => present.has(path));
    const ids =
      known.length === 0
        ? new Map<string, string[]>()
        : await documentIds(client, index.name, source, known, signal);
    const first: BulkAction[] = [];
    const rest: BulkAction[] = [];
    const averages = { averageLength: index.meta.averageLength, names: this.#names };
    for (const { file, passages } of group) {
      const fresh = new Set<string>();
      passages.forEach((passage, number) => {
        const id = documentId(source, file.path, passage);
        fresh.add(id);
        const vector = vectors.get(passage.hash) ?? NO_VECTOR;
        const document = documentOf(source, file, passage, number, vector, averages);
        (number === 0 ? first : rest).push({ kind: 'index', id, document });
      });
      for (const id of ids.get(file.path) ?? []) if (!fresh.has(id)) rest.push({ kind: 'delete', id });
    }
    await writer.write(rest);
    await writer.write(first);
    this.#counts.done += group.length;
    this.#counts.passages += group.reduce((sum, { passages }) => sum + passages.length, 0);
    this.onProgress();
  }

  /** By content address: of the index where it has the text, else of the model. */
  async #vectorsOf(
    group: readonly ReadFile[],
    signal: AbortSignal,
  ): Promise<ReadonlyMap<string, SparseVector>> {
    const { client, index, ports, hasAny } = this.#options;
    const passages = new Map<string, ReadPassage>();
    for (const file of group)
      for (const passage of file.passages)
        if (passage.tokens > 0 || passage.context !== '') passages.set(passage.hash, passage);
    const vectors = hasAny
      ? await knownVectors(client, index.name, [...passages.keys()], signal)
      : new Map<string, SparseVector>();
    const missing = [...passages.values()].filter(({ hash }) => !vectors.has(hash));
    const encode = async (batch: readonly number[]): Promise<void> => {
      const inputs = batch.map(i => {
        const { context, text, markup } = missing[i]!;
        return { kind: 'passage' as const, context, text, markup };
      });
      const encoded = await ports.encode(inputs, signal);
      batch.forEach((i, row) => vectors.set(missing[i]!.hash, encoded.vectors[row]!));
      this.#counts.encoded += batch.length;
      this.#counts.tokens += encoded.tokens;
    };
    await Promise.all(batchesOf(missing.map(({ tokens }) => tokens)).map(encode));
    return vectors;
  }
}
