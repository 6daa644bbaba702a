/** The open folders of all clients, one model that answers, and one search over any of them. */
import { Listeners } from '../async/listeners.ts';
import path from 'node:path';
import type { Scorer } from '../index/scoring/scorer.ts';
import type { EncoderPool } from '../model/encoderPool.ts';
import type { ModelFolder } from '../model/modelFolder.ts';
import { VerifiedFiles } from '../model/verifiedFiles.ts';
import type { EngineStatus } from '../domain/engineStatus.ts';
import type { FolderRequest } from '../domain/folder.ts';
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
import type { FolderIndexes } from './indexing/folderIndexes.ts';
import { dutyCycle } from './indexing/dutyCycle.ts';
import { IndexingControl } from './indexing/indexingControl.ts';
import { FolderTurns } from './indexing/folderTurns.ts';
import { IndexingProblems } from './indexing/indexingProblems.ts';
import { OpenFolders } from './indexing/openFolders.ts';
import { progressOf } from './libraryStatus.ts';
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
  readonly #inUse: ActiveModel;
  readonly #folders: OpenFolders;
  readonly #turns = new FolderTurns();
  readonly #control: IndexingControl;
  readonly #relisting = new Relisting(isAsked => this.#relist(isAsked));
  readonly #absent = new AbsentFolders(folder => void this.reconcile(folder));
  readonly #feedback: RelevanceFeedback;
  /** Something of the status has changed. */
  readonly onProgress = new Listeners<void>();
  /** The content that answers has changed. */
  readonly onIndexed = new Listeners<void>();
  readonly #problems: IndexingProblems;
  readonly #lexicon: WorkspaceLexicon;
  readonly #glossaries: Glossaries;
  /** Answers questions about the documents. */
  readonly answers: Answers;

  constructor(options: LibraryOptions) {
    const { storePath, language, log } = options;
    this.#feedback = new RelevanceFeedback(storePath);
    this.#control = new IndexingControl({
      onBattery: options.onBattery,
      onChanged: goesOn => {
        if (goesOn) this.#restartPaces();
        this.#changed();
      },
    });
    this.#problems = new IndexingProblems({
      language,
      onFolderAway: folder => this.#absent.add(folder),
      onChanged: () => this.#changed(),
      log,
    });
    this.#folders = new OpenFolders({
      turns: this.#turns,
      model: () => this.#inUse,
      onClosed: folder => this.#absent.delete(folder),
      onChanged: () => this.#lexicon.changed(),
    });
    this.#inUse = this.#activeModel(options);
    this.#glossaries = new Glossaries({
      folders: () => this.#folders.all,
      onFault: () => this.#changed(),
      log,
    });
    this.#lexicon = new WorkspaceLexicon({
      indexes: () => (this.#serving?.all ?? []).map(({ index }) => index),
      glossaries: () => this.#glossaries.read(),
      isReading: () => (this.#serving?.all ?? []).some(({ letters }) => letters.size > 0),
      pace: dutyCycle(this.#turns),
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

  #activeModel({ modelPath, serving = null, storePath, ...options }: LibraryOptions): ActiveModel {
    return new ActiveModel({
      modelPath,
      lastServing: serving,
      indexes: {
        storePath,
        openEncoder: options.openEncoder,
        openReader: options.openReader,
        log: options.log,
        verified: new VerifiedFiles(path.join(storePath, 'verified.json')),
        mayGoOn: signal => this.#control.mayGoOn(signal),
        mayEncode: signal => this.#control.mayEncode(signal),
        share: this.#control.share,
        searches: this.#turns,
        onProgress: () => this.#changed(),
        onIndexed: indexes => {
          if (indexes === this.#serving) this.#contentChanged();
        },
        onDamage: () => this.#problems.repaired(),
      },
      wanted: () => this.#folders.all,
      opening: this.#folders.opening,
      onTakeover: () => {
        this.#problems.solved();
        this.#contentChanged();
        this.#changed();
      },
      onChanged: () => this.#changed(),
    });
  }

  #contentChanged(): void {
    this.#lexicon.changed();
    this.onIndexed.fire();
  }

  /** Resolves when searches know all words of the open folders. */
  lexiconReady(): Promise<void> {
    return this.#lexicon.ready();
  }

  get #serving(): FolderIndexes | null {
    return this.#inUse.serving;
  }

  get folders(): readonly string[] {
    return this.#folders.paths;
  }

  /** Opens (or finds open) the index of a folder. Indexing starts with `reconcile`. */
  openFolder(request: FolderRequest): Promise<FolderIndexer> {
    return this.#folders.open(request);
  }

  closeFolder(folder: string): Promise<void> {
    return this.#folders.close(folder);
  }

  /** Files are not read during a listing, so one that nothing asks for waits until they are read. */
  #relist(isAsked: boolean): void {
    if (this.#control.isPaused) return;
    for (const folder of this.folders)
      if (isAsked || this.#serving?.get(folder)?.letters.waits !== true) void this.reconcile(folder);
  }

  /** Starts bringing a folder up to date; a failure becomes the status's problem. */
  async reconcile(folder: string): Promise<void> {
    await this.#problems.guard(folder, this.#serving?.reconcile(folder));
  }

  /** Takes absolute paths; each goes to the folder that contains it. */
  async touch(paths: readonly string[]): Promise<void> {
    if (this.#glossaries.isAmong(paths)) void this.#lexicon.glossaryChanged();
    // A name without an extension is a folder's, mostly.
    if (paths.some(file => path.extname(file) === '')) this.#relisting.soon();
    const touched: Promise<void>[] = [];
    for (const [folder, names] of this.#folders.containing(paths)) {
      const inside = names.filter(name => name !== '');
      if (inside.length === 0) continue;
      // A failure of the other indexes ends the change of models, which watches them itself.
      void this.#inUse.next
        ?.get(folder)
        ?.touch(inside)
        .catch(() => undefined);
      touched.push(this.#problems.guard(folder, this.#serving?.get(folder)?.touch(inside)));
    }
    await Promise.all(touched);
  }

  /** See `ActiveModel.use`: this model answers as soon as its indexes of all open folders are complete. */
  useModel(choice: ModelChoice): Promise<void> {
    return this.#inUse.use(choice);
  }

  /** True while this model folder is open: it answers, or is being prepared. */
  isModelOpen(modelPath: string): boolean {
    return this.#inUse.isOpen(modelPath);
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
    for (const [folder, names] of this.#folders.containing([wanted]))
      for (const indexes of this.#inUse.all)
        for (const name of names) indexes.get(folder)?.preferUnder(name, direct);
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
      if (indexer.isWaiting || this.#problems.hasFailed) void this.reconcile(indexer.options.path);
    this.#changed();
  }

  /** Empties the indexes of a folder and fills them again. */
  async rebuild(folder: string): Promise<void> {
    if (!(await this.#folders.empty(folder))) return;
    this.#problems.rebuilt();
    this.#contentChanged();
    void this.reconcile(folder);
  }

  ledger(folders: readonly string[]): LedgerEntry[] {
    return folders.flatMap(folder => this.#serving?.get(folder)?.ledger.entries() ?? []);
  }

  /** Marks a hit of an open folder or of a team. The mark is durable when the promise resolves. */
  async judge(params: JudgeParams): Promise<void> {
    if (!this.#folders.has(params.folder) && teamOfFolder(params.folder) === null)
      throw new UserError('folderUnreadable', params.folder);
    await this.#feedback.judge(params, Date.now());
  }

  status(folders: readonly string[]): EngineStatus {
    const indexers = [...new Set(folders.flatMap(folder => this.#serving?.get(folder) ?? []))];
    const { isPaused, isOnBattery } = this.#control;
    return {
      ...progressOf(indexers, { hasFailed: this.#problems.hasFailed, isPaused, isOnBattery }),
      tokensPerSecond: Math.round(this.#serving?.speed.tokensPerSecond ?? 0),
      model: this.#serving?.model.info ?? null,
      switching: this.#inUse.switching,
      job: null,
      problem: this.#problems.text(
        this.#inUse.problem ?? this.#serving?.model.problem ?? null,
        this.#glossaries.fault,
      ),
    };
  }

  #changed(): void {
    this.onProgress.fire();
  }

  async close(): Promise<void> {
    this.#control.close();
    this.#absent.close();
    this.#relisting.close();
    await this.#lexicon.close();
    await this.#inUse.close();
  }
}
