/**
 * ModernBertForMaskedLM (https://arxiv.org/abs/2412.13663; transformers `modeling_modernbert.py`): pre-norm, rotary
 * positions with two thetas, attention to a window in most layers, gated feed-forward.
 */
import type { ModernBertConfig } from '../checkpoint/transformerConfig.ts';
import type { Attention } from '../convert/attention.ts';
import type { Layers } from '../convert/layers.ts';
import { TensorType } from '../onnx/graphBuilder.ts';
import type { Architecture } from './architecture.ts';

export function modernBert(config: ModernBertConfig, layers: Layers, attention: Attention): Architecture {
  const { hidden, heads, intermediate, epsilon, vocabulary } = config;
  const { graph } = layers;
  const width = hidden / heads;
  const norm = (x: string, name: string): string =>
    layers.layerNorm(x, `${name}.weight`, config.normBias ? `${name}.bias` : null, hidden, epsilon);
  const rotate = (x: string, theta: number): string => {
    const shape = [config.maxPositions, width / 2];
    const tables = (['cos', 'sin'] as const).map(part =>
      graph.weight(`rotary.${theta}.${part}`, TensorType.float, shape, () => [
        rotaryTable(config.maxPositions, width, theta, Math[part]),
      ]),
    );
    return graph.microsoft('RotaryEmbedding', [x, graph.integers([0]), ...tables], { num_heads: heads });
  };

  const attend = (x: string, index: number): string => {
    const name = `model.layers.${index}.attn`;
    const window = config.windows[index]!;
    const theta = window === null ? config.globalTheta : config.localTheta;
    const [query, key, value] = [0, 1, 2].map(part =>
      layers.linear(x, {
        name: `${name}.Wqkv.weight`,
        bias: config.attentionBias ? `${name}.Wqkv.bias` : null,
        outputs: 3 * hidden,
        inputs: hidden,
        rows: [part * hidden, (part + 1) * hidden],
      }),
    );
    const context = attention.attend({
      query: rotate(query!, theta),
      key: rotate(key!, theta),
      value: value!,
      window,
    });
    return layers.linear(context, {
      name: `${name}.Wo.weight`,
      bias: config.attentionBias ? `${name}.Wo.bias` : null,
      outputs: hidden,
      inputs: hidden,
    });
  };

  const feedForward = (x: string, index: number): string => {
    const name = `model.layers.${index}.mlp`;
    const [input, gate] = [0, 1].map(part =>
      layers.linear(x, {
        name: `${name}.Wi.weight`,
        bias: config.mlpBias ? `${name}.Wi.bias` : null,
        outputs: 2 * intermediate,
        inputs: hidden,
        rows: [part * intermediate, (part + 1) * intermediate],
      }),
    );
    const gated = graph.op('Mul', [layers.activation(config.activation, input!), gate!]);
    return layers.linear(gated, {
      name: `${name}.Wo.weight`,
      bias: config.mlpBias ? `${name}.Wo.bias` : null,
      outputs: hidden,
      inputs: intermediate,
    });
  };

  const table = 'model.embeddings.tok_embeddings.weight';
  return {
    embed: ids => norm(layers.weights.lookUp(table, vocabulary, hidden, ids), 'model.embeddings.norm'),
    layer: (index, state) => {
      // The embeddings are normalised already, so the first layer has no norm of its own.
      const before = index === 0 ? state : norm(state, `model.layers.${index}.attn_norm`);
      const attended = graph.op('Add', [state, attend(before, index)]);
      return graph.op('Add', [
        attended,
        feedForward(norm(attended, `model.layers.${index}.mlp_norm`), index),
      ]);
    },
    head: state => {
      const dense = layers.linear(norm(state, 'model.final_norm'), {
        name: 'head.dense.weight',
        bias: config.headBias ? 'head.dense.bias' : null,
        outputs: hidden,
        inputs: hidden,
      });
      return norm(layers.activation(config.headActivation, dense), 'head.norm');
    },
    decoder: {
      // It is not stored where it is tied with the embeddings.
      name: layers.weights.present('decoder.weight', table),
      bias: config.decoderBias ? 'decoder.bias' : null,
      outputs: vocabulary,
      inputs: hidden,
    },
  };
}

/**
 * `[positions, width / 2]` of cos or sin of `position / theta^(2i / width)`. The frequency and the angle are
 * rounded to float32 as PyTorch rounds them: at position 8,000 the angle itself is only known to 5e-4.
 */
function rotaryTable(
  positions: number,
  width: number,
  theta: number,
  part: (angle: number) => number,
): Float32Array {
  const half = width / 2;
  const table = new Float32Array(positions * half);
  for (let i = 0; i < half; i++) {
    const frequency = Math.fround(1 / Math.fround(theta ** Math.fround((2 * i) / width)));
    for (let p = 0; p < positions; p++) table[p * half + i] = part(Math.fround(p * frequency));
  }
  return table;
}
