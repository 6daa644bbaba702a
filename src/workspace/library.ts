/** The open folders of all clients, one model that answers, and one search over any of them. */
import { isAbort } from '../threads/abort.ts';
import path from 'node:path';
import type { Scorer } from '../index/scoring/scorer.ts';
import type { EncoderPool } from '../model/encoderPool.ts';
import type { ModelFolder } from '../model/modelFolder.ts';
import { VerifiedFiles } from '../model/verifiedFiles.ts';
import type { EngineStatus } from '../domain/engineStatus.ts';
import type { FolderOptions, FolderRequest } from '../domain/folder.ts';
import type { IndexingSettings, PreferParams } from '../domain/indexing.ts';
import type { JudgeParams } from '../domain/feedback.ts';
import type { LedgerEntry } from '../domain/ledger.ts';
import { teamOfFolder } from '../domain/team/team.ts';
import type { ReaderThread } from '../readers/readerThread.ts';
import { engineMessage } from '../errors/engineMessages.ts';
import { UserError } from '../errors/userError.ts';
import type { PassageRules } from '../text/passages.ts';
import { Answers } from './answers.ts';
import { Relisting } from './relisting.ts';
import { AbsentFolders } from './absentFolders.ts';
import { RelevanceFeedback } from './feedback/relevanceFeedback.ts';
import type { FolderIndexer } from './indexing/folderIndexer.ts';
import { sameOptions, type FolderIndexes } from './indexing/folderIndexes.ts';
import { dutyCycle } from './indexing/dutyCycle.ts';
import { IndexingControl } from './indexing/indexingControl.ts';
import { FolderTurns } from './indexing/folderTurns.ts';
import { activityOf, countsOf } from './libraryStatus.ts';
import { Glossaries } from './glossaries.ts';
import { ActiveModel, type ModelChoice } from './models/activeModel.ts';
import type { ServingModel } from './models/servingModel.ts';
import { languageOf, sayIn } from '../wording/language.ts';
import { teamNotice } from '../wording/teamNotice.ts';
import { WorkspaceLexicon } from './workspaceLexicon.ts';

export interface LibraryOptions {
  /** Folder of all indexes; each pair of folder and model has a folder of its own in it. */
  readonly storePath: string;
  /** The model to answer with, at once or as soon as its indexes are complete. */
  readonly modelPath: string;
  /** The model that answered last and goes on answering meanwhile; with null, `modelPath` answers from the start. */
  readonly serving?: ServingModel | null;
  readonly scorer: Scorer;
  readonly language: string;
  readonly openEncoder: (folder: ModelFolder) => EncoderPool;
  readonly openReader: (folder: ModelFolder | null, rules: PassageRules) => ReaderThread;
  /** Default: as the machine says. */
  readonly onBattery?: () => Promise<boolean | null>;
  readonly log: (line: string) => void;
}

export class Library {
  readonly #options: LibraryOptions;
  readonly #inUse: ActiveModel;
  /** The open folders, which every model's indexes must cover. */
  readonly #folders = new Map<string, FolderOptions>();
  readonly #opening = new Set<Promise<unknown>>();
  readonly #turns = new FolderTurns();
  readonly #control: IndexingControl;
  readonly #relisting = new Relisting(() => this.#relist());
  readonly #absent = new AbsentFolders(folder => void this.reconcile(folder));
  readonly #feedback: RelevanceFeedback;
  readonly #progress = new Set<() => void>();
  readonly #indexed = new Set<() => void>();
  #problem: UserError | null = null;
  #damage: string | null = null;
  readonly #lexicon: WorkspaceLexicon;
  readonly #glossaries: Glossaries;
  /** Answers questions about the documents. */
  readonly answers: Answers;

