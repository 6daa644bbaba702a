import assert from 'node:assert/strict';
import { linesOfQuery } from '../../src/commandLine/querySaid.ts';
import type { HiddenCount, QueryChip } from '../../src/domain/query.ts';
import { result } from '../editor/hits.ts';

describe('what the command line says of a query', () => {
  const lineOf = (hides?: HiddenCount): string => {
    const chip: QueryChip = {
      kind: 'extension',
      negative: false,
      text: 'md',
      range: { start: 3, end: 9 },
      weight: 1,
      modified: null,
      without: '예산',
      ...(hides !== undefined && { hides }),
    };
    return linesOfQuery('예산 ext:md', { ...result('final', []), chips: [chip] })[0]!;
  };

  it('has what a condition hides, where that was counted and there is anything', () => {
    assert.match(lineOf({ count: 12, isExact: true }), /md — 12개 가림 \/ 12 hidden$/);
    assert.match(lineOf({ count: 12, isExact: false }), /md — 약 12개 가림 \/ about 12 hidden$/);
    assert.match(lineOf({ count: 0, isExact: true }), /md$/);
    assert.match(lineOf(), /md$/);
  });
});
