/** Short ways to write hits and results in tests. */
import type { Contribution, Hit } from '../../src/domain/hit.ts';
import type { SearchResult } from '../../src/domain/search.ts';

export function contribution(fields: Partial<Contribution> = {}): Contribution {
  return {
    id: 'w:연차',
    token: '연차',
    channel: 'lexical',
    kind: 'literal',
    word: 0,
    query: 1,
    passage: 1,
    value: 1,
    ranges: [],
    ...fields,
  };
}

export function hit(fields: Partial<Hit> = {}): Hit {
  return {
    id: 'a',
    folder: '/notes',
    file: '규정/취업규칙.md',
    start: 0,
    end: 0,
    line: 0,
    column: 0,
    endLine: 0,
    headings: [],
    text: '',
    markup: 'markdown',
    location: { kind: 'line' },
    score: 1,
    contributions: [],
    ...fields,
  };
}

export function hits(...ids: readonly string[]): readonly Hit[] {
  return ids.map(id => hit({ id }));
}

export function result(stage: SearchResult['stage'], found: readonly Hit[]): SearchResult {
  return {
    stage,
    model: null,
    chips: [],
    suggestions: [],
    further: [],
    unconditional: null,
    queryNotices: [],
    rewritings: [],
    words: [],
    terms: [],
    hits: found,
    total: found.length,
    milliseconds: 1,
    notice: null,
  };
}
