import assert from 'node:assert/strict';
import { evaluate, indexSet, wordsOfIndex, type EvaluationPorts } from '../../src/evaluation/evaluate.ts';
import { plainKernel } from '../../src/index/kernel/plainKernel.ts';
import { PassageIndex } from '../../src/index/passageIndex.ts';
import { Scorer } from '../../src/index/scoring/scorer.ts';
import { REFERENCE_TEXT } from '../../src/search/ranking/semanticReference.ts';
import { MemoryStore } from '../fakes/memoryStore.ts';
import { vectorOf } from '../fakes/records.ts';

describe('evaluate', () => {
  const read: string[] = [];
  const ports: EvaluationPorts = {
    scorer: new Scorer(plainKernel),
    encode: batch =>
      Promise.resolve({ vectors: batch.map(() => vectorOf({ 1: 1 })), tokens: 1, milliseconds: 1 }),
    encodeQuery: text => {
      read.push(text);
      return Promise.resolve(vectorOf({ 2: 1 }));
    },
    countTokens: text => text.length,
    rules: { minTokens: 96, maxTokens: 192 },
    names: [],
    onProgress: () => undefined,
  };
  const texts = ['연차는 3일 전에 신청한다.', '새 콘텐츠를 매주 낸다.', '회의록을 올린다.'];
  const set = {
    documents: texts.map((text, i) => ({ id: `d${i}`, title: '', text })),
    queries: ['"연차"에는 "없는 말"', '컨텐츠', 'ㅎㅇㄹ'].map((text, i) => ({
      id: `q${i}`,
      title: '',
      text,
    })),
    judgements: new Map(texts.map((_, i) => [`q${i}`, new Map([[`d${i}`, 1]])])),
  };

  it('looks for other forms of words as a search does, and takes quotation marks for text', async () => {
    const index = await PassageIndex.open(new MemoryStore(), 'f');
    await indexSet(set, index, ports);
    const lexicon = await wordsOfIndex(index);
    const found = async (words: typeof lexicon): Promise<number> =>
      (await evaluate({ set, index, lexicon: words }, 'hybrid', ports, 0))['recall@10'];
    assert.equal(await found(lexicon), 1);
    assert.deepEqual(read, [REFERENCE_TEXT, '"연차"에는 "없는 말"', '컨텐츠', '회의록']);
    assert.ok((await found(null)) < 1);
  });
});
