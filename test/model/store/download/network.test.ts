import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import http from 'node:http';
import net, { type AddressInfo } from 'node:net';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import {
  Network,
  type GetOptions,
  type NetworkOptions,
} from '../../../../src/model/store/download/network.ts';
import { UserError } from '../../../../src/errors/userError.ts';
import { codeOf } from '../../../fakes/errorCode.ts';
import { HubServer } from '../../../fakes/hubServer.ts';

const TLS = path.join(import.meta.dirname, '../../../fixtures/tls');

describe('Network', () => {
  const closing: (() => Promise<unknown>)[] = [];
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close();
  });

  const network = (options: Partial<NetworkOptions> = {}): Network => {
    const made = new Network({ environment: {}, ...options });
    closing.push(() => made.close());
    return made;
  };
  const get = async (made: Network, url: string, options?: GetOptions): Promise<string> =>
    text((await made.get(url, options)).body);

  interface Served {
    readonly base: string;
    readonly seen: http.IncomingMessage[];
  }
  const serve = async (listener: http.RequestListener): Promise<Served> => {
    const seen: http.IncomingMessage[] = [];
    const server = http.createServer((request, response) => {
      seen.push(request);
      listener(request, response);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    closing.push(async () => {
      server.closeAllConnections();
      server.close();
    });
    return { base: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen };
  };

  /** A proxy that resolves every name to the loopback interface. */
  const proxy = async (
    refuse = 0,
  ): Promise<{ readonly address: string; readonly asked: string[]; readonly credentials: string[] }> => {
    const asked: string[] = [];
    const credentials: string[] = [];
    const server = http.createServer((request, response) => {
      asked.push(`${request.method} ${request.url}`);
      credentials.push(request.headers['proxy-authorization'] ?? '');
      if (refuse !== 0) {
        response.writeHead(refuse).end();
        return;
      }
      const { port, pathname } = new URL(request.url!);
      http.get({ host: '127.0.0.1', port, path: pathname, headers: request.headers }, answer => {
        response.writeHead(answer.statusCode!, answer.headers);
        answer.pipe(response);
      });
    });
    server.on('connect', (request: http.IncomingMessage, socket: net.Socket) => {
      asked.push(`CONNECT ${request.url}`);
      credentials.push(request.headers['proxy-authorization'] ?? '');
      if (refuse !== 0) {
        socket.end(`HTTP/1.1 ${refuse} No\r\n\r\n`);
        return;
      }
      const upstream = net.connect(Number(request.url!.split(':')[1]), '127.0.0.1', () => {
        socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
        upstream.pipe(socket).pipe(upstream);
      });
      for (const each of [socket, upstream]) each.on('error', () => upstream.destroy());
      closing.push(async () => void upstream.destroy());
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    closing.push(async () => {
      server.closeAllConnections();
      server.close();
    });
    return { address: `127.0.0.1:${(server.address() as AddressInfo).port}`, asked, credentials };
  };

  const secure = async (): Promise<HubServer> => {
    const [key, cert] = await Promise.all(
      ['key.pem', 'certificate.pem'].map(name => readFile(path.join(TLS, name), 'utf8')),
    );
    const server = new HubServer({ key: key!, cert: cert! });
    await server.listen();
    closing.push(() => server.close());
    return server;
  };

  it('follows redirects, and sends the token to the first host only', async () => {
    const other = await serve((_, response) => void response.end('there'));
    const first = await serve((request, response) =>
      request.url === '/a'
        ? void response.writeHead(307, { location: '/b' }).end()
        : void response.writeHead(302, { location: `${other.base}/c` }).end(),
    );
    assert.equal(await get(network(), `${first.base}/a`, { token: 'secret' }), 'there');
    assert.deepEqual(
      [...first.seen, ...other.seen].map(({ headers }) => headers.authorization),
      ['Bearer secret', 'Bearer secret', undefined],
    );
  });

  it('says the address in an error without its query, token or password', async () => {
    const made = network({ proxy: 'http://me:hidden@127.0.0.1:9' });
    await assert.rejects(
      made.get('http://hub.test/x?signature=hidden', { token: 'hidden' }),
      (error: Error) => {
        assert.ok(error instanceof UserError && !error.message.includes('hidden'));
        return true;
      },
    );
  });

  it('goes through the proxy of the settings, with its credentials', async () => {
    const { base } = await serve((_, response) => void response.end('behind'));
    const { address, asked, credentials } = await proxy();
    const port = new URL(base).port;
    const made = network({
      proxy: `http://me:pass@${address}`,
      environment: { HTTP_PROXY: 'http://127.0.0.1:9' },
    });
    assert.equal(await get(made, `http://hub.test:${port}/x`), 'behind');
    assert.deepEqual(asked, [`GET http://hub.test:${port}/x`]);
    assert.deepEqual(credentials, [`Basic ${Buffer.from('me:pass').toString('base64')}`]);
  });

  it('tunnels to a secure server through the proxy of the environment', async () => {
    const server = await secure();
    const { address, asked } = await proxy();
    const certificates = [await readFile(path.join(TLS, 'certificate.pem'), 'utf8')];
    const made = network({ environment: { https_proxy: address }, certificates });
    const { status, body } = await made.get(`https://hub.test:${server.port}/nothing`);
    body.resume();
    assert.equal(status, 404);
    assert.deepEqual(asked, [`CONNECT hub.test:${server.port}`]);
  });

  it('says that the proxy refused', async () => {
    const server = await secure();
    const { address } = await proxy(407);
    const made = network({ proxy: address });
    assert.equal(await codeOf(made.get(`https://hub.test:${server.port}/`)), 'downloadProxy');
    assert.equal(await codeOf(made.get('http://hub.test/')), 'downloadProxy');
    assert.equal(
      await codeOf(network({ proxy: 'socks5://127.0.0.1:9' }).get('http://hub.test/')),
      'downloadProxy',
    );
  });

  it('explains a certificate that is not trusted, and can be told to trust it', async () => {
    const server = await secure();
    const url = `${server.base}/x`;
    assert.equal(await codeOf(network().get(url)), 'downloadTls');
    const certificates = [await readFile(path.join(TLS, 'certificate.pem'), 'utf8')];
    for (const options of [{ certificates }, { strictSsl: false }]) {
      const { status, body } = await network(options).get(url);
      body.resume();
      assert.equal(status, 404);
    }
  });

  it('never goes from a secure address to another kind', async () => {
    const plain = await serve((_, response) => void response.end('read by all'));
    const server = await secure();
    server.apiFaults = [(_, response) => response.writeHead(302, { location: plain.base }).end() !== null];
    assert.equal(await codeOf(network({ strictSsl: false }).get(`${server.base}/api/x`)), 'downloadFailed');
    assert.equal(plain.seen.length, 0);
  });

  it('says that a server cannot be reached', async () => {
    assert.equal(await codeOf(network().get('http://127.0.0.1:9/')), 'downloadUnreachable');
    assert.equal(await codeOf(network().get('http://no-such-host.invalid/')), 'downloadUnreachable');
    assert.equal(await codeOf(network().get('file:///etc/passwd')), 'downloadFailed');
  });
});
