/** Keeps the faults that stand in the way of indexing, as people are told of them. */
import { engineMessage } from '../../errors/engineMessages.ts';
import { UserError } from '../../errors/userError.ts';
import { isAbort } from '../../threads/abort.ts';

export interface ProblemPorts {
  readonly language: string;
  /** A folder is not there, and may come back. */
  readonly onFolderAway: (folder: string) => void;
  readonly onChanged: () => void;
  readonly log: (line: string) => void;
}

export class IndexingProblems {
  readonly #ports: ProblemPorts;
  /** The failure of the work that ended last. */
  #failure: UserError | null = null;
  #isRepaired = false;

  constructor(ports: ProblemPorts) {
    this.#ports = ports;
  }

  get hasFailed(): boolean {
    return this.#failure !== null;
  }

  /** Never rejects: a failure of this work becomes the problem, and its success solves the last one. */
  async guard(folder: string, work: Promise<void> | undefined): Promise<void> {
    const { log, onFolderAway, onChanged } = this.#ports;
    try {
      await work;
      this.#failure = null;
    } catch (error) {
      if (isAbort(error)) return;
      log(`indexing stopped: ${(error as Error).stack ?? String(error)}`);
      this.#failure =
        error instanceof UserError ? error : new UserError('engineCrashed', (error as Error).message);
      if (this.#failure.code === 'folderUnreadable') onFolderAway(folder);
      onChanged();
    }
  }

  /** Another model answers, whose indexes are complete. */
  solved(): void {
    this.#failure = null;
  }

  /** Something in an index was damaged, and its files are being indexed again. */
  repaired(): void {
    this.#isRepaired = true;
  }

  /** An index was emptied, and with it what was damaged. */
  rebuilt(): void {
    this.#isRepaired = false;
  }

  /**
   * The sentence for people; null where nothing is wrong. `ofModel` is what is wrong with the model, `glossary` with the
   * glossary.
   */
  text(ofModel: UserError | null, glossary: string | null): string | null {
    const { language } = this.#ports;
    const problem = this.#failure ?? ofModel;
    if (problem !== null) return engineMessage(language, problem.code, problem.subject);
    if (this.#isRepaired) return engineMessage(language, 'indexRepaired');
    return glossary === null ? null : engineMessage(language, 'glossaryFault', glossary);
  }
}
