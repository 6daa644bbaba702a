/** What stands beside the passages that were found: offers, what was left out, and files found by their names. */
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Hit } from '../../src/domain/hit.ts';
import type { QuerySuggestion } from '../../src/domain/query.ts';
import { PanelBrowser, withPanel, type Panel } from './harness.ts';
import { HITS, INDEXING, lexicalStage, makeHit, manyHits, result } from './sample.ts';
import type { ThemeName } from './themes.ts';

/** Where pictures of each state go, in both themes; nowhere by default. */
const SHOTS = process.env['MALMOI_SHOTS'];

const SUGGESTIONS: readonly QuerySuggestion[] = [
  {
    kind: 'modified',
    negative: false,
    text: '지난주',
    range: { start: 0, end: 7 },
    modified: { from: new Date(2026, 10, 16).getTime(), before: new Date(2026, 10, 23).getTime() },
    query: '수정:지난주 PDF만 설탕 빼고 예산',
  },
  {
    kind: 'extension',
    negative: false,
    text: 'pdf',
    range: { start: 8, end: 12 },
    modified: null,
    query: '지난주 수정한 ext:pdf 설탕 빼고 예산',
  },
  {
    kind: 'phrase',
    negative: true,
    text: '설탕',
    range: { start: 13, end: 18 },
    modified: null,
    query: '지난주 수정한 PDF만 -"설탕" 예산',
  },
];

const SINCE: QuerySuggestion = {
  ...SUGGESTIONS[0]!,
  modified: { from: SUGGESTIONS[0]!.modified!.from, before: null },
};

const NAMED = makeHit({
  id: 'p-named',
  file: '일지/오늘 할 일.md',
  headings: [],
  text: '세탁물 찾기, 우체국 들르기.',
  reasons: [
    { token: '오늘 할 일', kind: 'name', word: 0, value: 10, channel: 'lexical' },
    { token: '일', kind: 'queryExpansion', word: 0, value: 0.4, at: ['들르기'] },
  ],
});

const WAITING: Hit = {
  ...makeHit({
    id: 'waiting:회의록/오늘 할 일.md',
    file: '회의록/오늘 할 일.md',
    headings: [],
    text: '',
    reasons: [{ token: '오늘 할 일', kind: 'name', word: 0, value: 10, channel: 'lexical' }],
  }),
  line: 0,
  endLine: 0,
  waiting: true,
};

/** A picture of what the test sees, and of the same in the light theme. */
async function shot(panel: Panel, name: string, theme: ThemeName = 'dark'): Promise<void> {
  if (SHOTS === undefined) return;
  mkdirSync(SHOTS, { recursive: true });
  await panel.page.screenshot({ path: path.join(SHOTS, `${name}-${theme}.png`) });
}

