import assert from 'node:assert/strict';
import { teamOperand } from '../../src/commandLine/team/teamOperand.ts';
import { teamOfFolder } from '../../src/domain/team/team.ts';

describe('a source of a team on the command line', () => {
  it('is named by its team and itself, and is no path', () => {
    assert.deepEqual(teamOfFolder(teamOperand('team:wiki/공유 폴더'.replace(' ', '-'))!), {
      team: 'wiki',
      source: '공유-폴더',
    });
    for (const other of [
      'wiki/share',
      'team:',
      'team:wiki',
      'team:wiki/',
      'team:/share',
      'team:a/b/c',
      'team:../x',
    ])
      assert.equal(teamOperand(other), null, other);
  });
});
