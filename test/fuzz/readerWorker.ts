/** Reads what it is sent, in a thread of its own: what hangs or eats all memory costs the thread. */
import { parentPort } from 'node:worker_threads';
import { readerFor } from '../../src/readers/readers.ts';
import { checkShape } from '../readers/formats/building.ts';

export interface FuzzRequest {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** `outcome`: `text`, or the reason; `crash` with what was thrown. */
export interface FuzzAnswer {
  readonly outcome: string;
  readonly detail: string;
}

async function answer({ name, bytes }: FuzzRequest): Promise<FuzzAnswer> {
  try {
    const reader = await readerFor(name);
    const result = await reader!(bytes);
    if ('problem' in result) return { outcome: result.problem, detail: result.detail ?? '' };
    checkShape(result);
    return { outcome: 'text', detail: '' };
  } catch (error) {
    return {
      outcome: 'crash',
      detail: error instanceof Error ? (error.stack ?? error.message) : String(error),
    };
  }
}

parentPort?.on('message', (request: FuzzRequest) => {
  void answer(request).then(said => parentPort?.postMessage(said));
});
