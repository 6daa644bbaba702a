import assert from 'node:assert/strict';
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { loadNative } from '../../../src/model/runtime/nativeRuntime.ts';

const NATIVE = new URL('../../../src/model/runtime/nativeRuntime.ts', import.meta.url).href;
const LOADS = `
  const { parentPort, workerData } = require('node:worker_threads');
  import(workerData)
    .then(({ loadNative }) => loadNative())
    .then(({ name }) => parentPort.postMessage(name), error => parentPort.postMessage(error.message));
`;

/** `test/offline` shows that nothing is sent; this, that the library is never loaded without the refusal. */
describe('telemetry of onnxruntime', () => {
  async function loadedInThread(env: NodeJS.ProcessEnv): Promise<unknown> {
    const worker = new Worker(LOADS, { eval: true, env, workerData: NATIVE });
    try {
      const [message] = (await once(worker, 'message')) as readonly unknown[];
      return message;
    } finally {
      await worker.terminate();
    }
  }

  it('is refused by the process that loads the library, whatever its environment said', async () => {
    process.env['ORT_DISABLE_TELEMETRY'] = '0';
    await loadNative();
    assert.equal(process.env['ORT_DISABLE_TELEMETRY'], '1');
  });

  it('keeps the library out of a thread whose process has not refused', async () => {
    assert.match(String(await loadedInThread({})), /ORT_DISABLE_TELEMETRY is not set/);
    assert.equal(await loadedInThread(process.env), 'native');
  });
});
