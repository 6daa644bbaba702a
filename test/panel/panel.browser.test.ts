import assert from 'node:assert/strict';
import { PanelBrowser, withPanel, type Panel } from './harness.ts';
import { HITS, IDLE, INDEXING, lexicalStage, makeHit, manyHits, QUERY, result } from './sample.ts';

async function showFinal(panel: Panel, hits = HITS): Promise<number> {
  const request = await panel.search(QUERY);
  await panel.send({ type: 'results', request, result: result(hits) });
  return request;
}

/** Where a hit stands in the window, in pixels, once it has stood there for ten frames. */
function restingTop(page: Panel['page'], id: string): Promise<number> {
  return page.$eval(`[data-id="${id}"]`, async hit => {
    let top = NaN;
    for (let still = 0; still < 10;) {
      const now = Math.round(hit.getBoundingClientRect().top);
      still = now === top ? still + 1 : 0;
      top = now;
      await new Promise(resolve => requestAnimationFrame(resolve));
    }
    return top;
  });
}

describe('the panel in a browser', () => {
  let browser: PanelBrowser;
  before(async () => {
    browser = await PanelBrowser.launch();
  });
  after(async () => {
    await browser?.close();
  });

  describe('shows how the query was analyzed', () => {
    const query = '예산 보고서 빼고 after:7d "열린';
    const chip = { negative: false, recognised: false, weight: 1, modified: null } as const;
    const analyzed = {
      chips: [
        {
          ...chip,
          kind: 'word',
          negative: true,
          recognised: true,
          text: '보고서',
          range: { start: 3, end: 9 },
          without: '예산 after:7d "열린',
        },
        {
          ...chip,
          kind: 'modified',
          text: '7d',
          range: { start: 10, end: 18 },
          modified: { from: new Date(2026, 10, 18).getTime(), before: null },
          without: '예산 보고서 빼고 "열린',
          hides: { count: 1204, isExact: true },
        },
        {
          ...chip,
          kind: 'phrase',
          text: '예산안',
          range: { start: 0, end: 2 },
          without: query,
          hides: { count: 7, isExact: false },
        },
      ],
      queryNotices: [{ kind: 'unclosedQuote', range: { start: 19, end: 20 } }],
    } as const;

    it('conditions that can be taken back, by pointer and by keyboard, and what was taken as text', () =>
      withPanel(browser, {}, async panel => {
        const request = await panel.search(query);
        await panel.send({ type: 'results', request, result: result(HITS, analyzed) });
        const shown = await panel.page.$$eval('.condition', all =>
          all.map(own => [
            own.querySelector('bdi')!.textContent,
            own.querySelector('small')?.textContent,
            own.getAttribute('aria-label'),
          ]),
        );
        assert.deepEqual(shown, [
          ['제외: 보고서', undefined, '조건 빼기: 제외: 보고서'],
          ['고친 때: 7d', '1,204개 가림', '조건 빼기: 고친 때: 7d 1,204개 가림'],
          ['그대로: 예산안', '약 7개 가림', '조건 빼기: 그대로: 예산안 약 7개 가림'],
        ]);
        assert.match((await panel.page.getAttribute('.condition >> nth=1', 'title'))!, /2026.*11.*18.* ~/);
        assert.equal(
          (await panel.page.textContent('.remarks li'))!.trim(),
          '따옴표(")가 닫히지 않아 낱말로 찾았습니다.',
        );
        await panel.page.focus('#query');
        // Past the two channels.
        for (let i = 0; i < 3; i++) await panel.page.keyboard.press('Tab');
        await panel.page.keyboard.press('Enter');
        assert.equal(await panel.page.inputValue('#query'), '예산 after:7d "열린');
        assert.equal(await panel.page.evaluate(() => document.activeElement?.id), 'query');
      }));

    it('what its words were also looked for as, each to be taken back, also by keyboard', () =>
      withPanel(browser, {}, async panel => {
        const rewritings = [
          { id: 'layout ghldml 회의', kind: 'layout', word: 0, from: 'ghldml', to: '회의' },
          { id: 'typo 예싼 예산', kind: 'typo', word: 1, from: '예싼', to: '예산' },
        ] as const;
        const request = await panel.search('ghldml 예싼');
        assert.deepEqual(
          (await panel.posted('search')).search.typing,
          true,
          'the last word may be unfinished',
        );
        await panel.send({ type: 'results', request, result: result(HITS, { rewritings }) });
        const shown = await panel.page.$$eval('.rewriting', all =>
          all.map(own => [
            own.querySelector('bdi')!.textContent,
            own.getAttribute('aria-label'),
            own.getAttribute('title'),
          ]),
        );
        assert.deepEqual(shown, [
          ['‘회의’로도 찾음', '‘회의’ 빼고 다시 찾기', '‘ghldml’을(를) 다른 자판으로 친 것으로 본 말'],
          ['‘예산’으로도 찾음', '‘예산’ 빼고 다시 찾기', '‘예싼’을 잘못 친 것으로 본 말'],
        ]);
        await panel.page.click('.rewriting >> nth=0');
        const second = await panel.posted('search', 2);
        assert.deepEqual(
          [second.search.query, second.search.withoutRewritings],
          ['ghldml 예싼', ['layout ghldml 회의']],
        );
        assert.equal(await panel.page.evaluate(() => document.activeElement?.id), 'query');
        await panel.send({
          type: 'results',
          request: second.request,
          result: result(HITS, { rewritings: rewritings.slice(1) }),
        });
        for (let i = 0; i < 3; i++) await panel.page.keyboard.press('Tab');
        await panel.page.keyboard.press('Enter');
        const third = await panel.posted('search', 3);
        assert.deepEqual(third.search.withoutRewritings, ['layout ghldml 회의', 'typo 예싼 예산']);
      }));

    it('what conditions alone found, without a score', () =>
      withPanel(browser, {}, async panel => {
        const request = await panel.search('ext:md');
        const hits = HITS.map(hit => ({ ...hit, score: 0, contributions: [] }));
        await panel.send({ type: 'results', request, result: result(hits, { words: [], terms: [] }) });
        assert.equal(await panel.page.textContent('.score'), '0');
      }));
  });

  describe('shows why', () => {
    it('bars whose numbers add up to the score shown', () =>
      withPanel(browser, { surface: 'tab' }, async panel => {
        await showFinal(panel);
        const rows = await panel.page.$$eval('.hit', hits =>
          hits.map(hit => ({
            score: hit.querySelector('.score')!.textContent,
            values: Array.from(hit.querySelectorAll('.why .value'), value => value.textContent),
          })),
        );
        assert.equal(rows.length, HITS.length);
        for (const { score, values } of rows) {
          assert.ok(values.length >= 3);
          const cents = values.reduce((sum, value) => sum + Math.round(Number(value) * 100), 0);
          assert.equal(cents, Math.round(Number(score) * 100));
        }
        assert.deepEqual(rows[0], { score: '9.42', values: ['3.31', '2.64', '1.52', '1.17', '0.78'] });
      }));

    it('one stacked bar a hit, as long as its score against the best, its parts as wide as their share', () =>
      withPanel(browser, {}, async panel => {
        const faint = manyHits(2).map(hit => ({
          ...hit,
          score: hit.score / 100,
          contributions: hit.contributions.map(one => ({ ...one, value: one.value / 100 })),
        }));
        await showFinal(panel, [...HITS, ...faint]);
        const bars = await panel.page.$$eval('.bar', all =>
          all.map(bar => ({
            width: bar.getBoundingClientRect().width,
            length: bar.getBoundingClientRect().width / bar.parentElement!.getBoundingClientRect().width,
            parts: Array.from(bar.children, part => part.getBoundingClientRect().width),
          })),
        );
        HITS.forEach((hit, index) => {
          assert.ok(Math.abs(bars[index]!.length - hit.score / HITS[0]!.score) < 0.01);
        });
        for (const { parts, width } of bars) {
          const filled = parts.reduce((sum, part) => sum + part, 0) + parts.length - 1;
          assert.ok(Math.abs(filled - width) < 0.5, 'parts fill their bar');
        }
        const [first, second] = bars[0]!.parts;
        assert.ok(Math.abs(first! / second! - 3.312 / 2.641) < 0.02);
      }));

    it('labels in the user’s words, and document expansions by the passage’s own', () =>
      withPanel(browser, {}, async panel => {
        await showFinal(panel);
        const labels = await panel.page.$$eval('.hit.selected .concept bdi', all =>
          all.map(label => label.textContent),
        );
        assert.deepEqual(labels, ['연차', '연차 → 휴가', '며칠 → 3일', '신청 → 결재·사후 승인', '그 외 5개']);
      }));

    it('words as written underlined solid, those of the model dotted', () =>
      withPanel(browser, {}, async panel => {
        await showFinal(panel);
        const lines = await panel.page.$$eval('.hit.selected mark', all =>
          all.map(mark => [mark.textContent, getComputedStyle(mark).textDecorationStyle]),
        );
        assert.deepEqual(lines.slice(0, 3), [
          ['연차', 'solid'],
          ['휴가', 'dotted'],
          ['예정일 3일 ', 'dotted'],
        ]);
      }));

    it('the model’s words with the final result, the passages standing still', () =>
      withPanel(browser, {}, async panel => {
        const filler = '회의실 예약은 총무팀에서 받는다. '.repeat(20);
        const hits = ['p-first', 'p-second'].map((id, index) =>
          makeHit({
            id,
            file: '규정.md',
            headings: [],
            text: `${filler}연차는 미리 신청한다. ${filler}긴 휴가는 따로 상의한다.`,
            reasons: [
              { token: '연차', kind: 'literal', word: 0, value: 2 - index, channel: 'lexical', at: ['연차'] },
              { token: '일정', kind: 'queryExpansion', word: 3, value: 0.5, at: ['미리'] },
              { token: '휴가', kind: 'queryExpansion', word: 0, value: 9 - index, at: ['휴가'] },
            ],
          }),
        );
        const passages = (): Promise<readonly unknown[]> =>
          panel.page.$$eval('.passage', all =>
            all.map(passage => {
              const { top, left, width, height } = passage.getBoundingClientRect();
              const above = top - passage.closest('.hit')!.getBoundingClientRect().top;
              return [passage.textContent?.trim(), above, left, width, height];
            }),
          );
        const request = await panel.search(QUERY);
        await panel.send({ type: 'results', request, result: lexicalStage(hits) });
        const before = await passages();
        assert.deepEqual(await panel.page.locator('.hit mark').allTextContents(), ['연차', '연차']);
        await panel.send({ type: 'results', request, result: result(hits) });
        assert.deepEqual(await panel.page.locator('.hit mark').allTextContents(), [
          '연차',
          '미리',
          '연차',
          '미리',
        ]);
        assert.deepEqual(await passages(), before);
      }));

    it('colours a query word alike in its chip, its words and its bars', () =>
      withPanel(browser, {}, async panel => {
        await showFinal(panel);
        const colours = await Promise.all(
          [
            ['.chip.c0 .glyph', 'color'],
            ['mark.c0', 'text-decoration-color'],
            ['.part.c0', 'background-color'],
            ['.reason.c0 .fill', 'background-color'],
          ].map(([selector, property]) =>
            panel.page.$eval(
              selector!,
              (element, name) => getComputedStyle(element).getPropertyValue(name),
              property!,
            ),
          ),
        );
        assert.deepEqual(new Set(colours), new Set(['rgb(89, 164, 249)']));
      }));

    it('a clicked bar’s words flash', () =>
      withPanel(browser, {}, async panel => {
        await showFinal(panel);
        await panel.page.click('[data-group="0:literal"]');
        assert.deepEqual(await panel.page.locator('mark.flash').allTextContents(), ['연차']);
        await panel.page.click('[data-group="1:queryExpansion"]');
        assert.deepEqual(await panel.page.locator('mark.flash').allTextContents(), ['예정일 3일 ', '전']);
        await panel.page.waitForSelector('mark.flash', { state: 'detached' });
      }));

    it('flashes without motion where the user asked for less', () =>
      withPanel(browser, { reducedMotion: true }, async panel => {
        await showFinal(panel);
        await panel.page.click('[data-group="0:literal"]');
        const style = await panel.page.$eval('mark.flash', mark => {
          const { animationName, backgroundColor } = getComputedStyle(mark);
          return { animationName, backgroundColor };
        });
        assert.equal(style.animationName, 'none');
        assert.notEqual(style.backgroundColor, 'rgba(0, 0, 0, 0)');
      }));

    it('unfolds a passage whose words are out of sight when their bar is clicked', () =>
      withPanel(browser, {}, async panel => {
        const filler = '회의실 예약은 총무팀에서 받는다. '.repeat(40);
        const text = `연차는 미리 신청한다. ${filler}긴 휴가는 따로 상의한다.`;
        const hit = makeHit({
          id: 'p-leave',
          file: '규정.md',
          headings: [],
          text,
          reasons: [
            { token: '연차', kind: 'literal', word: 0, value: 2, channel: 'lexical', at: ['연차'] },
            { token: '휴가', kind: 'queryExpansion', word: 0, value: 1, at: ['휴가'] },
          ],
        });
        await showFinal(panel, [hit]);
        assert.deepEqual(await panel.page.locator('mark').allTextContents(), ['연차']);
        await panel.page.click('[data-group="0:queryExpansion"]');
        assert.deepEqual(await panel.page.locator('mark.flash').allTextContents(), ['휴가']);
        assert.equal(await panel.page.locator('mark.flash').isVisible(), true);
      }));
  });

  describe('searches', () => {
    it('while a syllable is being composed, but acts on no key of the input method', () =>
      withPanel(browser, {}, async panel => {
        await showFinal(panel);
        const { page } = panel;
        await page.fill('#query', '');
        await page.focus('#query');
        const devtools = await page.context().newCDPSession(page);
        const searches = (await panel.all('search')).length;
        for (const text of ['ㅎ', '휴', '휵', '휴가']) {
          await devtools.send('Input.imeSetComposition', {
            text,
            selectionStart: text.length,
            selectionEnd: text.length,
          });
        }
        const {
          search: { query },
          request,
        } = await panel.posted('search', searches + 1);
        assert.equal(query, '휴가');
        await panel.send({ type: 'results', request, result: result(HITS) });
        assert.equal(await page.inputValue('#query'), '휴가', 'drawing leaves the composition alone');
        for (const init of [{ isComposing: true }, { keyCode: 229 }]) {
          for (const key of ['Enter', 'ArrowDown', 'Escape']) {
            await page.$eval(
              '#query',
              (box, event) => box.dispatchEvent(new KeyboardEvent('keydown', { ...event, bubbles: true })),
              { key, ...init },
            );
          }
        }
        assert.deepEqual(await panel.all('open'), []);
        assert.equal(await page.inputValue('#query'), '휴가');
        assert.equal(await page.evaluate(() => document.activeElement?.id), 'query');
        await devtools.send('Input.insertText', { text: '휴가' });
        await page.keyboard.press('Enter');
        assert.equal((await panel.posted('open')).id, 'p-leave');
      }));

    it('after a pause, once, and cancels what is stale', () =>
      withPanel(browser, {}, async panel => {
        // All keys within one task, so that no pause comes between them however busy the machine is.
        await panel.page.$eval('#query', box => {
          for (let end = 1; end <= '연차 이월'.length; end++) {
            (box as HTMLInputElement).value = '연차 이월'.slice(0, end);
            box.dispatchEvent(new InputEvent('input', { bubbles: true }));
          }
        });
        const first = await panel.posted('search');
        assert.equal(first.search.query, '연차 이월');
        assert.equal((await panel.all('search')).length, 1);
        await panel.page.type('#query', ' 수당');
        const second = await panel.posted('search', 2);
        assert.deepEqual((await panel.all('cancel'))[0]!.request, first.request);
        await panel.send({ type: 'results', request: first.request, result: result(HITS) });
        assert.deepEqual(await panel.ids(), [], 'a stale answer is not shown');
        await panel.send({ type: 'results', request: second.request, result: result(HITS) });
        assert.equal((await panel.ids()).length, HITS.length);
      }));

    it('by the channels that are on; one always is', () =>
      withPanel(browser, {}, async panel => {
        await showFinal(panel);
        const pressed = (): Promise<readonly (string | null)[]> =>
          panel.page.$$eval('.toggle', all => all.map(toggle => toggle.getAttribute('aria-pressed')));
        const clickAndSee = async (name: string, count: number): Promise<string> => {
          await panel.page.getByRole('button', { name, exact: true }).click();
          return (await panel.posted('search', count)).search.channel;
        };
        assert.equal(await clickAndSee('뜻', 2), 'lexical');
        assert.deepEqual(await pressed(), ['false', 'true']);
        assert.equal(await clickAndSee('글자', 3), 'semantic');
        assert.deepEqual(await pressed(), ['true', 'false']);
        assert.equal(await clickAndSee('글자', 4), 'hybrid');
        assert.deepEqual(await pressed(), ['true', 'true']);
      }));

    it('again when the index changes, quietly', () =>
      withPanel(browser, {}, async panel => {
        await showFinal(panel);
        await panel.send({ type: 'indexChanged' });
        const { request, isRefresh } = await panel.posted('search', 2);
        assert.ok(isRefresh);
        assert.equal(await panel.page.getAttribute('.head', 'aria-busy'), 'false');
        await panel.send({ type: 'results', request, result: result(HITS.slice(1)) });
        assert.deepEqual((await panel.ids())[0], 'p-guide');
      }));

    it('what another surface asks to show', () =>
      withPanel(browser, {}, async panel => {
        await panel.send({ type: 'show', query: '환불 규정', channel: 'semantic' });
        const {
          search: { query, channel },
        } = await panel.posted('search');
        assert.deepEqual([query, channel], ['환불 규정', 'semantic']);
        assert.equal(await panel.page.inputValue('#query'), '환불 규정');
      }));

    it('more passages on request, keeping those on screen', () =>
      withPanel(browser, {}, async panel => {
        await showFinal(panel);
        await panel.page.click('.load-more');
        const {
          request,
          search: { limit },
        } = await panel.posted('search', 2);
        assert.equal(limit, 200);
        await panel.send({
          type: 'results',
          request,
          result: result([...HITS, { ...HITS[0]!, id: 'p-more' }]),
        });
        assert.equal((await panel.ids()).length, HITS.length + 1);
      }));

    it('earlier queries with Alt and the arrows', () =>
      withPanel(browser, { saved: { history: ['환불 규정', '연차 이월'] } }, async panel => {
        await panel.page.focus('#query');
        await panel.page.keyboard.press('Alt+ArrowUp');
        assert.equal(await panel.page.inputValue('#query'), '연차 이월');
        await panel.page.keyboard.press('Alt+ArrowUp');
        assert.equal((await panel.posted('search')).search.query, '환불 규정');
        await panel.page.keyboard.press('Alt+ArrowDown');
        await panel.page.keyboard.press('Alt+ArrowDown');
        assert.equal(await panel.page.inputValue('#query'), '');
      }));
  });

  describe('keeps the reader’s place', () => {
    it('replaces literal results by the final order while nobody looks', () =>
      withPanel(browser, {}, async panel => {
        const request = await panel.search(QUERY);
        await panel.send({ type: 'results', request, result: lexicalStage(HITS) });
        assert.deepEqual(await panel.ids(), ['p-meeting', 'p-code', 'p-leave', 'p-guide', 'p-travel']);
        await panel.send({ type: 'results', request, result: result(HITS) });
        assert.deepEqual(
          await panel.ids(),
          HITS.map(hit => hit.id),
        );
        assert.equal(await panel.page.locator('.reorder').count(), 0);
        assert.equal(await panel.page.getAttribute('.hit.selected', 'data-id'), 'p-leave');
      }));

    for (const [how, engage] of [
      [
        'pointer',
        async ({ page }: Panel): Promise<void> => {
          await page.hover('[data-id="p-code"]');
        },
      ],
      [
        'keyboard',
        async ({ page }: Panel): Promise<void> => {
          await page.keyboard.press('ArrowDown');
          await page.keyboard.press('ArrowDown');
        },
      ],
    ] as const) {
      it(`reorders nothing under the ${how}, and offers the new order`, () =>
        withPanel(browser, { height: 1400 }, async panel => {
          const request = await panel.search(QUERY);
          await panel.send({ type: 'results', request, result: lexicalStage(HITS) });
          const before = await panel.ids();
          await engage(panel);
          await panel.send({
            type: 'results',
            request,
            result: result(HITS.filter(hit => hit.id !== 'p-code')),
          });
          assert.deepEqual(await panel.ids(), before);
          const ranks = await panel.page.$$eval('.rank', all => all.map(rank => rank.textContent));
          assert.deepEqual(ranks, ['3', '–', '1', '2', '4']);
          if (how === 'keyboard') {
            assert.equal(
              await panel.page.evaluate(() => (document.activeElement as HTMLElement).dataset['id']),
              'p-code',
            );
          }
          await panel.page.getByRole('button', { name: '새 순서로 정렬' }).click();
          assert.deepEqual(await panel.ids(), ['p-leave', 'p-guide', 'p-meeting', 'p-travel']);
          assert.equal(await panel.page.locator('.reorder').count(), 0);
        }));
    }

    it('lets a pointer that merely rests there be', () =>
      withPanel(browser, { height: 1400 }, async panel => {
        await panel.page.mouse.move(150, 400);
        const request = await panel.search(QUERY);
        await panel.send({ type: 'results', request, result: lexicalStage(HITS) });
        await panel.send({ type: 'results', request, result: result(HITS) });
        assert.equal((await panel.ids())[0], 'p-leave');
      }));

    it('stands still under a click that folds another hit up', () =>
      withPanel(browser, { height: 420 }, async panel => {
        await showFinal(panel, manyHits(40));
        await panel.page.evaluate(() =>
          document.querySelector('[data-id="p-0"]')!.scrollIntoView({ block: 'end' }),
        );
        const target = panel.page.locator('[data-id="p-1"]');
        await target.scrollIntoViewIfNeeded();
        const before = (await target.boundingBox())!.y;
        await target.locator('.passage').click();
        assert.equal(await panel.page.getAttribute('.hit.selected', 'data-id'), 'p-1');
        assert.ok(Math.abs((await target.boundingBox())!.y - before) < 2);
      }));

    it('and everything else over being hidden', () =>
      withPanel(browser, { height: 500 }, async panel => {
        await showFinal(panel, manyHits(40));
        await panel.page.focus('#query');
        for (let press = 0; press < 8; press++) await panel.page.keyboard.press('ArrowDown');
        const before = await restingTop(panel.page, 'p-7');
        await panel.page.waitForTimeout(250);
        const saved = await panel.saved();
        await withPanel(browser, { height: 500, saved }, async again => {
          assert.equal(await again.page.inputValue('#query'), QUERY);
          const {
            request,
            search: { query },
          } = await again.posted('search');
          assert.equal(query, QUERY);
          await again.send({ type: 'results', request, result: result(manyHits(40)) });
          assert.equal(await again.page.getAttribute('.hit.selected', 'data-id'), 'p-7');
          const after = await restingTop(again.page, 'p-7');
          assert.ok(Math.abs(after - before) <= 2, `${after} instead of ${before}`);
        });
      }));
  });

  describe('takes a verdict', () => {
    it('by button and by key, shows it when it is kept, and takes it back', () =>
      withPanel(browser, {}, async panel => {
        const request = await showFinal(panel);
        await panel.page.focus('#query');
        await panel.page.keyboard.press('ArrowDown');
        const pressed = (): Promise<readonly (string | null)[]> =>
          panel.page.$$eval('.verdict', buttons =>
            buttons.map(button => button.getAttribute('aria-pressed')),
          );
        const [id] = await panel.ids();
        await panel.page.click('.verdict:first-child');
        assert.deepEqual(await panel.posted('judge'), { type: 'judge', request, id, verdict: 'relevant' });
        assert.deepEqual(await pressed(), ['false', 'false']);
        await panel.send({ type: 'judged', request, id: id!, verdict: 'relevant' });
        assert.deepEqual(await pressed(), ['true', 'false']);
        await panel.page.focus(`[data-id="${id}"]`);
        await panel.page.keyboard.press('-');
        assert.equal((await panel.posted('judge', 2)).verdict, 'notRelevant');
        await panel.page.keyboard.press('+');
        assert.equal((await panel.posted('judge', 3)).verdict, null);
        await panel.send({ type: 'judged', request: request + 9, id: id!, verdict: 'notRelevant' });
        assert.deepEqual(await pressed(), ['true', 'false']);
        assert.deepEqual(await panel.faults(), []);
      }));
  });

  describe('shows an earlier verdict', () => {
    it('on any hit, and takes it back', () =>
      withPanel(browser, {}, async panel => {
        await panel.page.fill('#query', '회의');
        const { request } = await panel.posted('search');
        const hits = manyHits(3).map((hit, i) =>
          i === 2 ? { ...hit, verdict: 'notRelevant' as const } : hit,
        );
        await panel.send({ type: 'results', request, result: result(hits) });
        const pressed = (): Promise<readonly (string | null)[]> =>
          panel.page.$$eval('.hit:nth-of-type(3) .verdict', buttons =>
            buttons.map(button => button.getAttribute('aria-pressed')),
          );
        assert.deepEqual(await pressed(), ['false', 'true']);
        await panel.page.click('.hit:nth-of-type(3) .verdict:last-child');
        const { id, verdict } = await panel.posted('judge');
        assert.deepEqual([id, verdict], [hits[2]!.id, null]);
        await panel.send({ type: 'judged', request, id, verdict: null });
        assert.deepEqual(await pressed(), ['false', 'false']);
        assert.deepEqual(await panel.faults(), []);
      }));
  });

  describe('goes by keyboard', () => {
    it('from the box through the list and back', () =>
      withPanel(browser, {}, async panel => {
        const { keyboard } = panel.page;
        const focused = (): Promise<string | undefined> =>
          panel.page.evaluate(() => {
            const active = document.activeElement as HTMLElement;
            return active.dataset['id'] ?? active.id;
          });
        const request = await showFinal(panel);
        await panel.page.focus('#query');
        await keyboard.press('ArrowDown');
        assert.equal(await focused(), 'p-leave');
        await keyboard.press('ArrowDown');
        assert.equal(await focused(), 'p-guide');
        assert.equal(await panel.page.locator('.hit[tabindex="0"]').count(), 1, 'one tab stop');
        await keyboard.press('End');
        assert.equal(await focused(), 'p-code');
        await keyboard.press('ArrowDown');
        assert.equal(await focused(), 'p-code');
        await keyboard.press('Home');
        await keyboard.press('PageDown');
        assert.notEqual(await focused(), 'p-leave');
        await keyboard.press('PageUp');
        assert.equal(await focused(), 'p-leave');

        await keyboard.press('Space');
        await keyboard.press('Enter');
        await keyboard.press('Control+Enter');
        const opened = await panel.all('open');
        assert.deepEqual(
          opened.map(({ id, toSide, preserveFocus }) => ({ id, toSide, preserveFocus })),
          [
            { id: 'p-leave', toSide: false, preserveFocus: true },
            { id: 'p-leave', toSide: false, preserveFocus: false },
            { id: 'p-leave', toSide: true, preserveFocus: false },
          ],
        );
        assert.equal(opened[0]!.request, request);
        const { range } = opened[0]!;
        assert.equal(HITS[0]!.text.slice(range!.start, range!.end), '연차');

        await keyboard.press('ArrowUp');
        assert.equal(await focused(), 'query');
        await keyboard.press('ArrowDown');
        await keyboard.press('Escape');
        assert.equal(await focused(), 'query');
        assert.equal(await panel.page.inputValue('#query'), QUERY);
        await keyboard.press('Escape');
        assert.equal(await panel.page.inputValue('#query'), '');
        assert.deepEqual(await panel.ids(), []);
      }));

    it('unfolds a hit step by step with → and folds it with ←', () =>
      withPanel(browser, {}, async panel => {
        await showFinal(panel);
        const { page } = panel;
        const state = (): Promise<readonly number[]> =>
          Promise.all([
            page.locator('.hit.selected .why').count(),
            page.locator('.hit.selected .passage.whole').count(),
          ]);
        await page.focus('#query');
        await page.keyboard.press('ArrowDown');
        assert.deepEqual(await state(), [1, 0]);
        await page.keyboard.press('ArrowRight');
        assert.deepEqual(await state(), [1, 1]);
        await page.keyboard.press('ArrowLeft');
        await page.keyboard.press('ArrowLeft');
        assert.deepEqual(await state(), [0, 0]);
        await page.keyboard.press('ArrowRight');
        assert.deepEqual(await state(), [1, 0]);
      }));

    it('reaches the bars with Tab and presses them with Enter', () =>
      withPanel(browser, {}, async panel => {
        await showFinal(panel);
        await panel.page.focus('#query');
        await panel.page.keyboard.press('ArrowDown');
        await panel.page.keyboard.press('Tab');
        assert.equal(
          await panel.page.evaluate(() => (document.activeElement as HTMLElement).dataset['group']),
          '0:literal',
        );
        await panel.page.keyboard.press('Enter');
        assert.deepEqual(await panel.page.locator('mark.flash').allTextContents(), ['연차']);
        assert.deepEqual(await panel.all('open'), []);
      }));

    it('searches at once on Enter and never opens what an older query found', () =>
      withPanel(browser, {}, async panel => {
        await showFinal(panel);
        await panel.page.focus('#query');
        await panel.page.keyboard.type('?');
        await panel.page.keyboard.press('Enter');
        assert.equal((await panel.posted('search', 2)).search.query, `${QUERY}?`);
        await panel.page.keyboard.press('Enter');
        assert.deepEqual(await panel.all('open'), []);
      }));

    it('opens at the tinted word that is clicked', () =>
      withPanel(browser, {}, async panel => {
        await showFinal(panel);
        await panel.page.locator('[data-id="p-guide"] mark', { hasText: '신청' }).click();
        const { id, range, preserveFocus } = await panel.posted('open');
        assert.deepEqual([id, preserveFocus], ['p-guide', true]);
        assert.equal(HITS[1]!.text.slice(range!.start, range!.end), '신청');
      }));

    it('says the count to those who do not see it', () =>
      withPanel(browser, {}, async panel => {
        const request = await panel.search(QUERY);
        const said = panel.page.locator('[role="status"]');
        await panel.send({ type: 'results', request, result: lexicalStage(HITS) });
        assert.equal((await said.textContent())?.trim(), '');
        await panel.send({ type: 'results', request, result: result(HITS) });
        assert.equal((await said.textContent())?.trim(), '문단 27개를 찾았습니다.');
      }));
  });

  describe('says what to do', () => {
    it('at first use, with examples to click and the indexing to pause', () =>
      withPanel(browser, { status: INDEXING }, async panel => {
        const { page } = panel;
        assert.equal((await page.textContent('.status'))?.trim(), '색인 중 423/501 · 약 2분');
        assert.equal(await page.getAttribute('[role="progressbar"]', 'aria-valuenow'), '84');
        await page.getByRole('button', { name: '멈춤' }).click();
        assert.equal((await panel.posted('command')).command, 'pause');
        await panel.send({ type: 'status', status: { ...INDEXING, activity: 'paused' } });
        await page.getByRole('button', { name: '계속' }).click();
        assert.equal((await panel.posted('command', 2)).command, 'resume');
        await page.click('.example');
        assert.equal((await panel.posted('search')).search.query, '연차는 며칠 전에 신청하나요');
      }));

    it('when nothing is found', () =>
      withPanel(browser, { saved: { channel: 'lexical' } }, async panel => {
        const request = await panel.search('<b>없는</b> 낱말');
        await panel.send({ type: 'results', request, result: result([], { total: 0 }) });
        assert.match(
          (await panel.page.textContent('.empty')) ?? '',
          /“<b>없는<\/b> 낱말”에 맞는 문단이 없습니다/,
        );
        await panel.page.getByRole('button', { name: '뜻과 글자로 모두 찾기' }).click();
        assert.equal((await panel.posted('search', 2)).search.channel, 'hybrid');
        await panel.page.getByRole('button', { name: '색인 현황 보기' }).last().click();
        assert.equal((await panel.posted('command')).command, 'ledger');
      }));

    it('when no folder is open', () =>
      withPanel(browser, {}, async panel => {
        await panel.send({ type: 'folders', count: 0, teams: 0 });
        await panel.page.getByRole('button', { name: '폴더 열기' }).click();
        assert.equal((await panel.posted('command')).command, 'openFolder');
        await panel.send({ type: 'folders', count: 1, teams: 0 });
        assert.equal(await panel.page.locator('.example').count(), 3);
      }));

    it('when there is a team’s server and no folder', () =>
      withPanel(
        browser,
        { status: { ...IDLE, activity: 'starting', documents: 0, total: 0 } },
        async panel => {
          await panel.send({ type: 'folders', count: 0, teams: 2 });
          assert.equal((await panel.page.textContent('.status'))?.trim(), '팀 서버 2곳에서 찾기');
          assert.match((await panel.page.textContent('.empty')) ?? '', /팀 서버의 문서에서 찾습니다/);
          assert.equal(await panel.page.locator('[role="progressbar"]').count(), 0);
          await panel.page.click('.example');
          const { request } = await panel.posted('search');
          await panel.send({ type: 'results', request, result: result([], { total: 0 }) });
          assert.equal(await panel.page.getByRole('button', { name: '색인 현황 보기' }).count(), 0);
          await panel.page.click('.status');
          assert.equal((await panel.posted('command')).command, 'settings');
        },
      ));

    it('when the engine failed, and when a search did', () =>
      withPanel(
        browser,
        { status: { ...IDLE, activity: 'failed', problem: '모델 파일이 손상되었습니다.' } },
        async panel => {
          assert.match((await panel.page.textContent('[role="alert"]')) ?? '', /모델 파일이 손상되었습니다/);
          await panel.page.getByRole('button', { name: '다시 시작' }).click();
          assert.equal((await panel.posted('command')).command, 'restart');
          await panel.send({ type: 'status', status: IDLE });
          const request = await panel.search(QUERY);
          await panel.send({ type: 'failed', request, message: '엔진이 답하지 않았습니다.' });
          assert.match((await panel.page.textContent('[role="alert"]')) ?? '', /엔진이 답하지 않았습니다/);
          await panel.page.getByRole('button', { name: '로그 보기' }).click();
          assert.equal((await panel.posted('command', 2)).command, 'showLog');
          await panel.send({ type: 'status', status: { ...IDLE, activity: 'failed' } });
          await panel.send({ type: 'status', status: IDLE });
          assert.equal(
            (await panel.posted('search', 2)).search.query,
            QUERY,
            'asks again when the engine is back',
          );
        },
      ));

    it('when there is no model, before a search and beside its hits', () =>
      withPanel(browser, { status: { ...IDLE, problem: '모델을 찾을 수 없습니다.' } }, async panel => {
        assert.match((await panel.page.textContent('.notice')) ?? '', /모델을 찾을 수 없습니다/);
        assert.equal(await panel.page.locator('.example').count(), 3, 'letters can be searched');
        await panel.page.getByRole('button', { name: '모델 고르기' }).click();
        assert.equal((await panel.posted('command')).command, 'chooseModel');
        await showFinal(panel);
        await panel.page.getByRole('button', { name: '로그 보기' }).click();
        assert.equal((await panel.posted('command', 2)).command, 'showLog');
        assert.equal((await panel.ids()).length, HITS.length);
        await panel.send({ type: 'status', status: IDLE });
        assert.equal(await panel.page.locator('.notice').count(), 0);
      }));

    it('when the semantic channel could not take part', () =>
      withPanel(browser, {}, async panel => {
        const request = await panel.search(QUERY);
        const notice = '모델을 아직 불러오는 중이라 글자로만 찾았습니다.';
        await panel.send({
          type: 'results',
          request,
          result: { ...lexicalStage(HITS), stage: 'final', notice },
        });
        assert.match((await panel.page.textContent('.notice')) ?? '', new RegExp(notice));
        assert.equal((await panel.ids()).length, HITS.length);
      }));
  });
});
