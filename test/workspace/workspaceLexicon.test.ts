import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { PassageIndex } from '../../src/index/passageIndex.ts';
import { WorkspaceLexicon } from '../../src/workspace/workspaceLexicon.ts';
import { MemoryStore } from '../fakes/memoryStore.ts';
import { file, pendingPassage } from '../fakes/records.ts';

/** Polls, with a limit that a loaded machine does not reach. */
async function until(isTrue: () => boolean): Promise<void> {
  for (let waited = 0; !isTrue(); waited += 20) {
    assert.ok(waited < 60_000, 'it never came true');
    await sleep(20);
  }
}

describe('WorkspaceLexicon', function () {
  this.timeout(120_000);

  it('reads the words seldom while files are being read, and again as soon as they are all there', async () => {
    const index = await PassageIndex.open(new MemoryStore(), 'f');
    await index.replace([file('a', [pendingPassage('수달은 강에 산다')])]);
    let isReading = true;
    let began = 0;
    const lexicon = new WorkspaceLexicon({
      indexes: () => {
        began++;
        return [index];
      },
      glossaries: async () => {
        // The reading takes so long that its share of the time allows the next one only after minutes.
        await sleep(2_000);
        return [];
      },
      isReading: () => isReading,
      pace: () => Promise.resolve(),
      log: line => assert.fail(line),
    });
    const knows = (word: string): boolean => lexicon.current?.vocabulary.has(word) === true;
    try {
      lexicon.changed();
      await until(() => knows('수달은'));
      await index.replace([file('b', [pendingPassage('두루미가 난다')])]);
      lexicon.changed();
      await sleep(3_000);
      assert.equal(began, 1);
      isReading = false;
      await until(() => knows('두루미가'));
      assert.equal(began, 2);
    } finally {
      await lexicon.close();
    }
  });
});
