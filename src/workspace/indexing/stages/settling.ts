/** Brings the record of one path from whatever the index knows to whatever the disk has, in two stages. */
import { stat as statOf } from 'node:fs/promises';
import path from 'node:path';
import type { FolderOptions } from '../../../domain/folder.ts';
import type { FileReason } from '../../../domain/ledger.ts';
import type { PassageIndex } from '../../../index/passageIndex.ts';
import type { FileHead, PassageRecord } from '../../../index/records.ts';
import { encodingNamed } from '../../../readers/encodings/names.ts';
import type { ReadAnswer, ReadRequest } from '../../../readers/readPassages.ts';
import { extensionOf, isTextFile } from '../../../text/fileFormats.ts';
import { ThreadTimeoutError } from '../../../threads/thread.ts';
import type { IndexerPorts } from '../indexerPorts.ts';
import { KeptReadings, type ReadDocument } from './keptReadings.ts';
import { PassageVectors } from './passageVectors.ts';
import { RecordWriter, type Haste, type ReadingFlow } from './recordWriter.ts';

type Stamp = Pick<FileHead, 'size' | 'modified'>;

/** How many times an unchanged file may end its reader. */
const MAX_DEATHS = 3;

export class Settling {
  readonly #options: FolderOptions;
  readonly #index: PassageIndex;
  readonly #ports: IndexerPorts;
  /** Whether a file is admitted at present. */
  readonly #lets: (name: string) => Promise<boolean>;
  readonly #vectors: PassageVectors;
  readonly #writer: RecordWriter;
  readonly #kept = new KeptReadings();

  constructor(
    options: FolderOptions,
    index: PassageIndex,
    ports: IndexerPorts,
    { lets, ...flow }: ReadingFlow & { readonly lets: (name: string) => Promise<boolean> },
  ) {
    this.#options = options;
    this.#index = index;
    this.#ports = ports;
    this.#lets = lets;
    this.#vectors = new PassageVectors(index, ports);
    this.#writer = new RecordWriter(index, flow);
  }

  /** Number of files that are read and wait for their writing, unless they are too much to read on. */
  get held(): number {
    return this.#writer.held;
  }

  /** A file's turn has ended, or no further one will begin: what is read is written if nothing else is to come. */
  turnEnded(): void {
    this.#writer.check();
  }

  /**
   * The first stage: the content of the path is found by its letters, and by its meaning where the vectors are known.
   */
  async read(name: string, signal: AbortSignal, haste: Haste): Promise<void> {
    const head = this.#index.head(name);
    const stat = (await this.#lets(name)) ? await statOf(this.#absolute(name)).catch(() => null) : null;
    if (stat === null) return this.#remove(name);
    const isToBeRead = head === null || head.state === 'failed' || !this.hasEncoding(head);
    let answer: ReadAnswer;
    try {
      answer = await this.#ports.read(this.#request(name, isToBeRead ? '' : head.hash), signal);
    } catch (error) {
      if (signal.aborted) throw error;
      const { size, mtimeMs: modified } = stat;
      return this.#readerDied(name, error, { size, modified });
    }
    if (answer.result === 'passages') {
      const passages = await this.#vectors.known(answer.passages);
      signal.throwIfAborted();
      if (passages.some(({ pending }) => pending)) this.#kept.keep(name, answer);
      else this.#kept.take(name);
      return this.#write(name, answer, passages, haste);
    }
    return this.#writeOther(name, answer, haste);
  }

  /** The second stage: pending passages get their vectors. */
  async encode(name: string, signal: AbortSignal, onProgress: (share: number) => void): Promise<void> {
    const head = this.#index.head(name);
    if (head === null || head.pendingCount === 0) return;
    const answer = this.#kept.take(name) ?? (await this.#readAgain(name, signal));
    if (answer.result !== 'passages') return this.#writeOther(name, answer, 'now');
    let passages: PassageRecord[];
    try {
      passages = await this.#vectors.all(answer.passages, signal, onProgress);
      signal.throwIfAborted();
    } catch (error) {
      this.#kept.keep(name, answer);
      throw error;
    }
    // The same bytes may have got a new date in the meantime.
    const { size, modified } = head.hash === answer.hash ? head : answer;
    await this.#write(name, { ...answer, size, modified }, passages, 'now');
    this.#vectors.stored(passages);
  }

  /** The second stage failed: the file is found by its letters, and is tried again at the next start. */
  async encodingFailed(name: string, error: unknown): Promise<void> {
    const head = this.#index.head(name);
    this.#kept.take(name);
    if (head === null) return;
    const reason = error instanceof ReaderError ? reasonOf(error.cause) : 'encoderFailed';
    await this.#index.updateMetadata({ ...head, state: 'failed', reason, detail: (error as Error).message });
    this.#ports.onIndexed();
  }

  async readingFailed(name: string, error: unknown): Promise<void> {
    await this.#fail(name, 'unreadable', (error as Error).message);
  }

  async #readAgain(name: string, signal: AbortSignal): Promise<ReadAnswer> {
    if (!(await this.#lets(name))) return { result: 'vanished' };
    try {
      return await this.#ports.read(this.#request(name, ''), signal);
    } catch (error) {
      if (signal.aborted) throw error;
      throw new ReaderError((error as Error).message, { cause: error });
    }
  }

  #request(name: string, hash: string): ReadRequest {
    const knownHash = hash === '' ? null : hash;
    return { file: this.#absolute(name), path: name, knownHash, ...this.encodingOf(name) };
  }

  #absolute(name: string): string {
    return path.join(this.#options.path, name);
  }

  async #write(
    name: string,
    answer: ReadDocument,
    passages: readonly PassageRecord[],
    haste: Haste,
  ): Promise<void> {
    const { size, modified, hash, tags, reason, detail } = answer;
    const own = { path: name, size, modified, hash, reason, detail };
    await this.#writer.write({ ...own, state: 'indexed', tags, passages }, haste);
    this.#ports.onIndexed();
  }

  async #writeOther(name: string, answer: Exclude<ReadAnswer, ReadDocument>, haste: Haste): Promise<void> {
    if (answer.result === 'vanished') return this.#remove(name);
    const { size, modified, hash } = answer;
    if (answer.result === 'unchanged') {
      const head = this.#index.head(name);
      if (head !== null && (head.size !== size || head.modified !== modified))
        await this.#index.updateMetadata({ ...head, size, modified, hash });
      return;
    }
    this.#kept.take(name);
    const { reason, detail } = answer;
    const own = { path: name, size, modified, hash, reason, detail };
    await this.#writer.write({ ...own, state: 'skipped', tags: [], passages: [] }, haste);
    this.#ports.onIndexed();
  }