describe('beside the passages, the panel shows', () => {
  let browser: PanelBrowser;
  before(async () => {
    browser = await PanelBrowser.launch();
  });
  after(async () => {
    await browser?.close();
  });

  for (const theme of ['dark', 'light'] as const)
    describe(theme, () => {
      it('conditions that may be meant, off until they are turned on, by pointer and by keyboard', () =>
        withPanel(browser, { theme }, async panel => {
          const query = '지난주 수정한 PDF만 설탕 빼고 예산';
          const request = await panel.search(query);
          await panel.send({
            type: 'results',
            request,
            result: result(HITS, { suggestions: SUGGESTIONS }),
          });
          const shown = await panel.page.$$eval('.suggestion', all =>
            all.map(own => [own.querySelector('bdi')!.textContent, own.getAttribute('aria-label')]),
          );
          assert.deepEqual(shown, [
            ['지난주 고친 것만 보기', '조건으로 쓰기: 지난주 고친 것만 보기'],
            ['pdf 형식만 보기', '조건으로 쓰기: pdf 형식만 보기'],
            ['‘설탕’ 빼고 보기', '조건으로 쓰기: ‘설탕’ 빼고 보기'],
          ]);
          assert.match(
            (await panel.page.getAttribute('.suggestion >> nth=0', 'title'))!,
            /2026.*11.*16.* ~ .*2026.*11.*22/,
          );
          assert.equal((await panel.ids()).length, HITS.length, 'none of them holds');
          await shot(panel, 'suggestions', theme);
          await panel.page.click('.suggestion >> nth=1');
          assert.equal((await panel.posted('search', 2)).search.query, SUGGESTIONS[1]!.query);
          assert.equal(await panel.page.inputValue('#query'), SUGGESTIONS[1]!.query);
          assert.equal(await panel.page.evaluate(() => document.activeElement?.id), 'query');
          await panel.send({
            type: 'results',
            request: (await panel.posted('search', 2)).request,
            result: result(HITS, { suggestions: [SUGGESTIONS[0]!, SINCE] }),
          });
          assert.equal(
            await panel.page.textContent('.suggestion >> nth=1 >> bdi'),
            '2026. 11. 16.부터 고친 것만 보기',
          );
          // Past the two channels.
          for (let i = 0; i < 3; i++) await panel.page.keyboard.press('Tab');
          await panel.page.keyboard.press('Enter');
          assert.equal((await panel.posted('search', 3)).search.query, SUGGESTIONS[0]!.query);
        }));

      it('what is further away, a line each beneath a few hits, and more on request', () =>
        withPanel(browser, { theme }, async panel => {
          const request = await panel.search('회의');
          const many = manyHits(9);
          const [hits, further] = [many.slice(0, 1), many.slice(1)];
          await panel.send({ type: 'results', request, result: result(hits, { further, total: 1 }) });
          assert.equal((await panel.ids()).length, 6, 'one hit and five further ones');
          assert.equal(await panel.page.locator('.hit.folded').count(), 5);
          assert.equal(await panel.page.locator('.hit.folded .passage').count(), 0);
          assert.equal(await panel.page.textContent('.further-title'), '더 먼 것');
          await shot(panel, 'far', theme);
          await panel.page
            .locator('.hit.folded .name')
            .first()
            .click({ position: { x: 200, y: 4 } });
          assert.equal(
            await panel.page.locator('.hit.selected .passage').count(),
            1,
            'unfolds like any other',
          );
          await panel.page.getByRole('button', { name: '관련이 적은 것 3개 더 보기' }).click();
          assert.equal((await panel.ids()).length, many.length);
          assert.equal(await panel.page.locator('.far, .folded').count(), 0);
          assert.equal((await panel.all('search')).length, 1, 'they are there already');
          // With hits enough, what is further away is but counted.
          await panel.send({
            type: 'results',
            request: await panel.search('휴가'),
            result: result(HITS, { further: many, total: 5 }),
          });
          assert.equal((await panel.ids()).length, HITS.length);
          assert.equal(
            await panel.page.getByRole('button', { name: '관련이 적은 것 9개 더 보기' }).count(),
            1,
          );
        }));

      it('that nothing is like the query, and what is far from it', () =>
        withPanel(browser, { theme }, async panel => {
          const request = await panel.search('eeeeqqxz');
          await panel.send({ type: 'results', request, result: result([], { further: HITS, total: 5 }) });
          assert.match((await panel.page.textContent('.empty'))!, /“eeeeqqxz”와\(과\) 비슷한 것이 없습니다/);
          const primary = await panel.page.$$eval('.empty .button:not(.secondary)', all =>
            all.map(own => own.textContent?.trim()),
          );
          assert.deepEqual(primary, ['관련이 적은 것 5개 보기'], 'one thing is to be done first');
          await shot(panel, 'nothing-like', theme);
          await panel.page.getByRole('button', { name: '관련이 적은 것 5개 보기' }).click();
          assert.equal((await panel.ids()).length, HITS.length);
        }));

      it('how much there would be without the conditions that left nothing', () =>
        withPanel(browser, { theme }, async panel => {
          const query = '예산 ext:hwp';
          const request = await panel.search(query);
          const chips = [
            {
              kind: 'extension',
              negative: false,
              text: 'hwp',
              range: { start: 3, end: 10 },
              weight: 1,
              modified: null,
              without: '예산',
            },
          ] as const;
          const unconditional = { query: '예산', hits: HITS, total: 27 };
          await panel.send({
            type: 'results',
            request,
            result: result([], { chips, unconditional, total: 0 }),
          });
          assert.match((await panel.page.textContent('.empty'))!, /조건에 모두 맞는 문단이 없습니다/);
          await shot(panel, 'unconditional', theme);
          await panel.page.getByRole('button', { name: '조건 없이 27개 보기' }).click();
          assert.equal((await panel.posted('search', 2)).search.query, '예산');
        }));

      it('a file’s name as a square of its own, in the legend and among the reasons', () =>
        withPanel(browser, { theme }, async panel => {
          const request = await panel.search('오늘 할 일');
          await panel.send({ type: 'results', request, result: result([NAMED, ...HITS]) });
          const legend = panel.page.locator('.legend .sign-row', { hasText: '파일 이름' });
          assert.equal(await legend.locator('rect').count(), 1);
          const reason = panel.page.locator('[data-id="p-named"] .reason', {
            has: panel.page.locator('rect'),
          });
          assert.equal(await reason.locator('.glyph').getAttribute('aria-label'), '파일 이름');
          assert.equal(await reason.locator('bdi').textContent(), '오늘 할 일');
          assert.equal(await reason.locator('.fill.widened').count(), 0, 'it is as written');
          await shot(panel, 'named', theme);
          await panel.send({
            type: 'results',
            request: await panel.search('연차'),
            result: result(HITS),
          });
          assert.equal(await legend.count(), 0, 'told only where there is one');
        }));

      it('a file that is not read yet, by its name, and opens it', () =>
        withPanel(browser, { theme, status: INDEXING }, async panel => {
          const request = await panel.search('오늘 할 일');
          const early = lexicalStage(HITS);
          await panel.send({
            type: 'results',
            request,
            result: { ...early, hits: [WAITING, ...early.hits] },
          });
          await panel.send({ type: 'results', request, result: result([NAMED, WAITING, ...HITS]) });
          const waiting = panel.page.locator(`[data-id="${WAITING.id}"]`);
          assert.equal(
            await waiting.locator('.waiting').textContent(),
            '아직 읽지 않은 파일입니다. 이름으로 찾았습니다.',
          );
          assert.equal(await waiting.locator('.name').textContent(), '오늘 할 일.md');
          assert.equal(await waiting.locator('.passage').count(), 0);
          await shot(panel, 'waiting', theme);
          await waiting.locator('.path').click();
          assert.equal(await waiting.locator('.verdict').count(), 0, 'nobody can say whether it is right');
          const before = (await panel.all('open')).length;
          await waiting.focus();
          await panel.page.keyboard.press('+');
          await panel.page.keyboard.press('ArrowRight');
          await panel.page.keyboard.press('Enter');
          const { id, range } = await panel.posted('open', before + 1);
          assert.deepEqual([id, range], [WAITING.id, null]);
          assert.deepEqual(await panel.all('judge'), []);
        }));
    });
});
