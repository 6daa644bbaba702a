/** The model alone, in its thread as the engine runs it. */
import fs from 'node:fs';
import path from 'node:path';
import { EncoderThread } from '../../src/model/encoderThread.ts';
import { openModelFolder } from '../../src/model/modelFolder.ts';
import { batchesOf } from '../../src/workspace/batches.ts';
import { encoderThreads } from '../../src/workspace/encoderThreads.ts';
import type { Bench } from './figures.ts';
import { percentile } from './figures.ts';
import { QUERIES } from './queries.ts';

const TEXTS = 96;
/** About the length of a passage. */
const CHARACTERS = 320;

export const encoder: Bench = async ({ folder, programs, model }) => {
  const threads = encoderThreads();
  const thread = new EncoderThread(path.join(programs, 'modelWorker.js'), {
    folder: await openModelFolder(model),
    threads,
  });
  try {
    const texts = textsOf(folder);
    // The first call opens the model.
    await thread.encode([{ kind: 'passage', context: '', text: texts[0]! }]);
    let tokens = 0;
    let milliseconds = 0;
    for (const batch of batchesOf(texts.map(text => text.length / 2))) {
      const encoded = await thread.encode(
        batch.map(i => ({ kind: 'passage', context: '', text: texts[i]! })),
      );
      tokens += encoded.tokens;
      milliseconds += encoded.milliseconds;
    }
    const queries: number[] = [];
    for (const query of QUERIES) {
      const started = performance.now();
      await thread.encodeQuery(query);
      queries.push(performance.now() - started);
    }
    return [
      {
        name: 'encoder',
        value: (tokens / milliseconds) * 1000,
        unit: 'tokens/s',
        note: `${threads} threads`,
      },
      { name: 'query encoding p50', value: percentile(queries, 0.5), unit: 'ms' },
      { name: 'query encoding p95', value: percentile(queries, 0.95), unit: 'ms' },
    ];
  } finally {
    await thread.close();
  }
};

/** Pieces of the folder's own documents. */
function textsOf(folder: string): string[] {
  const files = fs
    .readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(name => /\.(md|mdx|txt)$/i.test(name))
    .sort();
  const texts: string[] = [];
  for (const file of files) {
    const text = fs.readFileSync(path.join(folder, file), 'utf8');
    for (let at = 0; at + CHARACTERS <= text.length && at < 4 * CHARACTERS; at += CHARACTERS) {
      texts.push(text.slice(at, at + CHARACTERS));
    }
    if (texts.length >= TEXTS) break;
  }
  return texts.slice(0, TEXTS);
}
