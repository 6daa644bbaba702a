/** A person's work in the panel of the sidebar, as wide as the editor gives it, in three themes: out/shots/*.png. */
import assert from 'node:assert/strict';
import type { FrameLocator } from 'playwright-core';
import { openWorkbench, type Look, type Workbench } from './workbench.ts';

const QUERY = '연차는 며칠 전에 신청하나요';

const looks: readonly Look[] = [
  { theme: 'dark', language: 'ko' },
  { theme: 'light', language: 'ko' },
  { theme: 'contrast', language: 'ko' },
];

for (const look of looks) {
  describe(`panel, ${look.theme}`, function () {
    this.timeout(180_000);
    let bench: Workbench;
    let panel: FrameLocator;
    before(async () => {
      bench = await openWorkbench(look);
      await bench.page
        .locator('.statusbar-item', { hasText: '말모이 12 문서' })
        .waitFor({ timeout: 120_000 });
      await bench.command('말모이: 검색');
      await bench.page.locator('.quick-input-title', { hasText: '말모이 —' }).waitFor();
      await bench.input.fill(QUERY);
      await bench.rows.filter({ hasText: '취업규칙-요약.md:' }).first().waitFor();
      await bench.page.keyboard.press('Enter');
      await bench.page.locator('.tab.active', { hasText: '취업규칙-요약.md' }).waitFor();
      await bench.command('말모이: 패널에서 보기');
      panel = bench.webview('first');
      await panel.locator('.hit').first().waitFor();
    });
    after(() => bench.close());
    afterEach(async function () {
      if (this.currentTest?.state === 'failed')
        await bench.shot(`failed-panel-${this.currentTest.title.slice(0, 20)}`);
    });

    it('narrows to a type by a click; the condition says how many passages it hides, and is taken back', async () => {
      await panel.getByRole('button', { name: '좁히기' }).click();
      await panel.locator('.facet').first().waitFor();
      await bench.shot('panel-facets');
      await panel.locator('.facet-row', { hasText: '형식' }).locator('.facet', { hasText: 'md' }).click();
      const condition = panel.locator('.condition', { hasText: '형식: md' });
      await condition.getByText(/^[\d,]+개 가림$/).waitFor();
      await bench.shot('panel-narrowed');
      for (const file of await panel.locator('.hit .file').allTextContents()) assert.match(file, /\.md$/);
      await condition.click();
      await condition.waitFor({ state: 'detached' });
      await panel.getByRole('button', { name: '좁히기' }).click();
      assert.equal(await panel.locator('#query').inputValue(), QUERY);
      // How many there are grows while the meaning of the notes is still added.
      await panel.locator('.hit').first().waitFor();
      assert.equal(await panel.locator('.condition', { hasText: '형식: md' }).count(), 0);
    });

    it('compares two hits, and changes a weight', async () => {
      await panel.locator('.hit.selected .compare-button').click();
      await panel.locator('.compare table').waitFor();
      await bench.shot('panel-compare');
      await panel.getByRole('button', { name: '견주기 닫기' }).click();
      await panel.locator('[data-chip="word 0"]').click();
      await panel.locator('.steer input[type=number]').fill('3');
      await panel.locator('.steer input[type=number]').press('Enter');
      await panel.locator('[data-chip="word 0"]', { hasText: '×3' }).waitFor();
      await bench.shot('panel-steer');
      await panel.getByRole('button', { name: '닫기', exact: true }).click();
    });

    it('tells why a file is not among the hits', async () => {
      await panel.getByRole('button', { name: '왜 안 나왔지?' }).click();
      await bench.input.fill('스캔');
      await bench.rows.filter({ hasText: '스캔.md' }).first().click();
      await bench.page.locator('.quick-input-title', { hasText: '왜 안 나왔지? 스캔.md' }).waitFor();
      await bench.shot('why-skipped');
      await bench.page.keyboard.press('Escape');
      await panel.getByRole('button', { name: '왜 안 나왔지?' }).click();
      await bench.input.fill('전세');
      await bench.rows.filter({ hasText: '전세-계약.txt' }).first().click();
      await bench.page.locator('.quick-input-title', { hasText: '전세-계약.txt' }).waitFor();
      await bench.shot('why-ranked');
      await bench.page.keyboard.press('Escape');
      assert.deepEqual(bench.errors(), []);
    });
  });
}