  async #remove(name: string): Promise<void> {
    this.#kept.take(name);
    if (this.#index.head(name) === null) return;
    await this.#index.remove([name]);
    this.#ports.onIndexed();
  }

  /** The encoding that the user set for a file, or for the files of the folder. */
  encodingOf(name: string): Pick<ReadRequest, 'encoding' | 'preferred'> {
    const { encodings, encodingOf, encoding } = this.#options;
    const own = encodings?.[name];
    const usual = encodingOf?.[extensionOf(name)] ?? encoding;
    return {
      ...(own === undefined ? {} : { encoding: own }),
      // UTF-8 is recognised by itself; any other encoding is detected from the text.
      ...(usual === undefined || /^utf-?8/iu.test(usual) ? {} : { preferred: usual }),
    };
  }

  /** Whether a file was read in the encoding that the user set for it. */
  hasEncoding({ path: name, detail, state, reason }: FileHead): boolean {
    const own = this.#options.encodings?.[name];
    if (own === undefined || state !== 'indexed' || !isTextFile(name) || reason !== null) return true;
    return (detail ?? 'utf-8') === encodingNamed(own);
  }

  /** A file that ends its reader again and again is set aside until it changes. */
  async #readerDied(name: string, error: unknown, stamp: Stamp): Promise<void> {
    const head = this.#index.head(name);
    const isSame = head?.size === stamp.size && head.modified === stamp.modified;
    const before =
      isSame && head.state === 'failed' ? Number(/^(\d+)×/u.exec(head.detail ?? '')?.[1] ?? 0) : 0;
    const detail = `${before + 1}× ${(error as Error).message}`;
    const reason = reasonOf(error);
    if (before + 1 < MAX_DEATHS) return this.#fail(name, reason, detail, stamp);
    const own = { path: name, ...stamp, hash: '', tags: [], passages: [] };
    await this.#index.replace([
      { ...own, state: 'skipped', reason: reason === 'unreadable' ? 'crashes' : reason, detail },
    ]);
    this.#ports.onIndexed();
  }

  async #fail(
    name: string,
    reason: FileReason,
    detail: string,
    stamp: Stamp = { size: 0, modified: 0 },
  ): Promise<void> {
    const own = { path: name, ...stamp, hash: '', reason, detail };
    await this.#index.replace([{ ...own, state: 'failed', tags: [], passages: [] }]);
    this.#ports.onIndexed();
  }
}

/** A reader died on a file that had been read before. */
class ReaderError extends Error {
  override readonly name = 'ReaderError';
}

/** The reason why a reader gave up on a file. */
function reasonOf(error: unknown): FileReason {
  if (error instanceof ThreadTimeoutError) return 'timeout';
  const { code } = error as { readonly code?: unknown };
  return code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'unpacksTooLarge' : 'unreadable';
}
