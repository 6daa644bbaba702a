import assert from 'node:assert/strict';
import { ReaderThread } from '../../src/readers/readerThread.ts';

/** Answers after a moment which of the threads it is, and that a file has vanished. */
const WORKER = new URL(
  `data:text/javascript,${encodeURIComponent(`
    import { parentPort, threadId } from 'node:worker_threads';
    parentPort.on('message', ({ id }) => setTimeout(
      () => parentPort.postMessage({ id, result: { result: 'vanished', threadId } }), 20));
  `)}`,
);
const DATA = { folder: null, rules: { minTokens: 96, maxTokens: 192 } };

/** How many threads read four files that come at once. */
async function threadsAt(share: number, count: number): Promise<number> {
  const reader = new ReaderThread(WORKER, DATA, count);
  try {
    const request = { file: '/a.md', path: 'a.md', knownHash: null };
    const answers = await Promise.all(
      Array.from({ length: 4 }, () => reader.read(request, undefined, share)),
    );
    return new Set(answers.map(answer => (answer as unknown as { threadId: number }).threadId)).size;
  } finally {
    await reader.close();
  }
}

describe('ReaderThread', () => {
  it('shares files out among its threads', async () => {
    assert.equal(await threadsAt(1, 2), 2);
  });
  it('leaves threads without files where a person wants the processor, but never all', async () => {
    assert.equal(await threadsAt(0.5, 2), 1);
    assert.equal(await threadsAt(0.75, 4), 3);
    assert.equal(await threadsAt(0.1, 2), 1);
  });
});
