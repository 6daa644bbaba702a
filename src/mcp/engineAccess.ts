/** The engine as the server has it: opened beside the first messages, with the folders brought up to date. */
import type { Engine } from '../domain/engine.ts';
import type { EngineStatus } from '../domain/engineStatus.ts';
import type { FolderOptions } from '../domain/folder.ts';
import type { Indexing } from './answers/answer.ts';

export interface EngineAccessPorts {
  readonly create: () => Promise<Engine>;
  readonly folders: readonly FolderOptions[];
  /** Tells of changes on disk until it is disposed of. */
  readonly watch: (engine: Engine) => { dispose(): void };
  readonly log: (line: string) => void;
}

/** Milliseconds that an answer waits for the words of the folders: a first search is to come within two seconds. */
const LEXICON_WAIT = 1_000;

const BUSY: ReadonlySet<EngineStatus['activity']> = new Set(['starting', 'scanning', 'indexing']);

export class EngineAccess {
  readonly #ports: EngineAccessPorts;
  #opening: Promise<Opened> | null = null;
  /** Folders that are being compared with their index for the first time. */
  readonly #updating = new Set<Promise<void>>();
  #closed = false;

  constructor(ports: EngineAccessPorts) {
    this.#ports = ports;
  }

  /** Begins to open it. What fails is told to the first call that needs it, which tries again. */
  start(): void {
    this.#opened().catch(() => undefined);
  }

  /** The engine, with the folders open; the words of the folders are waited for a moment. */
  async ready(signal: AbortSignal): Promise<Engine> {
    const { engine, lexicon } = await this.#opened();
    await lexicon;
    signal.throwIfAborted();
    return engine;
  }

  /** null where the index has every file of the folders. */
  async indexing(engine: Engine, signal: AbortSignal): Promise<Indexing | null> {
    const { activity, read, done, total, secondsLeft } = await engine.status({ signal });
    const isBusy = BUSY.has(activity) || this.#updating.size > 0;
    return isBusy ? { read, done, total, secondsLeft } : null;
  }

  async close(): Promise<void> {
    this.#closed = true;
    const opened = await this.#opening?.catch(() => null);
    opened?.watching.dispose();
    await opened?.engine.close();
  }

  #opened(): Promise<Opened> {
    this.#opening ??= this.#open().catch((error: unknown) => {
      this.#opening = null;
      throw error;
    });
    return this.#opening;
  }

  async #open(): Promise<Opened> {
    if (this.#closed) throw new Error('the server is closing');
    const { create, folders, watch, log } = this.#ports;
    const engine = await create();
    try {
      // Options that a window has opened a folder with stay; then it is compared with its index all the same.
      await engine.openFolders(folders.map(folder => ({ ...folder, asItIs: true })));
    } catch (error) {
      await engine.close();
      throw error;
    }
    for (const { path } of folders) {
      const updating = engine
        .updateFolder(path)
        // What was found is searched for as well as what was known.
        .then(() => engine.lexiconReady())
        .catch((error: unknown) => {
          if (!this.#closed) log(String(error));
        })
        .finally(() => this.#updating.delete(updating));
      this.#updating.add(updating);
    }
    const waited = new Promise<void>(resolve => setTimeout(resolve, LEXICON_WAIT).unref());
    const lexicon = Promise.race([engine.lexiconReady().catch(() => undefined), waited]);
    return { engine, lexicon, watching: watch(engine) };
  }
}

interface Opened {
  readonly engine: Engine;
  readonly lexicon: Promise<void>;
  readonly watching: { dispose(): void };
}
