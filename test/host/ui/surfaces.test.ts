/** The five surfaces in a real window, looked at and photographed: out/shots/*.png. */
import assert from 'node:assert/strict';
import type { Look, Workbench } from './workbench.ts';
import { openWorkbench } from './workbench.ts';

interface Words {
  readonly category: string;
  readonly search: string;
  readonly idle: string;
  readonly asWritten: string;
  readonly share: RegExp;
  readonly nextWord: string;
  readonly openPanel: string;
  readonly results: string;
  readonly report: string;
  readonly pause: string;
  readonly indexed: string;
  readonly leftOut: readonly string[];
  readonly chooseModel: string;
  readonly inUse: string;
  readonly importModel: string;
}

const words: Readonly<Record<Look['language'], Words>> = {
  ko: {
    category: '말모이',
    search: '말모이: 검색',
    idle: '말모이 12 문서',
    asWritten: '글자 그대로',
    share: /점수의 \d+%/,
    nextWord: '다음 낱말',
    openPanel: '말모이: 패널을 편집기로 열기',
    results: '결과',
    report: '색인 현황',
    pause: '색인 일시 정지',
    indexed: '색인됨 12',
    leftOut: ['이름과 달리 글이 아님'],
    chooseModel: '말모이: 모델 바꾸기',
    inUse: '쓰고 있음',
    importModel: '파일이나 폴더에서 가져오기',
  },
  en: {
    category: 'Malmoi',
    search: 'Malmoi: Search',
    idle: 'Malmoi 12 documents',
    asWritten: 'exact match',
    share: /\d+% of the score/,
    nextWord: 'Next Word',
    openPanel: 'Malmoi: Open Panel as Editor',
    results: 'Results',
    report: 'Show the Index Report',
    pause: 'Pause Indexing',
    indexed: 'Indexed: 12',
    leftOut: ['not a text file, despite its name'],
    chooseModel: 'Malmoi: Choose Model',
    inUse: 'In use',
    importModel: 'Import from a File or Folder',
  },
};

const looks: readonly Look[] = [
  { theme: 'dark', language: 'ko' },
  { theme: 'light', language: 'ko' },
  { theme: 'light', language: 'en' },
];

const TINT = '.view-lines [class*="ced-"]';

/** The CSS of the tinted words' lines. */
async function tintLines({ page }: Workbench): Promise<readonly string[]> {
  await page.locator(TINT).first().waitFor();
  return page.evaluate<string[]>(
    `[...document.querySelectorAll('${TINT}')].map(span => getComputedStyle(span).textDecoration)`,
  );
}

/** The palette's box turns into the search box: typing before that would go to the palette. */
async function openSearch(bench: Workbench, text: Words): Promise<void> {
  await bench.command(text.search);
  await bench.page.locator('.quick-input-title', { hasText: `${text.category} —` }).waitFor();
  await bench.input.waitFor();
}

