/**
 * The frames of JSON-RPC (`Content-Length: N`, an empty line, N bytes) as they pass, with a bound on their size.
 *
 * The library's reader takes any length that a header names and keeps what has come until it is all there: whoever can
 * write to the socket could fill the memory of the process that reads.
 */
import { pipeline, Transform, type Duplex, type TransformCallback } from 'node:stream';

/** Bytes: the paths of a million changed files are less. */
export const LONGEST_REQUEST = 64 << 20;
/** Bytes: the text of the largest document that is read is less. */
export const LONGEST_ANSWER = 512 << 20;
/** Bytes, before both ends have proven who they are. */
export const LONGEST_GREETING = 4_096;
/** Bytes of a header; those of the protocol take some forty. */
const MAX_HEADER = 4_096;
const END = Buffer.from('\r\n\r\n');

export class BoundedMessages extends Transform {
  /** Bytes of a message that begins from now on. */
  limit: number;
  /** The received part of a header. */
  #header = Buffer.alloc(0);
  /** Bytes of the message that are still to come. */
  #left = 0;

  constructor(limit: number) {
    super();
    this.limit = limit;
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    const problem = this.#check(chunk);
    if (problem === null) done(null, chunk);
    else done(new Error(problem));
  }

  /** Describes the fault of the frames in a chunk; null where there is none. */
  #check(chunk: Buffer): string | null {
    for (let rest = chunk; rest.length > 0;) {
      if (this.#left > 0) {
        const taken = Math.min(this.#left, rest.length);
        this.#left -= taken;
        rest = rest.subarray(taken);
        continue;
      }
      const known = this.#header.length;
      this.#header = Buffer.concat([this.#header, rest.subarray(0, MAX_HEADER)]);
      const end = this.#header.indexOf(END);
      if (end === -1) {
        if (this.#header.length >= MAX_HEADER) return 'the header of a message is too long';
        return null;
      }
      const length = /^content-length:\s*(\d{1,15})\s*$/im.exec(this.#header.toString('latin1', 0, end))?.[1];
      if (length === undefined) return 'a message does not say its length';
      if (Number(length) > this.limit) return `a message is too long: ${length} bytes`;
      this.#left = Number(length);
      this.#header = Buffer.alloc(0);
      rest = rest.subarray(end + END.length - known);
    }
    return null;
  }
}

/** Reads messages from a socket; a socket that exceeds the bound (in bytes) is closed. */
export function boundedMessages(socket: Duplex, limit: number): BoundedMessages {
  const messages = new BoundedMessages(limit);
  pipeline(socket, messages, error => {
    // The reader hears of it as of any connection that closes.
    if (error) socket.destroy();
  });
  return messages;
}
