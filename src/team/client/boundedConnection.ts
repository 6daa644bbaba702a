/**
 * The client's connection with a limit on what an answer may be.
 *
 * The library's own reads answers of any length, and prints errors that come after an answer to standard output, which
 * belongs to the protocol where Malmoi serves agents.
 */
import http from 'node:http';
import https from 'node:https';
import { Transform } from 'node:stream';
import { Connection, errors } from '@opensearch-project/opensearch';

/** Of one answer. None is asked to be packed, so that a small one can't become a large one. */
export const MOST_BYTES = 32 * 1024 ** 2;

/** In the message of the error of a request that took too long. */
export const TIMED_OUT = 'ETIMEDOUT no answer in time';

export class BoundedConnection extends Connection {
  override request(
    params: Parameters<Connection['request']>[0],
    callback: (error: Error | null, response: http.IncomingMessage | null) => void,
  ): http.ClientRequest {
    const options = this.buildRequestObject(params);
    const request = (this.url.protocol === 'http:' ? http : https).request(options as https.RequestOptions);
    let isAnswered = false;
    const answer = (error: Error | null, response: http.IncomingMessage | null): void => {
      if (isAnswered) return;
      isAnswered = true;
      callback(error, response);
    };
    request.setNoDelay(true);
    request.on('response', response => answer(null, bounded(response)));
    request.on('timeout', () => {
      answer(new errors.ConnectionError(TIMED_OUT), null);
      request.destroy();
    });
    request.on('close', () => answer(new errors.ConnectionError('ECONNABORTED given up'), null));
    request.on('error', (error: NodeJS.ErrnoException) => {
      answer(new errors.ConnectionError(`${error.code ?? ''} ${error.message}`.trim()), null);
    });
    request.end(params.body as string | undefined);
    return request;
  }
}

/** An answer that ends with an error where it is longer than any honest one. */
function bounded(response: http.IncomingMessage): http.IncomingMessage {
  let bytes = 0;
  const limit = new Transform({
    transform: (chunk: Buffer, _, done) => {
      bytes += chunk.length;
      if (bytes > MOST_BYTES) {
        limit.destroy(new TooLargeError());
        response.destroy();
      } else done(null, chunk);
    },
  });
  response.on('error', error => limit.destroy(error));
  response.on('aborted', () =>
    limit.destroy(new errors.ConnectionError('ECONNRESET the answer was cut off')),
  );
  const { 'content-encoding': _, ...headers } = response.headers;
  const { statusCode } = response;
  return Object.assign(response.pipe(limit), { headers, statusCode }) as object as http.IncomingMessage;
}

export class TooLargeError extends Error {
  override readonly name = 'TooLargeError';

  constructor() {
    super(`more than ${MOST_BYTES} bytes`);
  }
}
