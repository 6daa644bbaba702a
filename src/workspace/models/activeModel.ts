/** Decides which model answers searches, and how another one takes over. */
import { PromiseQueue } from '../../async/promiseQueue.ts';
import type { FolderOptions } from '../../domain/folder.ts';
import type { ModelTransition as SwitchStatus } from '../../domain/engineStatus.ts';
import type { UserError } from '../../errors/userError.ts';
import { FolderIndexes, type IndexesPorts } from '../indexing/folderIndexes.ts';
import { ModelTransition } from './modelTransition.ts';
import type { ServingModel } from './servingModel.ts';

/** A model by its folder. `name` is the name that people know; null for the manifest's. */
export interface ModelChoice {
  readonly path: string;
  readonly name: string | null;
}

export interface ModelInUsePorts {
  /** The model to answer with, at once or as soon as its indexes are complete. */
  readonly modelPath: string;
  /** The model that answered last and goes on answering meanwhile; with null, `modelPath` answers from the start. */
  readonly lastServing: ServingModel | null;
  readonly indexes: IndexesPorts;
  /** The open folders, which a model's indexes must cover before it answers. */
  readonly wanted: () => readonly FolderOptions[];
  /** Folders that are about to be open. */
  readonly opening: ReadonlySet<Promise<unknown>>;
  /** Called when another model answers from now on. */
  readonly onTakeover: () => void;
  readonly onChanged: () => void;
}

export class ActiveModel {
  /** The reason why the last change of the model failed. */
  problem: UserError | null = null;
  readonly #ports: ModelInUsePorts;
  #serving: FolderIndexes | null = null;
  #ready: Promise<FolderIndexes> | null = null;
  #switch: ModelTransition | null = null;
  #unfinished: ModelChoice | null = null;
  /** Changes and the closing of indexes run one after the other, because an index has one writer. */
  readonly #changes = new PromiseQueue();
  #closed = false;

  constructor(ports: ModelInUsePorts) {
    this.#ports = ports;
  }

  /** The indexes that answer searches; null until they are open. */
  get serving(): FolderIndexes | null {
    return this.#serving;
  }

  /** The indexes that are being prepared, once their model is open. */
  get next(): FolderIndexes | null {
    return this.#switch?.indexes ?? null;
  }

  /** The indexes that answer, and those that are being prepared. */
  get all(): readonly FolderIndexes[] {
    return [this.serving, this.next].filter(indexes => indexes !== null);
  }

  get switching(): SwitchStatus | null {
    return this.#switch?.status(this.#serving) ?? null;
  }

  /** Opens the model. Without a usable one, the indexes are lexical only. */
  open(): Promise<FolderIndexes> {
    this.#ready ??= this.#open();
    return this.#ready;
  }

  async #open(): Promise<FolderIndexes> {
    const { modelPath, lastServing, indexes: ports } = this.#ports;
    const last = (await lastServing?.read()) ?? null;
    let indexes: FolderIndexes | null = null;
    if (last !== null && last.path !== modelPath) {
      indexes = await FolderIndexes.open(last.path, ports);
      if (indexes.model.fingerprint === last.fingerprint) this.#unfinished = { path: modelPath, name: null };
      else {
        await indexes.close();
        indexes = null;
      }
    }
    indexes ??= await FolderIndexes.open(modelPath, ports);
    this.#serving = indexes;
    await this.#remember(indexes);
    return indexes;
  }

  /** Continues a change that an earlier engine left unfinished; to be called when a folder is about to be open. */
  continueChange(): void {
    if (this.#unfinished !== null) this.#change(this.#unfinished);
  }

  /**
   * Answers with this model as soon as every open folder has a complete index for it; until then, or if that fails, the
   * previous one answers. It replaces a change under way; choosing the model that answers now cancels the change.
   */
  async use(choice: ModelChoice): Promise<void> {
    const serving = await this.open();
    this.#unfinished = null;
    this.problem = null;
    if (serving.path === choice.path && serving.model.available) {
      this.#switch?.cancel();
      this.#switch = null;
    } else if (this.#switch?.path !== choice.path) this.#change(choice);
    this.#ports.onChanged();
  }

  #change(choice: ModelChoice): void {
    if (this.#closed) return;
    const { indexes: ports, wanted, opening, onChanged } = this.#ports;
    this.#unfinished = null;
    this.#switch?.cancel();
    const change = new ModelTransition(choice, {
      open: modelPath => FolderIndexes.open(modelPath, ports),
      wanted,
      opening,
      adopt: indexes => this.#adopt(indexes),
      onWhole: indexes => this.#takeOver(indexes),
      onFailed: error => (this.problem = error),
      log: ports.log,
    });
    this.#switch = change;
    this.#after(async () => {
      await change.run();
      if (this.#switch === change) this.#switch = null;
      onChanged();
    });
  }

  #after(work: () => Promise<void>): void {
    this.#changes.run(work).catch((error: unknown) => {
      this.#ports.indexes.log(`changing the model: ${String(error)}`);
    });
  }

  #adopt(indexes: FolderIndexes): boolean {
    const serving = this.#serving;
    if (serving?.model.available !== true || serving.model.fingerprint !== indexes.model.fingerprint)
      return false;
    serving.adopt(indexes);
    this.#after(() => this.#remember(serving));
    return true;
  }

  /** Synchronous, so that every search begins either before or after it. */
  #takeOver(indexes: FolderIndexes): void {
    const before = this.#serving;
    this.#serving = indexes;
    this.#ready = Promise.resolve(indexes);
    this.#switch = null;
    this.#after(async () => {
      await this.#remember(indexes);
      await before?.close();
    });
    this.#ports.onTakeover();
  }

  async #remember({ path, model }: FolderIndexes): Promise<void> {
    if (!model.available) return;
    const { lastServing, indexes } = this.#ports;
    // If this fails, the next engine starts with the selected model, which costs only time.
    await lastServing
      ?.write({ path, fingerprint: model.fingerprint })
      .catch((error: unknown) => indexes.log(`serving.json: ${String(error)}`));
  }

  /** True while this model folder is open: it answers, or is being prepared. */
  isOpen(modelPath: string): boolean {
    return this.#switch?.path === modelPath || this.#serving?.paths.has(modelPath) === true;
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#switch?.cancel();
    await this.#ready?.catch(() => undefined);
    await this.#changes.settled();
    await this.#serving?.close();
  }
}
