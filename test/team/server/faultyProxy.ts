/** Stands before a server and does what networks and servers do on bad days. */
import http from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ProxyAnswer {
  readonly status: number;
  readonly body: string;
  readonly type?: string;
}

export interface ProxyRequest {
  readonly method: string;
  readonly path: string;
  readonly body: string;
  readonly headers: http.IncomingHttpHeaders;
}

export class FaultyProxy implements AsyncDisposable {
  readonly #target: string;
  readonly #server: http.Server;
  /** All that came, as it came. */
  readonly requests: ProxyRequest[] = [];
  /** In place of the server's answer; null lets the request through. */
  answer: (request: ProxyRequest, number: number) => ProxyAnswer | 'cut' | null = () => null;
  /** The answer of the server is lost on its way back, though it did what was asked. */
  loses: (request: ProxyRequest) => boolean = () => false;
  /** Milliseconds that each answer takes longer. */
  delay = 0;

  private constructor(target: string) {
    this.#target = target;
    this.#server = http.createServer((request, response) => void this.#serve(request, response));
  }

  static async before(target: string): Promise<FaultyProxy> {
    const proxy = new FaultyProxy(target);
    await new Promise<void>(resolve => proxy.#server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async #serve(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const parts: Uint8Array[] = [];
    for await (const part of request) parts.push(part as Uint8Array);
    const body = Buffer.concat(parts).toString();
    const { method = 'GET', url: path = '/', headers } = request;
    const asked = { method, path, body, headers };
    this.requests.push(asked);
    if (this.delay > 0) await new Promise(resolve => setTimeout(resolve, this.delay));
    const own = this.answer(asked, this.requests.length);
    if (own === 'cut') {
      response.destroy();
      return;
    }
    if (own !== null) {
      response.writeHead(own.status, { 'content-type': own.type ?? 'application/json' }).end(own.body);
      return;
    }
    try {
      const answer = await fetch(this.#target + path, {
        method,
        headers: { 'content-type': headers['content-type'] ?? 'application/json' },
        ...(body === '' ? {} : { body }),
      });
      const text = await answer.text();
      if (this.loses(asked)) response.destroy();
      else
        response
          .writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? 'text/plain' })
          .end(text);
    } catch {
      response.destroy();
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise(resolve => this.#server.close(resolve));
  }
}
