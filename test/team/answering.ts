/** What an engine answers with the model of these tests: an own folder's documents, or none, beside a team's. */
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Explanation } from '../../src/domain/explanation.ts';
import type { SearchRequest, SearchResult } from '../../src/domain/search.ts';
import { plainKernel } from '../../src/index/kernel/plainKernel.ts';
import { PassageIndex } from '../../src/index/passageIndex.ts';
import { Scorer } from '../../src/index/scoring/scorer.ts';
import type { RemoteSources } from '../../src/search/remoteSearch.ts';
import { DEFAULT_REFERENCE } from '../../src/search/ranking/semanticReference.ts';
import type { Lexicon } from '../../src/text/forms/lexicon.ts';
import { sayIn } from '../../src/wording/language.ts';
import { teamNotice } from '../../src/wording/teamNotice.ts';
import { Answers } from '../../src/workspace/answers.ts';
import { RelevanceFeedback } from '../../src/workspace/feedback/relevanceFeedback.ts';
import type { FolderIndexes } from '../../src/workspace/indexing/folderIndexes.ts';
import { FolderTurns } from '../../src/workspace/indexing/folderTurns.ts';
import { MemoryStore } from '../fakes/memoryStore.ts';
import { file, passage } from '../fakes/records.ts';
import { NAMES, NEVER, vectorOfText } from './world.ts';

export interface Answering extends AsyncDisposable {
  readonly search: (
    query: string,
    params?: Partial<SearchRequest>,
    onLexical?: (result: SearchResult) => void,
  ) => Promise<SearchResult>;
  readonly explain: (folder: string, file: string, query: string) => Promise<Explanation>;
  readonly feedback: RelevanceFeedback;
}

const OWN = '/me';

/** `own`: texts of files in an open folder; null where no folder is open. */
export async function answering(
  remote: RemoteSources,
  own: Readonly<Record<string, string>> | null,
  lexicon: Lexicon | null = null,
): Promise<Answering> {
  const index = await PassageIndex.open(new MemoryStore(), 'fp1');
  await index.replace(
    Object.entries(own ?? {}).map(([name, text]) => file(name, [passage(text, vectorOfText(text))])),
  );
  const model = {
    names: NAMES,
    info: null,
    fingerprint: 'fp1',
    reference: () => Promise.resolve(DEFAULT_REFERENCE),
    encodeQuery: (text: string) => Promise.resolve(vectorOfText(text)),
  };
  const indexer = { index, unread: [], isUnread: () => false, prefer: () => undefined };
  const indexes = {
    get: (folder: string) => (folder === OWN && own !== null ? indexer : null),
    model,
  } as unknown as FolderIndexes;
  const store = await mkdtemp(path.join(os.tmpdir(), 'malmoi-answering-'));
  const feedback = new RelevanceFeedback(store, path.join(store, 'feedback'));
  const answers = new Answers({
    scorer: new Scorer(plainKernel),
    turns: new FolderTurns(),
    feedback,
    serving: () => Promise.resolve(indexes),
    lexicon: () => lexicon,
    lexicalNotice: '',
    remoteNotice: team => teamNotice(team, sayIn('ko')),
    log: () => undefined,
  });
  const folders = own === null ? [] : [OWN];
  const asked = { folders, channel: 'hybrid', floor: 0 } as const;
  return {
    search: (query, params = {}, onLexical) =>
      answers.search({ ...asked, limit: 10, query, ...params }, NEVER, onLexical, remote),
    explain: (folder, name, query) => answers.explain({ ...asked, folder, file: name, query }, NEVER, remote),
    feedback,
    [Symbol.asyncDispose]: async () => {
      await index.close();
      await rm(store, { recursive: true, force: true });
    },
  };
}
