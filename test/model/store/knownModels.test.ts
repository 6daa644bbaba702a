import assert from 'node:assert/strict';
import { isModelName } from '../../../src/model/store/memberPath.ts';
import { KNOWN_MODELS, knownModel, lastPart, modelIdOf } from '../../../src/model/store/knownModels.ts';

describe('known models', () => {
  it('have names that can be installed, once each, and say everything in both languages', () => {
    const names = KNOWN_MODELS.map(({ id }) => lastPart(id));
    assert.equal(new Set(names).size, names.length);
    assert.ok(names.every(isModelName));
    for (const { bytes, license, note, id } of KNOWN_MODELS) {
      assert.ok(bytes > 1e6 && license !== '' && note.ko.endsWith('.') && note.en.endsWith('.'), id);
      assert.equal(knownModel(id)?.id, id);
    }
  });
  it('are found by their last part; any other model by its whole name', () => {
    assert.equal(modelIdOf('pixie-splade-preview'), 'telepix/PIXIE-Splade-Preview');
    assert.equal(modelIdOf('TELEPIX/pixie-splade-v1.5'), 'telepix/PIXIE-Splade-v1.5');
    assert.equal(modelIdOf('someone/model_1.0'), 'someone/model_1.0');
    for (const name of ['model', 'a/b/c', '../x', 'a/..', 'a/b?x', 'a b/c', '/a', ''])
      assert.equal(modelIdOf(name), null, name);
  });
});
