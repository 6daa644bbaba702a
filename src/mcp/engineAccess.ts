/**
 * The server's access to the engine, which is opened while the first messages are answered, with the folders
 * brought up to date.
 */
import type { Engine } from '../domain/engine.ts';
import type { EngineStatus } from '../domain/engineStatus.ts';
import type { FolderOptions } from '../domain/folder.ts';
import type { Indexing } from './answers/answer.ts';

export interface EngineAccessPorts {
  readonly create: () => Promise<Engine>;
  readonly folders: readonly FolderOptions[];
  /** Reports changes on disk until it is disposed of. */
  readonly watch: (engine: Engine) => { dispose(): void };
  readonly log: (line: string) => void;
}

/** Milliseconds that an answer waits for the words of the folders: a first search should come within two seconds. */
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

  /**
   * Begins to open the engine. A failure is reported to the first call that needs the engine; that call tries
   * again.
   */
  start(): void {
    this.#opened().catch(() => undefined);
  }

  /** Resolves to the engine with the folders open, after a short wait for the words of the folders. */
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
      // The options that a window opened a folder with stay in force; the folder is still compared with its
      // index afterwards.
      await engine.openFolders(folders.map(folder => ({ ...folder, asItIs: true })));
    } catch (error) {
      await engine.close();
      throw error;
    }
    for (const { path } of folders) {
      const updating = engine
        .updateFolder(path)
        // New files must be searchable by their words as well.
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
