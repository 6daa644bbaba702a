/** Answers questions about the documents of the open folders: searches, explanations, passages and texts. */
import type { Scorer } from '../index/scoring/scorer.ts';
import { DamagedError } from '../index/segment/sections.ts';
import type { DocumentPassage, DocumentRequest, DocumentText } from '../domain/document.ts';
import type { Explanation, ExplainRequest } from '../domain/explanation.ts';
import type { RelatedRequest, RelatedResult, SearchRequest, SearchResult } from '../domain/search.ts';
import { teamOfFolder, type TeamAnswer } from '../domain/team/team.ts';
import { passageId } from '../search/localSource.ts';
import type { RemoteSources } from '../search/remoteSearch.ts';
import { PhraseStates } from '../search/filter/phraseStates.ts';
import type { Lexicon } from '../text/forms/lexicon.ts';
import type { RelevanceFeedback } from './feedback/relevanceFeedback.ts';
import type { FolderIndexes } from './indexing/folderIndexes.ts';
import type { FolderTurns } from './indexing/folderTurns.ts';
import { relatedInIndexes } from './relatedInIndexes.ts';
import type { SearchContext } from './askedQuery.ts';
import { explainInIndexes } from './explainInIndexes.ts';
import { searchIndexes } from './searchIndexes.ts';

export interface AnswersPorts {
  readonly scorer: Scorer;
  readonly turns: FolderTurns;
  readonly feedback: RelevanceFeedback;
  /** Resolves to the indexes of the model that answers, once there is one. */
  readonly serving: () => Promise<FolderIndexes>;
  readonly lexicon: () => Lexicon | null;
  /** Notice for results where the model is unavailable (localised). */
  readonly lexicalNotice: string;
  /** A notice about servers that have not answered (localised). */
  readonly remoteNotice?: ((answers: readonly TeamAnswer[]) => string | null) | undefined;
  readonly log: (line: string) => void;
}

export class Answers {
  readonly #ports: AnswersPorts;
  readonly #phrases = new PhraseStates();

  constructor(ports: AnswersPorts) {
    this.#ports = ports;
  }

  /** Gives the lexical hits first (through `onLexical`), then the whole answer. Rejects with `AbortError`. */
  async search(
    params: SearchRequest,
    signal: AbortSignal,
    onLexical?: (result: SearchResult) => void,
    remote?: RemoteSources,
  ): Promise<SearchResult> {
    const mark = await this.#ports.feedback.marker(params);
    const literal = onLexical && ((result: SearchResult): void => onLexical(mark(result)));
    return this.#asked(params.folders, async indexes => {
      const { remoteNotice } = this.#ports;
      const context = { ...this.#context(signal), onLexical: literal, remote, remoteNotice };
      return mark(await searchIndexes(indexes, params, context));
    });
  }

  /** Rejects with `AbortError`. */
  explain(request: ExplainRequest, signal: AbortSignal, remote?: RemoteSources): Promise<Explanation> {
    return this.#asked(request.folders, indexes =>
      explainInIndexes(indexes, asOnDisk(indexes, request), { ...this.#context(signal), remote }),
    );
  }

  related(request: RelatedRequest): Promise<RelatedResult> {
    const { folders, folder } = request;
    return this.#asked([...new Set([...folders, folder])], indexes =>
      relatedInIndexes(indexes, asOnDisk(indexes, request), this.#ports.scorer),
    );
  }

  passages(
    request: DocumentRequest,
    signal: AbortSignal,
    remote?: RemoteSources,
  ): Promise<readonly DocumentPassage[]> {
    const { folder } = request;
    const team = teamOfFolder(folder);
    if (team !== null)
      return remote?.passages({ ...team, file: request.file }, signal) ?? Promise.resolve([]);
    return this.#asked([folder], async indexes => {
      const { file } = asOnDisk(indexes, request);
      const index = indexes.get(folder)?.index;
      if (index === undefined) return [];
      const reading = index.acquire();
      try {
        const place = index.place(file);
        if (place === null) return [];
        const { segment } = place;
        const { first, end } = segment.passagesOf(place.file);
        const texts = await segment.passages.texts(first, end);
        return await Promise.all(
          texts.map(async (text, i) => {
            const { hash, ...stored } = await segment.passage(first + i);
            return { ...stored, ...text, id: passageId(hash, stored.start, file) };
          }),
        );
      } finally {
        reading.release();
      }
    });
  }

  document(request: DocumentRequest, signal: AbortSignal, remote?: RemoteSources): Promise<DocumentText> {
    const team = teamOfFolder(request.folder);
    if (team !== null)
      return (
        remote?.document({ ...team, file: request.file }, signal) ?? Promise.resolve({ problem: 'vanished' })
      );
    return this.#asked([request.folder], indexes => indexes.document(asOnDisk(indexes, request), signal));
  }

  #context(signal: AbortSignal): SearchContext {
    const { scorer, lexicalNotice, lexicon, log } = this.#ports;
    return { scorer, phrases: this.#phrases, signal, lexicalNotice, lexicon: lexicon(), log };
  }

  /** Uses one model with its indexes to the end of the answer, because another may take over meanwhile. */
  #asked<T>(folders: readonly string[], work: (indexes: FolderIndexes) => Promise<T>): Promise<T> {
    return this.#ports.serving().then(() =>
      this.#ports.turns.search(folders, async () => {
        const indexes = await this.#ports.serving();
        try {
          return await work(indexes);
        } catch (error) {
          // Parts of an index are checked when a query needs them: damaged ones are dropped, and the rest answers.
          if (!(error instanceof DamagedError) || !(await indexes.dropDamaged(folders))) throw error;
          return await work(indexes);
        }
      }),
    );
  }
}

/** On macOS, the editor composes the names that it shows, whatever the disk has. */
function asOnDisk<T extends DocumentRequest>(indexes: FolderIndexes, request: T): T {
  const file = indexes.get(request.folder)?.ledger.nameOnDisk(request.file) ?? request.file;
  return { ...request, file };
}
