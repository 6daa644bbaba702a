import assert from 'node:assert/strict';
import fc from 'fast-check';
import { plainKernel } from '../../../src/index/kernel/plainKernel.ts';
import { PassageIndex } from '../../../src/index/passageIndex.ts';
import { Scorer } from '../../../src/index/scoring/scorer.ts';
import { Segment } from '../../../src/index/segment/segment.ts';
import { writeSegment } from '../../../src/index/segment/segmentWriter.ts';
import { parseQuery } from '../../../src/search/query/language/parseQuery.ts';
import { literalPhrase } from '../../../src/search/filter/literalPhrase.ts';
import { PhraseStates, type PhrasePlace } from '../../../src/search/filter/phraseStates.ts';
import { prepareQuery } from '../../../src/search/query/encodedQuery.ts';
import { search } from '../../../src/search/search.ts';
import { conditionsOf, PassageFilter } from '../../../src/search/filter/passageFilter.ts';
import { weighWords } from '../../../src/search/query/weighWords.ts';
import { normalizeForSearch } from '../../../src/text/normalize.ts';
import { plainTextOfMarkdown } from '../../../src/text/plainText.ts';
import { fileFilter } from '../../../src/workspace/fileFilter.ts';
import { MemoryStore } from '../../fakes/memoryStore.ts';
import { file, passage, vectorOf } from '../../fakes/records.ts';

const WORDS = [
  '회의',
  '록',
  '회',
  '의록',
  '예산',
  '안',
  'kube',
  'v1.2',
  '3',
  '**굵게**',
  '\n',
  ',',
  '돈',
  '[회](의록)',
  '`예산`',
  '\n- ',
  '\n1. ',
  '# ',
];
const text = fc
  .array(fc.tuple(fc.constantFrom(...WORDS), fc.constantFrom('', ' ')), { minLength: 1, maxLength: 10 })
  .map(pieces => pieces.flat().join(''));

/** 1 where a passage of the segment has the phrase: all of them are looked at. */
async function flagsOf(
  segment: Segment,
  wanted: string,
  place: PhrasePlace,
  phrases = new PhraseStates(),
): Promise<number[]> {
  const state = await phrases.of(segment, wanted, place);
  await state.settle([...state.states.keys()]);
  return [...state.states];
}

describe('PhraseStates', () => {
  it('finds the passages whose text has the phrase, and no other', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(text, { minLength: 1, maxLength: 12 }), text, async (texts, wanted) => {
        const phrase = literalPhrase(wanted);
        const segment = await Segment.of(
          's',
          writeSegment([
            file(
              '!.md',
              texts.map(own => passage(own)),
            ),
          ]),
        );
        const flags = await flagsOf(segment, wanted, 'prose');
        const everywhere = await flagsOf(segment, wanted, 'everywhere');
        // A name with connectors is found as a whole or by its parts, as the lexical channel counts it.
        if (/[.+#'’-][\p{L}\p{N}]/u.test(wanted)) return;
        const stands = (own: string): boolean => phrase?.standsIn(normalizeForSearch(own).text) ?? false;
        const inProse = texts.map(own => stands(plainTextOfMarkdown(own).text));
        assert.deepEqual(flags, inProse.map(Number), JSON.stringify([wanted, texts]));
        const naive = texts.map((own, i) => Number(inProse[i]! || stands(own)));
        assert.deepEqual(everywhere, naive, JSON.stringify([wanted, texts]));
      }),
      { numRuns: 400 },
    );
  });

  it('tells from the text as it is written what the plain text has, or does not tell', () => {
    const markup = [
      ...WORDS,
      '](',
      '[',
      ')',
      '](회 "의록',
      '][',
      ']',
      '<a href="',
      '<회 의록="예산">',
      '<!-- ',
      ' -->',
      '{/*',
      '*/}',
      '```예산\n',
      '\n```\n',
      '| ',
      '*',
      '_',
      'Ａ',
      '㉮',
      'é',
      '의',
      ' 예',
      '.',
      '>',
      '"',
    ];
    const source = fc
      .array(fc.tuple(fc.constantFrom(...markup), fc.constantFrom('', '', ' ', '\n')), {
        minLength: 1,
        maxLength: 14,
      })
      .map(pieces => pieces.flat().join(''));
    let told = 0;
    fc.assert(
      fc.property(
        source,
        fc.oneof(text, fc.constantFrom('의', '예산', '회의록', 'kube', '3', '안', 'a')),
        (own, wanted) => {
          const phrase = literalPhrase(wanted);
          const answer = phrase?.screen(own) ?? null;
          if (answer === null) return;
          told++;
          assert.equal(
            answer,
            phrase!.standsIn(normalizeForSearch(plainTextOfMarkdown(own).text).text),
            JSON.stringify([wanted, own]),
          );
        },
      ),
      { numRuns: Number(process.env['MALMOI_SCREENS'] ?? 4_000) },
    );
    assert.ok(told > 500, String(told));
  });

  it('looks into headings and file names, or into headings alone', async () => {
    const own = [passage('본문', vectorOf({}), ['예산 보고']), passage('예산 본문', vectorOf({}), ['회의'])];
    const named = file('예산/회의록.md', own);
    const segment = await Segment.of('s', writeSegment([named]));
    const phrases = new PhraseStates();
    assert.deepEqual(await flagsOf(segment, '예산', 'everywhere', phrases), [1, 1]);
    assert.deepEqual(await flagsOf(segment, '예산', 'headings', phrases), [1, 0]);
    assert.deepEqual(await flagsOf(segment, '예산보고', 'headings', phrases), [1, 0]);
    assert.deepEqual(await flagsOf(segment, '!!', 'headings', phrases), [0, 0]);
  });
});

