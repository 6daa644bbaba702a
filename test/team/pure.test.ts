import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import * as v from 'valibot';
import type { Location } from '../../src/domain/location.ts';
import { teamFolder, teamOfFolder } from '../../src/domain/team/team.ts';
import { packCounts } from '../../src/index/segment/termCounts.ts';
import { BM25, frequencyOf, saturation } from '../../src/search/ranking/bm25.ts';
import { faultOfStatus, TeamFault } from '../../src/team/client/teamFault.ts';
import { segment } from '../../src/team/client/teamIndexes.ts';
import { isInside, StoredDocument } from '../../src/team/documents.ts';
import { FEATURES, KEPT, keep, KeptReader } from '../../src/team/keptDocument.ts';
import { FeatureNames, featuresOf, normOf } from '../../src/team/features.ts';
import { packFeatures, PackedFeatures } from '../../src/team/packedFeatures.ts';
import { placeOfDocument } from '../../src/team/search/placeOfDocument.ts';
import { slackOf } from '../../src/team/search/scoring.ts';
import { ServedPassage } from '../../src/team/search/servedPassage.ts';
import { vectorOf } from '../fakes/records.ts';

/** What the server keeps of a weight: the upper 9 bits of its mantissa. */
function stored(weight: number): number {
  const bits = new DataView(new ArrayBuffer(4));
  bits.setFloat32(0, weight);
  bits.setUint32(0, (bits.getUint32(0) >>> 15) << 15);
  return bits.getFloat32(0);
}

const length = fc.integer({ min: 1, max: 4_000 });
const average = fc.integer({ min: 20, max: 800 });
const counts = fc.record({ text: fc.nat(15), headings: fc.nat(3), metadata: fc.nat(3) });