  constructor(options: LibraryOptions) {
    this.#options = options;
    const { storePath, language, openEncoder, openReader, log } = options;
    this.#feedback = new RelevanceFeedback(storePath);
    this.#control = new IndexingControl({
      onBattery: options.onBattery,
      onChanged: goesOn => {
        if (goesOn) this.#restartPaces();
        this.#changed();
      },
    });
    this.#inUse = new ActiveModel({
      modelPath: options.modelPath,
      lastServing: options.serving ?? null,
      indexes: {
        storePath,
        openEncoder,
        openReader,
        log,
        verified: new VerifiedFiles(path.join(storePath, 'verified.json')),
        mayGoOn: signal => this.#control.mayGoOn(signal),
        mayEncode: signal => this.#control.mayEncode(signal),
        share: this.#control.share,
        onProgress: () => this.#changed(),
        onIndexed: indexes => {
          if (indexes === this.#serving) this.#contentChanged();
        },
        onDamage: () => (this.#damage = engineMessage(language, 'indexRepaired')),
      },
      wanted: () => [...this.#folders.values()],
      opening: this.#opening,
      onTakeover: () => {
        this.#problem = null;
        this.#contentChanged();
        this.#changed();
      },
      onChanged: () => this.#changed(),
    });
    this.#glossaries = new Glossaries({
      folders: () => this.#folders.values(),
      onFault: () => this.#changed(),
      log,
    });
    this.#lexicon = new WorkspaceLexicon({
      indexes: () => (this.#serving?.all ?? []).map(({ index }) => index),
      glossaries: () => this.#glossaries.read(),
      pace: dutyCycle(),
      log,
    });
    this.answers = new Answers({
      scorer: options.scorer,
      turns: this.#turns,
      feedback: this.#feedback,
      serving: async () => {
        await this.#inUse.open();
        return this.#serving!;
      },
      lexicon: () => this.#lexicon.current,
      lexicalNotice: engineMessage(language, 'semanticUnavailable'),
      remoteNotice: answers => teamNotice(answers, sayIn(languageOf(language))),
      log,
    });
  }

  #contentChanged(): void {
    this.#lexicon.changed();
    this.#indexed.forEach(listener => listener());
  }

  /** Resolves when searches know all words of the open folders. */
  lexiconReady(): Promise<void> {
    return this.#lexicon.ready();
  }

  get #serving(): FolderIndexes | null {
    return this.#inUse.serving;
  }

  /** The indexes that answer, and those that are being prepared. */
  get #all(): readonly FolderIndexes[] {
    return [this.#serving, this.#inUse.next].filter(indexes => indexes !== null);
  }

  /** Opens (or finds open) the index of a folder. Indexing starts with `reconcile`. */
  async openFolder({ asItIs = false, ...wanted }: FolderRequest): Promise<FolderIndexer> {
    const opening = this.#turns.change(wanted.path, () => {
      const known = asItIs ? this.#folders.get(wanted.path) : undefined;
      const { glossary } = wanted;
      return this.#openFolder({ ...(known ?? wanted), ...(glossary === undefined ? {} : { glossary }) });
    });
    this.#opening.add(opening);
    try {
      return await opening;
    } finally {
      this.#opening.delete(opening);
    }
  }

  async #openFolder(options: FolderOptions): Promise<FolderIndexer> {
    for (;;) {
      const indexes = await this.#inUse.open();
      this.#inUse.continueChange();
      const known = this.#folders.get(options.path);
      if (known !== undefined && !sameOptions(known, options)) await this.#closeFolder(options.path);
      try {
        const indexer = await indexes.openFolder(options);
        if (indexes === this.#serving) {
          this.#folders.set(options.path, options);
          this.#lexicon.changed();
          return indexer;
        }
      } catch (error) {
        if (indexes === this.#serving) throw error;
      }
    }
  }

  closeFolder(folder: string): Promise<void> {
    return this.#turns.change(folder, () => this.#closeFolder(folder));
  }

  async #closeFolder(folder: string): Promise<void> {
    this.#folders.delete(folder);
    this.#absent.delete(folder);
    this.#lexicon.changed();
    await this.#turns.searched(folder);
    await Promise.all(this.#all.map(indexes => indexes.closeFolder(folder)));
  }

  #relist(): void {
    if (!this.#control.isPaused) for (const folder of this.folders) void this.reconcile(folder);
  }

  /** Starts bringing a folder up to date; a failure becomes the status's problem. */
  async reconcile(folder: string): Promise<void> {
    await this.#guard(folder, this.#serving?.reconcile(folder));
  }

  /** Takes absolute paths; each goes to the folder that contains it. */
  async touch(paths: readonly string[]): Promise<void> {
    if (this.#glossaries.isAmong(paths)) void this.#lexicon.glossaryChanged();
    // A name without an extension is a folder's, mostly.
    if (paths.some(file => path.extname(file) === '')) this.#relisting.soon();
    const touched: Promise<void>[] = [];
    for (const folder of this.#folders.keys()) {
      const inside = paths
        .map(file => path.relative(folder, file).split(path.sep).join('/'))
        .filter(file => file !== '' && !file.startsWith('../') && !path.isAbsolute(file));
      if (inside.length === 0) continue;
      // A failure of the other indexes ends the change of models, which watches them itself.
      void this.#inUse.next
        ?.get(folder)
        ?.touch(inside)
        .catch(() => undefined);
      touched.push(this.#guard(folder, this.#serving?.get(folder)?.touch(inside)));
    }
    await Promise.all(touched);
  }

  async #guard(folder: string, work: Promise<void> | undefined): Promise<void> {
    try {
      await work;
      this.#problem = null;
    } catch (error) {
      if (isAbort(error)) return;
      this.#options.log(`indexing stopped: ${(error as Error).stack ?? String(error)}`);
      this.#problem =
        error instanceof UserError ? error : new UserError('engineCrashed', (error as Error).message);
      if (this.#problem.code === 'folderUnreadable') this.#absent.add(folder);
      this.#changed();
    }
  }

  /** See `ActiveModel.use`: this model answers as soon as its indexes of all open folders are complete. */
  useModel(choice: ModelChoice): Promise<void> {
    return this.#inUse.use(choice);
  }

  /** True while this model folder is open: it answers, or is being prepared. */
  isModelOpen(modelPath: string): boolean {
    return this.#inUse.isOpen(modelPath);
  }

  get folders(): readonly string[] {
    return [...this.#folders.keys()];
  }

  setIndexing(settings: IndexingSettings): void {
    this.#control.set(settings);
  }

  /** The person types somewhere: see `ProcessorShare`. */
  personWorks(): void {
    this.#control.share.personWorks();
  }

  /** Files that wait under a folder of the disk come before all others. */
  prefer({ path: wanted, direct }: PreferParams): void {
    for (const folder of this.#folders.keys()) {
      const inside = path.relative(folder, wanted).split(path.sep).join('/');
      if (inside.startsWith('../') || inside === '..' || path.isAbsolute(inside)) continue;
      for (const indexes of this.#all) indexes.get(folder)?.preferUnder(inside, direct);
    }
    this.#changed();
  }

  #restartPaces(): void {
    for (const indexer of this.#serving?.all ?? []) indexer.restartPace();
  }

  pause(): void {
    this.#control.pause();
    this.#changed();
  }

  resume(): void {
    this.#control.resume();
    this.#restartPaces();
    for (const indexer of this.#serving?.all ?? [])
      if (indexer.isWaiting || this.#problem !== null) void this.reconcile(indexer.options.path);
    this.#changed();
  }

  /** Empties the indexes of a folder and fills them again. */
  async rebuild(folder: string): Promise<void> {
    const found = await this.#turns.change(folder, async () => {
      const options = this.#folders.get(folder);
      if (options === undefined) return false;
      await this.#turns.searched(folder);
      await Promise.all(this.#all.map(indexes => indexes.clearFolder(folder)));
      await this.#openFolder(options);
      return true;
    });
    if (!found) return;
    this.#damage = null;
    this.#contentChanged();
    void this.reconcile(folder);
  }

  ledger(folders: readonly string[]): LedgerEntry[] {
    return folders.flatMap(folder => this.#serving?.get(folder)?.ledger() ?? []);
  }

  /** Marks a hit of an open folder or of a team. The mark is durable when the promise resolves. */
  async judge(params: JudgeParams): Promise<void> {
    if (!this.#folders.has(params.folder) && teamOfFolder(params.folder) === null)
      throw new UserError('folderUnreadable', params.folder);
    await this.#feedback.judge(params, Date.now());
  }

  status(folders: readonly string[]): EngineStatus {
    const indexers = folders.flatMap(folder => this.#serving?.get(folder) ?? []);
    const counts = countsOf(indexers);
    const activity = activityOf(indexers, { failed: this.#problem !== null, paused: this.#control.isPaused });
    const current = indexers.map(indexer => indexer.current).find(name => name !== null);
    const rests = activity === 'indexing' && this.#control.isOnBattery && counts.read === counts.total;
    return {
      ...counts,
      activity,
      ...(activity === 'indexing' && current !== undefined && { current }),
      ...(rests && { resting: 'battery', secondsLeft: null }),
      tokensPerSecond: Math.round(this.#serving?.speed.tokensPerSecond ?? 0),
      model: this.#serving?.model.info ?? null,
      switching: this.#inUse.switching,
      job: null,
      problem: this.#problemText(),
    };
  }

  #problemText(): string | null {
    const problem = this.#problem ?? this.#inUse.problem ?? this.#serving?.model.problem ?? null;
    const { language } = this.#options;
    if (problem !== null) return engineMessage(language, problem.code, problem.subject);
    const { fault } = this.#glossaries;
    return this.#damage ?? (fault === null ? null : engineMessage(language, 'glossaryFault', fault));
  }

  onProgress(listener: () => void): () => void {
    this.#progress.add(listener);
    return () => this.#progress.delete(listener);
  }

  onIndexed(listener: () => void): () => void {
    this.#indexed.add(listener);
    return () => this.#indexed.delete(listener);
  }

  #changed(): void {
    this.#progress.forEach(listener => listener());
  }

  async close(): Promise<void> {
    this.#control.close();
    this.#absent.close();
    this.#relisting.close();
    await this.#lexicon.close();
    await this.#inUse.close();
  }
}
