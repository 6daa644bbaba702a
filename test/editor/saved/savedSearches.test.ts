import assert from 'node:assert/strict';
import { fileKey, newFiles, SavedSearches } from '../../../src/editor/saved/savedSearches.ts';
import { hit } from '../hits.ts';

function searches(stored?: unknown): SavedSearches {
  const store = new Map<string, unknown>([['savedSearches', stored]]);
  return new SavedSearches({
    keys: () => [...store.keys()],
    get: <T>(key: string): T | undefined => store.get(key) as T | undefined,
    update(key: string, value: unknown) {
      store.set(key, value);
      return Promise.resolve();
    },
  });
}

describe('saved searches', () => {
  const a = hit({ file: 'a.md' });
  const b = hit({ file: 'b.md' });

  it('are kept newest first, each once, and removed', async () => {
    const saved = searches();
    for (const query of ['가', '나', '가']) await saved.keep({ query, channel: 'hybrid', seen: [] });
    assert.deepEqual(
      saved.all.map(({ query }) => query),
      ['가', '나'],
    );
    await saved.remove('가');
    assert.deepEqual(
      saved.all.map(({ query }) => query),
      ['나'],
    );
  });

  it('call a file new until the person has been shown it', async () => {
    const saved = searches();
    await saved.keep({ query: '가', channel: 'hybrid', seen: [fileKey(a)] });
    const found = [a, b, hit({ file: 'b.md', id: '2' }), hit({ file: 'c.md', waiting: true })];
    const fresh = newFiles(saved.all[0]!, found);
    assert.deepEqual(fresh, [fileKey(b)]);
    await saved.see('가', fresh);
    assert.deepEqual(newFiles(saved.all[0]!, found), []);
  });

  it('leave alone what another version has stored', () => {
    assert.deepEqual(searches('?').all, []);
    const good = { query: '가', channel: 'lexical', seen: [] };
    assert.deepEqual(searches([null, 3, { query: '나' }, { ...good, seen: [1] }, good]).all, [good]);
  });
});
