/** A hub on the loopback interface, honest until told otherwise: each request of a file takes the next fault. */
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import http from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';

export const ID = 'owner/PIXIE-v1.5';
export const COMMIT = 'c0ffee'.padEnd(40, '0');

export interface FileRequest {
  readonly request: http.IncomingMessage;
  readonly response: http.ServerResponse;
  readonly content: Buffer;
  /** Where the asked range begins. */
  readonly start: number;
  readonly serve: () => void;
}

export type Fault = (request: FileRequest) => void;

export class HubServer {
  readonly files = new Map<string, Buffer>();
  /** Files in large-file storage: listed with their SHA-256. */
  readonly large = new Set<string>();
  faults: Fault[] = [];
  apiFaults: ((request: http.IncomingMessage, response: http.ServerResponse) => boolean)[] = [];
  readonly requests: { readonly url: string; readonly headers: http.IncomingHttpHeaders }[] = [];
  /** Changes an entry of the listing. */
  listed: (entry: Record<string, unknown>) => Record<string, unknown> = entry => entry;
  /** Null: the server gives no entity tags. */
  etag: ((path: string) => string) | null = path => `"${sha256(this.files.get(path)!)}"`;
  pageSize = Infinity;
  readonly #server: http.Server | https.Server;

  constructor(tls?: { readonly key: string; readonly cert: string }) {
    const listener: http.RequestListener = (request, response) => this.#answer(request, response);
    this.#server = tls === undefined ? http.createServer(listener) : https.createServer(tls, listener);
  }

  async listen(): Promise<void> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  get base(): string {
    return `http${this.#server instanceof https.Server ? 's' : ''}://127.0.0.1:${this.port}`;
  }

  add(path: string, content: Buffer, large = content.length > 1_000): void {
    this.files.set(path, content);
    if (large) this.large.add(path);
  }

  /** `range` headers of the requests for one file, '' where there was none. */
  ranges(path: string): readonly string[] {
    return this.requests
      .filter(({ url }) => url.endsWith(`/${path}`))
      .map(({ headers }) => headers.range ?? '');
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  #answer(request: http.IncomingMessage, response: http.ServerResponse): void {
    const url = request.url!.replace(/^http:\/\/[^/]*/, '');
    this.requests.push({ url, headers: request.headers });
    response.on('error', () => undefined);
    if (url.startsWith('/api/')) {
      if (this.apiFaults.shift()?.(request, response) === true) return;
      return this.#api(url, response);
    }
    const [, encoded] = new RegExp(`^/${ID}/resolve/${COMMIT}/(.*)$`).exec(url) ?? [];
    const path = decodeURIComponent(encoded ?? '');
    const content = this.files.get(path);
    if (content === undefined) return void response.writeHead(404).end();
    const [, first] = /^bytes=(\d+)-$/.exec(request.headers.range ?? '') ?? [];
    const tag = this.etag?.(path);
    const whole = request.headers['if-range'] !== undefined && request.headers['if-range'] !== tag;
    const start = first === undefined || whole ? 0 : Number(first);
    const serve = (): void => {
      const headers = {
        ...(tag === undefined ? {} : { etag: tag }),
        'content-type': 'application/octet-stream',
      };
      if (first !== undefined && !whole) {
        if (start >= content.length)
          return void response.writeHead(416, { 'content-range': `bytes */${content.length}` }).end();
        const range = `bytes ${start}-${content.length - 1}/${content.length}`;
        response.writeHead(206, {
          ...headers,
          'content-range': range,
          'content-length': content.length - start,
        });
      } else response.writeHead(200, { ...headers, 'content-length': content.length });
      response.end(content.subarray(start));
    };
    (this.faults.shift() ?? serve)({ request, response, content, start, serve });
  }

  #api(url: string, response: http.ServerResponse): void {
    const json = (value: unknown, headers: http.OutgoingHttpHeaders = {}): void =>
      void response
        .writeHead(200, { 'content-type': 'application/json', ...headers })
        .end(JSON.stringify(value));
    if (['main', COMMIT].some(revision => url === `/api/models/${ID}/revision/${revision}`))
      return json({ sha: COMMIT, cardData: { license: 'apache-2.0' }, tags: ['license:other'] });
    const [, page] =
      new RegExp(`^/api/models/${ID}/tree/${COMMIT}\\?recursive=true(?:&page=(\\d+))?$`).exec(url) ?? [];
    if (!url.startsWith(`/api/models/${ID}/tree/`)) return void response.writeHead(404).end('{}');
    const at = Number(page ?? 0);
    const rows = Array.from(this.files, ([path, content]) => this.listed(this.#row(path, content)));
    const next = `<${this.base}/api/models/${ID}/tree/${COMMIT}?recursive=true&page=${at + 1}>; rel="next"`;
    const more = (at + 1) * this.pageSize < rows.length;
    json(
      Number.isFinite(this.pageSize) ? rows.slice(at * this.pageSize, (at + 1) * this.pageSize) : rows,
      more ? { link: next } : {},
    );
  }

  #row(path: string, content: Buffer): Record<string, unknown> {
    const blob = createHash('sha1').update(`blob ${content.length}\0`).update(content).digest('hex');
    const lfs = { oid: sha256(content), size: content.length, pointerSize: 134 };
    return { type: 'file', path, size: content.length, oid: blob, ...(this.large.has(path) ? { lfs } : {}) };
  }
}

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Sends `count` bytes of what was asked for, then breaks the connection. */
export function dropAfter(count: number): Fault {
  return ({ response, content, start, request }) => {
    const rest = content.length - start;
    const partial = request.headers.range !== undefined;
    response.writeHead(partial ? 206 : 200, {
      'content-length': rest,
      ...(partial ? { 'content-range': `bytes ${start}-${content.length - 1}/${content.length}` } : {}),
    });
    response.write(content.subarray(start, start + Math.min(count, rest - 1)), () => hangUp(response));
  };
}

/** Ends the connection when what was written should have arrived, also on a busy machine. */
export function hangUp(response: http.ServerResponse): void {
  setTimeout(() => response.destroy(), 60);
}

/** Sends `count` bytes, then nothing more. */
export function stallAfter(count: number): Fault {
  return ({ response, content, start, request }) => {
    const partial = request.headers.range !== undefined;
    response.writeHead(partial ? 206 : 200, {
      'content-length': content.length - start,
      ...(partial ? { 'content-range': `bytes ${start}-${content.length - 1}/${content.length}` } : {}),
    });
    response.write(content.subarray(start, start + count));
  };
}

export function answer(
  status: number,
  headers: http.OutgoingHttpHeaders = {},
  body: string | Buffer = '',
): Fault {
  return ({ response }) => void response.writeHead(status, headers).end(body);
}
