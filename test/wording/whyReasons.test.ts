import assert from 'node:assert/strict';
import type { Explanation } from '../../src/domain/explanation.ts';
import { sayIn } from '../../src/wording/language.ts';
import { whyReasons } from '../../src/wording/whyReasons.ts';
import { hit } from '../editor/hits.ts';

const NOTHING: Explanation = {
  entry: { folder: '/n', path: 'a.md', state: 'indexed', reason: null, detail: null, passages: 1 },
  exclusion: null,
  isReadable: true,
  waitingBefore: null,
  hiddenBy: [],
  isFiltered: false,
  best: null,
  rank: null,
  bestScore: 0,
  threshold: 1,
  lacking: [],
};
const reasons = (own: Partial<Explanation>): string[] => whyReasons({ ...NOTHING, ...own }, sayIn('en'));

describe('why a file is not found', () => {
  it('names the line of the ignore file, the setting or the folder that leaves it out', () => {
    const exclusion = { by: 'rule', file: 'a/.gitignore', line: 3, rule: '*.md\u001b[2J' } as const;
    assert.deepEqual(reasons({ exclusion, entry: null }), ['Line 3 of a/.gitignore excludes it: *.md␛[2J']);
    assert.match(
      reasons({ exclusion: { by: 'exclude', glob: 'a/**' }, entry: null })[0]!,
      /setting.*a\/\*\*/,
    );
    assert.match(
      reasons({ exclusion: { by: 'hidden', folder: '.git' }, entry: null })[0]!,
      /hidden folder: \.git/,
    );
    assert.match(reasons({ exclusion: { by: 'include' }, entry: null })[0]!, /settings include/);
  });

  it('tells files that are not there, not read, left out or waiting', () => {
    assert.match(reasons({ entry: null })[0]!, /no such file/);
    assert.match(reasons({ entry: null, isReadable: false })[0]!, /type are not read/);
    const skipped = { ...NOTHING.entry!, state: 'skipped', reason: 'encrypted' } as const;
    assert.match(reasons({ entry: skipped })[0]!, /password/);
    assert.match(reasons({ waitingBefore: 12 })[0]!, /behind 12 files/);
  });

  it('tells rank and score, what folds it away, and the words that it lacks', () => {
    const best = hit({ score: 0.5 });
    const lacking = [{ text: '서버', range: { start: 0, end: 2 } }];
    const told = reasons({ best, rank: 7, bestScore: 9, lacking });
    assert.match(told[0]!, /ranks 7 \(score 0\.5; the top result has 9\)/);
    assert.match(told[1]!, /folded away.*below 1/);
    assert.match(told[2]!, /missing from the passage: 서버/);
    assert.deepEqual(reasons({}), ['Nothing in the file matches the query.']);
  });
});