describe('features of a team’s index', () => {
  it('come back exactly from their bytes', function () {
    this.timeout(20_000);
    const dimension = fc.integer({ min: 0, max: 300_000 });
    const own = fc.record({
      dimension,
      weight: fc.float({ min: 0, max: 64, noNaN: true }),
      place: fc.nat(65_535),
    });
    const vectors = fc.uniqueArray(own, { selector: each => each.dimension, maxLength: 300 });
    const key = fc.nat(2 ** 48 - 1);
    const term = fc.record({ key, fifths: fc.integer({ min: 1, max: 93 }) });
    const terms = fc.uniqueArray(term, { selector: each => each.key, maxLength: 300 });
    fc.assert(
      fc.property(vectors, terms, fc.nat(4_000), fc.nat(300), (drawn, every, bodyLength, at) => {
        const sorted = [...drawn].sort((a, b) => a.dimension - b.dimension);
        const vector = {
          dimensions: Uint32Array.from(sorted, each => each.dimension),
          weights: Float32Array.from(sorted, each => each.weight),
          places: Uint16Array.from(sorted, each => each.place),
        };
        const found = PackedFeatures.read(
          packFeatures(vector, every.slice(0, at), every.slice(at), bodyLength),
        )!;
        assert.deepEqual(found.vector, vector);
        assert.equal(found.length, bodyLength);
        for (const { key: name, fifths } of every)
          assert.equal(found.frequency(name), fifths * BM25.metadataWeight);
        const absent = every.some(each => each.key === 12) ? 13 : 12;
        if (!every.some(each => each.key === absent)) assert.equal(found.frequency(absent), 0);
      }),
    );
  });

  it('are refused where a server sends other bytes, whatever they are', function () {
    this.timeout(20_000);
    const honest = Buffer.from(
      packFeatures(vectorOf({ 3: 0.5, 400: 2 }), [{ key: 5, fifths: 3 }], [], 9),
      'base64',
    );
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 80 }),
        fc.nat(honest.length - 1),
        fc.nat(255),
        (noise, at, byte) => {
          const changed = Buffer.from(honest);
          changed[at] = byte;
          for (const bytes of [
            Buffer.from(noise),
            changed,
            honest.subarray(0, at),
            Buffer.concat([honest, noise]),
          ]) {
            const found = PackedFeatures.read(bytes.toString('base64'));
            if (found === null) continue;
            assert.ok(found.length >= 0 && Number.isFinite(found.length));
            for (const weight of found.vector.weights) assert.ok(weight >= 0 && Number.isFinite(weight));
            found.frequency(5);
          }
        },
      ),
    );
    assert.equal(PackedFeatures.read('A'.repeat(2 ** 21)), null);
    // Counts of billions, in a few bytes.
    assert.equal(PackedFeatures.read(Buffer.alloc(60, 255).toString('base64')), null);
  });

  it('tell the frequency that they were made of exactly', function () {
    this.timeout(20_000);
    fc.assert(
      fc.property(counts, length, average, (own, bodyLength, averageLength) => {
        const packed = packCounts(own);
        if (packed === 0) return;
        const names = new FeatureNames(null);
        const terms = {
          dictionary: ['ab'],
          numbers: Uint32Array.of(0),
          counts: Uint8Array.of(packed),
          bodyLength,
          headingLength: 0,
        };
        const features = PackedFeatures.read(featuresOf(vectorOf({}), terms, averageLength, names).packed)!;
        assert.ok(Math.abs(features.frequency(names.of('ab').key) - frequencyOf(packed, BM25)) < 1e-9);
      }),
    );
  });

  it('give the server a score that is never below the exact one by more than is allowed for', function () {
    this.timeout(20_000);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 90 }), length, average, average, (fifths, own, then, now) => {
        const frequency = fifths / 5;
        const weight = stored(Number((frequency / normOf(own, then)).toPrecision(4)));
        const pivot = BM25.k1 / normOf(now, then);
        const served = ((BM25.k1 + 1) * weight) / (weight + pivot);
        const exact = saturation(frequency, own, now, BM25);
        const query = {
          semantic: [],
          lexical: [],
          collection: { passages: 1, averageLength: now },
          averageLength: then,
        };
        assert.ok(exact <= served * slackOf(query) * (1 + 5e-4), `${exact} ${served} ${slackOf(query)}`);
      }),
    );
  });

  it('are called by names in which nobody reads the words, unless the team wants them read', () => {
    const hidden = new FeatureNames('salt');
    assert.match(hidden.of('비밀').name, /^[\w-]{8}$/);
    assert.deepEqual(hidden.of('비밀'), new FeatureNames('salt').of('비밀'));
    assert.notEqual(hidden.of('비밀').name, new FeatureNames('other').of('비밀').name);
    assert.notEqual(hidden.of('이').name, hidden.prefix('이').name);
    // The server takes a dot for the end of a name, and finds nothing.
    assert.equal(new FeatureNames(null).of('v1.2').name, 'v1\u20242');
  });
});

describe('what a team’s server says', () => {
  it('opens no path outside of its folder, and no address but the settings’ own', () => {
    for (const bad of ['', '/a', '../a', 'a/../b', 'a//b', 'C:/x', 'a\\b', 'a\u0000b', './a', 'a/.'])
      assert.equal(isInside(bad), false, JSON.stringify(bad));
    for (const good of ['a.md', '회의/예산 (최종).hwp', 'a..b/c...md']) assert.ok(isInside(good), good);
    const server = { name: 't', url: '', link: 'https://wiki/{source}/{path}' };
    const { origin } = placeOfDocument(server, { source: 's/..', path: 'a b/{path}?x#y.md' });
    assert.equal(origin.link, 'https://wiki/s%2F../a%20b/%7Bpath%7D%3Fx%23y.md');
    const script = { ...server, link: 'javascript:{path}' };
    assert.equal(placeOfDocument(script, { source: 's', path: 'a' }).origin.link, null);
    // A name of Object's own is no folder.
    assert.equal(
      placeOfDocument({ ...server, folders: {} }, { source: 'constructor', path: 'a' }).folder,
      teamFolder('t', 'constructor'),
    );
  });

  it('is one of the states that people are told, whatever status it has', () => {
    const states = (
      [
        [401, {}],
        [403, { error: { type: 'security_exception' } }],
        [
          403,
          {
            error: {
              type: 'cluster_block_exception',
              reason:
                'index [x] blocked by: [FORBIDDEN/12/index read-only / allow delete (api)]; flood stage disk usage',
            },
          },
        ],
        [404, { error: { type: 'index_not_found_exception' } }],
        [429, 'text'],
        [503, null],
        [500, { error: 'x' }],
      ] as const
    ).map(([status, body]) => faultOfStatus(status, body).state);
    assert.deepEqual(states, [
      'unauthorized',
      'forbidden',
      'full',
      'missing',
      'busy',
      'unreachable',
      'failed',
    ]);
  });

  it('is asked about one index, never about all of them', () => {
    for (const bad of ['', '*', 'a,b', '_all', 'a*', '-a', 'a/b', '..'])
      assert.throws(() => segment(bad), bad);
    assert.equal(segment('팀-1'), encodeURIComponent('팀-1'));
  });

  it('is kept apart from folders of this machine', () => {
    assert.deepEqual(teamOfFolder(teamFolder('팀/1', 'a b')), { team: '팀/1', source: 'a b' });
    assert.equal(teamOfFolder('/home/me/notes'), null);
    assert.equal(teamOfFolder('malmoi-team:%E0%A4%A/x'), null);
  });
});

