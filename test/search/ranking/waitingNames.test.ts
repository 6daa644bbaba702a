import assert from 'node:assert/strict';
import fc from 'fast-check';
import { NAME_BONUS } from '../../../src/search/ranking/rankNamed.ts';
import { normalizeForSearch } from '../../../src/text/normalize.ts';
import { bestNamed, spell, type NamedFile } from '../../../src/search/ranking/waitingNames.ts';

const FILES = [
  '회의록/2024-03-15 물결.md',
  '회의록/2024-07-08.md',
  '고객/한빛제과/계약.md',
  '고객/늘봄식품/계약.md',
  '오늘 할 일.md',
  'R-1180.md',
  'src/invoiceTotals.md',
  '기획/예산안 초안.md',
  'README.md',
] as const;

function found(
  query: string,
  { files = FILES, limit = 5, accepts = (): boolean => true }: Partial<Options> = {},
): readonly NamedFile[] {
  const spelled = files.map(path => spell({ path: path.normalize('NFD'), size: 1, modified: 1 }));
  const { text: form } = normalizeForSearch(query);
  return bestNamed(spelled, form, limit, ({ path }) => accepts(path.normalize('NFC')));
}
interface Options {
  readonly files: readonly string[];
  readonly limit: number;
  readonly accepts: (path: string) => boolean;
}
const pathsOf = (named: readonly NamedFile[]): readonly string[] =>
  named.map(({ file }) => file.path.normalize('NFC'));

describe('a file that waits', () => {
  for (const [query, path] of [
    ['오늘 할 일', '오늘 할 일.md'],
    ['오늘할일.md', '오늘 할 일.md'],
    ['한빛제과 계약', '고객/한빛제과/계약.md'],
    ['고객 한빛제과 계약', '고객/한빛제과/계약.md'],
    ['r1180', 'R-1180.md'],
    ['readme', 'README.md'],
    ['2024년 7월 8일', '회의록/2024-07-08.md'],
  ] as const)
    it(`is called ${query}: ${path}`, () => {
      const [first] = found(query);
      assert.deepEqual([first?.file.path.normalize('NFC'), first?.score], [path, NAME_BONUS]);
    });

  for (const [query, path] of [
    ['물결 회의록', '회의록/2024-03-15 물결.md'],
    ['물결 2024. 3. 15.', '회의록/2024-03-15 물결.md'],
    ['계약서는 한빛제과의 계약', '고객/한빛제과/계약.md'],
    ['invoice totals', 'src/invoiceTotals.md'],
    ['예산안을', '기획/예산안 초안.md'],
    ['회의록 2024-07-08 md', '회의록/2024-07-08.md'],
  ] as const)
    it(`has the words of ${query}: ${path}`, () => {
      const [first] = found(query);
      assert.equal(first?.file.path.normalize('NFC'), path);
      assert.ok(first.score <= NAME_BONUS);
    });

  it('gets less for its words than for its name, and less for some of them than for all', () => {
    const files = ['물결 회의.md', '물결 회의 기록.md', '물결 회의 3차.md'];
    const named = found('물결 회의 기록', { files });
    assert.deepEqual(pathsOf(named), ['물결 회의 기록.md', '물결 회의.md', '물결 회의 3차.md']);
    const [exact, most] = named;
    assert.ok(exact!.score > 5 && most!.score < 5 && most!.score > 2.5);
  });

  it('is none of a query that has half of its words elsewhere, or letters alone', () => {
    assert.deepEqual(found('계약 해지'), []);
    assert.deepEqual(found('일'), []);
    assert.deepEqual(found('!!!'), []);
    assert.deepEqual(found(''), []);
  });

  it('comes first whose own name has the words, then the shortest', () => {
    const files = ['회의록/목차.md', '회의록 정리.md', '새 회의록 모음집.md'];
    assert.deepEqual(pathsOf(found('회의록', { files })), [
      '회의록 정리.md',
      '새 회의록 모음집.md',
      '회의록/목차.md',
    ]);
  });

  it('is found beside others that are not let in, a few at most', () => {
    const files = Array.from({ length: 50 }, (_, i) => `회의 ${i + 10}.md`);
    assert.equal(found('회의', { files }).length, 5);
    assert.deepEqual(pathsOf(found('회의', { files, accepts: path => path === '회의 44.md' })), [
      '회의 44.md',
    ]);
  });

  it('is the same, whatever the order of the listing and how many are asked for', () => {
    const path = fc
      .array(fc.constantFrom('회의', '물결', '계약', '2024-03-15', 'a b'), { minLength: 1, maxLength: 4 })
      .map(parts => `${parts.join('/')}.md`);
    const query = fc
      .array(fc.constantFrom('회의', '물결', '계약', '3월', '2024.3.15', 'ab'), { maxLength: 4 })
      .map(words => words.join(' '));
    fc.assert(
      fc.property(fc.uniqueArray(path, { maxLength: 12 }), query, fc.nat(6), (files, text, limit) => {
        const all = found(text, { files, limit: 99 });
        const scores = all.map(({ score }) => score);
        assert.deepEqual(
          scores,
          [...scores].sort((a, b) => b - a),
        );
        const some = found(text, { files: [...files].reverse(), limit });
        assert.deepEqual(
          some.map(({ score }) => score),
          scores.slice(0, limit),
        );
      }),
    );
  });

  it('is found by its own name, however it is written', () => {
    const name = fc.string({ unit: fc.constantFrom('가', '나', 'Ab', '3', ' ', '-', '_'), minLength: 1 });
    fc.assert(
      fc.property(fc.array(name, { minLength: 1, maxLength: 3 }), parts => {
        const stem = parts.at(-1)!;
        fc.pre(/[가나A3]/.test(stem));
        const [first] = found(stem, { files: [`${parts.join('/')}.md`] });
        assert.equal(first?.score, NAME_BONUS);
      }),
    );
  });
});
