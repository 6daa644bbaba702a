import assert from 'node:assert/strict';
import type { EngineStatus } from '../../src/domain/engineStatus.ts';
import { troubleOf, troubleText } from '../../src/editor/status/trouble.ts';
import { korean, status } from './wording.ts';

const model = { name: 'm', revision: '1', license: 'MIT', dimensions: 10, fingerprint: 'f' };
const ready = { state: 'ready' } as const;

describe('what is wrong', () => {
  const of = (fields: Partial<EngineStatus> | null): unknown =>
    troubleOf(fields === null ? null : status({ model, ...fields }), ready);

  it('is an engine that does not run, an indexing that failed, or no model', () => {
    assert.equal(troubleOf(null, { state: 'failed', message: 'gone' }), 'engine');
    assert.equal(troubleOf(status({ model }), { state: 'failed', message: 'gone' }), 'engine');
    assert.equal(of({ activity: 'failed', problem: 'the disk is full' }), 'indexing');
    assert.equal(of({ model: null, problem: 'the model is damaged' }), 'model');
  });

  it('is nothing while the engine or the model is being opened, or where only a warning is to be told', () => {
    assert.equal(of(null), null);
    assert.equal(of({}), null);
    assert.equal(of({ activity: 'starting', model: null }), null);
    assert.equal(of({ problem: 'an index was repaired' }), null);
    assert.equal(troubleOf(status({ problem: 'x' }), { state: 'restarting' }), null);
  });

  it('has a line in Korean, too', () => {
    for (const trouble of ['engine', 'indexing', 'model'] as const)
      assert.match(troubleText(trouble, korean), /^[^?]*[가-힣]/);
  });
});