describe('a document that a team’s server keeps for its readers', () => {
  it('comes back as it was, and nothing else does', () => {
    const document = { text: '휴가 신청은 사흘 전까지', weights: { '12': 0.5 } };
    assert.deepEqual(new KeptReader().read(keep(document)), document);
    for (const bad of ['', '%%%', Buffer.from('no deflate').toString('base64'), keep({}).slice(0, 2)])
      assert.equal(new KeptReader().read(bad), null, bad);
  });

  it('takes no more memory than a document may, however well it is compressed', () => {
    const bomb = keep({ text: 'a'.repeat(3 * 1024 ** 2) });
    assert.equal(new KeptReader().read(bomb), null);
    const large = keep({ text: 'a'.repeat(1024 ** 2) });
    const reader = new KeptReader();
    assert.throws(
      () => {
        for (let i = 0; i < 100; i++) reader.read(large);
      },
      (error: unknown) => error instanceof TeamFault && error.state === 'malformed',
    );
  });

  it('is read only where its features are, and what is shown of it only where somebody asks', () => {
    const features = packFeatures(vectorOf({ 3: 0.5 }), [], [], 7);
    const served = (fields: unknown): ServedPassage | null => ServedPassage.of(fields, new KeptReader());
    for (const bad of [null, {}, 'x', { [KEPT]: [keep({})] }, { [FEATURES]: features }, { [FEATURES]: [] }])
      assert.equal(served(bad), null, JSON.stringify(bad));
    for (const bad of [['%'], [1], [features, features], [features.slice(0, -4)]])
      assert.equal(served({ [FEATURES]: bad, [KEPT]: [keep({})] }), null, JSON.stringify(bad));
    for (const kept of [undefined, ['%'], [keep({ path: 'a.md' })]])
      assert.equal(served({ [FEATURES]: [features], [KEPT]: kept })!.open(), null);
  });

  it('has the fields that are shown, and every kind of place', () => {
    const passage = {
      text: '',
      beside: '',
      headings: [],
      markup: 'none',
      location: { kind: 'line' },
      start: 0,
      end: 0,
      line: 0,
      column: 0,
      endLine: 0,
    };
    const document = (own: object): object => ({
      source: 's',
      path: 'a.md',
      hash: '0'.repeat(32),
      fileHash: '',
      size: 1,
      modified: 1,
      tags: [],
      number: 0,
      passage: own,
    });
    assert.ok(v.is(StoredDocument, document(passage)));
    assert.ok(!v.is(StoredDocument, document({ ...passage, start: -1 })));
    const locations: readonly Location[] = [
      { kind: 'page', page: 1 },
      { kind: 'slide', slide: 1 },
      { kind: 'cell', sheet: '표', cell: 'B2' },
      { kind: 'section', section: 1, paragraph: 2 },
      { kind: 'time', time: '0:01:02' },
    ];
    for (const location of locations)
      assert.ok(v.is(StoredDocument, document({ ...passage, location })), location.kind);
  });
});
