/** Deflated bytes -> bytes, with an end to how many. */
import { constants, inflateRawSync } from 'node:zlib';
import { Inflate } from 'fflate';
import { UnpacksTooLargeError, type UnpackBudget } from './unpackBudget.ts';

/** No text is packed as tightly as a bomb: real sheets of equal rows reach 200 to 1. */
const MAX_RATIO = 500;
/** Below this size the ratio says nothing. */
const FREE_BYTES = 4 * 1024 * 1024;
/** One step of the tolerant way unpacks to at most a thousand times this. */
const STEP = 4096;

/**
 * What raw deflated data holds. Data that is broken in the middle gives what stands before the break; throws
 * `UnpacksTooLargeError` above the budget.
 */
export function inflateWithin(packed: Uint8Array, budget: UnpackBudget): Uint8Array {
  const room = Math.min(budget.room, Math.max(FREE_BYTES, packed.length * MAX_RATIO));
  let bytes: Uint8Array;
  try {
    bytes = inflateRawSync(packed, { maxOutputLength: room, finishFlush: constants.Z_SYNC_FLUSH });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ERR_BUFFER_TOO_LARGE') throw new UnpacksTooLargeError('a part');
    bytes = inflateUntilBroken(packed, room);
  }
  budget.take(bytes.length);
  return bytes;
}

function inflateUntilBroken(packed: Uint8Array, room: number): Uint8Array {
  const chunks: Uint8Array[] = [];
  let length = 0;
  const inflate = new Inflate(chunk => {
    chunks.push(chunk);
    length += chunk.length;
  });
  for (let at = 0; at < packed.length; at += STEP) {
    try {
      inflate.push(packed.subarray(at, at + STEP), at + STEP >= packed.length);
    } catch {
      break;
    }
    if (length > room) throw new UnpacksTooLargeError('a part');
  }
  return Buffer.concat(chunks);
}
