/** HTTP for downloads: through the proxy, with redirects, and without sending a secret to any other host. */
import type { Readable } from 'node:stream';
import tls from 'node:tls';
import { Agent, ProxyAgent, request, type Dispatcher } from 'undici';
import { proxyFor, type ProxySettings } from './proxy.ts';
import { connectionError, parsedUrl, shownUrl, TransferError, type ResponseHead } from './transferError.ts';

export interface NetworkOptions extends ProxySettings {
  /** The setting `http.proxyStrictSSL`: false accepts any certificate. */
  readonly strictSsl?: boolean;
  /** Certificates (PEM) to trust beside Node's and the system's. */
  readonly certificates?: readonly string[];
}

export interface NetworkResponse extends ResponseHead {
  /** The body must be read to its end or destroyed. */
  readonly body: Readable;
  /** The address after redirects. */
  readonly url: string;
}

export interface GetOptions {
  readonly headers?: Readonly<Record<string, string>>;
  /** The token goes only to the origin of the first address, never along with a redirect to another. */
  readonly token?: string | undefined;
  readonly signal?: AbortSignal;
}

const REDIRECTS = new Set([301, 302, 303, 307, 308]);
const MAX_REDIRECTS = 10;
const CONNECT_TIMEOUT = 20_000;
const AGENT = 'malmoi';

export class Network {
  readonly #options: NetworkOptions;
  /** Dispatchers by address of the proxy; '' for direct connections. */
  readonly #dispatchers = new Map<string, Dispatcher>();

  constructor(options: NetworkOptions) {
    this.#options = options;
  }

  /** Resolves with any status except a redirect. Rejects with `TransferError`, or with the signal's reason. */
  async get(url: string, { headers = {}, token, signal }: GetOptions = {}): Promise<NetworkResponse> {
    let target = parsed(url);
    const { origin } = target;
    for (let hops = 0; hops <= MAX_REDIRECTS; hops++) {
      const secret = token !== undefined && target.origin === origin;
      const sent: Record<string, string> = {
        'user-agent': AGENT,
        'accept-encoding': 'identity',
        ...headers,
        ...(secret ? { authorization: `Bearer ${token}` } : {}),
      };
      const response = await this.#request(target, sent, signal);
      const location = response.headers['location'];
      if (!REDIRECTS.has(response.status) || location === undefined) return response;
      response.body.destroy();
      const next = parsed(location, target.href);
      if (target.protocol === 'https:' && next.protocol !== 'https:')
        throw new TransferError('downloadFailed', `${shownUrl(url)} → ${shownUrl(next.href)}`, {
          again: false,
        });
      target = next;
    }
    throw new TransferError('downloadFailed', `${shownUrl(url)} (${MAX_REDIRECTS} redirects)`, {
      again: false,
    });
  }

  async #request(
    target: URL,
    headers: Record<string, string>,
    signal: AbortSignal | undefined,
  ): Promise<NetworkResponse> {
    try {
      const {
        statusCode,
        headers: received,
        body,
      } = await request(target, {
        dispatcher: this.#dispatcherFor(target),
        headers,
        ...(signal === undefined ? {} : { signal }),
      });
      // The connection may break before the body is first read; reading it then reports the error again.
      body.on('error', () => undefined);
      const plain = Object.entries(received).map(([name, value]) => [
        name,
        Array.isArray(value) ? value[0] : value,
      ]);
      return { status: statusCode, headers: Object.fromEntries(plain), body, url: target.href };
    } catch (error) {
      if (signal?.aborted === true) throw signal.reason;
      throw connectionError(error, target.href);
    }
  }

  #dispatcherFor(target: URL): Dispatcher {
    const proxy = proxyFor(target, this.#options) ?? '';
    let dispatcher = this.#dispatchers.get(proxy);
    if (dispatcher === undefined) {
      dispatcher = this.#newDispatcher(proxy);
      this.#dispatchers.set(proxy, dispatcher);
    }
    return dispatcher;
  }

  #newDispatcher(proxy: string): Dispatcher {
    const { strictSsl = true, certificates = [] } = this.#options;
    const trusted = { rejectUnauthorized: strictSsl, ...trustedCertificates(certificates) };
    const connect = { timeout: CONNECT_TIMEOUT, ...trusted };
    // The caller's own signal ends stalled requests.
    const patience = { headersTimeout: 0, bodyTimeout: 0 };
    if (proxy === '') return new Agent({ connect, ...patience });
    if (!/^https?:$/.test(parsedUrl(proxy)?.protocol ?? ''))
      throw new TransferError('downloadProxy', shownUrl(proxy), { again: false });
    return new ProxyAgent({
      uri: proxy,
      proxyTls: connect,
      requestTls: connect,
      proxyTunnel: false,
      ...patience,
    });
  }

  async close(): Promise<void> {
    await Promise.all(Array.from(this.#dispatchers.values(), dispatcher => dispatcher.destroy()));
    this.#dispatchers.clear();
  }
}

function parsed(address: string, base?: string): URL {
  const url = parsedUrl(address, base);
  if (url?.protocol === 'https:' || url?.protocol === 'http:') return url;
  throw new TransferError('downloadFailed', shownUrl(base ?? address), { again: false });
}

/**
 * Company certificates stand in the system's store, which Node reads from 22.15 on; older versions know only their own.
 */
function trustedCertificates(extra: readonly string[]): { readonly ca?: string[] } {
  const { getCACertificates } = tls as { getCACertificates?: (type: 'default' | 'system') => string[] };
  const system = getCACertificates === undefined ? [] : getCACertificates('system');
  if (extra.length === 0 && system.length === 0) return {};
  return { ca: [...(getCACertificates?.('default') ?? tls.rootCertificates), ...system, ...extra] };
}
