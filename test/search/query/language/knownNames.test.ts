import assert from 'node:assert/strict';
import { parseQuery } from '../../../../src/search/query/language/parseQuery.ts';

const names = {
  hasPath: (text: string): boolean => text === '회의',
  hasExtension: (extension: string): boolean => extension === 'log',
  hasTag: (tag: string): boolean => tag === '예산',
};

function read(
  query: string,
): readonly [kinds: readonly string[], notices: readonly string[], searched: string] {
  const { chips, notices, searched } = parseQuery(query, { today: new Date(2026, 10, 25), names });
  return [chips.map(({ kind }) => kind), notices.map(({ kind }) => kind), searched.trim()];
}

describe('names that documents have', () => {
  it('make path, ext and tag conditions', () => {
    assert.deepEqual(read('path:회의 안건'), [['path'], [], '안건']);
    assert.deepEqual(read('ext:log 안건'), [['extension'], [], '안건']);
    assert.deepEqual(read('tag:예산 안건'), [['tag'], [], '안건']);
  });

  it('are asked for in vain: the operator is text, with a remark', () => {
    assert.deepEqual(read('path:/usr/local/bin'), [[], ['unknownPath'], 'path:/usr/local/bin']);
    assert.deepEqual(read('docker tag:latest'), [[], ['unknownTag'], 'docker tag:latest']);
    assert.deepEqual(read('type:string 안건'), [[], ['unknownExtension'], 'type:string 안건']);
  });

  it('need not exist for a well-known format, or for what is left out', () => {
    assert.deepEqual(read('ext:pdf 안건'), [['extension'], [], '안건']);
    assert.deepEqual(read('-path:초안 안건'), [['path'], [], '안건']);
  });
});
