/** Converted checkpoints against golden vectors of sentence-transformers (test/oracle/README.md). */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { convertCheckpoint } from '../../../src/model/convert/convertCheckpoint.ts';
import type { Quantisation } from '../../../src/model/convert/quantise.ts';
import { Encoder, type EncoderInput } from '../../../src/model/encoder.ts';
import { openModelFolder, type ModelManifest } from '../../../src/model/modelFolder.ts';
import { Tokenizer } from '../../../src/model/tokenizer.ts';
import type { SparseVector } from '../../../src/index/sparseVector.ts';

const FIXTURES = path.join(import.meta.dirname, '../../oracle/fixtures');
const NAMES = readdirSync(FIXTURES);

type Input = EncoderInput & { readonly prompt: string };

interface Golden {
  readonly text?: string;
  readonly repeat?: { readonly text: string; readonly times: number };
  readonly kind: 'query' | 'document' | null;
  readonly ids: readonly number[] | { readonly count: number; readonly sha256: string };
  readonly vector: Readonly<Record<string, number>>;
}

/** Relative to weights above 1: sums over thousands of tokens lose absolute digits. */
const EXACT = 1e-4;
/**
 * The least cosine of any text. Random weights of 32 columns are the worst case for 8 bits: real ones of 384 keep
 * .995 (u8) and .985 (s7), see the figures in each converted model's manifest.
 */
const KEEPS: Readonly<Record<Exclude<Quantisation, 'fp32'>, number>> = {
  w8: 0.997,
  u8: 0.99,
  s7: 0.975,
  s4: 0.96,
};

describe('converted checkpoints', () => {
  let work = '';
  before(async () => {
    work = await mkdtemp(path.join(os.tmpdir(), 'malmoi-parity-'));
  });
  after(() => rm(work, { recursive: true, force: true }));

  const convert = async (name: string, quantisation: Quantisation): Promise<string> => {
    const out = path.join(await mkdtemp(path.join(work, 'out-')), `${name}-${quantisation}`);
    await convertCheckpoint({ checkpoint: path.join(FIXTURES, name), out, quantisation, threads: 2 });
    return out;
  };

  it('has every architecture among its fixtures', () => {
    for (const family of ['modernbert', 'bert', 'roberta', 'xlm-roberta', 'distilbert'])
      assert.ok(
        NAMES.some(name => name.startsWith(family)),
        family,
      );
  });

  for (const name of NAMES) {
    it(`${name} gives the token ids and the weights of sentence-transformers`, async function () {
      this.timeout(120_000);
      const folder = await openModelFolder(await convert(name, 'fp32'));
      const goldens = await goldensOf(name);
      assert.ok(goldens.length >= 2);
      const tokenizer = await Tokenizer.open(folder);
      const encoder = await Encoder.open(folder, 2);
      try {
        for (const golden of goldens) {
          const input = inputOf(golden, folder.manifest);
          assert.deepEqual(
            idsAs(golden, tokenizer.encode(input.prompt, input.text).ids),
            golden.ids,
            label(golden),
          );
          const { vectors } = await encoder.encode([input]);
          assertClose(vectors[0]!, golden);
        }
        // The same in padded batches, short texts beside long ones.
        const short = goldens.filter(golden => lengthOf(golden) < 2_000);
        for (let at = 0; at < short.length; at += 8) {
          const batch = short.slice(at, at + 8);
          const { vectors } = await encoder.encode(batch.map(golden => inputOf(golden, folder.manifest)));
          batch.forEach((golden, i) => assertClose(vectors[i]!, golden));
        }
      } finally {
        await encoder.close();
      }
    });
  }

  it('keeps what a checkpoint of our own training says of itself', async () => {
    const { path: folder, manifest } = await openModelFolder(await convert('malmoi-own-words', 'w8'));
    assert.equal(manifest.vote, 'contentTokens');
    assert.deepEqual(manifest.recommendedPassageTokens, [96, 192]);
    const words = JSON.parse(await readFile(path.join(folder, 'tokens.json'), 'utf8')) as string[];
    assert.equal(manifest.dimensions, words.length);
    assert.equal(words[0], '예산');
  });

  it('calls a checkpoint what it calls itself, where the request says nothing', async () => {
    const checkpoint = path.join(work, 'named');
    await cp(path.join(FIXTURES, 'malmoi-own-words'), checkpoint, { recursive: true });
    const file = path.join(checkpoint, 'malmoi.json');
    const own = JSON.parse(await readFile(file, 'utf8')) as object;
    await writeFile(file, JSON.stringify({ ...own, name: 'malmoi-ko-mini', revision: '1' }));
    const request = { checkpoint, quantisation: 's7', threads: 2 } as const;
    await convertCheckpoint({ ...request, out: path.join(work, 'itself') });
    await convertCheckpoint({ ...request, out: path.join(work, 'asked'), identity: { name: 'mine' } });
    const [itself, asked] = await Promise.all(
      ['itself', 'asked'].map(async out => (await openModelFolder(path.join(work, out))).manifest),
    );
    assert.deepEqual(
      [itself!.name, itself!.revision, itself!.vote],
      ['malmoi-ko-mini', '1', 'contentTokens'],
    );
    assert.deepEqual([asked!.name, asked!.revision], ['mine', '1']);
  });

  for (const quantisation of ['u8', 's7', 's4'] as const)
    it(`gives a text the same vector in ${quantisation} whatever stands beside it in the batch`, async () => {
      const encoder = await Encoder.open(await openModelFolder(await convert('bert', quantisation)), 2);
      try {
        const inputs = ['예산', '회의록 '.repeat(40), '2024년 예산안 검토 결과를 정리한 문서'].map(
          text => ({ kind: 'passage', context: '', text }) as const,
        );
        const { vectors } = await encoder.encode(inputs);
        for (const [i, input] of inputs.entries()) {
          const alone = (await encoder.encode([input])).vectors[0]!;
          assert.deepEqual(alone.dimensions, vectors[i]!.dimensions);
          alone.weights.forEach((weight, j) => assert.ok(Math.abs(weight - vectors[i]!.weights[j]!) < 1e-5));
        }
      } finally {
        await encoder.close();
      }
    });

  for (const name of ['modernbert-bf16', 'bert', 'roberta-untied', 'distilbert'])
    for (const quantisation of ['w8', 'u8', 's7', 's4'] as const) {
      it(`${name} keeps a cosine of ${KEEPS[quantisation]} in ${quantisation}`, async () => {
        const folder = await openModelFolder(await convert(name, quantisation));
        assert.equal(folder.manifest.quantisation, quantisation);
        assert.ok(folder.manifest.fidelity!.worstCosine > KEEPS[quantisation]);
        const encoder = await Encoder.open(folder, 2);
        try {
          const goldens = await goldensOf(name);
          for (const golden of goldens.filter(each => lengthOf(each) < 2_000)) {
            const { vectors } = await encoder.encode([inputOf(golden, folder.manifest)]);
            const found = cosine(vectors[0]!, golden.vector);
            assert.ok(found > KEEPS[quantisation], `${label(golden)}: ${found}`);
          }
        } finally {
          await encoder.close();
        }
      });
    }
});