for (const look of looks) {
  describe(`window, ${look.theme}, ${look.language}`, () => {
    const text = words[look.language];
    let bench: Workbench;
    before(async () => {
      bench = await openWorkbench(look);
      const status = bench.page.locator('.statusbar-item', { hasText: text.idle });
      await status.waitFor({ timeout: 90_000 }).catch(async (error: unknown) => {
        await bench.shot('failed-start');
        throw error;
      });
    });
    after(() => bench.close());
    afterEach(async function () {
      if (this.currentTest?.state === 'failed')
        await bench.shot(`failed-${this.currentTest.title.slice(0, 30)}`);
    });

    it('is found in the command palette', async () => {
      await bench.page.keyboard.press('F1');
      await bench.input.fill(`>${text.search}`);
      await bench.rows.filter({ hasText: text.search }).first().waitFor();
      await bench.shot('palette');
      await bench.page.keyboard.press('Escape');
    });

    it('takes Korean from an input method, and no Enter that belongs to it', async () => {
      await openSearch(bench, text);
      const keys = await bench.page.context().newCDPSession(bench.page);
      for (const composed of ['ㄱ', '기', '김', '김ㅊ', '김치']) {
        await keys.send('Input.imeSetComposition', {
          text: composed,
          selectionStart: composed.length,
          selectionEnd: composed.length,
        });
      }
      await bench.rows.filter({ hasText: '김치찌개.txt' }).first().waitFor();
      const enter = { key: 'Process', code: 'Enter', windowsVirtualKeyCode: 229 };
      await keys.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', ...enter });
      await keys.send('Input.insertText', { text: '김치찌개' });
      await bench.rows.filter({ hasText: '김치찌개.txt' }).first().waitFor();
      assert.equal(await bench.input.inputValue(), '김치찌개');
      assert.equal(await bench.page.locator('.tab').count(), 0, 'nothing was opened');
      await bench.page.keyboard.press('Escape');
    });

    it('answers in the search box while typing', async () => {
      await openSearch(bench, text);
      await bench.input.pressSequentially('연차는 며칠 전에 신청하나요', { delay: 30 });
      await bench.rows.filter({ hasText: '취업규칙-요약.md:' }).first().waitFor();
      // Above it stands what else was looked for.
      const first = bench.rows.filter({ hasText: /\.(?:md|txt):\d/ }).first();
      await first.filter({ hasText: '연차 유급휴가의 신청' }).waitFor();
      // The editor's own filter would leave none but the first.
      await bench.rows.nth(1).waitFor();
      await bench.shot('quick-pick');
    });

    it('opens the passage with its words tinted', async () => {
      await bench.page.keyboard.press('Enter');
      await bench.page.locator('.tab.active', { hasText: '취업규칙-요약.md' }).waitFor();
      const lines = await tintLines(bench);
      assert.ok(
        lines.some(line => /underline 2px|underline solid 2px|solid/.test(line)),
        lines.join('\n'),
      );
      assert.ok(
        lines.some(line => line.includes('dotted')),
        lines.join('\n'),
      );
      await bench.shot('tints');
    });

    it('explains a word in the hover', async () => {
      const word = bench.page.locator(TINT, { hasText: '연차' }).first();
      await word.hover();
      const hover = bench.page.locator('.monaco-hover:not(.hidden)', { hasText: text.asWritten }).first();
      await hover.waitFor();
      const content = (await hover.innerText()).replaceAll('\u00a0', ' ');
      assert.match(content, text.share);
      assert.match(content, new RegExp(text.nextWord));
      await bench.shot('hover');
      await hover.locator('a', { hasText: text.nextWord }).click();
      await bench.page.mouse.move(640, 700);
    });

    it('has every key in the box that is typed right after its shortcut, and none in the document', async () => {
      const editor = bench.page.locator('.editor-instance .view-lines').first();
      await editor.click();
      const before = await editor.innerText();
      await bench.page.keyboard.press('Control+Alt+M');
      await bench.page.keyboard.type('kubernetes pods', { delay: 30 });
      await bench.input.waitFor();
      await bench.page.waitForFunction(
        `document.querySelector('.quick-input-widget input[type=text]').value === 'kubernetes pods'`,
      );
      await bench.page.keyboard.press('Escape');
      await bench.page.waitForFunction(
        `document.querySelector('.editor-instance .view-lines').innerText === ${JSON.stringify(before)}`,
      );
      assert.equal(await bench.page.locator('.tab.active.dirty').count(), 0, 'nothing is left to save');
    });

    it('peeks at all matched passages of the file', async () => {
      await bench.page.locator(TINT, { hasText: '연차' }).first().click();
      await bench.page.keyboard.press('Control+Alt+P');
      await bench.page.locator('.zone-widget .reference-zone-widget, .peekview-widget').first().waitFor();
      await bench.shot('peek');
      await bench.page.keyboard.press('Escape');
    });

    it('lists the results in the sidebar, with a badge', async () => {
      await bench.page
        .locator('.activitybar .action-item', {
          has: bench.page.locator(`a[aria-label^="${text.category}"]`),
        })
        .first()
        .click();
      const pane = bench.page.locator('.pane', {
        has: bench.page.locator('.pane-header', { hasText: text.results }),
      });
      const header = pane.locator('.pane-header');
      if ((await header.getAttribute('aria-expanded')) === 'false') await header.click();
      await pane.locator('.monaco-list-row', { hasText: '취업규칙-요약.md' }).first().waitFor();
      const badge = bench.page
        .locator('.activitybar .action-item', {
          has: bench.page.locator(`a[aria-label^="${text.category}"]`),
        })
        .locator('.badge-content');
      await badge.filter({ hasText: /^\d+$/ }).first().waitFor();
      await bench.shot('tree');
    });

    it('shows the passages with their bars in the sidebar’s panel', async () => {
      const panel = bench.webview('first');
      await panel.locator('#query').fill('연차는 며칠 전에 신청하나요');
      await panel.locator('.hit').first().waitFor();
      await panel.locator('.hit .bar').first().waitFor();
      assert.match(await panel.locator('.hit .name').first().innerText(), /연차 유급휴가의 신청/);
      // The picture of the README: tall enough for all reasons of the first passage.
      const size = bench.page.viewportSize()!;
      await bench.page.setViewportSize({ width: size.width, height: 920 });
      await bench.shot('panel-sidebar');
      await bench.page.setViewportSize(size);
    });

    it('opens the panel as an editor tab', async () => {
      await bench.command(text.openPanel);
      await bench.page.locator('iframe.webview.ready').nth(1).waitFor();
      const frame = bench.webview('last');
      await frame.locator('#query').waitFor();
      await frame.locator('#query').fill('컨테이너가 자꾸 죽는 까닭');
      await frame.locator('.hit .bar').first().waitFor();
      assert.match(await frame.locator('.hit').first().innerText(), /쿠버네티스/);
      await bench.shot('panel-tab');
    });

    it('opens a menu and the index report from the status bar', async () => {
      await bench.page.locator('.statusbar-item', { hasText: text.idle }).click();
      await bench.rows.filter({ hasText: text.pause }).waitFor();
      await bench.shot('status-menu');
      await bench.rows.filter({ hasText: text.report }).click();
      await bench.page.locator('.quick-input-list', { hasText: text.indexed }).waitFor();
      for (const reason of text.leftOut) await bench.rows.filter({ hasText: reason }).first().waitFor();
      await bench.shot('ledger');
      await bench.page.keyboard.press('Escape');
    });

    it('lists the models, the one in use chosen, and the ways to bring in others', async () => {
      await bench.command(text.chooseModel);
      const inUse = bench.rows.filter({ hasText: text.inUse });
      await inUse.filter({ hasText: 'malmoi-ko-mini' }).waitFor();
      await bench.rows
        .filter({ hasText: 'PIXIE-Splade-Preview' })
        .filter({ hasText: 'Apache-2.0' })
        .waitFor();
      await bench.shot('models');
      await bench.input.fill(text.importModel);
      await bench.rows.filter({ hasText: text.importModel }).waitFor();
      await bench.page.keyboard.press('Escape');
    });

    it('breaks no rule of its own content policy and logs no error', () => {
      assert.deepEqual(bench.errors(), []);
    });
  });
}
