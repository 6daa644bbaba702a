/** A folder half way: every letter is found, meaning is being added; out/shots/halfway-*.png. */
import assert from 'node:assert/strict';
import { strToU8 } from 'fflate';
import { openWorkbench, type Workbench } from './workbench.ts';

const DOCUMENTS = 240;
/** Long enough for the model to be at work for many minutes on any machine, with its small share of the processor. */
const bodyOf = (document: number): string =>
  Array.from(
    { length: 70 },
    (_, i) => `${document}차 회의에서 정한 일 ${i}을 적고, 누가 언제까지 하는지 밝힌다. 다음에 다시 본다.`,
  ).join(' ');

const FILES: Readonly<Record<string, Uint8Array>> = Object.fromEntries(
  Array.from({ length: DOCUMENTS }, (_, i) => [
    `회의록/${String(i).padStart(3, '0')}차 회의.md`,
    strToU8(`# ${i}차 회의\n\n안건 번호는 다람쥐${i}호이다.\n\n${bodyOf(i)}`),
  ]),
);

describe('a folder half way', function () {
  this.timeout(240_000);
  let bench: Workbench;

  before(async () => {
    bench = await openWorkbench({ theme: 'light', language: 'ko' }, FILES, {
      'malmoi.indexing.processorShare': 10,
    });
  });
  after(() => bench.close());
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await bench.shot('halfway-failed');
  });

  it('shows both counts, and finds by letters what the model has not read', async () => {
    // The sample notes come on top.
    const counts = bench.page.locator('.statusbar-item', {
      hasText: /글자 ([2-9]\d\d)\/\1 · 뜻 (?!\1)\d+\/\1/,
    });
    await counts.waitFor({ timeout: 120_000 });
    await bench.command('말모이: 검색');
    await bench.page.locator('.quick-input-title', { hasText: '말모이 —' }).waitFor();
    await bench.input.fill('다람쥐3호');
    const row = bench.rows.filter({ hasText: '003차 회의' }).first();
    await row.waitFor();
    await bench.shot('halfway');
    await bench.page.keyboard.press('Escape');
  });

  it('marks in the panel what is found by its letters alone, and says what can be found', async () => {
    await bench.command('말모이: 패널을 편집기로 열기');
    const panel = bench.webview('last');
    await panel.locator('#query').fill('다람쥐5호');
    await panel.locator('.hit', { hasText: '다람쥐5호' }).first().waitFor();
    await bench.shot('halfway-panel');
    assert.deepEqual(bench.errors(), []);
  });

  it('brings a folder forward from the explorer and the palette', async () => {
    await bench.page.keyboard.press('Control+Shift+E');
    const folder = bench.page
      .locator('.explorer-folders-view .monaco-list-row', { hasText: '회의록' })
      .first();
    await folder.click({ button: 'right' });
    const item = bench.page
      .locator('.monaco-menu .action-item', { hasText: '이 폴더 먼저 색인하기' })
      .first();
    await item.waitFor();
    await bench.shot('halfway-menu');
    await item.click();
    await bench.page.locator('.statusbar-item', { hasText: '‘회의록’ 먼저 색인합니다' }).waitFor();
  });
});
