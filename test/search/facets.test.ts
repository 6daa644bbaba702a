import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import type { FacetKind } from '../../src/domain/search.ts';
import type { Hit } from '../../src/domain/hit.ts';
import { facetsOf, narrowed } from '../../src/search/facets.ts';
import { parseQuery } from '../../src/search/query/language/parseQuery.ts';
import { contribution, hit } from '../editor/hits.ts';

const named = (hits: readonly Hit[], kind: FacetKind): readonly (readonly [string, number, string])[] =>
  facetsOf(hits)
    .filter(facet => facet.kind === kind)
    .map(({ name, count, operator }) => [name, count, operator]);

describe('the ways to narrow results down', () => {
  const may = new Date(2026, 4, 3).getTime();
  const hits = [
    hit({ file: '회의/5월.md', modified: may, tags: ['예산'] }),
    hit({ file: '회의/결과.HWP', modified: may }),
    hit({ file: '규정.md', modified: new Date(2025, 11, 31, 23).getTime(), tags: ['예산', '인사'] }),
  ];

  it('are counted over the hits, most first, with the operator that keeps those hits', () => {
    assert.deepEqual(named(hits, 'folder'), [['회의', 2, '경로:회의']]);
    assert.deepEqual(named(hits, 'type'), [
      ['md', 2, 'ext:md'],
      ['hwp', 1, 'ext:hwp'],
    ]);
    assert.deepEqual(named(hits, 'tag'), [
      ['예산', 2, '태그:예산'],
      ['인사', 1, '태그:인사'],
    ]);
    assert.deepEqual(named(hits, 'month'), [
      ['2026-05', 2, '수정:2026-05'],
      ['2025-12', 1, '수정:2025-12'],
    ]);
  });

  it('leave out what all hits have, and hits that are not read yet', () => {
    assert.deepEqual(facetsOf(hits.slice(0, 1)), []);
    assert.deepEqual(named([...hits, hit({ file: '새/파일.txt', waiting: true })], 'type'), [
      ['md', 2, 'ext:md'],
      ['hwp', 1, 'ext:hwp'],
    ]);
  });

  it('offer words that the model added and that stand in the passage, not those of the query or of the model alone', () => {
    const own = hit({
      contributions: [
        contribution({ token: '연차', kind: 'literal' }),
        contribution({ token: '휴가', kind: 'queryExpansion' }),
        contribution({ token: '근로', kind: 'bothExpansion' }),
        contribution({ token: '##a', kind: 'queryExpansion' }),
      ],
    });
    assert.deepEqual(named([own, hit()], 'concept'), [['휴가', 1, '+휴가']]);
  });

  it('write nothing that the query language would read otherwise', function () {
    this.timeout(20_000);
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }), name => {
        for (const { operator, name: value } of facetsOf([hit({ tags: [name] }), hit()]).filter(
          ({ kind }) => kind === 'tag',
        )) {
          const query = narrowed('예산', operator);
          const { chips } = parseQuery(query, { today: new Date(2026, 0, 1) });
          // A name without letters is no tag of any document.
          if (/[\p{L}\p{N}]/u.test(value))
            assert.deepEqual(
              chips.map(({ kind }) => kind),
              ['tag'],
              query,
            );
        }
      }),
    );
  });

  it('are added once', () => {
    assert.equal(narrowed(' 예산 ', 'ext:md'), '예산 ext:md');
    assert.equal(narrowed('예산 ext:md', 'ext:md'), '예산 ext:md');
    assert.equal(narrowed('', '태그:가'), '태그:가');
  });
});
