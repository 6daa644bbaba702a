/** Compressed parts of a document -> bytes, with an end to how many there may be. */
import { Inflate } from 'fflate';

/** Of one part, and of all parts of a document together. */
const MAX_PART = 64 * 1024 * 1024;
const MAX_ALL = 256 * 1024 * 1024;

/** Ends the reading of a document whose parts unpack to more than anybody's document does. */
export class UnpacksTooLargeError extends Error {}

/** Counts what a document unpacks to. */
export class UnpackLimit {
  #left: number;
  readonly #part: number;

  constructor(part = MAX_PART, all = MAX_ALL) {
    this.#part = part;
    this.#left = all;
  }

  /** Bytes that one more part may have. */
  get room(): number {
    return Math.min(this.#part, this.#left);
  }

  take(bytes: number): void {
    if (bytes > this.room) throw new UnpacksTooLargeError('unpacks to more than is read of one file');
    this.#left -= bytes;
  }
}

/** Compressed bytes given to the inflater at once: a bomb is seen after each, and damage costs no more than these. */
const STEP = 16 * 1024;

/**
 * Raw deflate. A stream that is cut off or damaged gives what comes before the damage: half a text is found, none is
 * not. Throws `UnpacksTooLargeError` only.
 */
export function inflateRaw(packed: Uint8Array, limit: UnpackLimit): Uint8Array {
  const chunks: Uint8Array[] = [];
  let length = 0;
  const inflate = new Inflate(chunk => {
    length += chunk.length;
    if (length > limit.room) throw new UnpacksTooLargeError('unpacks to more than is read of one file');
    chunks.push(chunk);
  });
  try {
    // Never said to be the last one: of a stream that is cut off there the inflater would give nothing.
    for (let at = 0; at < packed.length; at += STEP) inflate.push(packed.subarray(at, at + STEP));
  } catch (error) {
    if (error instanceof UnpacksTooLargeError) throw error;
  }
  limit.take(length);
  return joined(chunks, length);
}

function joined(chunks: readonly Uint8Array[], length: number): Uint8Array {
  const [only] = chunks;
  if (chunks.length === 1 && only !== undefined) return only;
  const whole = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}
