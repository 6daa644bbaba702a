import assert from 'node:assert/strict';
import { Coalescer } from '../../src/editor/coalesce.ts';
import { folderOptions, sameFolders } from '../../src/editor/folderOptions.ts';
import { panelHtml } from '../../src/editor/panel/panelHtml.ts';
import { parseFromPanel } from '../../src/editor/panel/panelMessages.ts';
import { mayBeFolder } from '../../src/editor/documents/readable.ts';
import { RecentQueries } from '../../src/editor/searchBox/recentQueries.ts';

describe('folderOptions', () => {
  const settings = {
    include: [],
    exclude: ['a/**'],
    useIgnoreFiles: true,
    followSymlinks: null,
    searchFollowsSymlinks: true,
    trusted: true,
    glossary: null,
    optional: [],
    encoding: null,
    encodingOf: {},
    encodings: {},
  };

  it('leaves out what files.exclude hides, but not its conditions', () => {
    const filesExclude = {
      '**/.git': true,
      '**/x': false,
      '**/*.js': { when: '$(basename).ts' },
      'a/**': true,
    };
    const { exclude } = folderOptions('/n', 'n', { ...settings, filesExclude });
    assert.deepEqual(exclude, ['a/**', '**/.git']);
  });

  it('follows links as the editor’s search does, unless it is told else, and out of the folder only in trust', () => {
    const links = (own: boolean | null, search: boolean, trusted: boolean): unknown =>
      folderOptions('/n', 'n', {
        ...settings,
        filesExclude: {},
        followSymlinks: own,
        searchFollowsSymlinks: search,
        trusted,
      }).links;
    assert.equal(links(null, true, true), 'everywhere');
    assert.equal(links(null, true, false), 'inside');
    assert.equal(links(null, false, true), 'none');
    assert.equal(links(true, false, false), 'inside');
    assert.equal(links(false, true, true), 'none');
  });

  it('passes formats and encodings on as the engine knows them', () => {
    const own = folderOptions('/n', 'n', {
      ...settings,
      filesExclude: {},
      optional: ['json', '*.PY', '.ts'],
      encoding: 'euckr',
      encodings: { 'a.txt': 'johab', 'b.txt': 3 },
    });
    assert.deepEqual(own.optional, ['.json', '.py', '.ts']);
    assert.equal(own.encoding, 'euckr');
    assert.deepEqual(own.encodings, { 'a.txt': 'johab' });
    const byLanguage = { ...settings, filesExclude: {}, encodingOf: { '.txt': 'euckr' } };
    assert.deepEqual(folderOptions('/n', 'n', byLanguage).encodingOf, { '.txt': 'euckr' });
    const usual = folderOptions('/n', 'n', { ...settings, filesExclude: {}, encoding: 'utf8' });
    assert.ok(!('encoding' in usual) && !('optional' in usual) && !('encodings' in usual));
  });

  it('knows the same folders in another order', () => {
    const a = folderOptions('/a', 'a', { ...settings, filesExclude: {} });
    const b = folderOptions('/b', 'b', { ...settings, filesExclude: {} });
    assert.ok(sameFolders([a, b], [b, a]));
    assert.ok(!sameFolders([a], [a, b]));
    assert.ok(!sameFolders([a], [{ ...a, useIgnoreFiles: false }]));
  });
});

describe('Coalescer', () => {
  it('hands values on together, each once, and counts from the first', async () => {
    const got: (readonly string[])[] = [];
    const coalescer = new Coalescer<string>(5, values => got.push(values));
    for (const value of ['a', 'b', 'a']) coalescer.add(value);
    await new Promise(resolve => setTimeout(resolve, 20));
    coalescer.add('c');
    coalescer.flush();
    coalescer.add('d');
    coalescer.dispose();
    await new Promise(resolve => setTimeout(resolve, 10));
    assert.deepEqual(got, [['a', 'b'], ['c']]);
  });
});

describe('mayBeFolder', () => {
  it('takes names without an extension for folders, outside Git’s and npm’s', () => {
    for (const path of ['/n/회의록', '/n/.obsidian', '/n/2026. 봄']) assert.ok(mayBeFolder(path), path);
    for (const path of ['/n/a.png', '/n/.git/index', '/n/node_modules/x'])
      assert.ok(!mayBeFolder(path), path);
  });
});

describe('RecentQueries', () => {
  it('keeps the newest first, each once, and forgets on demand', async () => {
    const store = new Map<string, unknown>();
    const recent = new RecentQueries({
      keys: () => [...store.keys()],
      get: <T>(key: string): T | undefined => store.get(key) as T | undefined,
      update(key: string, value: unknown) {
        store.set(key, value);
        return Promise.resolve();
      },
    });
    for (const query of ['가', '나', ' 가 ', '', '긴'.repeat(300)]) await recent.remember(query);
    assert.deepEqual(recent.all, ['가', '나']);
    await recent.forget('가');
    assert.deepEqual(recent.all, ['나']);
  });
});

describe('panel page', () => {
  const page = { script: 'x/panel.js?a&"', style: 'x/panel.css', language: 'ko', title: '말모이 검색' };

  it('lets nothing load or run but its two files', () => {
    const html = panelHtml(page);
    const policy = /content="(default-src [^"]*)"/.exec(html)?.[1] ?? '';
    assert.match(
      policy,
      /^default-src 'none'; script-src 'nonce-[\w+/=]{24}'; style-src 'nonce-[\w+/=]{24}'$/,
    );
    assert.doesNotMatch(html, /unsafe|<style|\sstyle=|\son\w+=/);
    assert.ok(html.includes('panel.js?a&#38;&#34;'));
  });

  it('has a new nonce each time', () => {
    assert.notEqual(panelHtml(page), panelHtml(page));
  });
});

describe('parseFromPanel', () => {
  const search = {
    type: 'search',
    request: 1,
    isRefresh: false,
    search: {
      query: '연차',
      channel: 'hybrid',
      limit: 20,
      typing: true,
      withoutRewritings: ['typo 연챠 연차'],
    },
  };
  const searchFor = (change: object): object => ({ ...search, search: { ...search.search, ...change } });

  it('takes well-formed messages', () => {
    const open = { type: 'open', request: 1, id: 'a', range: null, toSide: false, preserveFocus: true };
    const steered = searchFor({ finalOnly: true });
    for (const message of [
      { type: 'ready' },
      search,
      steered,
      open,
      { type: 'command', command: 'ledger' },
    ]) {
      assert.deepEqual(parseFromPanel(message), message);
    }
  });

  it('refuses everything else', () => {
    const wrong = [
      null,
      'ready',
      {},
      { type: 'eval' },
      searchFor({ limit: 1e9 }),
      { ...search, request: -1 },
      searchFor({ query: 'x'.repeat(100_000) }),
      searchFor({ channel: 'constructor' }),
      searchFor({ finalOnly: 'yes' }),
      { type: 'command', command: 'workbench.action.quit' },
      { type: 'open', request: 1, id: 1, range: null, toSide: false, preserveFocus: true },
      { type: 'open', request: 1, id: 'a', range: { start: -1, end: 2 }, toSide: false, preserveFocus: true },
    ];
    for (const message of wrong)
      assert.equal(parseFromPanel(message), null, JSON.stringify(message)?.slice(0, 80));
  });
});
