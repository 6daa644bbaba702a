import assert from 'node:assert/strict';
import { cp, mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { convertCheckpoint } from '../../../src/model/convert/convertCheckpoint.ts';
import type { ConvertProgress } from '../../../src/model/store/converter.ts';
import { openModelFolder } from '../../../src/model/modelFolder.ts';
import { GraphBuilder, TensorType } from '../../../src/model/onnx/graphBuilder.ts';

const FIXTURES = path.join(import.meta.dirname, '../../oracle/fixtures');

describe('converting a checkpoint', () => {
  let work = '';
  let out = '';
  beforeEach(async () => {
    work = await mkdtemp(path.join(os.tmpdir(), 'malmoi-convert-'));
    out = path.join(work, 'model');
  });
  afterEach(() => rm(work, { recursive: true, force: true }));

  /** A copy of a fixture, with fields of one of its JSON files changed. */
  const changed = async (fixture: string, file: string, fields: object): Promise<string> => {
    const folder = path.join(work, 'checkpoint');
    await cp(path.join(FIXTURES, fixture), folder, { recursive: true });
    const json = await readFile(path.join(folder, file), 'utf8').then(
      text => JSON.parse(text) as object,
      () => ({}),
    );
    await writeFile(
      path.join(folder, file),
      JSON.stringify(Array.isArray(json) ? fields : { ...json, ...fields }),
    );
    return folder;
  };

  const refusals: readonly [string, string, object, RegExp][] = [
    ['bert', 'config.json', { architectures: ['T5ForConditionalGeneration'] }, /architectures = "T5/],
    ['bert', 'config.json', { position_embedding_type: 'relative_key' }, /position_embedding_type/],
    ['bert', 'config.json', { hidden_act: 'mish' }, /hidden_act = "mish"/],
    ['bert', 'config.json', { is_decoder: true }, /is_decoder/],
    ['bert', 'config.json', { num_attention_heads: 5 }, /num_attention_heads/],
    ['bert', 'config.json', { hidden_size: 'wide' }, /hidden_size/],
    ['bert', 'config.json', { intermediate_size: 999 }, /tensor bert\.encoder.*999/],
    ['modernbert-old-config', 'config.json', { rope_scaling: { type: 'yarn' } }, /rope_scaling/],
    ['modernbert-bf16', 'config.json', { layer_types: ['full_attention'] }, /layer_types/],
    [
      'modernbert-bf16',
      'config.json',
      { rope_parameters: { full_attention: { rope_type: 'yarn' } } },
      /rope_parameters\.full_attention\.rope_type = "yarn"/,
    ],
    ['bert', '1_SpladePooling/config.json', { pooling_strategy: 'mean' }, /pooling_strategy = "mean"/],
    ['bert', '1_SpladePooling/config.json', { activation_function: 'tanh' }, /activation_function/],
    ['bert', 'config_sentence_transformers.json', { similarity_fn_name: 'cosine' }, /similarity_fn_name/],
    ['bert', 'sentence_bert_config.json', { transformer_task: 'feature-extraction' }, /transformer_task/],
    ['bert', 'sentence_bert_config.json', { query_length: 8 }, /query_length/],
    ['bert', 'tokenizer_config.json', { truncation_side: 'left' }, /truncation_side/],
    [
      'bert',
      'modules.json',
      [
        { idx: 0, path: '', type: 'sentence_transformers.models.Transformer' },
        { idx: 1, path: '1_Pooling', type: 'sentence_transformers.models.Pooling' },
      ],
      /modules\.json: type = .*Pooling/,
    ],
    [
      'bert',
      'modules.json',
      [
        { idx: 0, path: '../..', type: 'sentence_transformers.models.Transformer' },
        { idx: 1, path: '1_SpladePooling', type: 'x.SpladePooling' },
      ],
      /modules\.json: path/,
    ],
  ];
  for (const [fixture, file, fields, subject] of refusals)
    it(`names the field: ${file} ${JSON.stringify(fields).slice(0, 60)}`, async () => {
      const checkpoint = await changed(fixture, file, fields);
      await assert.rejects(convertCheckpoint({ checkpoint, out, quantisation: 'fp32', threads: 1 }), {
        code: 'modelUnsupported',
        subject,
      });
      assert.deepEqual(await readdir(work), ['checkpoint'], 'nothing was written');
    });

  it('keeps max_active_dims of the largest weights', async () => {
    const checkpoint = await changed('bert', 'config_sentence_transformers.json', { max_active_dims: 7 });
    await convertCheckpoint({ checkpoint, out, quantisation: 'fp32', threads: 1 });
    assert.equal((await openModelFolder(out)).manifest.maxActive, 7);
  });

  it('chooses, measures and says so', async () => {
    const steps = new Set<string>();
    const onProgress = ({ step, done, total }: ConvertProgress): void => {
      steps.add(step);
      assert.ok(done <= total);
    };
    const checkpoint = path.join(FIXTURES, 'distilbert');
    await convertCheckpoint({ checkpoint, out, quantisation: 'auto', threads: 1, onProgress });
    assert.deepEqual([...steps], ['fidelity', 'weights', 'checksums']);
    const { manifest, fingerprint } = await openModelFolder(out);
    assert.equal(manifest.quantisation, 's7');
    // However fast it went: the same model, for the index too.
    const again = path.join(work, 'again');
    await convertCheckpoint({ checkpoint, out: again, quantisation: 'auto', threads: 2 });
    assert.equal((await openModelFolder(again)).fingerprint, fingerprint);
    assert.ok(manifest.fidelity!.cosine > 0.995);
    assert.ok(manifest.fidelity!.top100 > 0.93);
    assert.ok(manifest.fidelity!.tokensPerSecond! > 0);
  });

  it('cancelled leaves nothing at its place, and goes on where it stood', async () => {
    const checkpoint = path.join(FIXTURES, 'distilbert');
    const abort = new AbortController();
    const onProgress = ({ step }: ConvertProgress): void => {
      if (step === 'weights') abort.abort();
    };
    const request = { checkpoint, out, quantisation: 'u8', threads: 1 } as const;
    await assert.rejects(convertCheckpoint({ ...request, signal: abort.signal, onProgress }), {
      name: 'AbortError',
    });
    assert.equal(await stat(out).catch(() => null), null);
    const steps: string[] = [];
    await convertCheckpoint({ ...request, onProgress: ({ step }) => void steps.push(step) });
    assert.ok(!steps.includes('fidelity'), 'what was measured is not measured again');
    await openModelFolder(out);
    assert.deepEqual(await readdir(work), ['model']);
  });

  it('uses the graph that a checkpoint ships where its interface fits, else its weights', async () => {
    const checkpoint = path.join(FIXTURES, 'distilbert');
    await convertCheckpoint({ checkpoint, out, quantisation: 'fp32', threads: 1 });
    const shipping = await changed('distilbert', 'config.json', {});
    await cp(path.join(out, 'model.onnx'), path.join(shipping, 'onnx/model.onnx'));
    await cp(path.join(out, 'model.onnx.data'), path.join(shipping, 'onnx/model.onnx.data'));
    const again = path.join(work, 'again');
    await convertCheckpoint({ checkpoint: shipping, out: again, quantisation: 'auto', threads: 1 });
    const shipped = await openModelFolder(again);
    assert.equal(shipped.manifest.quantisation, 'shipped');
    const { files } = (await openModelFolder(out)).manifest;
    assert.deepEqual(shipped.manifest.files['model.onnx.data'], files['model.onnx.data']);
    // A graph that gives logits, as most exports do, and one that is none.
    for (const other of [logitsGraph(), Buffer.from('no graph')]) {
      await rm(again, { recursive: true });
      await writeFile(path.join(shipping, 'onnx/model.onnx'), other);
      await convertCheckpoint({ checkpoint: shipping, out: again, quantisation: 'auto', threads: 1 });
      assert.notEqual((await openModelFolder(again)).manifest.quantisation, 'shipped');
    }
  });

  it('never overwrites a model', async () => {
    const checkpoint = path.join(FIXTURES, 'distilbert');
    await convertCheckpoint({ checkpoint, out, quantisation: 'fp32', threads: 1 });
    const before = await readFile(path.join(out, 'malmoi-model.json'), 'utf8');
    await assert.rejects(convertCheckpoint({ checkpoint, out, quantisation: 'u8', threads: 1 }), {
      code: 'modelExists',
    });
    assert.equal(await readFile(path.join(out, 'malmoi-model.json'), 'utf8'), before);
  });
});

function logitsGraph(): Uint8Array {
  const graph = new GraphBuilder('unused');
  const ids = graph.input('input_ids', TensorType.int64, ['batch', 'length']);
  graph.output('logits', graph.op('Cast', [ids], { to: TensorType.float }), TensorType.float, [
    'batch',
    'length',
  ]);
  return graph.toBytes();
}
