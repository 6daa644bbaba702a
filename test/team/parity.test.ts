import assert from 'node:assert/strict';
import type { Hit } from '../../src/domain/hit.ts';
import { rankTogether, type SearchPlan } from '../../src/search/passageSource.ts';
import { DEFAULT_REFERENCE } from '../../src/search/ranking/semanticReference.ts';
import { needsServer } from './server/shared.ts';
import {
  accessTo,
  fill,
  folderWith,
  localSource,
  NEVER,
  push,
  queryOf,
  seeded,
  sourceOf,
  teamName,
  wordsOf,
} from './world.ts';

const FUSION = { channel: 'hybrid', share: 0.5, reference: DEFAULT_REFERENCE } as const;
/** Semantic weights keep five digits here and 16 bits there. */
const ROUNDING = 2e-4;

function planOf(text: string, own: Partial<SearchPlan['settings']> = {}): SearchPlan {
  return { query: queryOf(text), settings: { limit: 10, channel: 'hybrid', floor: 0, ...own } };
}

const allOf = ({ hits, further }: { hits: readonly Hit[]; further: readonly Hit[] }): readonly Hit[] => [
  ...hits,
  ...further,
];

describe('a team’s index and the engine’s own', function () {
  const server = needsServer(this);
  const random = seeded(7);
  const files = Object.fromEntries(
    Array.from({ length: 90 }, (_, i) => [
      `${i % 3 === 0 ? '회의' : 'b'}/문서${i}.md`,
      `# ${wordsOf(random, 3)}\n\n${wordsOf(random, 20 + (i % 7) * 15)}\n\n## ${wordsOf(random, 2)}\n\n[${wordsOf(random, 2)}](https://example.com/${i}) ${wordsOf(random, 40)}`,
    ]),
  );
  const queries = Array.from({ length: 30 }, (_, i) => wordsOf(random, 1 + (i % 6)));

  it('score the same passages alike, in the same order, with the same reasons', async () => {
    await using folder = await folderWith(files);
    const team = teamName();
    const { client, result } = await push(accessTo(await server()), folder, { team });
    assert.equal(result.done, 90);
    const local = await localSource(folder);
    // Where it lies on this machine, a passage has the engine's own id.
    const source = await sourceOf(client, team, { folders: { docs: folder.path } });
    let found = 0;
    let alike = 0;
    for (const text of queries) {
      const plan = planOf(text);
      const own = allOf(await rankTogether([local], plan, FUSION));
      const theirs = allOf(await rankTogether([source.asked(NEVER)], plan, FUSION));
      found += own.length;
      assert.equal(theirs.length, own.length, text);
      theirs.forEach((hit, i) => {
        assert.ok(
          Math.abs(hit.score - own[i]!.score) <= ROUNDING * own[i]!.score,
          `${text}: ${hit.score} ${own[i]!.score}`,
        );
        const sum = hit.contributions.reduce((all, { value }) => all + value, 0);
        assert.ok(Math.abs(sum - hit.score) < 1e-6);
        // Equal scores may stand in another order.
        const same = own.find(({ id }) => id === hit.id);
        if (same === undefined) return;
        alike++;
        assert.deepEqual(
          hit.contributions.map(({ id, kind, ranges }) => [id, kind, ranges]).sort(),
          same.contributions.map(({ id, kind, ranges }) => [id, kind, ranges]).sort(),
        );
        assert.equal(hit.text, same.text);
        assert.deepEqual(hit.origin, { team: '팀', source: 'docs', link: null });
      });
    }
    assert.ok(found > 150);
    assert.ok(alike > 0.95 * found);
  });

  it('go on doing so when the average length is no longer that of the beginning', async () => {
    await using folder = await folderWith(Object.fromEntries(Object.entries(files).slice(0, 20)));
    const team = teamName();
    const access = accessTo(await server());
    const { client } = await push(access, folder, { team });
    const longer = seeded(8);
    await fill(
      folder.path,
      Object.fromEntries(
        Array.from({ length: 40 }, (_, i) => [
          `lang${i}.md`,
          `${wordsOf(longer, 60).replaceAll(' ', '')}\n`.repeat(2),
        ]),
      ),
    );
    await push(access, folder, { team });
    const local = await localSource(folder);
    const source = await sourceOf(client, team);
    for (const text of queries.slice(0, 12)) {
      const plan = planOf(text);
      const own = allOf(await rankTogether([local], plan, FUSION));
      const theirs = allOf(await rankTogether([source.asked(NEVER)], plan, FUSION));
      assert.equal(theirs.length, own.length);
      theirs.forEach((hit, i) =>
        assert.ok(Math.abs(hit.score - own[i]!.score) <= ROUNDING * own[i]!.score, text),
      );
    }
  });
});
