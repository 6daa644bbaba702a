/**
 * The panel as it was accepted: screenshots in test/panel/goldens. `MALMOI_ACCEPT=1` writes them anew; what differs
 * goes to out/goldens. Another machine may have other fonts: where a line of text has another width than on the
 * machine that made them, pictures can't be compared, and these tests are skipped by name.
 */
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import pixelmatch from 'pixelmatch';
import { PNG } from 'pngjs';
import { PanelBrowser, withPanel, type Panel, type PanelOptions } from './harness.ts';
import { HITS, INDEXING, QUERY, result } from './sample.ts';
import type { ThemeName } from './themes.ts';

const FOLDER = path.join(import.meta.dirname, 'goldens');
const DIFFERENT = path.resolve(import.meta.dirname, '../../out/goldens');
const ACCEPT = process.env['MALMOI_ACCEPT'] === '1';
/** Share of pixels that may differ: smoothing of letters is not the same everywhere. */
const TOLERANCE = 0.02;
/** Distance of two colours, 0..1. */
const THRESHOLD = 0.2;

const THEMES: readonly ThemeName[] = ['dark', 'light', 'hcDark'];

async function showHits(panel: Panel): Promise<void> {
  const request = await panel.search(QUERY);
  await panel.send({ type: 'results', request, result: result(HITS) });
  await panel.page.waitForSelector('.hit');
}

async function showNothing(panel: Panel): Promise<void> {
  const request = await panel.search(QUERY);
  await panel.send({ type: 'results', request, result: result([]) });
}

const SURFACES: Readonly<
  Record<string, { readonly options: PanelOptions; readonly act: (panel: Panel) => Promise<void> }>
> = {
  sidebar: { options: { width: 300, height: 800 }, act: showHits },
  tab: { options: { surface: 'tab', width: 900, height: 700 }, act: showHits },
  'nothing found': { options: { width: 300, height: 400 }, act: showNothing },
  indexing: { options: { width: 300, height: 400, status: INDEXING }, act: () => Promise.resolve() },
};

/** Widths of lines of text, which change with the fonts. */
function fontsOf({ page }: Panel): Promise<string> {
  return page
    .evaluate(() =>
      ['연차는 며칠 전에', 'Malmoi 0123456789', '취업규칙 › 휴가'].map(text => {
        const line = document.createElement('span');
        line.textContent = text;
        line.style.cssText = 'position: absolute; white-space: nowrap; font-size: 40px';
        document.body.append(line);
        const { width } = line.getBoundingClientRect();
        line.remove();
        return Math.round(width);
      }),
    )
    .then(widths => widths.join(' '));
}

describe('the panel looks as it was accepted', () => {
  let browser: PanelBrowser;
  let hasFonts = false;
  before(async () => {
    browser = await PanelBrowser.launch();
    await withPanel(browser, {}, async panel => {
      const fonts = await fontsOf(panel);
      const file = path.join(FOLDER, 'fonts.txt');
      if (ACCEPT) {
        fs.mkdirSync(FOLDER, { recursive: true });
        fs.writeFileSync(file, `${fonts}\n`);
      }
      hasFonts = fs.existsSync(file) && fs.readFileSync(file, 'utf8').trim() === fonts;
    });
  });
  after(async () => {
    await browser?.close();
  });

  for (const theme of THEMES)
    for (const [surface, { options, act }] of Object.entries(SURFACES))
      it(`${surface}, ${theme}`, function () {
        if (!hasFonts) this.skip();
        return withPanel(browser, { ...options, theme, reducedMotion: true }, async panel => {
          await act(panel);
          await panel.page.evaluate(() => document.fonts.ready.then(() => undefined));
          const shot = await panel.page.screenshot({ animations: 'disabled', caret: 'hide' });
          compare(`${surface}-${theme}.png`.replace(' ', '-'), shot);
        });
      });
});

function compare(name: string, shot: Buffer): void {
  const file = path.join(FOLDER, name);
  if (ACCEPT) return fs.writeFileSync(file, shot);
  const [seen, accepted] = [PNG.sync.read(shot), PNG.sync.read(fs.readFileSync(file))];
  const { width, height } = accepted;
  assert.deepEqual([seen.width, seen.height], [width, height]);
  const difference = new PNG({ width, height });
  const count = pixelmatch(seen.data, accepted.data, difference.data, width, height, {
    threshold: THRESHOLD,
  });
  const share = count / (width * height);
  if (share <= TOLERANCE) return;
  fs.mkdirSync(DIFFERENT, { recursive: true });
  fs.writeFileSync(path.join(DIFFERENT, name), shot);
  fs.writeFileSync(path.join(DIFFERENT, `difference-${name}`), PNG.sync.write(difference));
  assert.fail(
    `${name}: ${(100 * share).toFixed(1)}% of the pixels differ; see out/goldens, and MALMOI_ACCEPT=1 accepts it`,
  );
}
