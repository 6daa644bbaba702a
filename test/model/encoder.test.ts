import assert from 'node:assert/strict';
import path from 'node:path';
import { IN_CONTEXT, type SparseVector } from '../../src/index/sparseVector.ts';
import { WordPlaces } from '../../src/text/words.ts';
import { Encoder, pool } from '../../src/model/encoder.ts';
import { dimensionNames } from '../../src/model/dimensions.ts';
import { openModelFolder } from '../../src/model/modelFolder.ts';
import { Tokenizer } from '../../src/model/tokenizer.ts';

const DEFAULT = path.join(import.meta.dirname, '../../media/model');
const TEXT = '**직원**이 [연차](http://a.b) 휴가를 쓰려면 부서장의 결재를 받아야 한다.';

describe('Tokenizer', () => {
  it('frames a text with prompt and special tokens that do not vote', async () => {
    const tokenizer = await Tokenizer.open(await openModelFolder(DEFAULT));
    const { ids, voteStart, voteEnd, places } = tokenizer.encode('query: ', '연차 신청');
    assert.equal(ids[0], 0);
    assert.equal(ids.at(-1), 2);
    assert.deepEqual([voteStart, voteEnd], [4, ids.length - 1]);
    assert.equal(places().length, voteEnd - voteStart);
  });
  it('counts as it encodes: special tokens that stand in a text, strange letters, blanks', async () => {
    const tokenizer = await Tokenizer.open(await openModelFolder(DEFAULT));
    const frame = tokenizer.encode('', '').ids.length;
    const texts = [
      '회의록을 정리하는  방법',
      'a</s>b <s> 끝',
      ' \n\t',
      '',
      '🎂🎂 ᄒᆞᆫ글 ＡＢＣ',
      '뷁뷁뷁 x',
      '▁ ▁▁a',
    ];
    for (const text of [...texts, ...texts]) {
      const { ids } = tokenizer.encode('', text);
      assert.equal(tokenizer.count(text), ids.length - frame, text);
    }
  });
  it('cuts what is too long and keeps the end mark', async () => {
    const folder = await openModelFolder(DEFAULT);
    const tokenizer = await Tokenizer.open(folder);
    const { ids, voteEnd } = tokenizer.encode('passage: ', '회의록 '.repeat(2_000));
    assert.equal(ids.length, folder.manifest.maxTokens);
    assert.equal(ids.at(-1), 2);
    assert.equal(voteEnd, ids.length - 1);
  });
});

describe('Encoder (the embedded model)', () => {
  let encoder: Encoder;
  let names: readonly string[] = [];
  before(async () => {
    const folder = await openModelFolder(DEFAULT);
    names = await dimensionNames(folder);
    encoder = await Encoder.open(folder, 2);
  });
  after(() => encoder.close());

  const named = (vector: SparseVector): Map<string, number> =>
    new Map(Array.from(vector.dimensions, (dimension, i) => [names[dimension]!, i]));

  it('lights up words of the text at their place, and of the headings in the context', async () => {
    const { vectors } = await encoder.encode([{ kind: 'passage', context: '취업규칙', text: TEXT }]);
    const vector = vectors[0]!;
    const found = named(vector);
    const place = new WordPlaces(TEXT).word(vector.places[found.get('직원')!]!)!;
    assert.equal(place.start, TEXT.indexOf('직원'));
    assert.equal(vector.places[found.get('규칙')!], IN_CONTEXT);
    assert.ok(vector.weights.every(weight => weight > 0));
    assert.ok(vector.dimensions.every((dimension, i) => i === 0 || dimension > vector.dimensions[i - 1]!));
  });

  it('gives a text the same vector whatever stands beside it in the batch', async () => {
    const inputs = [TEXT, '짧은 글', '회의 '.repeat(60)].map(text => ({
      kind: 'passage' as const,
      context: '',
      text,
    }));
    const together = await encoder.encode(inputs);
    for (const [i, input] of inputs.entries()) {
      const alone = (await encoder.encode([input])).vectors[0]!;
      const other = new Map(
        Array.from(together.vectors[i]!.dimensions, (d, j) => [d, together.vectors[i]!.weights[j]!]),
      );
      for (let j = 0; j < alone.dimensions.length; j++)
        assert.ok(Math.abs(alone.weights[j]! - (other.get(alone.dimensions[j]!) ?? 0)) < 2e-3);
    }
  });

  it('takes empty text, emoji and markup alone', async () => {
    const texts = ['', '🙂', '***', '\n', '\ud800'];
    const { vectors } = await encoder.encode(texts.map(text => ({ kind: 'passage', context: '', text })));
    assert.equal(vectors.length, texts.length);
  });
});

describe('pool', () => {
  it('keeps what is above the smallest weight', () => {
    const vector = pool(
      Float32Array.of(0, 0.5, 0.01, 2),
      BigInt64Array.of(0n, 1n, 2n, 3n),
      0.1,
      position => position * 10,
    );
    assert.deepEqual([...vector.dimensions], [1, 3]);
    assert.deepEqual([...vector.places], [10, 30]);
  });
});
