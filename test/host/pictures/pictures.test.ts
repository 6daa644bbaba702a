/** The pictures of the README and the walkthrough, made of the real window: `npm run pictures`. */
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { pictures } from '../paths.ts';
import { openWorkbench, type Workbench } from '../ui/workbench.ts';
import { gifOf, type Frame } from './gif.ts';

const LARGEST = { png: 500_000, gif: 2_000_000 };
/** The editor shows a picture of the walkthrough some 500 pixels wide: a whole window could not be read there. */
const SIZE = { width: 640, height: 480 };
const WINDOW = { width: 1200, height: 760 };
const RIGHT = WINDOW.width - SIZE.width;
/** Below the title. */
const TOP = 36;
const BELOW = WINDOW.height - SIZE.height;
const QUERY = '연차는 며칠 전에 신청하나요';

describe('pictures', function () {
  this.timeout(240_000);
  let bench: Workbench;
  const frames: Frame[] = [];

  const write = (name: string, bytes: Buffer): void => {
    fs.mkdirSync(pictures, { recursive: true });
    fs.writeFileSync(path.join(pictures, name), bytes);
  };
  const still = async (x: number, y: number): Promise<Buffer> => {
    // The workbench fades its widgets in.
    await bench.page.waitForTimeout(500);
    return bench.page.screenshot({ caret: 'hide', clip: { x, y, ...SIZE } });
  };
  const frame = async (delay: number): Promise<void> => {
    frames.push({ png: await bench.page.screenshot({ caret: 'hide' }), delay });
  };

  before(async () => {
    bench = await openWorkbench({ theme: 'dark', language: 'ko' });
    await bench.page.setViewportSize(WINDOW);
    // It says that this is a window of an extension's development.
    await bench.page.addStyleTag({ content: '.command-center, .window-title { visibility: hidden }' });
    await bench.page.locator('.statusbar-item', { hasText: '말모이 12 문서' }).waitFor({ timeout: 90_000 });
  });
  after(() => bench.close());

  it('show the search box while somebody types', async () => {
    await bench.command('말모이: 검색');
    await bench.page.locator('.quick-input-title', { hasText: '말모이 —' }).waitFor();
    for (const word of QUERY.split(' ')) {
      await bench.input.pressSequentially(`${word} `, { delay: 30 });
      await frame(350);
    }
    await bench.rows.filter({ hasText: '취업규칙-요약.md:' }).first().waitFor();
    write('search.png', await still(RIGHT / 2, 0));
    await frame(1_500);
  });

  it('show the passage with its words, and why it was found', async () => {
    await bench.page.keyboard.press('Enter');
    await bench.page.locator('.tab.active', { hasText: '취업규칙-요약.md' }).waitFor();
    await bench.page.locator('.view-lines [class*="ced-"]').first().waitFor();
    await frame(1_500);
    await bench.command('말모이: 패널에서 보기');
    await bench.webview('first').locator('.hit').first().waitFor();
    write('why.png', await still(0, TOP));
    await frame(2_000);
  });

  it('show related documents', async () => {
    await bench.page.locator('.view-lines').first().click();
    await bench.command('말모이: 관련 문서');
    await bench.page.locator('.pane-body .monaco-list-row').filter({ hasText: '.md' }).first().waitFor();
    write('related.png', await still(RIGHT, TOP));
    await frame(2_000);
  });

  it('show the index report', async () => {
    await bench.command('말모이: 색인 현황을 사이드바에서 보기');
    await bench.page.locator('.monaco-list-row', { hasText: '스캔.md' }).first().waitFor();
    write('coverage.png', await still(0, BELOW));
  });

  it('move, and are small enough for a page', () => {
    write('tour.gif', gifOf(frames));
    for (const name of fs.readdirSync(pictures)) {
      const { size } = fs.statSync(path.join(pictures, name));
      const largest = name.endsWith('.gif') ? LARGEST.gif : LARGEST.png;
      assert.ok(size <= largest, `${name}: ${size} of ${largest} bytes`);
    }
  });
});
