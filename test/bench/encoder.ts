/** The model alone, in its thread as the engine runs it. */
import path from 'node:path';
import type { EncodedBatch } from '../../src/model/encoder.ts';
import { EncoderPool } from '../../src/model/encoderPool.ts';
import { openModelFolder } from '../../src/model/modelFolder.ts';
import { batchesOf } from '../../src/workspace/indexing/stages/batches.ts';
import { encoderPlan } from '../../src/workspace/indexing/encoderPlan.ts';
import type { Bench } from './figures.ts';
import { percentile } from './figures.ts';
import { passagesOf } from './passagesOf.ts';
import { QUERIES } from './queries.ts';

export const encoder: Bench = async ({ folder, programs, model }) => {
  const opened = await openModelFolder(model);
  const plan = encoderPlan(opened.manifest);
  const texts = passagesOf(folder);
  const residentBefore = process.memoryUsage().rss;
  const pool = new EncoderPool(path.join(programs, 'modelWorker.js'), opened, plan);
  try {
    const encode = (batch: readonly number[]): Promise<EncodedBatch> =>
      pool.encode(batch.map(i => ({ kind: 'passage', context: '', text: texts[i]! })));
    // The first calls open the model.
    const opening = performance.now();
    await Promise.all(Array.from({ length: plan.sessions }, () => encode([0])));
    const ready = performance.now() - opening;
    const began = performance.now();
    const batches = await Promise.all(batchesOf(texts.map(text => text.length / 2)).map(encode));
    const seconds = (performance.now() - began) / 1000;
    const tokens = batches.reduce((sum, batch) => sum + batch.tokens, 0);
    const resident = process.memoryUsage().rss - residentBefore;
    const queries: number[] = [];
    for (const query of QUERIES) {
      const started = performance.now();
      await pool.encodeQuery(query);
      queries.push(performance.now() - started);
    }
    return [
      {
        name: 'encoder',
        value: tokens / seconds,
        unit: 'tokens/s',
        note: `${plan.sessions} sessions of ${plan.threads} threads`,
      },
      {
        name: 'model ready',
        value: ready,
        unit: 'ms',
        note: 'thread started, model opened, one text encoded',
      },
      {
        name: 'model memory',
        value: resident / 1e6,
        unit: 'MB',
        note: 'resident, beyond the process without it',
      },
      { name: 'query encoding p50', value: percentile(queries, 0.5), unit: 'ms' },
      { name: 'query encoding p95', value: percentile(queries, 0.95), unit: 'ms' },
    ];
  } finally {
    await pool.close();
  }
};
