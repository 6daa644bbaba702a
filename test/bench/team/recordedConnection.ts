/** The client's connection, noting what goes over it, so that the same requests can be sent once more. */
import type http from 'node:http';
import { Client } from '@opensearch-project/opensearch';
import { BoundedConnection } from '../../../src/team/client/boundedConnection.ts';

export interface Recorded {
  readonly path: string;
  readonly body: string;
  readonly contentType: string;
}

export class Recorder {
  requests: Recorded[] = [];

  /** Opens a client whose requests are noted here. */
  open(url: string): Client {
    const note = (recorded: Recorded): void => void this.requests.push(recorded);
    class RecordedConnection extends BoundedConnection {
      override request(
        params: Parameters<BoundedConnection['request']>[0],
        callback: Parameters<BoundedConnection['request']>[1],
      ): http.ClientRequest {
        const { path, body, headers } = params as http.RequestOptions & { readonly body?: unknown };
        const named = new Headers(headers as Record<string, string>);
        note({
          path: path ?? '/',
          body: typeof body === 'string' ? body : '',
          contentType: named.get('content-type') ?? 'application/json',
        });
        return super.request(params, callback);
      }
    }
    return new Client({ node: url, Connection: RecordedConnection, maxRetries: 0 });
  }

  /** What was noted since it was asked last. */
  take(): readonly Recorded[] {
    const { requests } = this;
    this.requests = [];
    return requests;
  }
}
