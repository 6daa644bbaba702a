/** One request to a server: its answer as data that nobody has looked at yet, its errors as `TeamFault`. */
import type { Client } from '@opensearch-project/opensearch';
import { abortError } from '../../threads/abort.ts';
import { faultOf } from './teamFault.ts';

export interface TeamRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number | boolean>>;
  readonly body?: object;
  /** Lines of JSON, in place of `body`. */
  readonly lines?: string;
}

export interface SendOptions {
  readonly signal?: AbortSignal | undefined;
  /** Time of eviction in milliseconds. */
  readonly timeout?: number | undefined;
}

/** Rejects with `TeamFault` or `AbortError`. */
export async function send(
  client: Client,
  { method, path, query, body, lines }: TeamRequest,
  { signal, timeout }: SendOptions = {},
): Promise<unknown> {
  if (isAborted(signal)) throw abortError();
  const request = client.transport.request(
    {
      method,
      path,
      ...(query === undefined ? {} : { querystring: { ...query } }),
      ...(body === undefined ? {} : { body: { ...body } }),
      ...(lines === undefined ? {} : { bulkBody: lines }),
    },
    timeout === undefined ? {} : { requestTimeout: timeout },
  );
  // What an abort returns may reject, and a listener that returned it would end the process.
  const stop = (): void => {
    request.abort();
  };
  signal?.addEventListener('abort', stop, { once: true });
  try {
    return (await request).body as unknown;
  } catch (error) {
    if (isAborted(signal)) throw abortError();
    throw faultOf(error);
  } finally {
    signal?.removeEventListener('abort', stop);
  }
}

function isAborted(signal: AbortSignal | undefined): boolean {
  return signal?.aborted === true;
}
