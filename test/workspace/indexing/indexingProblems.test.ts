import assert from 'node:assert/strict';
import { UserError } from '../../../src/errors/userError.ts';
import { abortError } from '../../../src/threads/abort.ts';
import { IndexingProblems } from '../../../src/workspace/indexing/indexingProblems.ts';

async function rejected(fault: Error): Promise<void> {
  await Promise.resolve();
  throw fault;
}

describe('the problems of indexing', () => {
  let problems: IndexingProblems;
  let away: string[];
  let lines: string[];
  let changes = 0;
  beforeEach(() => {
    [away, lines, changes] = [[], [], 0];
    problems = new IndexingProblems({
      language: 'en',
      onFolderAway: folder => away.push(folder),
      onChanged: () => changes++,
      log: line => lines.push(line),
    });
  });
  const fail = (error: Error): Promise<void> => problems.guard('/notes', rejected(error));

  it('are none at first, and none after work that succeeds', async () => {
    await problems.guard('/notes', Promise.resolve());
    await problems.guard('/notes', undefined);
    assert.deepEqual([problems.hasFailed, problems.text(null, null), changes], [false, null, 0]);
  });

  it('are told with their subject, logged, and solved by the next work that succeeds', async () => {
    await fail(new UserError('diskFull', '/store'));
    assert.ok(problems.hasFailed);
    assert.match(problems.text(null, null)!, /\/store/);
    assert.equal(changes, 1);
    assert.match(lines[0]!, /^indexing stopped: /);
    await problems.guard('/notes', Promise.resolve());
    assert.deepEqual([problems.hasFailed, problems.text(null, null)], [false, null]);
  });

  it('have words for errors that nobody foresaw', async () => {
    await fail(new Error('a bug'));
    assert.match(problems.text(null, null)!, /a bug/);
  });

  it('are not made by work that was called off', async () => {
    await fail(abortError());
    assert.deepEqual([problems.hasFailed, lines, changes], [false, [], 0]);
  });

  it('name a folder that is away, so that it is looked for', async () => {
    await fail(new UserError('folderUnreadable', '/notes'));
    assert.deepEqual(away, ['/notes']);
  });

  it('are told one at a time: the failure, then the model, then a repair, then the glossary', async () => {
    const ofModel = new UserError('modelDamaged', 'a model');
    problems.repaired();
    await fail(new UserError('diskFull', '/store'));
    assert.match(problems.text(ofModel, 'a line')!, /\/store/);
    problems.solved();
    assert.match(problems.text(ofModel, 'a line')!, /a model/);
    const repaired = problems.text(null, 'a line')!;
    assert.doesNotMatch(repaired, /a line/);
    problems.rebuilt();
    assert.match(problems.text(null, 'a line')!, /a line/);
  });
});
