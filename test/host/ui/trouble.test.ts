/** A window without an engine, and one without a model: each view says what is wrong and what to do. */
import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { openWorkbench, type Workbench } from './workbench.ts';

/** The body of a view of the sidebar, unfolded. */
async function viewOf({ page }: Workbench, title: string): Promise<Locator> {
  const pane = page.locator('.pane', { has: page.locator('.pane-header', { hasText: title }) }).first();
  const header = pane.locator('.pane-header');
  await header.waitFor();
  if ((await header.getAttribute('aria-expanded')) === 'false') await header.click();
  return pane.locator('.pane-body');
}

const VIEWS = ['색인 현황', '저장한 검색'] as const;

describe('a window without an engine', function () {
  this.timeout(240_000);
  let bench: Workbench;
  before(async () => {
    // A store below a file can't be made.
    bench = await openWorkbench(
      { theme: 'light', language: 'ko' },
      { 'file.txt': Buffer.from('글') },
      { 'malmoi.storePath': '/dev/null/store', 'malmoi.resultsTree': true },
    );
    await bench.page
      .locator('.statusbar-item', { hasText: '말모이 엔진이 멈춤' })
      .waitFor({ timeout: 120_000 });
  });
  after(() => bench.close());
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await bench.shot('failed-trouble-engine');
  });

  it('says so in each view, with a way to start it again and to see the log', async () => {
    await bench.command('말모이: 색인 현황을 사이드바에서 보기');
    for (const title of VIEWS) {
      const view = await viewOf(bench, title);
      await view.getByText('검색 엔진이 멈췄습니다').waitFor();
      for (const name of ['다시 시작', '로그 보기'])
        await view.locator('.monaco-button', { hasText: name }).waitFor();
    }
    await bench.shot('trouble-engine');
  });

  it('says so in the panel', async () => {
    await bench.command('말모이: 패널을 편집기로 열기');
    const panel = bench.webview('last');
    await panel.getByRole('alert').getByText('검색 엔진이 멈췄습니다').waitFor();
    await panel.getByRole('button', { name: '다시 시작' }).waitFor();
    await bench.shot('trouble-engine-panel');
    assert.deepEqual(bench.errors(), []);
  });
});

describe('a window without a model', function () {
  this.timeout(240_000);
  let bench: Workbench;
  before(async () => {
    bench = await openWorkbench(
      { theme: 'light', language: 'ko' },
      {},
      { 'malmoi.modelPath': '/nowhere/model', 'malmoi.resultsTree': true },
    );
    await bench.page.locator('.statusbar-item', { hasText: '말모이 12 문서' }).waitFor({ timeout: 120_000 });
  });
  after(() => bench.close());
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await bench.shot('failed-trouble-model');
  });

  it('says so in each view, with a way to choose one', async () => {
    await bench.command('말모이: 색인 현황을 사이드바에서 보기');
    const coverage = await viewOf(bench, '색인 현황');
    await coverage.locator('.monaco-list-row').first().waitFor();
    await coverage.getByText('모델이 없어 글자로만 찾습니다').waitFor();
    const saved = await viewOf(bench, '저장한 검색');
    await saved.locator('.monaco-button', { hasText: '모델 고르기' }).waitFor();
    await bench.command('말모이: 검색');
    await bench.page.locator('.quick-input-title', { hasText: '말모이 —' }).waitFor();
    await bench.input.fill('연차');
    await bench.rows.filter({ hasText: '취업규칙-요약.md:' }).first().waitFor();
    await bench.page.keyboard.press('Enter');
    await bench.page.locator('.tab.active', { hasText: '취업규칙-요약.md' }).waitFor();
    await bench.command('말모이: 이 문단과 비슷한 글');
    await bench.page.getByText('비슷한 글은 뜻으로 찾는데 모델이 없습니다').waitFor();
    await bench.shot('trouble-model');
  });

  it('says so in the panel, and still finds by letters', async () => {
    await bench.command('말모이: 패널을 편집기로 열기');
    const panel = bench.webview('last');
    await panel.getByRole('button', { name: '모델 고르기' }).waitFor();
    await panel.locator('#query').fill('연차');
    await panel.locator('.hit').first().waitFor();
    await bench.shot('trouble-model-panel');
    assert.deepEqual(bench.errors(), []);
  });
});
