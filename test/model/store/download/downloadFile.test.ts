import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { downloadFile, type FileDownloadOptions } from '../../../../src/model/store/download/downloadFile.ts';
import { Hub, type HubFile } from '../../../../src/model/store/download/hub.ts';
import { Network } from '../../../../src/model/store/download/network.ts';
import { openPartOnDisk, type OpenPart } from '../../../../src/model/store/download/partFile.ts';
import type { RetryRules } from '../../../../src/model/store/download/retry.ts';
import { UserError } from '../../../../src/errors/userError.ts';
import { codeOf } from '../../../fakes/errorCode.ts';
import {
  answer,
  dropAfter,
  hangUp,
  HubServer,
  ID,
  stallAfter,
  type Fault,
} from '../../../fakes/hubServer.ts';

const RULES: RetryRules = {
  attempts: 4,
  totalAttempts: 40,
  firstDelay: 2,
  longestDelay: 2_000,
  // Only where a connection stalls on purpose it is short: a busy machine stalls by itself.
  stallTimeout: 10_000,
};
const IMPATIENT: RetryRules = { ...RULES, stallTimeout: 400 };
const STALLED = 'a connection that stalls';
const WEIGHTS = Buffer.from(Array.from({ length: 200_000 }, (_, i) => (i * i * 31 + (i >> 8)) & 255));
const NAME = 'model.safetensors';

