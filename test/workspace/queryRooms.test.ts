/** The rooms that a query enters on its way, by the functions that run: few enough that a person can follow it. */
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { Session, type Profiler } from 'node:inspector/promises';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { plainKernel } from '../../src/index/kernel/plainKernel.ts';
import { Scorer } from '../../src/index/scoring/scorer.ts';
import { InstalledModels } from '../../src/model/store/installedModels.ts';
import { meet } from '../../src/rpc/greeting.ts';
import { newKey } from '../../src/rpc/proof.ts';
import * as protocol from '../../src/rpc/protocol.ts';
import { Server } from '../../src/rpc/serve.ts';
import { Library } from '../../src/workspace/library.ts';
import { ModelCatalogue } from '../../src/workspace/models/modelCatalogue.ts';
import { FakeModels } from '../fakes/fakeModels.ts';

const SOURCE = pathToFileURL(path.resolve(import.meta.dirname, '../../src')).href;
/** The rooms in front of the connection, which need a window: the panel's session, its searcher and the client. */
const IN_THE_WINDOW = ['editor', 'rpc'];
/** The rooms behind ports that fakes stand in for here: the encoder, and its thread. */
const BEHIND_PORTS = ['model', 'threads'];
const MOST_ROOMS = 12;

/** Files of `src` in which a function was called, relative to `src`. */
function called(profile: Profiler.TakePreciseCoverageReturnType): string[] {
  return profile.result
    .filter(({ url, functions }) => {
      // The first is the module itself, which ran when it was loaded.
      const own = functions.filter(({ functionName }) => functionName !== '');
      return url.startsWith(`${SOURCE}/`) && own.some(({ ranges }) => ranges[0]!.count > 0);
    })
    .map(({ url }) => decodeURI(url.slice(SOURCE.length + 1)));
}

describe('a query', function () {
  this.timeout(120_000);

  it(`enters at most ${MOST_ROOMS} rooms from the panel to its result`, async () => {
    const root = await mkdtemp(path.join(os.tmpdir(), 'malmoi-방-'));
    const notes = path.join(root, 'notes');
    await mkdir(notes);
    await writeFile(path.join(notes, '휴가.md'), '연차 휴가를 쓰려면 결재를 받는다');
    const models = new FakeModels(root);
    await models.add('a');
    const library = new Library({
      storePath: path.join(root, 'store'),
      scorer: new Scorer(plainKernel),
      modelPath: models.path('a'),
      serving: null,
      language: 'ko',
      openEncoder: models.openEncoder,
      openReader: models.openReader,
      log: () => undefined,
    });
    const installed = new InstalledModels(path.join(root, 'models'), models.path('a'));
    const catalogue = new ModelCatalogue({
      library,
      installed,
      storePath: path.join(root, 'store'),
      language: 'ko',
      installer: '',
      fixed: null,
      environment: {},
    });
    const server = new Server({
      library,
      models: catalogue,
      openTeams: () => Promise.reject(new Error('no team')),
      version: '0',
      language: 'ko',
      onClients: () => undefined,
      onShutdown: () => undefined,
    });
    const secret = { key: newKey(), pipe: '' };
    const listening = net.createServer(socket => server.connect(socket, secret));
    await new Promise<void>(resolve => listening.listen(0, '127.0.0.1', () => resolve()));
    const socket = net.connect((listening.address() as net.AddressInfo).port, '127.0.0.1');
    const { connection: client, greeted } = meet(socket, {
      version: '0',
      language: 'ko',
      secret: () => Promise.resolve(secret),
      trusted: () => undefined,
    });
    assert.equal((await greeted).who, 'engine');
    const session = new Session();
    session.connect();
    try {
      const folder = { path: notes, name: 'notes', include: [], exclude: [], useIgnoreFiles: true };
      await client.sendRequest(protocol.OpenFoldersRequest, [folder]);
      await client.sendRequest(protocol.UpdateFolderRequest, notes);
      await client.sendRequest(protocol.LexiconReadyRequest);
      await session.post('Profiler.enable');
      await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: false });
      const query = '연차 휴가 path:휴가 -회식 결재^2';
      const asked = { folders: [notes], query, limit: 10, channel: 'hybrid', token: 'a' } as const;
      const { hits } = await client.sendRequest(protocol.SearchRequest, asked);
      const files = called(await session.post('Profiler.takePreciseCoverage'));
      assert.equal(hits.length, 1);
      const rooms = new Set([
        ...IN_THE_WINDOW,
        ...BEHIND_PORTS,
        ...files.map(file => file.slice(0, file.indexOf('/'))),
      ]);
      assert.ok(files.length > 20, `the way is seen: ${files.join(' ')}`);
      assert.ok(rooms.has('search') && rooms.has('index'));
      assert.ok(rooms.size <= MOST_ROOMS, `${rooms.size}: ${[...rooms].sort().join(' ')}`);
      if (process.env['MALMOI_ROOMS'] !== undefined) {
        const folders = new Set(files.map(file => path.posix.dirname(file)));
        console.log(`${rooms.size} rooms: ${[...rooms].sort().join(' ')}`);
        console.log(`${folders.size} folders, ${files.length} files: ${[...folders].sort().join(' ')}`);
      }
    } finally {
      session.disconnect();
      client.dispose();
      socket.destroy();
      listening.close();
      await library.close();
      await rm(root, { recursive: true, force: true });
    }
  });
});
