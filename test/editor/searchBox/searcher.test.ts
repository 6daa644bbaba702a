import assert from 'node:assert/strict';
import type { SearchRequest, SearchResult } from '../../../src/domain/search.ts';
import { LONGEST_QUERY, withinLimit } from '../../../src/domain/queryLimits.ts';
import { Searcher } from '../../../src/editor/searchBox/searcher.ts';
import type { EngineClient } from '../../../src/rpc/engineClient.ts';
import { analyzeQuery } from '../../../src/search/query/analyzeQuery.ts';

describe('a long selection', () => {
  const asked: SearchRequest[] = [];
  const client: Pick<EngineClient, 'search'> = {
    search: params => {
      asked.push(params);
      return Promise.resolve({ hits: [] } as unknown as SearchResult);
    },
  };
  const searcher = new Searcher(client as EngineClient, () => Promise.resolve(['/n']));
  const search = async (query: string): Promise<string> => {
    await searcher.search({ query, channel: 'hybrid', limit: 5 });
    return asked.at(-1)!.query;
  };

  it('is searched whole, and nothing in it is an operator', async () => {
    const text = `${'본문 한 줄 '.repeat(400)}-제외 "구" path:없음 끝말`;
    assert.ok(text.length > 2_000 && text.length < LONGEST_QUERY);
    const query = await search(text);
    assert.equal(query, text);
    const { parsed } = analyzeQuery(query, { lexicon: null, now: new Date(0) });
    assert.deepEqual(parsed.chips, []);
    assert.ok(parsed.searched.includes('-제외') && parsed.searched.endsWith('끝말'));
  });

  it('is cut at the one limit, and not through a character', async () => {
    assert.equal((await search('가'.repeat(LONGEST_QUERY + 5))).length, LONGEST_QUERY);
    assert.equal(withinLimit(`${'가'.repeat(LONGEST_QUERY - 1)}🎂`), '가'.repeat(LONGEST_QUERY - 1));
  });
});
