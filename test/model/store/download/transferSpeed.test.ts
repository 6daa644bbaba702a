import assert from 'node:assert/strict';
import { TransferSpeed } from '../../../../src/model/store/download/transferSpeed.ts';

describe('TransferSpeed', () => {
  it('measures the last seconds, not what an earlier run had', () => {
    let now = 0;
    const speed = new TransferSpeed(() => now);
    speed.add(5_000_000);
    assert.equal(speed.bytesPerSecond, 0);
    assert.equal(speed.secondsLeft(1), null);
    for (let second = 1; second <= 60; second++) {
      now = second * 1_000;
      speed.add(5_000_000 + second * (second <= 40 ? 1_000 : 2_000));
    }
    assert.equal(speed.bytesPerSecond, 2_000);
    assert.equal(speed.secondsLeft(3_000), 2);
    speed.add(0);
    assert.equal(speed.bytesPerSecond, 0);
  });
});
