/**
 * Streamable HTTP on the loopback interface, for clients that share one server. Each session has its own
 * `McpServer`.
 */
import { randomUUID, webcrypto } from 'node:crypto';
import http from 'node:http';
import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import { refusalOf } from './guard.ts';

export interface HttpOptions {
  /** Port to listen on; 0 for any free one. */
  readonly port: number;
  readonly token: string;
  readonly open: () => McpServer;
  readonly log: (error: unknown) => void;
}

export interface HttpServer {
  readonly port: number;
  close(): Promise<void>;
}

export const ENDPOINT = '/mcp';
/** Maximum number of sessions; when another begins, the least recently used one ends. */
const MOST_SESSIONS = 32;

interface Session {
  readonly server: McpServer;
  readonly transport: StreamableHTTPServerTransport;
}

class Sessions {
  readonly #options: HttpOptions;
  /** Sessions in the order of their last use. */
  readonly #all = new Map<string, Session>();

  constructor(options: HttpOptions) {
    this.#options = options;
  }

  /** null where there is no such session. */
  async take(id: string | undefined): Promise<Session | null> {
    if (id === undefined) return this.#open();
    const session = this.#all.get(id);
    if (session === undefined) return null;
    this.#all.delete(id);
    this.#all.set(id, session);
    return session;
  }

  async #open(): Promise<Session> {
    const server = this.#options.open();
    const transport = new StreamableHTTPServerTransport({
      sessionIdGenerator: randomUUID,
      onsessioninitialized: id => {
        this.#all.set(id, { server, transport });
        for (const [oldest, session] of this.#all) {
          if (this.#all.size <= MOST_SESSIONS) break;
          this.#all.delete(oldest);
          void session.server.close();
        }
      },
      onsessionclosed: id => void this.#all.delete(id),
    });
    await server.connect(transport);
    return { server, transport };
  }

  async close(): Promise<void> {
    await Promise.all([...this.#all.values()].map(({ server }) => server.close()));
    this.#all.clear();
  }
}

/** Resolves when the server listens. */
export async function serveHttp(options: HttpOptions): Promise<HttpServer> {
  // Node 18 has no global `crypto`, and the SDK's transport draws its ids with it.
  globalThis.crypto ??= webcrypto;
  const sessions = new Sessions(options);
  const handle = async (request: http.IncomingMessage, response: http.ServerResponse): Promise<void> => {
    const refusal = refusalOf(request.headers, options.token);
    if (refusal !== null) return end(response, refusal);
    if (new URL(request.url ?? '/', 'http://localhost').pathname !== ENDPOINT) return end(response, 404);
    const id = request.headers['mcp-session-id'];
    const session = await sessions.take(typeof id === 'string' ? id : undefined);
    if (session === null) return end(response, 404);
    await session.transport.handleRequest(request, response);
    // A request that began no session leaves nothing behind.
    if (session.transport.sessionId === undefined) response.once('close', () => void session.server.close());
  };
  const server = http.createServer((request, response) => {
    handle(request, response).catch((error: unknown) => {
      options.log(error);
      if (!response.headersSent) end(response, 500);
      else response.destroy();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, '127.0.0.1', resolve);
  });
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : options.port,
    close: async () => {
      await sessions.close();
      server.closeAllConnections();
      await new Promise<void>(resolve => server.close(() => resolve()));
    },
  };
}

function end(response: http.ServerResponse, status: number): void {
  const headers = status === 401 ? { 'WWW-Authenticate': 'Bearer' } : {};
  response.writeHead(status, { ...headers, 'Content-Type': 'text/plain' });
  response.end(http.STATUS_CODES[status]);
}
