/** Deflated bytes -> bytes, with an end to how many. */
import { constants, inflateRawSync } from 'node:zlib';
import { UnpacksTooLargeError, type UnpackBudget } from './unpackBudget.ts';

/** No text is packed as tightly as a bomb: real sheets of equal rows reach 200 to 1. */
const MAX_RATIO = 500;
/** Below this size the ratio says nothing. */
const FREE_BYTES = 4 * 1024 * 1024;

/**
 * What raw deflated data holds. Data that is cut off or broken gives what stands before that place: half a text is
 * found, none is not. Throws `UnpacksTooLargeError` above the budget, and nothing else.
 */
export function inflateWithin(packed: Uint8Array, budget: UnpackBudget): Uint8Array {
  const room = Math.min(budget.room, Math.max(FREE_BYTES, packed.length * MAX_RATIO));
  const bytes = inflated(packed, room) ?? inflatedUntilBroken(packed, room);
  budget.take(bytes.length);
  return bytes;
}

/** Null where the data is broken; what is there of data that only ends too early. */
function inflated(packed: Uint8Array, room: number): Uint8Array | null {
  if (packed.length === 0) return packed;
  try {
    return inflateRawSync(packed, { maxOutputLength: room, finishFlush: constants.Z_SYNC_FLUSH });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ERR_BUFFER_TOO_LARGE') throw new UnpacksTooLargeError('a part');
    return null;
  }
}

/** The longest beginning that is not broken is found by halving: zlib keeps nothing of data that is. */
function inflatedUntilBroken(packed: Uint8Array, room: number): Uint8Array {
  let best: Uint8Array = new Uint8Array();
  let [good, broken] = [0, packed.length];
  while (broken - good > 1) {
    const middle = (good + broken) >>> 1;
    const bytes = inflated(packed.subarray(0, middle), room);
    if (bytes === null) broken = middle;
    else [good, best] = [middle, bytes];
  }
  return best;
}
