/** Models whose encoder and reader run in this thread: held, counted and broken as a test likes. */
import path from 'node:path';
import type { EncodedBatch, EncoderInput } from '../../src/model/encoder.ts';
import { EncoderPool } from '../../src/model/encoderPool.ts';
import type { ModelFolder } from '../../src/model/modelFolder.ts';
import type { DocumentText } from '../../src/domain/document.ts';
import { readText, type TextRequest } from '../../src/readers/readText.ts';
import { readPassages, type ReadAnswer, type ReadRequest } from '../../src/readers/readPassages.ts';
import { ReaderThread } from '../../src/readers/readerThread.ts';
import { abortError } from '../../src/threads/abort.ts';
import { Gate } from '../../src/workspace/indexing/gate.ts';
import { writeModel } from './fakeConverter.ts';
import { vectorOf } from './records.ts';

const TOKENIZER = Buffer.from(JSON.stringify({ model: { vocab: { 가: 0, 나: 1, 다: 2 } } }));
const RULES = { minTokens: 10, maxTokens: 60 };
const never = new AbortController().signal;

/** What became of one model; kept when it is closed and opened again. */
export class ModelTrace {
  /** Holds passages, and queries but the probe. */
  readonly passages = new Gate();
  readonly queries = new Gate();
  encoded: string[] = [];
  opened = 0;
  closed = 0;
  /** Thrown instead of encoding a passage. */
  failure: Error | null = null;
  onHeld: () => void = () => undefined;
}

/** Each model's vectors have a dimension of their own: a query of one finds nothing in the index of another. */
export class FakeModels {
  readonly #folder: string;
  readonly #traces = new Map<string, ModelTrace>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  path(name: string): string {
    return path.join(this.#folder, name);
  }

  async add(name: string, content = name): Promise<string> {
    await writeModel(this.path(name), Buffer.from(content), TOKENIZER, { name });
    return this.path(name);
  }

  of(name: string): ModelTrace {
    let trace = this.#traces.get(name);
    if (trace === undefined) this.#traces.set(name, (trace = new ModelTrace()));
    return trace;
  }

  readonly openEncoder = (folder: ModelFolder): EncoderPool => {
    const name = path.basename(folder.path);
    return new FakeEncoder(folder, this.of(name), [...'abcdefgh'].indexOf(name));
  };

  readonly openReader = (folder: ModelFolder | null): ReaderThread => new FakeReader(folder);
}

class FakeEncoder extends EncoderPool {
  readonly #trace: ModelTrace;
  readonly #dimension: number;
  #isClosed = false;

  constructor(folder: ModelFolder, trace: ModelTrace, dimension: number) {
    super('unused', folder, { sessions: 1, threads: 1 });
    this.#trace = trace;
    this.#dimension = dimension;
    trace.opened++;
  }

  override async encode(batch: readonly EncoderInput[], signal = never): Promise<EncodedBatch> {
    if (this.#trace.passages.closed) this.#trace.onHeld();
    await this.#trace.passages.pass(signal);
    if (this.#trace.failure !== null) throw this.#trace.failure;
    if (this.#isClosed) throw new Error('encoder used after it was closed');
    this.#trace.encoded.push(...batch.map(({ text }) => text));
    const vectors = batch.map(() => vectorOf({ [this.#dimension]: 4 }));
    return { vectors, tokens: 10 * batch.length, milliseconds: 1_000 };
  }

  override async encodeQuery(_text: string, signal = never): Promise<EncodedBatch['vectors'][number]> {
    if (this.#trace.queries.closed) this.#trace.onHeld();
    await this.#trace.queries.pass(signal);
    if (this.#isClosed) throw new Error('encoder used after it was closed');
    return vectorOf({ [this.#dimension]: 1 });
  }

  override close(): Promise<void> {
    this.#isClosed = true;
    this.#trace.closed++;
    return Promise.resolve();
  }
}

class FakeReader extends ReaderThread {
  constructor(folder: ModelFolder | null) {
    super('unused', { folder, rules: RULES });
  }

  override read(request: ReadRequest, signal?: AbortSignal): Promise<ReadAnswer> {
    if (signal?.aborted === true) return Promise.reject(abortError());
    return readPassages(request, RULES, text => Math.ceil(text.length / 2));
  }

  override text(request: TextRequest): Promise<DocumentText> {
    return readText(request);
  }
}
