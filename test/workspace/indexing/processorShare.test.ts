import assert from 'node:assert/strict';
import { ProcessorShare } from '../../../src/workspace/indexing/processorShare.ts';

describe('ProcessorShare', () => {
  it('rests as long as the share demands, within reason', () => {
    const share = new ProcessorShare(8, () => 0);
    assert.equal(share.restAfter(100), 0);
    share.wanted = 0.25;
    assert.equal(share.restAfter(100), 300);
    assert.equal(share.restAfter(60_000), 2_000);
  });

  it('leaves a core to a person who types, until they have stopped', () => {
    let now = 0;
    const share = new ProcessorShare(4, () => now);
    assert.equal(share.share, 1);
    share.personWorks();
    assert.equal(share.share, 0.75);
    now = 9_000;
    assert.equal(share.share, 0.75);
    share.personWorks();
    now = 20_000;
    assert.equal(share.share, 1);
  });

  it('takes half of the only core, and never more than is allowed', () => {
    const share = new ProcessorShare(1, () => 0);
    share.personWorks();
    assert.equal(share.share, 0.5);
    share.wanted = 0.2;
    assert.equal(share.share, 0.2);
  });
});
