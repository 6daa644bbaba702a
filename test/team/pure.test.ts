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
import { KEPT, keep, KeptReader } from '../../src/team/keptDocument.ts';
import { FeatureNames, featuresOf, frequencyOfWeight, normOf } from '../../src/team/features.ts';
import { placeOfDocument } from '../../src/team/search/placeOfDocument.ts';
import { slackOf } from '../../src/team/search/scoring.ts';
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
  it('tell the frequency that they were made of exactly', function () {
    this.timeout(20_000);
    fc.assert(
      fc.property(counts, length, average, (own, bodyLength, averageLength) => {
        const packed = packCounts(own);
        if (packed === 0) return;
        const terms = {
          dictionary: ['ab'],
          numbers: Uint32Array.of(0),
          counts: Uint8Array.of(packed),
          bodyLength,
          headingLength: 0,
        };
        const features = featuresOf(vectorOf({}), terms, averageLength, new FeatureNames(null));
        const weight = features.prose['ab'] ?? features.beside['ab']!;
        const norm = normOf(bodyLength, averageLength);
        assert.ok(Math.abs(frequencyOfWeight(weight, norm) - frequencyOf(packed, BM25)) < 1e-9);
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
    assert.match(hidden.of('비밀'), /^[\w-]{8}$/);
    assert.equal(hidden.of('비밀'), new FeatureNames('salt').of('비밀'));
    assert.notEqual(hidden.of('비밀'), new FeatureNames('other').of('비밀'));
    assert.notEqual(hidden.of('이'), hidden.prefix('이'));
    // The server takes a dot for the end of a name, and finds nothing.
    assert.equal(new FeatureNames(null).of('v1.2'), 'v1\u20242');
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
  const fieldsOf = (kept: string): object => ({ [KEPT]: [kept] });

  it('comes back as it was, and nothing else does', () => {
    const document = { text: '휴가 신청은 사흘 전까지', weights: { '12': 0.5 } };
    assert.deepEqual(new KeptReader().read(fieldsOf(keep(document))), document);
    for (const bad of ['', '%%%', Buffer.from('no deflate').toString('base64'), keep({}).slice(0, 2)])
      assert.equal(new KeptReader().read(fieldsOf(bad)), null, bad);
    for (const bad of [null, {}, { [KEPT]: [] }, { [KEPT]: [1] }, { [KEPT]: 'x' }, [keep({})]])
      assert.equal(new KeptReader().read(bad), null);
  });

  it('takes no more memory than a document may, however well it is compressed', () => {
    const bomb = fieldsOf(keep({ text: 'a'.repeat(3 * 1024 ** 2) }));
    assert.equal(new KeptReader().read(bomb), null);
    const large = fieldsOf(keep({ text: 'a'.repeat(1024 ** 2) }));
    const reader = new KeptReader();
    assert.throws(
      () => {
        for (let i = 0; i < 100; i++) reader.read(large);
      },
      (error: unknown) => error instanceof TeamFault && error.state === 'malformed',
    );
  });

  it('has weights that are numbers and not below zero', () => {
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
    const document = (semantic: unknown, own: object = passage): object => ({
      source: 's',
      path: 'a.md',
      hash: '0'.repeat(32),
      fileHash: '',
      size: 1,
      modified: 1,
      tags: [],
      length: 1,
      number: 0,
      passage: own,
      semantic,
      prose: {},
      beside: {},
      places: {},
    });
    assert.ok(v.is(StoredDocument, document({ 1: 0.5, 2: 0 })));
    for (const bad of [null, [1], 'x', { 1: -1 }, { 1: '1' }, { 1: null }, { 1: {} }])
      assert.ok(!v.is(StoredDocument, document(bad)), JSON.stringify(bad));
    // Every kind of place that a document can have.
    const locations: readonly Location[] = [
      { kind: 'page', page: 1 },
      { kind: 'slide', slide: 1 },
      { kind: 'cell', sheet: '표', cell: 'B2' },
      { kind: 'section', section: 1, paragraph: 2 },
      { kind: 'time', time: '0:01:02' },
    ];
    for (const location of locations)
      assert.ok(v.is(StoredDocument, document({}, { ...passage, location })), location.kind);
  });
});
