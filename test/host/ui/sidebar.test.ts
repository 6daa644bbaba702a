/** The views of the sidebar in a real window, in three themes: out/shots/*.png. */
import { openWorkbench, type Look, type Workbench } from './workbench.ts';

const looks: readonly Look[] = [
  { theme: 'dark', language: 'ko' },
  { theme: 'light', language: 'ko' },
  { theme: 'contrast', language: 'ko' },
];

for (const look of looks) {
  describe(`sidebar, ${look.theme}`, function () {
    this.timeout(180_000);
    let bench: Workbench;
    before(async () => {
      bench = await openWorkbench(look);
      await bench.page.locator('.statusbar-item', { hasText: '말모이 12 문서' }).waitFor({ timeout: 90_000 });
    });
    after(() => bench.close());
    afterEach(async function () {
      if (this.currentTest?.state === 'failed')
        await bench.shot(`failed-sidebar-${this.currentTest.title.slice(0, 30)}`);
    });

    it('has the index report, with the file that could not be read and why', async () => {
      await bench.command('말모이: 색인 현황을 사이드바에서 보기');
      const row = bench.page.locator('.monaco-list-row', { hasText: '스캔.md' }).first();
      await row.filter({ hasText: '이름과 달리 글이 아님' }).waitFor();
      await bench.shot('coverage');
    });

    it('shows documents related to the paragraph at the cursor', async () => {
      await bench.command('말모이: 검색');
      await bench.page.locator('.quick-input-title', { hasText: '말모이 —' }).waitFor();
      await bench.input.fill('연차는 며칠 전에 신청하나요');
      await bench.rows.filter({ hasText: '취업규칙-요약.md:' }).first().waitFor();
      await bench.page.keyboard.press('Enter');
      await bench.page.locator('.tab.active', { hasText: '취업규칙-요약.md' }).waitFor();
      await bench.command('말모이: 이 문단과 비슷한 글');
      const view = bench.page.locator('.auxiliarybar, .sidebar').filter({ hasText: '비슷한 글' }).first();
      await view.locator('.monaco-list-row', { hasText: '.md' }).first().waitFor();
      await bench.shot('related');
    });

    it('opens the results as text', async () => {
      await bench.command('말모이: 결과를 글로 열기');
      await bench.page.locator('.tab.active', { hasText: '연차는' }).waitFor();
      await bench.page.locator('.view-lines', { hasText: '# Query: 연차는' }).first().waitFor();
      await bench.shot('search-editor');
    });
  });
}
