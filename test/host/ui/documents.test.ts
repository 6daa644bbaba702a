/** Documents that are no texts, in a real window: found, shown with their places, opened as text: out/shots/*.png. */
import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { strToU8 } from 'fflate';
import { extensionWithBrokenReader } from './brokenExtension.ts';
import { DOCUMENTS, LEFT_OUT, MIXED_FOLDER, WITHOUT_TEXT } from './mixedFolder.ts';
import { openWorkbench, type Workbench } from './workbench.ts';

/** Of the sample notes. */
const NOTES = 12;
const COVERAGE = '말모이: 색인 현황을 사이드바에서 보기';

describe('documents of all kinds', function () {
  this.timeout(240_000);
  let bench: Workbench;

  const search = async (query: string): Promise<void> => {
    await bench.command('말모이: 검색');
    await bench.page.locator('.quick-input-title', { hasText: '말모이 —' }).waitFor();
    await bench.input.fill(query);
  };

  before(async () => {
    bench = await openWorkbench({ theme: 'light', language: 'ko' }, MIXED_FOLDER);
    await bench.page
      .locator('.statusbar-item', { hasText: `말모이 ${NOTES + Object.keys(DOCUMENTS).length + 1} 문서` })
      .waitFor({ timeout: 120_000 })
      .catch(async (error: unknown) => {
        await bench.shot('documents-failed-start');
        throw error;
      });
  });
  after(() => bench.close());
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await bench.shot('documents-failed');
  });

  for (const [file, { query, place }] of Object.entries(DOCUMENTS))
    it(`finds ${file} and says where`, async () => {
      await search(query);
      const name = path.basename(file);
      const row = bench.rows.filter({ hasText: name }).filter({ hasText: place }).first();
      await row.waitFor();
      const kind = name === '옛 시험 문서.hwp' ? 'hwp3' : path.extname(name).slice(1);
      await bench.shot(`document-${kind}`);
      await bench.page.keyboard.press('Escape');
    });

  it('opens the passage of an HWP document as text, its words tinted, explained and reached by keys', async () => {
    await search('숙박비 영수증 정산');
    await bench.rows.filter({ hasText: '1구역 1번째 문단' }).first().click();
    await bench.page.locator('.tab.active', { hasText: '출장 여비 지침.hwp.txt' }).waitFor();
    const tint = bench.page.locator('.view-lines [class*="ced-"]', { hasText: /영수|수증/ }).first();
    await tint.waitFor();
    const hover = bench.page.locator('.monaco-hover:not(.hidden)', { hasText: '글자 그대로' }).first();
    for (let attempt = 0; attempt < 3 && !(await hover.isVisible()); attempt++) {
      // A view that is being laid out when the pointer comes shows no hover until it comes again.
      await bench.page.mouse.move(640, 700);
      await tint.hover();
      await hover.waitFor({ timeout: 5_000 }).catch(() => undefined);
    }
    assert.ok(await hover.isVisible(), 'the word is explained');
    await bench.shot('document-as-text');
    await bench.page.mouse.move(640, 700);
    const button = bench.page.locator('.editor-actions .action-label[aria-label*="원본 열기"]').first();
    await button.waitFor();
  });

  it('shows places in the panel', async () => {
    await bench.command('말모이: 패널을 편집기로 열기');
    const panel = bench.webview('last');
    await panel.locator('#query').fill('동남아 매출');
    await panel.locator('.hit .place', { hasText: '슬라이드 2' }).first().waitFor();
    await bench.shot('document-panel');
    assert.deepEqual(bench.errors(), []);
  });

  it('tells in the index report why a document was left out', async () => {
    await bench.command('말모이: 색인 현황');
    await bench.rows.filter({ hasText: LEFT_OUT[0]![0] }).first().waitFor();
    await bench.shot('document-report');
    for (const [file, reason] of [...LEFT_OUT, WITHOUT_TEXT]) {
      // The list shows no more rows than have room.
      await bench.input.fill(file);
      await bench.rows.filter({ hasText: file }).filter({ hasText: reason }).first().waitFor();
    }
    await bench.page.keyboard.press('Escape');
  });

  it('tells every reason in the tree of the index report', async () => {
    await bench.command(COVERAGE);
    const sidebar = bench.page.locator('.part.sidebar');
    // The tree needs the room of the search box: rows that are not seen are not there.
    await sidebar.locator('.pane-header[aria-expanded=true]').filter({ hasText: /^검색/u }).click();
    const { x, y, width, height } = (await sidebar.boundingBox())!;
    await bench.page.mouse.move(x + width, y + height / 2);
    await bench.page.mouse.down();
    await bench.page.mouse.move(x + width + 260, y + height / 2, { steps: 5 });
    await bench.page.mouse.up();
    for (const [file, reason] of LEFT_OUT) {
      const row = sidebar.locator('.monaco-list-row').filter({ hasText: file }).first();
      await row.filter({ hasText: reason }).waitFor();
    }
    await bench.shot('document-coverage');
  });
});

describe('a document that ends its reader', function () {
  this.timeout(240_000);
  const file = '죽이는 노트북.ipynb';
  let bench: Workbench;
  let folder = '';

  before(async () => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'malmoi-broken-'));
    const extension = extensionWithBrokenReader(folder, 'notebook');
    const files = { [file]: strToU8('{"cells":[]}') };
    bench = await openWorkbench({ theme: 'light', language: 'ko' }, files, {}, { extension });
    await bench.page.locator('.statusbar-item', { hasText: '말모이 12 문서' }).waitFor({ timeout: 120_000 });
  });
  after(async () => {
    await bench.close();
    fs.rmSync(folder, { recursive: true, force: true });
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await bench.shot('documents-failed-broken');
  });

  it('is tried again when a person asks for it, and put aside after the third time', async () => {
    await bench.command(COVERAGE);
    const row = bench.page.locator('.monaco-list-row', { hasText: file }).first();
    await row.filter({ hasText: '읽지 못함' }).waitFor();
    await bench.shot('document-failed');
    const aside = row.filter({ hasText: '제쳐 둠' });
    for (let attempt = 0; attempt < 6 && !(await aside.isVisible()); attempt++) {
      await row.hover();
      const again = row.locator('.action-label[aria-label*="다시 읽기"]');
      if (await again.isVisible()) await again.click();
      await aside.waitFor({ timeout: 10_000 }).catch(() => undefined);
    }
    assert.ok(await aside.isVisible(), 'it is put aside');
    await bench.shot('document-aside');
  });

  it('takes no other document with it', async () => {
    await bench.command('말모이: 검색');
    await bench.page.locator('.quick-input-title', { hasText: '말모이 —' }).waitFor();
    await bench.input.fill('연차는 며칠 전에 신청하나요');
    await bench.rows.filter({ hasText: '취업규칙-요약.md' }).first().waitFor();
  });
});
