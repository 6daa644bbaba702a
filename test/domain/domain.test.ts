/** The few functions among the values that travel. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { LONGEST_QUERY, withinLimit } from '../../src/domain/queryLimits.ts';
import { TEAM_FOLDER, teamFolder, teamOfFolder } from '../../src/domain/team/team.ts';

const name = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 });

describe('a query within the limit', function () {
  this.timeout(60_000);

  it('is as it was', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), query => assert.equal(withinLimit(query), query)));
  });

  it('is the beginning of a longer one, with whole characters', () => {
    // Characters of two units stand at even and at odd places.
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 3 }), fc.nat(3), (tail, odd) => {
        const query = 'ㄱ'.repeat(odd) + '😀'.repeat(LONGEST_QUERY / 2) + tail;
        const cut = withinLimit(query);
        assert.ok(cut.length <= LONGEST_QUERY && cut.length >= LONGEST_QUERY - 1);
        assert.ok(query.startsWith(cut));
        // Half of a character has no form in UTF-8.
        assert.doesNotThrow(() => encodeURIComponent(cut));
      }),
      { numRuns: 30 },
    );
  });
});

describe('the folder of documents on a team server', function () {
  this.timeout(60_000);

  it('leads back to team and source, whatever their names', () => {
    fc.assert(
      fc.property(name, name, (team, source) => {
        assert.deepEqual(teamOfFolder(teamFolder(team, source)), { team, source });
      }),
    );
  });

  it('is none of this machine', () => {
    for (const folder of ['/notes', String.raw`C:\notes`, '', 'malmoi-team', '/malmoi-team:a/b'])
      assert.equal(teamOfFolder(folder), null, folder);
    assert.equal(teamOfFolder(`${TEAM_FOLDER}%E0%A4%A/b`), null, 'an address that was cut off');
  });
});
