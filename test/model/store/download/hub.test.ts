import assert from 'node:assert/strict';
import { Hub } from '../../../../src/model/store/download/hub.ts';
import { Network } from '../../../../src/model/store/download/network.ts';
import { codeOf } from '../../../fakes/errorCode.ts';
import { COMMIT, HubServer, ID } from '../../../fakes/hubServer.ts';

const RULES = { attempts: 3, totalAttempts: 9, firstDelay: 1, longestDelay: 5, stallTimeout: 1_000 };

describe('Hub', () => {
  let server: HubServer;
  let network: Network;
  beforeEach(async () => {
    server = new HubServer();
    server.add('model.safetensors', Buffer.alloc(2_000));
    server.add('config.json', Buffer.from('{}'));
    await server.listen();
    network = new Network({ environment: {} });
  });
  afterEach(async () => {
    await network.close();
    await server.close();
  });
  const list = (id = ID): ReturnType<Hub['list']> =>
    new Hub(network, { base: `${server.base}/`, token: 'secret', rules: RULES }).list(id);

  it('lists one commit, small files first, with licence and sizes', async () => {
    const { commit, license, files, bytes } = await list();
    assert.equal(commit, COMMIT);
    assert.equal(license, 'apache-2.0');
    assert.equal(bytes, 2_002);
    assert.deepEqual(
      files.map(file => [file.path, file.bytes, file.digest.kind]),
      [
        ['config.json', 2, 'gitBlob'],
        ['model.safetensors', 2_000, 'sha256'],
      ],
    );
    assert.ok(server.requests.every(({ headers }) => headers.authorization === 'Bearer secret'));
  });

  it('takes what a conversion needs and nothing else', async () => {
    const wanted = [
      '1_SpladePooling/config.json',
      'LICENSE',
      'README.md',
      'config.json',
      'model-00001-of-00002.safetensors',
      'model.safetensors',
      'model.safetensors.index.json',
      'modules.json',
      'tokenizer.json',
    ];
    const others = [
      'pytorch_model.bin',
      'onnx/model.onnx',
      'onnx/config.json',
      'vocab.txt',
      '.gitattributes',
      'a/b/c.json',
    ];
    for (const path of [...wanted, ...others]) server.add(path, Buffer.from('x'));
    const { files } = await list();
    assert.deepEqual(files.map(({ path }) => path).sort(), wanted);
  });

  it('follows the pages of a long listing', async () => {
    server.pageSize = 1;
    assert.equal((await list()).files.length, 2);
  });

  it('gets over errors that pass', async () => {
    server.apiFaults = [(_, response) => !response.writeHead(503).end().headersSent || true, () => true];
    assert.equal((await list()).commit, COMMIT);
  });

  const hostile: Record<string, Record<string, unknown>> = {
    'a name above the folder': { path: '../model.safetensors' },
    'an absolute name': { path: '/etc/model.safetensors' },
    'a drive': { path: 'C:/model.safetensors' },
    'a backslash': { path: 'a\\..\\..\\model.safetensors' },
    'a device': { path: 'con.safetensors' },
    'a control character': { path: 'a\nb.safetensors' },
    'no digest': { path: 'model.safetensors', oid: 'x', lfs: null },
    'a size no model has': { path: 'model.safetensors', lfs: { oid: '0'.repeat(64), size: 2 ** 50 } },
  };
  for (const [what, change] of Object.entries(hostile))
    it(`refuses a listing with ${what}`, async () => {
      server.listed = entry =>
        String(entry['path']).endsWith('.safetensors') ? { ...entry, ...change } : entry;
      assert.equal(await codeOf(list()), 'downloadUnsafe');
    });

  it('refuses two files that are one where case does not count', async () => {
    server.add('MODEL.safetensors', Buffer.from('x'));
    assert.equal(await codeOf(list()), 'downloadUnsafe');
  });
  it('says when there are no weights to convert', async () => {
    server.files.delete('model.safetensors');
    assert.equal(await codeOf(list()), 'importNothing');
  });
  it('says when there is no such model', async () => {
    assert.equal(await codeOf(list('owner/other')), 'downloadNotFound');
    server.apiFaults = [
      (_, response) => response.writeHead(401, { 'x-error-code': 'RepoNotFound' }).end() !== null,
    ];
    assert.equal(await codeOf(list()), 'downloadNotFound');
  });
  it('recognises a page in place of the listing', async () => {
    server.apiFaults = [(_, response) => response.writeHead(200).end('<html>Log in</html>') !== null];
    assert.equal(await codeOf(list()), 'downloadHtml');
  });
  it('refuses an answer of another form', async () => {
    server.apiFaults = [(_, response) => response.writeHead(200).end('{"sha": "../.."}') !== null];
    assert.equal(await codeOf(list()), 'downloadFailed');
  });
  it('does not follow the next page to another host', async () => {
    server.apiFaults = [
      () => false,
      (_, response) =>
        response.writeHead(200, { link: '<http://127.0.0.1:9/x>; rel="next"' }).end('[]') !== null,
    ];
    assert.equal(await codeOf(list()), 'downloadUnsafe');
  });
  it('bounds what it reads of a listing', async () => {
    server.apiFaults = [(_, response) => response.writeHead(200).end(Buffer.alloc(9 << 20, ' ')) !== null];
    assert.equal(await codeOf(list()), 'downloadUnsafe');
    for (let i = 0; i < 1_200; i++) server.add(`${i}.safetensors`, Buffer.from('x'));
    assert.equal(await codeOf(list()), 'downloadUnsafe');
  });
});
