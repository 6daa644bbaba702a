/** A ModernBERT checkpoint of a given shape with random weights, as safetensors in bf16: for measuring only. */
import fs from 'node:fs';
import path from 'node:path';

export interface ModernBertShape {
  readonly layers: number;
  readonly hidden: number;
  readonly intermediate: number;
  readonly heads: number;
  readonly vocabulary: number;
  readonly maxPositions: number;
}

/** The shape of telepix/PIXIE-Splade-Preview. */
export const FULL_SHAPE: ModernBertShape = {
  layers: 22,
  hidden: 768,
  intermediate: 1152,
  heads: 12,
  vocabulary: 50_000,
  maxPositions: 8_192,
};

export function writeCheckpoint(folder: string, shape: ModernBertShape): void {
  fs.mkdirSync(folder, { recursive: true });
  const { layers, hidden, intermediate, vocabulary } = shape;
  const tensors: [string, readonly number[]][] = [
    ['model.embeddings.tok_embeddings.weight', [vocabulary, hidden]],
    ['model.embeddings.norm.weight', [hidden]],
  ];
  for (let i = 0; i < layers; i++) {
    const at = `model.layers.${i}`;
    if (i > 0) tensors.push([`${at}.attn_norm.weight`, [hidden]]);
    tensors.push(
      [`${at}.attn.Wqkv.weight`, [3 * hidden, hidden]],
      [`${at}.attn.Wo.weight`, [hidden, hidden]],
      [`${at}.mlp_norm.weight`, [hidden]],
      [`${at}.mlp.Wi.weight`, [2 * intermediate, hidden]],
      [`${at}.mlp.Wo.weight`, [hidden, intermediate]],
    );
  }
  tensors.push(
    ['model.final_norm.weight', [hidden]],
    ['head.dense.weight', [hidden, hidden]],
    ['head.norm.weight', [hidden]],
    ['decoder.bias', [vocabulary]],
  );
  writeSafetensors(path.join(folder, 'model.safetensors'), tensors);
  const config = {
    architectures: ['ModernBertForMaskedLM'],
    vocab_size: vocabulary,
    hidden_size: hidden,
    intermediate_size: intermediate,
    num_hidden_layers: layers,
    num_attention_heads: shape.heads,
    max_position_embeddings: shape.maxPositions,
    pad_token_id: 0,
  };
  const vocab = Object.fromEntries(Array.from({ length: vocabulary }, (_, i) => [`w${i}`, i]));
  const tokenizer = {
    version: '1.0',
    added_tokens: [{ id: 1, content: 'w1', special: true }],
    normalizer: null,
    // One character a token: the probe texts become ids that differ.
    pre_tokenizer: { type: 'Split', pattern: { Regex: '.' }, behavior: 'Isolated', invert: false },
    post_processor: null,
    decoder: null,
    model: { type: 'WordLevel', vocab: { ...vocab, ...characters() }, unk_token: 'w1' },
  };
  fs.writeFileSync(path.join(folder, 'config.json'), JSON.stringify(config));
  fs.writeFileSync(path.join(folder, 'tokenizer.json'), JSON.stringify(tokenizer));
}

function characters(): Record<string, number> {
  const ids: Record<string, number> = {};
  for (let i = 0; i < 11_172; i++) ids[String.fromCharCode(0xac00 + i)] = 1_000 + i;
  return ids;
}

function writeSafetensors(file: string, tensors: readonly [string, readonly number[]][]): void {
  let end = 0;
  const header: Record<string, unknown> = {};
  for (const [name, shape] of tensors) {
    const bytes = shape.reduce((product, n) => product * n, 2);
    header[name] = { dtype: 'BF16', shape, data_offsets: [end, end + bytes] };
    end += bytes;
  }
  const json = Buffer.from(JSON.stringify(header).padEnd(8 * Math.ceil(JSON.stringify(header).length / 8)));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(json.length));
  const handle = fs.openSync(file, 'w');
  fs.writeSync(handle, Buffer.concat([length, json]));
  const random = mulberry32(7);
  for (const [name, shape] of tensors) {
    const count = shape.reduce((product, n) => product * n, 1);
    const value = name.includes('norm')
      ? () => 1 + 0.1 * (random() - 0.5)
      : name === 'decoder.bias'
        ? () => -2.2 + 0.2 * (random() - 0.5)
        : () => 0.08 * (random() + random() + random() - 1.5);
    fs.writeSync(handle, bfloat16(count, value));
  }
  fs.closeSync(handle);
}

function bfloat16(count: number, value: () => number): Uint8Array {
  const floats = new Float32Array(count);
  for (let i = 0; i < count; i++) floats[i] = value();
  const bits = new Uint32Array(floats.buffer);
  const halves = new Uint16Array(count);
  for (let i = 0; i < count; i++) halves[i] = bits[i]! >>> 16;
  return new Uint8Array(halves.buffer);
}

/** https://gist.github.com/tommyettinger/46a874533244883189143505d203312c (public domain) */
function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
