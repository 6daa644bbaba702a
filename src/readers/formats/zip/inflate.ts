/** Inflates bytes up to a limit. */
import { constants, inflateRawSync } from 'node:zlib';
import { UnpacksTooLargeError, type UnpackBudget } from './unpackBudget.ts';

/** No text compresses as tightly as a bomb: real sheets of equal rows reach 200 to 1. */
const MAX_RATIO = 500;
/** Below this size the ratio tells nothing. */
const FREE_BYTES = 4 * 1024 * 1024;

/**
 * The content of raw deflated data. Data that are truncated or broken yield what stands before that place, since half a
 * text can still be found. Throws `UnpacksTooLargeError` above the budget, and nothing else.
 */
export function inflateWithin(packed: Uint8Array, budget: UnpackBudget): Uint8Array {
  const room = Math.min(budget.room, Math.max(FREE_BYTES, packed.length * MAX_RATIO));
  const bytes = inflated(packed, room) ?? inflatedUntilBroken(packed, room);
  budget.take(bytes.length);
  return bytes;
}

/** Null where the data are broken; data that only end too early yield what is there. */
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

/**
 * Finds the longest unbroken beginning by halving, because zlib keeps nothing of broken data. Throws
 * `UnpacksTooLargeError` above `room` bytes.
 */
export function inflatedUntilBroken(packed: Uint8Array, room: number): Uint8Array {
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
