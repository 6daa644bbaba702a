/** What a client does on its way reaches the engine. In this process: the engine is a fake that waits to be told. */
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { InMemoryTransport } from '@modelcontextprotocol/sdk/inMemory.js';
import assert from 'node:assert/strict';
import type { Engine, SearchOptions } from '../../src/domain/engine.ts';
import type { FolderRequest } from '../../src/domain/folder.ts';
import type { SearchRequest, SearchResult } from '../../src/domain/search.ts';
import { EngineAccess } from '../../src/mcp/engineAccess.ts';
import { sayIn } from '../../src/wording/language.ts';
import { OpenFolders } from '../../src/mcp/openFolders.ts';
import { serverFor } from '../../src/mcp/server.ts';

const FOLDER = { path: '/노트', name: '노트', include: [], exclude: [], useIgnoreFiles: true };

const NOTHING: SearchResult = {
  stage: 'final',
  model: null,
  chips: [],
  queryNotices: [],
  suggestions: [],
  rewritings: [],
  words: [],
  terms: [],
  hits: [],
  further: [],
  unconditional: null,
  total: 0,
  milliseconds: 1,
  notice: null,
};

class FakeEngine {
  readonly opened: FolderRequest[][] = [];
  readonly searches: { readonly params: SearchRequest; readonly signal: AbortSignal }[] = [];
  /** Searches end when they are aborted only. */
  isSlow = false;
  fails: Error | null = null;

  openFolders(folders: readonly FolderRequest[]): Promise<void> {
    this.opened.push([...folders]);
    return Promise.resolve();
  }
  readonly updateFolder = (): Promise<void> => Promise.resolve();
  readonly lexiconReady = (): Promise<void> => Promise.resolve();
  readonly status = (): Promise<unknown> =>
    Promise.resolve({ activity: 'idle', read: 0, done: 0, total: 0, secondsLeft: null });
  readonly close = (): Promise<void> => Promise.resolve();

  search(params: SearchRequest, { signal, onLexical }: SearchOptions): Promise<SearchResult> {
    if (this.fails !== null) return Promise.reject(this.fails);
    this.searches.push({ params, signal: signal! });
    onLexical?.(NOTHING);
    if (!this.isSlow) return Promise.resolve(NOTHING);
    return new Promise((_, reject) =>
      signal!.addEventListener('abort', () => reject(signal!.reason as Error)),
    );
  }
}

describe('an MCP server', () => {
  let engine: FakeEngine;
  let client: Client;
  let starts: number;
  let failsToStart: boolean;
  const logged: unknown[] = [];

  beforeEach(async () => {
    engine = new FakeEngine();
    starts = 0;
    failsToStart = false;
    logged.splice(0);
    const access = new EngineAccess({
      create: () => {
        starts++;
        return failsToStart
          ? Promise.reject(new Error('boom'))
          : Promise.resolve(engine as unknown as Engine);
      },
      folders: [FOLDER],
      watch: () => ({ dispose: () => undefined }),
      log: () => undefined,
    });
    const server = serverFor(
      {
        access,
        folders: new OpenFolders(['/노트']),
        say: sayIn('ko'),
        messageOf: () => '잠시 뒤에 다시 하세요.',
        log: error => logged.push(error),
      },
      '1',
    );
    const [here, there] = InMemoryTransport.createLinkedPair();
    client = new Client({ name: 't', version: '1' });
    await Promise.all([server.connect(there), client.connect(here)]);
  });
  afterEach(() => client.close());

  const search = (signal?: AbortSignal): ReturnType<Client['callTool']> =>
    client.callTool(
      { name: 'search', arguments: { query: '휴가' } },
      undefined,
      signal === undefined ? {} : { signal },
    );

  it('aborts the search of a call that is cancelled', async () => {
    engine.isSlow = true;
    const controller = new AbortController();
    const call = search(controller.signal);
    while (engine.searches.length === 0) await new Promise(resolve => setImmediate(resolve));
    const { signal } = engine.searches[0]!;
    const aborted = new Promise(resolve => signal.addEventListener('abort', resolve));
    controller.abort('enough');
    await assert.rejects(call);
    await aborted;
    assert.deepEqual(logged, []);
  });

  it('opens its folders as others have opened them', async () => {
    await search();
    assert.deepEqual(engine.opened, [[{ ...FOLDER, asItIs: true }]]);
    assert.equal(starts, 1);
  });

  it('tries again to open an engine that failed', async () => {
    failsToStart = true;
    const failed = await search();
    assert.equal(failed.isError, true);
    failsToStart = false;
    assert.notEqual((await search()).isError, true);
    assert.equal(starts, 2);
  });

  it('tells of a bug without what is in it', async () => {
    engine.fails = new Error('passage: 비밀번호는 호랑이');
    const { isError, content } = await search();
    assert.equal(isError, true);
    assert.deepEqual(content, [{ type: 'text', text: '잠시 뒤에 다시 하세요.' }]);
    assert.deepEqual(logged, [engine.fails]);
  });
});