describe('downloadFile', () => {
  let folder = '';
  let target = '';
  let server: HubServer;
  let network: Network;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'malmoi-download-'));
    target = path.join(folder, NAME);
    rules = RULES;
    server = new HubServer();
    server.add(NAME, WEIGHTS);
    server.add('config.json', Buffer.from('{"a":1}'));
    await server.listen();
    network = new Network({ environment: {} });
  });
  afterEach(async () => {
    await network.close();
    await server.close();
    await rm(folder, { recursive: true, force: true });
  });

  let rules = RULES;
  const listed = async (name = NAME): Promise<readonly [Hub, HubFile]> => {
    const hub = new Hub(network, { base: server.base, rules });
    return [hub, (await hub.list(ID)).files.find(file => file.path === name)!];
  };
  const download = async (options: FileDownloadOptions = {}): Promise<void> => {
    const [hub, file] = await listed();
    await downloadFile(hub, file, target, options);
  };
  const complete = async (): Promise<void> => {
    assert.ok((await readFile(target)).equals(WEIGHTS));
    assert.deepEqual(await readdir(folder), [NAME]);
  };

  it('fetches a file, and does not ask again for one that is there', async () => {
    await download();
    await complete();
    await download();
    assert.deepEqual(server.ranges(NAME), ['']);
  });

  it('checks small files by their git hash', async () => {
    const [hub, file] = await listed('config.json');
    assert.equal(file.digest.kind, 'gitBlob');
    const small = path.join(folder, 'config.json');
    await downloadFile(hub, file, small);
    server.faults = [answer(200, {}, '{"a":2}'), answer(200, {}, '{"a":2}')];
    await rm(small);
    assert.equal(await codeOf(downloadFile(hub, file, small)), 'downloadDamaged');
  });

  const mended: Record<string, { readonly faults: readonly Fault[]; readonly ranges: readonly string[] }> = {
    'a connection that drops': { faults: [dropAfter(70_000)], ranges: ['', 'bytes=70000-'] },
    [STALLED]: { faults: [stallAfter(50_000)], ranges: ['', 'bytes=50000-'] },
    'a server that never answers': { faults: [() => undefined], ranges: ['', ''] },
    'errors of the server': { faults: [answer(500), answer(503), answer(502)], ranges: ['', '', '', ''] },
    'an answer that ignores the range': {
      faults: [dropAfter(1_000), ({ response }) => void response.writeHead(200).end(WEIGHTS)],
      ranges: ['', 'bytes=1000-'],
    },
    'an answer with another range': {
      faults: [
        dropAfter(1_000),
        answer(206, { 'content-range': `bytes 900-199999/200000` }, WEIGHTS.subarray(900)),
      ],
      ranges: ['', 'bytes=1000-', ''],
    },
    'an answer without a range': {
      faults: [dropAfter(1_000), answer(206, {}, WEIGHTS.subarray(900))],
      ranges: ['', 'bytes=1000-', ''],
    },
    'a range of a file of another size': {
      faults: [
        dropAfter(1_000),
        answer(206, { 'content-range': `bytes 1000-199999/300000` }, WEIGHTS.subarray(1_000)),
      ],
      ranges: ['', 'bytes=1000-', ''],
    },
    'a range that cannot be satisfied': {
      faults: [dropAfter(1_000), answer(416)],
      ranges: ['', 'bytes=1000-', ''],
    },
    'a length that is too short': {
      faults: [answer(200, { 'content-length': '1500' }, WEIGHTS.subarray(0, 1_500))],
      ranges: ['', 'bytes=1500-'],
    },
    'an answer that goes on too long, once': {
      faults: [answer(200, {}, Buffer.concat([WEIGHTS, Buffer.from('x')]))],
      ranges: ['', ''],
    },
    'wrong bytes, once': { faults: [answer(200, {}, Buffer.alloc(WEIGHTS.length, 7))], ranges: ['', ''] },
  };
  for (const [what, { faults, ranges }] of Object.entries(mended))
    it(`gets over ${what}`, async () => {
      server.etag = null;
      server.faults = [...faults];
      if (what === STALLED) rules = IMPATIENT;
      await download();
      await complete();
      assert.deepEqual(server.ranges(NAME), ranges);
    });

  it('waits as long as the server asks', async () => {
    server.faults = [answer(429, { 'retry-after': '1' })];
    const started = performance.now();
    await download();
    assert.ok(performance.now() - started >= 990);
    await complete();
  });

  it('starts again when the file changed between two tries', async () => {
    const [tag, other] = ['"old"', '"new"'];
    server.etag = null;
    server.faults = [
      ({ response }) => {
        response.writeHead(200, { etag: tag, 'content-length': WEIGHTS.length });
        response.write(Buffer.alloc(5_000, 9), () => hangUp(response));
      },
      // A server that does not know If-Range.
      answer(206, { etag: other, 'content-range': 'bytes 5000-199999/200000' }, WEIGHTS.subarray(5_000)),
    ];
    await download();
    await complete();
    assert.deepEqual(server.ranges(NAME), ['', 'bytes=5000-', '']);
    assert.equal(
      server.requests.find(({ headers }) => headers.range !== undefined)?.headers['if-range'],
      tag,
    );
  });

  it('gives up on a server that only fails, after a bounded number of tries', async () => {
    server.faults = Array.from({ length: 50 }, () => answer(503));
    assert.equal(await codeOf(download()), 'downloadFailed');
    assert.equal(server.ranges(NAME).length, RULES.attempts);
  });

  it('goes on as long as every try brings something', async () => {
    server.faults = Array.from({ length: 12 }, () => dropAfter(10_000));
    await download();
    await complete();
  });

  const refused: Record<string, { readonly fault: Fault; readonly code: string; readonly tries: number }> = {
    'wrong bytes': {
      fault: answer(200, {}, Buffer.alloc(WEIGHTS.length, 7)),
      code: 'downloadDamaged',
      tries: 2,
    },
    'too many bytes': {
      fault: answer(200, {}, Buffer.alloc(WEIGHTS.length + 1, 7)),
      code: 'downloadDamaged',
      tries: 2,
    },
    'a page in place of the file': {
      fault: answer(200, { 'content-type': 'text/html; charset=utf-8' }, '<p>Log in'),
      code: 'downloadHtml',
      tries: 1,
    },
    'a page that says it is a file': {
      fault: answer(
        200,
        { 'content-type': 'application/octet-stream' },
        '\n <!DOCTYPE html><title>x</title>'.padEnd(200),
      ),
      code: 'downloadHtml',
      tries: 1,
    },
    'a file that is gone': { fault: answer(404), code: 'downloadNotFound', tries: 1 },
    'a model that wants consent': {
      fault: answer(403, { 'x-error-code': 'GatedRepo' }),
      code: 'downloadForbidden',
      tries: 1,
    },
    'a private model': { fault: answer(401), code: 'downloadForbidden', tries: 1 },
    'a gateway that forbids': {
      fault: answer(403, { 'content-type': 'text/html' }, '<html>'),
      code: 'downloadHtml',
      tries: 1,
    },
    'redirects without an end': { fault: answer(302, { location: '#' }), code: 'downloadFailed', tries: 11 },
  };
  for (const [what, { fault, code, tries }] of Object.entries(refused))
    it(`refuses ${what}`, async () => {
      server.faults = Array.from({ length: 60 }, () => fault);
      assert.equal(await codeOf(download()), code);
      assert.equal(server.ranges(NAME).length, tries);
      await assert.rejects(stat(target));
    });

  it('asks only for the missing bytes after a cancelled run', async () => {
    const controller = new AbortController();
    server.faults = [stallAfter(80_000)];
    const [hub, file] = await listed();
    const onBytes = (bytes: number): void => {
      if (bytes >= 80_000) controller.abort();
    };
    const run = downloadFile(hub, file, target, { signal: controller.signal, onBytes });
    await assert.rejects(run, { name: 'AbortError' });
    assert.equal((await stat(`${target}.part`)).size, 80_000);
    await download();
    await complete();
    assert.deepEqual(server.ranges(NAME), ['', 'bytes=80000-']);
  });

  it('starts again when what an earlier run left is not of this file', async () => {
    await writeFile(`${target}.part`, Buffer.alloc(3_000, 1));
    await download();
    await complete();
    await rm(target);
    await writeFile(`${target}.part`, Buffer.alloc(WEIGHTS.length + 10, 1));
    await download();
    await complete();
  });

  it('says that the disk is full, and goes on from there later', async () => {
    const openPart: OpenPart = async file => {
      const part = await openPartOnDisk(file);
      const { append } = part;
      let room = 100_000;
      part.append = async bytes => {
        await append.call(part, bytes.subarray(0, room));
        if (bytes.length > room) throw new UserError('diskSpace', file);
        room -= bytes.length;
      };
      return part;
    };
    assert.equal(await codeOf(download({ openPart })), 'diskSpace');
    await download();
    await complete();
    assert.deepEqual(server.ranges(NAME), ['', 'bytes=100000-']);
  });

  it('gets over a connection that drops before its answer is read', async () => {
    const openPart: OpenPart = async file => {
      const part = await openPartOnDisk(file);
      const { restart } = part;
      part.restart = async () => {
        await new Promise(resolve => setTimeout(resolve, 50));
        await restart.call(part);
      };
      return part;
    };
    server.faults = [dropAfter(10), dropAfter(10)];
    await download({ openPart });
    await complete();
  });

  it('ends every run with the exact bytes or an error, whatever goes wrong on the way', async function () {
    this.timeout(60_000);
    const position = fc.integer({ min: 1, max: WEIGHTS.length - 1 });
    const fault = fc.oneof(
      position.map(dropAfter),
      position.map(at => answer(200, {}, WEIGHTS.subarray(0, at))),
      position.map((at): Fault => ({ start, response }) => {
        // A range that is not the one asked for.
        response
          .writeHead(206, { 'content-range': `bytes ${at}-199999/200000` })
          .end(WEIGHTS.subarray(start));
      }),
      position.map((at): Fault => ({ start, response, request }) => {
        // One bit of what was asked for is wrong.
        const damaged = Buffer.from(WEIGHTS.subarray(start));
        damaged[at % damaged.length]! ^= 1;
        const range = { 'content-range': `bytes ${start}-199999/200000` };
        response.writeHead(request.headers.range === undefined ? 200 : 206, range).end(damaged);
      }),
      fc.constantFrom(answer(500), answer(416), answer(200, {}, WEIGHTS), answer(206)),
    );
    const [hub, file] = await listed();
    await fc.assert(
      fc.asyncProperty(fc.array(fault, { maxLength: 8 }), fc.boolean(), async (faults, tags) => {
        server.faults = [...faults];
        server.etag = tags ? (): string => '"tag"' : null;
        // Each run gets over one fault at least.
        let code = '';
        for (let run = 0; run <= faults.length && code !== 'fine'; run++) {
          if (run > 0) await assert.rejects(stat(target));
          code = await codeOf(downloadFile(hub, file, target));
        }
        assert.equal(code, 'fine');
        assert.ok((await readFile(target)).equals(WEIGHTS));
        await rm(target);
      }),
      { numRuns: 60 },
    );
  });
});
