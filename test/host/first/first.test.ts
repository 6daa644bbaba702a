/**
 * The first minute with a folder in a real extension host: time until the first answer, and how long the host's event
 * loop was held up while the folder was indexed. It prints figures; only that there are answers is a test.
 */
import assert from 'node:assert/strict';
import { monitorEventLoopDelay, type IntervalHistogram } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { malmoi, until } from '../suite/malmoi.ts';

/** Milliseconds between two looks of the monitor, which it counts as delay. */
const RESOLUTION = 1;
const SECONDS = Number(process.env['MALMOI_FIRST_SECONDS'] ?? 60);

function started(): IntervalHistogram {
  const histogram = monitorEventLoopDelay({ resolution: RESOLUTION });
  histogram.enable();
  return histogram;
}

function delays(histogram: IntervalHistogram): string {
  histogram.disable();
  const at = (nanoseconds: number): string => Math.max(0, nanoseconds / 1e6 - RESOLUTION).toFixed(1);
  const parts = [50, 99, 99.9].map(share => `p${share} ${at(histogram.percentile(share))}`);
  return `${parts.join(' · ')} · most ${at(histogram.max)} ms of ${histogram.count} looks`;
}

describe('the first minute', function () {
  this.timeout((SECONDS + 120) * 1_000);

  it('answers, and leaves the window its event loop', async () => {
    const loading = started();
    const begun = performance.now();
    const { client, folders, status, activation } = await malmoi();
    const answer = await until('a first answer', async () => {
      const request = { folders: folders.paths, query: '연차', limit: 10, channel: 'hybrid' } as const;
      const { hits } = await client.search(request);
      return hits.length > 0 && hits;
    });
    console.log(`      activate ${activation.toFixed(1)} ms`);
    console.log(
      `      first answer ${(performance.now() - begun).toFixed(0)} ms after the extension was asked for`,
    );
    console.log(`      and ${performance.now().toFixed(0)} ms after the extension host's process began`);
    console.log(`      event loop until then: ${delays(loading)}`);
    assert.ok(answer.length > 0);

    const indexing = started();
    const end = Date.now() + SECONDS * 1_000;
    const isRead = (): boolean => status.value !== null && status.value.read === status.value.total;
    while (Date.now() < end && !isRead()) await sleep(200);
    console.log(`      ${status.value?.read ?? 0} of ${status.value?.total ?? 0} files by letters`);
    console.log(`      event loop while indexing: ${delays(indexing)}`);
    const after = started();
    await sleep(5_000);
    console.log(`      event loop in five seconds after it: ${delays(after)}`);
  });
});
