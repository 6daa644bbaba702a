/** `compose.yaml` is a server like the one that the tests start, and safe as it stands. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parse } from 'yaml';
import * as v from 'valibot';

const Limit = v.object({ soft: v.number(), hard: v.number() });
const Compose = v.strictObject({
  services: v.strictObject({
    opensearch: v.strictObject({
      image: v.string(),
      environment: v.record(v.string(), v.string()),
      mem_limit: v.string(),
      ulimits: v.record(v.string(), Limit),
      volumes: v.array(v.string()),
      ports: v.array(v.string()),
      healthcheck: v.strictObject({
        test: v.array(v.string()),
        interval: v.string(),
        timeout: v.string(),
        retries: v.number(),
        start_period: v.string(),
      }),
      restart: v.string(),
    }),
  }),
  volumes: v.record(v.string(), v.nullable(v.unknown())),
});

const read = (name: string): Promise<string> => readFile(path.join(import.meta.dirname, name), 'utf8');
const bytesOf = (size: string): number => {
  const [, count, unit] = /^(\d+)([mg])$/.exec(size)!;
  return Number(count) * (unit === 'g' ? 1024 : 1) * 1024 ** 2;
};

describe('compose.yaml', () => {
  let service: v.InferOutput<typeof Compose>['services']['opensearch'];
  let volumes: readonly string[];
  before(async () => {
    const found = v.parse(Compose, parse(await read('../../compose.yaml')));
    service = found.services.opensearch;
    volumes = Object.keys(found.volumes);
  });

  it('is the version that the tests run against', async () => {
    const jar = /opensearch\/opensearch\/([\d.]+)\/opensearch-\1\.jar/.exec(
      await read('server/artifacts.json'),
    );
    assert.equal(service.image, `opensearchproject/opensearch:${jar![1]}`);
  });

  it('has the settings of the tests’ server, by which no document makes an index', async () => {
    const node = await read('server/TestNode.java');
    const setting = (name: string): string =>
      new RegExp(`put\\("${name.replaceAll('.', '\\.')}", "([^"]+)"\\)`).exec(node)![1]!;
    assert.equal(service.environment['discovery.type'], setting('discovery.type'));
    // Both allow only names with a dot before them, which no team's index has.
    for (const pattern of [
      service.environment['action.auto_create_index']!,
      setting('action.auto_create_index'),
    ])
      assert.match(pattern, /^\+\.[a-z]*\*$/);
  });

  it('has users, TLS and a password that somebody must choose, for this machine alone', () => {
    const { environment, ports, healthcheck } = service;
    for (const [name, value] of Object.entries(environment))
      assert.doesNotMatch(`${name}=${value}`, /disable.*security|security.*(?:disable|ssl).*=?false/iu);
    assert.match(
      environment['OPENSEARCH_INITIAL_ADMIN_PASSWORD']!,
      /^\$\{OPENSEARCH_INITIAL_ADMIN_PASSWORD:\?/,
    );
    for (const port of ports) assert.match(port, /^127\.0\.0\.1:/);
    const [kind, command] = healthcheck.test;
    assert.equal(kind, 'CMD-SHELL');
    assert.match(command!, /'https:\/\/localhost:9200\/_cluster\/health/);
    // A password in the file would be in the repository; $$ leaves the variable to the container.
    assert.match(command!, /--user "admin:\$\$OPENSEARCH_INITIAL_ADMIN_PASSWORD"/);
  });

  it('leaves half of its memory to the page cache, and keeps its data in a volume', () => {
    const { environment, mem_limit: limit, ulimits } = service;
    const [, least, most] = /^-Xms(\w+) -Xmx(\w+)$/.exec(environment['OPENSEARCH_JAVA_OPTS']!)!;
    assert.equal(least, most);
    assert.ok(bytesOf(most!) * 2 <= bytesOf(limit));
    assert.equal(environment['bootstrap.memory_lock'], 'true');
    assert.deepEqual(ulimits['memlock'], { soft: -1, hard: -1 });
    assert.deepEqual(
      service.volumes.map(volume => volume.split(':')),
      [[volumes[0], '/usr/share/opensearch/data']],
    );
  });
});
