/** `npm run bench -- panel`: how fast the panel is in a browser. Figures, not tests: nothing fails on a busy machine. */
import { PanelBrowser, type Panel } from './harness.ts';
import { manyHits, QUERY, result } from './sample.ts';

const ROUNDS = 7;

interface Measured {
  readonly name: string;
  readonly values: readonly number[];
  readonly limit: number;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** From the start of the page to its first content, as the browser has it. */
function firstPaint({ page }: Panel): Promise<number> {
  return page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? NaN);
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

/** The longest and the 95th of a hundred frames, while the list is scrolled from end to end. */
function scrollFrames({ page }: Panel): Promise<readonly [longest: number, p95: number]> {
  return page.$eval('.results', async list => {
    const frames: number[] = [];
    const steps = 240;
    const step = (list.scrollHeight - list.clientHeight) / steps;
    let last = await new Promise<number>(requestAnimationFrame);
    for (let i = 0; i < steps; i++) {
      list.scrollTop += step;
      const now = await new Promise<number>(requestAnimationFrame);
      frames.push(now - last);
      last = now;
    }
    frames.sort((a, b) => a - b);
    return [frames.at(-1)!, frames[Math.floor(frames.length * 0.95)]!] as const;
  });
}

async function round(browser: PanelBrowser): Promise<readonly number[]> {
  const panel = await browser.open({ width: 300, height: 800 });
  try {
    const paint = await firstPaint(panel);
    const request = await panel.search(QUERY);
    await panel.send({ type: 'results', request, result: result(manyHits(200)) });
    const why = await clickToFrame(panel, '[data-id="p-1"] .path');
    const compare = await clickToFrame(panel, '[data-id="p-1"] .compare-button');
    const [longest, p95] = await scrollFrames(panel);
    return [paint, why, compare, longest, p95];
  } finally {
    await panel.close();
  }
}

const browser = await PanelBrowser.launch();
try {
  const rounds: (readonly number[])[] = [];
  for (let i = 0; i < ROUNDS; i++) rounds.push(await round(browser));
  const of = (at: number): readonly number[] => rounds.map(values => values[at]!);
  const figures: readonly Measured[] = [
    { name: 'first paint', values: of(0), limit: 100 },
    { name: 'why: reasons of a hit', values: of(1), limit: 100 },
    { name: 'why: two hits compared', values: of(2), limit: 100 },
    { name: 'longest frame, 200 hits', values: of(3), limit: 32 },
    { name: '95th of 100 frames', values: of(4), limit: 32 },
  ];
  for (const { name, values, limit } of figures)
    console.log(
      `  ${name.padEnd(28)} ${median(values).toFixed(1)} ms  (limit ${limit}; ${Math.min(...values).toFixed(1)} to ${Math.max(...values).toFixed(1)} in ${ROUNDS} rounds)`,
    );
} finally {
  await browser.close();
}
