import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { PreTrainedTokenizer } from '@huggingface/transformers';
import fc from 'fast-check';
import { UnigramSplitter, type UnigramModel } from '../../src/model/unigramSplitter.ts';

const FILE = path.join(import.meta.dirname, '../../media/model/tokenizer.json');

describe('UnigramSplitter', () => {
  let model: UnigramModel & { encode(words: readonly string[]): string[] };
  before(async () => {
    const tokenizer = new PreTrainedTokenizer(JSON.parse(await readFile(FILE, 'utf8')) as object, {});
    const loaded: unknown = tokenizer._tokenizer.model;
    model = loaded as typeof model;
    // The library joins unknown pieces afterwards, over the whole text.
    Object.assign(model, { fuse_unk: false });
  });

  it('splits into the pieces of the library', function () {
    this.timeout(60_000);
    const splitter = new UnigramSplitter(model);
    const unit = fc.oneof(
      fc.integer({ min: 0xac00, max: 0xd7a3 }).map(code => String.fromCharCode(code)),
      fc.constantFrom(...'▁회의록을 정리하는 방법은 kubernetes API 2024-03-15 뷁 ᄒ\u0301漢<s>'),
    );
    const word = fc.oneof(
      fc.array(unit, { minLength: 1, maxLength: 24 }).map(units => units.join('')),
      fc
        .array(fc.constantFrom(...model.tokens_to_ids.keys()), { minLength: 1, maxLength: 6 })
        .map(all => all.join('')),
    );
    fc.assert(
      fc.property(word, own => {
        const pieces = splitter.split(own);
        if (pieces !== null) assert.deepEqual(pieces, model.encode([own]));
      }),
      { numRuns: 2_000 },
    );
  });
  it('splits a word of as many nodes as there may be', () => {
    const splitter = new UnigramSplitter(model);
    for (const word of ['합니다'.repeat(80), 'the'.repeat(85), '▁', 'ー'.repeat(256)])
      assert.deepEqual(splitter.split(word), model.encode([word]));
  });
  it('leaves to the library what it does not know', () => {
    const splitter = new UnigramSplitter(model);
    assert.equal(splitter.split('🎂'), null);
    assert.equal(splitter.split('가'.repeat(257)), null);
    assert.equal(splitter.split(''), null);
  });
});
