/** Ways to narrow the result down: what a person does with them, and how they look. */
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { OfferedFacet } from '../../media/panel/messages.ts';
import type { SearchResult } from '../../src/domain/search.ts';
import { PanelBrowser, withPanel, type Panel } from './harness.ts';
import { axeViolations } from './axe.ts';
import { HITS, lexicalStage, QUERY, result } from './sample.ts';
import { THEME_NAMES } from './themes.ts';

/** Where pictures of each state go; nowhere by default. */
const SHOTS = process.env['MALMOI_SHOTS'];
const SIDEBAR = { width: 300, height: 800 } as const;

const LONG = '노트/온보딩/신입사원을 위한 아주 긴 안내';
const FACETS: readonly OfferedFacet[] = [
  { kind: 'concept', name: '휴가', count: 3, query: `${QUERY} +휴가` },
  { kind: 'concept', name: '결재', count: 2, query: `${QUERY} +결재` },
  { kind: 'folder', name: '규정', count: 2, query: `${QUERY} 경로:규정` },
  { kind: 'folder', name: LONG, count: 1, query: `${QUERY} 경로:"노트"` },
  { kind: 'type', name: 'md', count: 2, query: `${QUERY} ext:md` },
  { kind: 'type', name: 'hwpx', count: 1, query: `${QUERY} ext:hwpx` },
  { kind: 'tag', name: '인사', count: 2, query: `${QUERY} 태그:인사` },
  { kind: 'month', name: '2026-05', count: 4, query: `${QUERY} 수정:2026-05` },
];

async function show(panel: Panel, change: Partial<SearchResult> = {}): Promise<void> {
  const request = await panel.search(QUERY);
  await panel.send({ type: 'results', request, result: result(HITS, change), facets: FACETS });
}

function focused({ page }: Panel): Promise<string> {
  return page.evaluate(() => document.activeElement?.className ?? '');
}

describe('results are narrowed down in the panel', () => {
  let browser: PanelBrowser;
  before(async () => {
    browser = await PanelBrowser.launch();
  });
  after(async () => {
    await browser?.close();
  });

  it('by a click on what some of them have, with its count; the query then has the condition as a chip', () =>
    withPanel(browser, SIDEBAR, async panel => {
      await show(panel);
      assert.equal(await panel.page.locator('.facets').count(), 0, 'folded at first');
      await panel.page.getByRole('button', { name: '좁히기' }).click();
      const rows = await panel.page.$$eval('.facet-row', all =>
        all.map(row => [
          row.querySelector('.facet-kind')!.textContent,
          Array.from(row.querySelectorAll('.facet'), value => [
            value.textContent.trim(),
            value.getAttribute('title'),
          ]),
        ]),
      );
      assert.deepEqual(rows, [
        [
          '관련 낱말',
          [
            ['휴가 3', '‘휴가’ 있는 것만 보기'],
            ['결재 2', '‘결재’ 있는 것만 보기'],
          ],
        ],
        [
          '폴더',
          [
            ['규정 2', '‘규정’ 폴더만 보기'],
            [`${LONG} 1`, `‘${LONG}’ 폴더만 보기`],
          ],
        ],
        [
          '형식',
          [
            ['md 2', 'md 형식만 보기'],
            ['hwpx 1', 'hwpx 형식만 보기'],
          ],
        ],
        ['태그', [['인사 2', '‘인사’ 태그만 보기']]],
        ['고친 달', [['2026-05 4', '2026-05에 고친 것만 보기']]],
      ]);
      await panel.page.getByRole('button', { name: 'md 2' }).click();
      const { request, search } = await panel.posted('search', 2);
      assert.equal(search.query, `${QUERY} ext:md`);
      assert.equal(await panel.page.inputValue('#query'), `${QUERY} ext:md`);
      const chip = { kind: 'extension', negative: false, text: 'md', weight: 1, modified: null } as const;
      const range = { start: QUERY.length + 1, end: QUERY.length + 7 };
      const chips = [{ ...chip, range, without: QUERY }];
      // The counts of the wider result stay until the narrower one is final.
      await panel.send({ type: 'results', request, result: lexicalStage(HITS.slice(0, 2)) });
      assert.equal(await panel.page.locator('.facet').count(), 8);
      const narrower = FACETS.slice(0, 2);
      await panel.send({
        type: 'results',
        request,
        result: result(HITS.slice(0, 2), { chips }),
        facets: narrower,
      });
      assert.equal(await panel.page.textContent('.condition bdi'), '형식: md');
      assert.equal(await panel.page.locator('.facet').count(), 2, 'it stays open for the next');
      await panel.page.click('.condition');
      assert.equal((await panel.posted('search', 3)).search.query, QUERY);
    }));

  it('by the keyboard alone, and undone', () =>
    withPanel(browser, SIDEBAR, async panel => {
      await show(panel);
      await panel.page.focus('.facets-button');
      await panel.page.keyboard.press('Enter');
      assert.equal(await panel.page.getAttribute('.facets-button', 'aria-expanded'), 'true');
      // Past the two other buttons of the line, and the first value.
      for (let i = 0; i < 4; i++) await panel.page.keyboard.press('Tab');
      await panel.page.keyboard.press('Space');
      assert.equal((await panel.posted('search', 2)).search.query, `${QUERY} +결재`);
      assert.match(await focused(panel), /facets-button/, 'the next value is near');
      await panel.page.keyboard.press('Control+z');
      assert.equal(await panel.page.inputValue('#query'), QUERY);
      await panel.page.focus('.facet >> nth=0');
      await panel.page.keyboard.press('Escape');
      assert.equal(await panel.page.locator('.facets').count(), 0);
      assert.match(await focused(panel), /facets-button/);
    }));

  it('not at all where all have the same, which is said, or where there are none', () =>
    withPanel(browser, { ...SIDEBAR, language: 'en' }, async panel => {
      const request = await panel.search(QUERY);
      await panel.send({ type: 'results', request, result: result(HITS.slice(0, 1)), facets: [] });
      await panel.page.getByRole('button', { name: 'Narrow' }).click();
      assert.match((await panel.page.textContent('.facets'))!, /there is nothing to narrow/);
      const next = await panel.search('nothing');
      await panel.send({ type: 'results', request: next, result: result([]), facets: [] });
      assert.equal(await panel.page.locator('.facets, .facets-button').count(), 0);
    }));

  for (const theme of THEME_NAMES)
    it(`with nothing for axe to find, and nothing that sticks out at 240 pixels, ${theme}`, () =>
      withPanel(browser, { theme, width: 240, height: 800, reducedMotion: true }, async panel => {
        await show(panel);
        await panel.page.click('.facets-button');
        assert.deepEqual(await axeViolations(panel), []);
        const out = await panel.page.$$eval('.head *', all =>
          all
            .filter(each => each.closest('.legend, .terms') === null)
            .filter(each => each.checkVisibility() && each.getBoundingClientRect().right > 240.5)
            .map(each => `${each.tagName}.${each.className}`),
        );
        assert.deepEqual(out, []);
        if (SHOTS === undefined) return;
        mkdirSync(SHOTS, { recursive: true });
        await panel.page.screenshot({ path: path.join(SHOTS, `facets-240-${theme}.png`) });
        await panel.page.setViewportSize(SIDEBAR);
        await panel.page.screenshot({ path: path.join(SHOTS, `facets-300-${theme}.png`) });
      }));
});