describe('a query with conditions', () => {
  const TODAY = new Date(2026, 10, 25, 15);
  const DAY = 24 * 3600 * 1000;

  async function found(query: string): Promise<readonly string[]> {
    const index = await PassageIndex.open(new MemoryStore(), 'f');
    const at = (
      path: string,
      daysAgo: number,
      body: string,
      headings: readonly string[] = [],
      tags: readonly string[] = [],
    ): void =>
      void records.push({
        ...file(path, [passage(body, vectorOf({}), headings)], tags),
        modified: TODAY.getTime() - daysAgo * DAY,
      });
    const records: ReturnType<typeof file>[] = [];
    at('회의/주간.md', 0, '예산 초안을 데이터 센터 회의에서 다룬다', ['주간 회의'], ['업무/회의', '주간']);
    at(
      '회의/월간.md',
      8,
      '예산 보고서를 데이터센터 회의에서 확정한다',
      ['월간 회의', '예산'],
      ['업무', 'kube'],
    );
    at('메모.txt', 40, '예산은 나중에', ['메모']);
    await index.replace(records);
    const parsed = parseQuery(query, { today: TODAY });
    const { hits } = await search(
      new Scorer(plainKernel),
      [{ path: '/ws', index }],
      weighWords(prepareQuery(parsed.searched), parsed.weights),
      {
        limit: 10,
        channel: 'lexical',
        floor: 0,
        conditions: conditionsOf(parsed, fileFilter(parsed.filter)),
      },
    );
    return hits.map(hit => hit.file).sort();
  }
  const [weekly, monthly, memo] = ['회의/주간.md', '회의/월간.md', '메모.txt'];

  for (const [query, ...files] of [
    ['예산', memo, monthly, weekly],
    ['예산 -초안', memo, monthly],
    ['예산 초안 빼고', memo, monthly, weekly],
    ['예산 +데이터센터', monthly, weekly],
    ['"데이터센터 회의"', monthly, weekly],
    ['"예산 초안" 회의', weekly],
    ['예산 path:회의', monthly, weekly],
    ['예산 회의 폴더에서', memo, monthly, weekly],
    ['예산 -path:회의', memo],
    ['예산 회의 폴더 빼고', memo, monthly, weekly],
    ['예산 ext:txt', memo],
    ['예산 -ext:txt', monthly, weekly],
    ['예산 마크다운만', memo, monthly, weekly],
    ['PDF만 예산', memo, monthly, weekly],
    ['ext:pdf 예산'],
    ['제목에 예산', memo, monthly, weekly],
    ['제목:예산', monthly],
    ['예산 -heading:예산', memo, weekly],
    ['예산 after:7d', weekly],
    ['예산 before:7d', memo, monthly],
    ['tag:업무', monthly, weekly],
    ['예산 tag:#업무/회의', weekly],
    ['예산 -tag:업무', memo],
    ['예산 tag:업무 -tag:주간', monthly],
    ['-tag:kube 예산', memo, weekly],
    ['태그:KUBE', monthly],
    ['tag:업'],
    ['지난주 수정한 예산', memo, monthly, weekly],
    ['수정:지난주 예산', monthly],
    ['지난주 빼고 예산', memo, monthly, weekly],
    ['-수정:지난주 예산', memo, weekly],
    ['수정:오늘', weekly],
    ['-"초안"', memo, monthly],
    ['예산^3 데이터', memo, monthly, weekly],
    ['예산 ~-과일', memo, monthly, weekly],
    ['"예산', memo, monthly, weekly],
    ['없는말'],
  ] as const)
    it(query, async () => assert.deepEqual(await found(query), [...files].sort()));

  it('lists what meets conditions alone by its time', async () => {
    const index = await PassageIndex.open(new MemoryStore(), 'f');
    await index.replace(
      ['a', 'b', 'c'].map((name, i) => ({ ...file(`${name}.md`, [passage(name)]), modified: i })),
    );
    const parsed = parseQuery('ext:md', { today: TODAY });
    const settings = { limit: 2, channel: 'lexical', floor: 0 } as const;
    const conditions = conditionsOf(parsed, fileFilter(parsed.filter));
    const { hits, total, words } = await search(
      new Scorer(plainKernel),
      [{ path: '/ws', index }],
      prepareQuery(parsed.searched),
      { ...settings, conditions },
    );
    assert.deepEqual([hits.map(hit => hit.file), total, words], [['c.md', 'b.md'], 3, []]);
  });

  it('keeps out what has much of a meaning', async () => {
    const rows = [vectorOf({ 1: 2 }), vectorOf({ 1: 0.4, 2: 2 }), vectorOf({ 2: 1 })];
    const segment = await Segment.of(
      's',
      writeSegment([
        file(
          'a.md',
          rows.map((row, i) => passage(`${i}`, row)),
        ),
      ]),
    );
    const conditions = { files: null, literals: [], headings: [], negativeQueries: [vectorOf({ 1: 1 })] };
    const wanted = await PassageFilter.of([segment], conditions, new PhraseStates());
    assert.deepEqual([...wanted!.flags(segment)], [0, 1, 1]);
  });
});
