import assert from 'node:assert/strict';
import { encoderPlan, encoderThreads, readerThreads } from '../../../src/workspace/indexing/encoderPlan.ts';

const GB = 1024 ** 3;
const modelOf = (megabytes: number): Parameters<typeof encoderPlan>[0] => ({
  files: { 'model.onnx': { bytes: megabytes * 1024 ** 2, sha256: '' } },
});

describe('encoderPlan', () => {
  it('leaves room for the person’s own work on larger machines', () => {
    assert.deepEqual([1, 2, 4, 8, 64].map(encoderThreads), [1, 2, 4, 6, 8]);
  });
  it('reads on both of two cores, and on all but one of more, within reason', () => {
    assert.deepEqual([1, 2, 4, 8, 64].map(readerThreads), [1, 2, 3, 4, 4]);
  });
  it('opens a small model twice, and shares the threads out', () => {
    assert.deepEqual(encoderPlan(modelOf(40), 2, 8 * GB), { sessions: 2, threads: 1 });
    assert.deepEqual(encoderPlan(modelOf(40), 6, 8 * GB), { sessions: 2, threads: 3 });
  });
  it('opens a large model once, as it does where there is one core or little memory', () => {
    assert.deepEqual(encoderPlan(modelOf(600), 6, 8 * GB), { sessions: 1, threads: 6 });
    assert.deepEqual(encoderPlan(modelOf(40), 1, 8 * GB), { sessions: 1, threads: 1 });
    assert.deepEqual(encoderPlan(modelOf(40), 2, 4 * GB), { sessions: 1, threads: 2 });
  });
});