describe('s4', () => {
  it('is smaller than s7 by half of the vocabulary matrix', async () => {
    const work = await mkdtemp(path.join(os.tmpdir(), 'malmoi-s4-'));
    try {
      const sizes: number[] = [];
      for (const quantisation of ['s7', 's4'] as const) {
        const out = path.join(work, quantisation);
        const checkpoint = path.join(FIXTURES, 'malmoi-own-words');
        await convertCheckpoint({ checkpoint, out, quantisation, threads: 2 });
        const { manifest } = await openModelFolder(out);
        sizes.push(manifest.files['model.onnx.data']!.bytes);
      }
      assert.ok(sizes[1]! < 0.9 * sizes[0]!, sizes.join(' -> '));
    } finally {
      await rm(work, { recursive: true, force: true });
    }
  });
});

async function goldensOf(name: string): Promise<readonly Golden[]> {
  return JSON.parse(await readFile(path.join(FIXTURES, name, 'golden.json'), 'utf8')) as Golden[];
}

function inputOf({ text, repeat, kind }: Golden, { prompts }: ModelManifest): Input {
  const whole = text ?? repeat!.text.repeat(repeat!.times);
  const prompt = kind === 'query' ? prompts.query : kind === null ? prompts.plain! : prompts.passage;
  return { kind: 'passage', prompt, context: '', text: whole };
}

function lengthOf({ text, repeat }: Golden): number {
  return text?.length ?? repeat!.text.length * repeat!.times;
}

function label(golden: Golden): string {
  return JSON.stringify(golden.text ?? golden.repeat).slice(0, 60);
}

/** In the golden's own form: long lists are given by their length, ends and hash. */
function idsAs({ ids }: Golden, found: readonly number[]): unknown {
  if (Array.isArray(ids)) return found;
  const form: Record<string, unknown> = { ...ids, count: found.length };
  for (const [key, value] of Object.entries(ids)) {
    if (key === 'sha256') form[key] = createHash('sha256').update(found.join(',')).digest('hex');
    else if (Array.isArray(value))
      form[key] = key === 'last' ? found.slice(-value.length) : found.slice(0, value.length);
  }
  return form;
}

function assertClose(vector: SparseVector, golden: Golden): void {
  const weights = new Map(Array.from(vector.dimensions, (id, i) => [id, vector.weights[i]!]));
  for (const id of new Set([...weights.keys(), ...Object.keys(golden.vector).map(Number)])) {
    const expected = golden.vector[String(id)] ?? 0;
    const difference = Math.abs((weights.get(id) ?? 0) - expected) / Math.max(1, expected);
    assert.ok(difference < EXACT, `${label(golden)}: dimension ${id} differs by ${difference}`);
  }
}

function cosine(vector: SparseVector, golden: Readonly<Record<string, number>>): number {
  let [dot, own, other] = [0, 0, 0];
  vector.dimensions.forEach((id, i) => {
    dot += vector.weights[i]! * (golden[String(id)] ?? 0);
    own += vector.weights[i]! ** 2;
  });
  for (const weight of Object.values(golden)) other += weight ** 2;
  return own === 0 && other === 0 ? 1 : dot / Math.sqrt(own * other || 1);
}
