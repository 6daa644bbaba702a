/** Seeing why and steering by it, as a person does: pointer, keyboard, and what is sent for it. */
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { QueryChip } from '../../src/domain/query.ts';
import type { SearchResult } from '../../src/domain/search.ts';
import { PanelBrowser, withPanel, type Panel } from './harness.ts';
import { HITS, manyHits, QUERY, result } from './sample.ts';
import type { ThemeName } from './themes.ts';

const SHOTS = process.env['MALMOI_SHOTS'];
/** A sidebar as most people have it. */
const SIDEBAR = { width: 300, height: 800 } as const;

async function shot(panel: Panel, name: string, theme: ThemeName): Promise<void> {
  if (SHOTS === undefined) return;
  mkdirSync(SHOTS, { recursive: true });
  await panel.page.screenshot({ path: path.join(SHOTS, `panel-${name}-${theme}.png`) });
}

async function show(panel: Panel, hits = manyHits(12), change: Partial<SearchResult> = {}): Promise<number> {
  const request = await panel.search(QUERY);
  await panel.send({ type: 'results', request, result: result(hits, change) });
  return request;
}

function dimension(text: string, weight: number, query: string, without: string): QueryChip {
  const start = query.indexOf(`뜻:${text}`);
  const range = { start, end: start + `뜻:${text}^${weight}`.length };
  return { kind: 'dimension', negative: false, text, range, weight, modified: null, without };
}

