/** How much one document may unpack to, whatever its parts declare. */

/** Of one part, and of all parts of a document together with what is embedded in it. */
const MAX_PART_BYTES = 64 * 1024 * 1024;
const MAX_TOTAL_BYTES = 256 * 1024 * 1024;

/** A document unpacks to more than is read of one. */
export class UnpacksTooLargeError extends Error {
  override readonly name = 'UnpacksTooLargeError';
}

/** Shared by a document and what is embedded in it, so that a hundred bombs cost no more than one. */
export class UnpackBudget {
  readonly part: number;
  #left: number;

  constructor(part = MAX_PART_BYTES, total = MAX_TOTAL_BYTES) {
    this.part = part;
    this.#left = total;
  }

  /** The most that the next part may unpack to. */
  get room(): number {
    return Math.min(this.part, this.#left);
  }

  /** Throws `UnpacksTooLargeError` for more than there is room for. */
  take(bytes: number): void {
    if (bytes > this.room) throw new UnpacksTooLargeError('a part');
    this.#left -= bytes;
  }
}
