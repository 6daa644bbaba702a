/**
 * `npm run bench -- panel`: how fast the panel is in a browser. Figures, not tests: nothing fails on a busy machine.
 *
 * Times are those of the clock, and beside them what the page's main thread itself took (`threadTicks`), which other work
 * on the machine does not lengthen.
 */
import type { CDPSession } from 'playwright-core';
import { panelText } from '../../media/panel/text.ts';
import { PanelBrowser, type Panel } from './harness.ts';
import { IDLE, manyHits, QUERY, result } from './sample.ts';

const ROUNDS = 7;
const SCROLL_STEPS = 120;
const VIEW = { width: 300, height: 800 } as const;

type Figures = Readonly<Record<string, number>>;

const LIMITS: Readonly<Record<string, number>> = {
  'first paint': 100,
  'first paint, own time': 100,
  'why: reasons of a hit': 100,
  'why, own time': 100,
  'two hits compared': 100,
  'longest frame of 200 hits': 32,
  'longest frame, own time': 32,
  '95th of 100 frames': 32,
};

/** Milliseconds that the page's main thread was busy since it was asked first. */
async function ownTime(devtools: CDPSession): Promise<number> {
  const { metrics } = await devtools.send('Performance.getMetrics');
  return 1000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN);
}

/** From the start of the page to its first content, as the browser has it, and what the main thread took for it. */
async function firstPaint(
  panel: Panel,
  devtools: CDPSession,
): Promise<readonly [clock: number, own: number]> {
  const { page } = panel;
  const before = await ownTime(devtools);
  await page.reload();
  await panel.posted('ready');
  const strings = panelText('ko');
  await panel.send({ type: 'initialise', surface: 'sidebar', language: 'ko', strings, status: IDLE });
  await page.waitForSelector('#query');
  const own = (await ownTime(devtools)) - before;
  const clock = await page.evaluate(
    () => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Number.NaN,
  );
  return [clock, own];
}

/** A click to the frame that shows what it does. */
function clickToFrame({ page }: Panel, selector: string): Promise<number> {
  return page.$eval(
    selector,
    element =>
      new Promise<number>(resolve => {
        const started = performance.now();
        (element as HTMLElement).click();
        requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - started)));
      }),
  );
}

/** Scrolls the list from end to end, a step a frame. */
async function scroll(
  { page }: Panel,
  devtools: CDPSession,
): Promise<{ readonly clock: readonly number[]; readonly own: readonly number[] }> {
  const clock: number[] = [];
  const own: number[] = [];
  let before = await ownTime(devtools);
  for (let i = 0; i < SCROLL_STEPS; i++) {
    clock.push(
      await page.$eval(
        '.results',
        async (list, steps) => {
          await new Promise(requestAnimationFrame);
          const started = performance.now();
          list.scrollTop += (list.scrollHeight - list.clientHeight) / steps;
          await new Promise(requestAnimationFrame);
          return performance.now() - started;
        },
        SCROLL_STEPS,
      ),
    );
    const now = await ownTime(devtools);
    own.push(now - before);
    before = now;
  }
  const ascending = (values: number[]): number[] => values.sort((a, b) => a - b);
  return { clock: ascending(clock), own: ascending(own) };
}

async function round(browser: PanelBrowser): Promise<Figures> {
  const panel = await browser.open(VIEW);
  const devtools = await panel.page.context().newCDPSession(panel.page);
  try {
    await devtools.send('Performance.enable', { timeDomain: 'threadTicks' });
    const paint = await firstPaint(panel, devtools);
    const request = await panel.search(QUERY);
    await panel.send({ type: 'results', request, result: result(manyHits(200)) });
    const before = await ownTime(devtools);
    const why = await clickToFrame(panel, '[data-id="p-1"] .path');
    const ownWhy = (await ownTime(devtools)) - before;
    const compared = await clickToFrame(panel, '[data-id="p-1"] .compare-button');
    const { clock, own } = await scroll(panel, devtools);
    return {
      'first paint': paint[0],
      'first paint, own time': paint[1],
      'why: reasons of a hit': why,
      'why, own time': ownWhy,
      'two hits compared': compared,
      'longest frame of 200 hits': clock.at(-1)!,
      'longest frame, own time': own.at(-1)!,
      '95th of 100 frames': clock[Math.floor(clock.length * 0.95)]!,
    };
  } finally {
    await panel.close();
  }
}

const browser = await PanelBrowser.launch();
try {
  const rounds: Figures[] = [];
  for (let i = 0; i < ROUNDS; i++) rounds.push(await round(browser));
  for (const [name, limit] of Object.entries(LIMITS)) {
    const values = rounds.map(each => each[name]!).sort((a, b) => a - b);
    const [least, median, most] = [0, Math.floor(ROUNDS / 2), ROUNDS - 1].map(at => values[at]!.toFixed(1));
    console.log(
      `  ${name.padEnd(28)} ${median} ms  (limit ${limit}; ${least} to ${most} in ${ROUNDS} rounds)`,
    );
  }
} finally {
  await browser.close();
}