describe('the panel, 300 wide and 800 high', () => {
  let browser: PanelBrowser;
  before(async () => {
    browser = await PanelBrowser.launch();
  });
  after(async () => {
    await browser?.close();
  });

  for (const theme of ['dark', 'light', 'hcDark', 'hcLight'] as const)
    it(`shows five hits at least, the first of them unfolded (${theme})`, () =>
      withPanel(browser, { ...SIDEBAR, theme }, async panel => {
        await show(panel);
        const seen = await panel.page.$$eval(
          '.hit',
          hits => hits.filter(hit => hit.getBoundingClientRect().bottom <= innerHeight).length,
        );
        await shot(panel, 'compact', theme);
        assert.ok(seen >= 5, `${seen} in view`);
        const parts = await panel.page.$$eval('.hit:not(.selected)', hits =>
          hits.slice(0, 4).map(hit => ({
            title: hit.querySelectorAll('.name').length,
            place: hit.querySelectorAll('.path').length,
            lines: Math.round(
              hit.querySelector('.passage')!.getBoundingClientRect().height /
                Number.parseFloat(getComputedStyle(hit.querySelector('.passage')!).lineHeight),
            ),
            bars: hit.querySelectorAll('.bar').length,
            reasons: hit.querySelectorAll('.reason').length,
          })),
        );
        for (const part of parts)
          assert.deepEqual(part, { title: 1, place: 1, lines: 1, bars: 1, reasons: 0 });
        assert.ok((await panel.page.locator('.hit.selected .reason').count()) > 2);
        const terms = (await panel.page.locator('.terms').boundingBox())!;
        assert.ok(terms.height <= 26, `the query's terms are one line: ${terms.height}`);
      }));

  it('tells what the signs mean when asked, by pointer and by keyboard', () =>
    withPanel(browser, SIDEBAR, async panel => {
      await show(panel);
      const legend = panel.page.locator('.legend');
      assert.equal(await legend.isVisible(), false);
      await panel.page.hover('.legend-button');
      assert.equal(await legend.isVisible(), true);
      const box = (await legend.boundingBox())!;
      assert.ok(box.x >= 0 && box.x + box.width <= SIDEBAR.width, 'inside the view');
      await panel.page.mouse.move(10, 700);
      assert.equal(await legend.isVisible(), false);
      await panel.page.focus('#query');
      while (!(await panel.page.evaluate(() => document.activeElement!.matches('.legend-button'))))
        await panel.page.keyboard.press('Tab');
      assert.equal(await legend.isVisible(), true);
      await panel.page.keyboard.press('Escape');
      assert.equal(await legend.isVisible(), false);
    }));

  describe('shows a bar and its words together', () => {
    it('from the bar, from its part of the score, and from a word', () =>
      withPanel(browser, SIDEBAR, async panel => {
        await show(panel, HITS);
        const lit = (): Promise<readonly (string | null)[]> =>
          panel.page.$$eval('.hit.selected .lit', all =>
            all.map(each => each.getAttribute('data-group') ?? each.getAttribute('data-part')),
          );
        const words = (): Promise<readonly string[]> => panel.page.locator('mark.lit').allTextContents();
        await panel.page.hover('.hit.selected .reason >> nth=1');
        assert.deepEqual(await words(), ['휴가']);
        assert.deepEqual(new Set(await lit()), new Set(['0:queryExpansion']));
        await panel.page.hover('.hit.selected .part >> nth=0');
        assert.deepEqual(await words(), ['연차']);
        await panel.page.hover('.hit.selected mark >> text=휴가');
        assert.equal(await panel.page.locator('.reason.lit').getAttribute('data-group'), '0:queryExpansion');
        await panel.page.mouse.move(150, 10);
        assert.deepEqual(await lit(), []);
        await panel.page.focus('.hit.selected .reason >> nth=0');
        assert.deepEqual(await words(), ['연차'], 'by keyboard too');
      }));

    it('in one colour for one concept, whatever the hit', () =>
      withPanel(browser, { ...SIDEBAR, surface: 'tab' }, async panel => {
        await show(panel, HITS);
        const looks = await panel.page.$$eval('.reason, .part, mark', all =>
          all.map(each => [
            (each.getAttribute('data-group') ?? each.getAttribute('data-part'))!.split(':')[0],
            getComputedStyle(each).getPropertyValue('--c'),
          ]),
        );
        const colours = new Map<string, Set<string>>();
        for (const [word, colour] of looks)
          colours.set(word!, (colours.get(word!) ?? new Set()).add(colour!));
        for (const [word, own] of colours) assert.equal(own.size, 1, word);
        assert.ok(colours.size >= 4);
      }));
  });

  it('unfolds a concept into the word, its pieces and other forms, whose numbers add up', () =>
    withPanel(browser, SIDEBAR, async panel => {
      await show(panel, HITS);
      assert.equal(await panel.page.locator('.members').count(), 0);
      await panel.page.focus('.hit.selected .unfold >> nth=0');
      await panel.page.keyboard.press('Enter');
      const rows = await panel.page.$$eval('.members li', all =>
        all.map(row => [row.querySelector('small')!.textContent, row.querySelector('.value')!.textContent]),
      );
      assert.deepEqual(rows, [
        ['글자', '1.91'],
        ['뜻', '1.40'],
      ]);
      assert.equal(await panel.page.textContent('.hit.selected .reason .value >> nth=0'), '3.31');
      await shot(panel, 'unfolded', 'dark');
      await panel.page.keyboard.press('Enter');
      assert.equal(await panel.page.locator('.members').count(), 0);
    }));

  it('says why a hit is above another, term by term, and the terms add up', () =>
    withPanel(browser, SIDEBAR, async panel => {
      await show(panel, HITS);
      await panel.page.click('[data-id="p-guide"] .path');
      await panel.page
        .locator('.hit.selected')
        .getByRole('button', { name: '왜 1위가 2위보다 위인가' })
        .click();
      const sums = async (): Promise<readonly number[]> => {
        const rows = await panel.page.$$eval('.compare tbody tr, .compare tfoot tr', all =>
          all.map(row =>
            [...row.querySelectorAll('td')]
              .map(cell => cell.textContent.trim())
              .filter(cell => cell !== '')
              .map(cell => Math.round(Number(cell.replace('+', '').replace('−', '-')) * 100)),
          ),
        );
        const total = rows.pop()!;
        for (const column of [0, 1, 2])
          assert.equal(
            rows.reduce((sum, row) => sum + row[column]!, 0),
            total[column],
          );
        assert.equal(total[0]! - total[1]!, total[2]);
        return total;
      };
      assert.deepEqual(await sums(), [942, 705, 237]);
      const title = async (): Promise<string | undefined> =>
        (await panel.page.textContent('.compare-title'))?.trim();
      assert.equal(await title(), '1위가 2위보다 2.37점 높습니다.');
      await panel.page.locator('.compare').scrollIntoViewIfNeeded();
      await shot(panel, 'compare', 'dark');
      await panel.page.selectOption('.compare select', { index: 2 });
      assert.match((await title())!, /^2위가 4위보다/);
      await sums();
      await panel.page.getByRole('button', { name: '견주기 닫기' }).click();
      assert.equal(await panel.page.locator('.compare').count(), 0);
    }));

  describe('is steered', () => {
    it('by typing and dragging a weight; the answer is asked for without literal hits, once at a time', () =>
      withPanel(browser, SIDEBAR, async panel => {
        await show(panel);
        await panel.page.click('[data-chip="word 0"]');
        await shot(panel, 'steer', 'dark');
        await panel.page.fill('.steer [type=number]', '2.5');
        await panel.page.keyboard.press('Enter');
        const first = await panel.posted('search', 2);
        assert.deepEqual([first.search.query, first.search.finalOnly], [`연차는^2.5${QUERY.slice(3)}`, true]);
        assert.equal(await panel.page.inputValue('#query'), first.search.query);
        assert.equal((await panel.ids()).length, 12, 'what is shown stays');
        await panel.page.focus('.steer [type=range]');
        for (let i = 0; i < 5; i++) await panel.page.keyboard.press('ArrowRight');
        assert.equal((await panel.all('search')).length, 2, 'an answer is under way');
        assert.deepEqual(await panel.all('cancel'), []);
        const chips: readonly QueryChip[] = [
          {
            kind: 'weight',
            negative: false,
            text: '연차는',
            range: { start: 0, end: 7 },
            weight: 2.5,
            modified: null,
            without: QUERY,
          },
        ];
        const answer = result([...manyHits(12)].reverse(), { chips });
        await panel.send({ type: 'results', request: first.request, result: answer });
        assert.equal((await panel.ids())[0], 'p-11', 'in the new order');
        const last = await panel.posted('search', 3);
        assert.match(last.search.query, /^연차는\^\d/);
        assert.equal(last.search.query, await panel.page.inputValue('#query'));
      }));

    it('with what comes first in view, and with chips that can be read beside undo and redo', () =>
      withPanel(browser, SIDEBAR, async panel => {
        await show(panel);
        await panel.page.$eval('.results', list => list.scrollTo(0, 300));
        await panel.page.focus('[data-chip="word 0"]');
        await panel.page.keyboard.press('ArrowUp');
        const { request } = await panel.posted('search', 2);
        await panel.send({ type: 'results', request, result: result([...manyHits(12)].reverse()) });
        assert.equal(await panel.page.$eval('.results', list => list.scrollTop), 0);
        const cut = await panel.page.$$eval('.chip.term bdi', names =>
          names.filter(name => name.scrollWidth > name.clientWidth + 1).map(name => name.textContent),
        );
        assert.deepEqual(cut, []);
      }));

    it('by the keys on a chip, and back', () =>
      withPanel(browser, SIDEBAR, async panel => {
        await show(panel);
        await panel.page.focus('[data-chip="word 0"]');
        await panel.page.keyboard.press('ArrowUp');
        assert.equal((await panel.posted('search', 2)).search.query, `연차는^1.1${QUERY.slice(3)}`);
        await panel.page.keyboard.press('Control+z');
        assert.equal(await panel.page.inputValue('#query'), QUERY);
        await panel.page.keyboard.press('Control+Shift+Z');
        assert.equal(await panel.page.inputValue('#query'), `연차는^1.1${QUERY.slice(3)}`);
        await panel.page.getByRole('button', { name: /^되돌리기/ }).click();
        assert.equal(await panel.page.inputValue('#query'), QUERY);
        await panel.page.getByRole('button', { name: /^다시 하기/ }).click();
        assert.equal(await panel.page.inputValue('#query'), `연차는^1.1${QUERY.slice(3)}`);
        // What was typed before is a step as well.
        await panel.page.focus('#query');
        for (let i = 0; i < 2; i++) await panel.page.keyboard.press('Control+z');
        assert.equal(await panel.page.inputValue('#query'), '');
      }));

    it('by turning a concept off and on, and by pinning one', () =>
      withPanel(browser, SIDEBAR, async panel => {
        const request = await show(panel);
        await panel.page.click('.chip.more');
        await panel.page.click('[data-chip="dimension 휴가"]');
        await panel.page.getByRole('button', { name: '빼기', exact: true }).click();
        const off = `${QUERY} 뜻:휴가^0`;
        const { request: next, search } = await panel.posted('search', 2);
        assert.equal(search.query, off);
        assert.ok(next > request);
        const { terms } = result([]);
        const change = {
          terms: terms.filter(({ token }) => token !== '휴가'),
          chips: [dimension('휴가', 0, off, QUERY)],
        };
        await panel.send({ type: 'results', request: next, result: result(manyHits(12), change) });
        const chip = panel.page.locator('[data-chip="dimension 휴가"]');
        assert.match((await chip.getAttribute('title'))!, /^휴가: 꺼져 있습니다/);
        assert.match((await chip.getAttribute('class'))!, /\boff\b/);
        await panel.page.getByRole('button', { name: '다시 넣기' }).click();
        assert.equal((await panel.posted('search', 3)).search.query, QUERY);
      }));

    it('by a word of a passage', () =>
      withPanel(browser, SIDEBAR, async panel => {
        await show(panel, HITS);
        const select = (): Promise<void> =>
          panel.page.$eval('.hit.selected .passage bdi', passage => {
            const walker = document.createTreeWalker(passage, NodeFilter.SHOW_TEXT);
            for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
              const at = node.textContent!.indexOf('부서장');
              if (at >= 0) return document.getSelection()!.setBaseAndExtent(node, at, node, at + 3);
            }
            throw new Error('no such word');
          });
        await select();
        await panel.page.locator('.picked').waitFor();
        await shot(panel, 'picked', 'dark');
        await panel.page.getByRole('button', { name: '‘부서장’ 이 낱말도 찾기' }).click();
        const { search } = await panel.posted('search', 2);
        assert.deepEqual([search.query, search.finalOnly], [`${QUERY} 낱말:부서장^1`, true]);
        assert.equal(await panel.page.locator('.picked').count(), 0);
        await panel.send({ type: 'addWord', word: '승인' });
        assert.equal(await panel.page.inputValue('#query'), `${QUERY} 낱말:부서장^1 낱말:승인^1`);
        await panel.page.keyboard.press('Control+z');
        await select();
        await panel.page.locator('.picked').getByRole('button', { name: '있는 것 제외' }).click();
        assert.match(await panel.page.inputValue('#query'), / -"부서장"$/);
      }));
  });

  it('has nothing that sticks out, however narrow or large it is', async () => {
    for (const [width, height] of [
      [240, 800],
      // 360 × 800 at 200 %.
      [180, 400],
    ] as const)
      await withPanel(browser, { width, height }, async panel => {
        await show(panel, HITS);
        await panel.page.click('[data-chip="word 0"]');
        await panel.page.click('.hit.selected .compare-button');
        const out = await panel.page.$$eval(
          'body *',
          (all, limit) =>
            all
              .filter(
                each =>
                  each.checkVisibility() && each.closest('.legend, .chips, .announcer, svg, .path') === null,
              )
              .filter(each => Math.round(each.getBoundingClientRect().right) > limit)
              .map(each => `${each.tagName}.${each.className}`),
          width,
        );
        assert.deepEqual(out, []);
        if (SHOTS !== undefined)
          await panel.page.screenshot({ path: path.join(SHOTS, `panel-narrow-${width}.png`) });
      });
  });
});
