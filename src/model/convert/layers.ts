/** The layers that all architectures are made of, as nodes of a graph. */
import type { Activation } from '../checkpoint/transformerConfig.ts';
import type { GraphBuilder } from '../onnx/graphBuilder.ts';
import type { Quantisation } from './quantise.ts';
import type { MatrixSource, WeightStore } from './weightStore.ts';

export interface LinearSource extends MatrixSource {
  /** Name of the bias vector `[outputs]`, where there is one. */
  readonly bias?: string | null;
}

export interface AttentionInput {
  /** `[batch, length, hidden]` each */
  readonly query: string;
  readonly key: string;
  readonly value: string;
  readonly heads: number;
  /** Width of a head. */
  readonly width: number;
  /** Added to the logits, `[1, 1, length, length]`; null for none. */
  readonly bias: string | null;
}

export class Layers {
  readonly graph: GraphBuilder;
  readonly weights: WeightStore;
  readonly #quantisation: Quantisation;
  readonly #attention: string;
  /** Quantised once for all matrices that read the same activation. */
  readonly #dynamic = new Map<string, readonly string[]>();
  #keyMask: string | null = null;

  /** `attention` is the graph's attention mask, int64 `[batch, length]`. */
  constructor(graph: GraphBuilder, weights: WeightStore, quantisation: Quantisation, attention: string) {
    this.graph = graph;
    this.weights = weights;
    this.#quantisation = quantisation;
    this.#attention = attention;
  }

  /** `x · Wᵀ + b` */
  linear(x: string, source: LinearSource): string {
    const { graph, weights } = this;
    const bias =
      source.bias == null ? null : weights.vector(source.bias, source.outputs, source.rows ?? undefined);
    if (this.#quantisation === 'u8' || this.#quantisation === 's7') {
      const [values, scale, zeroPoint] = this.#quantisedActivation(x);
      const matrix = weights.quantisedMatrix(source);
      const inputs = [values!, matrix.values, scale!, matrix.scales, zeroPoint!, matrix.zeroPoints ?? ''];
      return graph.microsoft('MatMulIntegerToFloat', bias === null ? inputs : [...inputs, bias]);
    }
    const product = graph.op('MatMul', [x, this.#matrix(source)]);
    return bias === null ? product : graph.op('Add', [product, bias]);
  }

  #matrix(source: LinearSource): string {
    if (this.#quantisation === 'fp32') return this.weights.matrix(source);
    const { values, scales, zeroPoints } = this.weights.quantisedMatrix(source);
    return this.graph.op('DequantizeLinear', [values, scales, zeroPoints!], { axis: 1 });
  }

  #quantisedActivation(x: string): readonly string[] {
    const known = this.#dynamic.get(x);
    if (known !== undefined) return known;
    const quantised = this.graph.ops('DynamicQuantizeLinear', [x], 3);
    this.#dynamic.set(x, quantised);
    return quantised;
  }

  layerNorm(x: string, gamma: string, beta: string | null, size: number, epsilon: number): string {
    const inputs = [x, this.weights.vector(gamma, size)];
    if (beta !== null) inputs.push(this.weights.vector(beta, size));
    return this.graph.op('LayerNormalization', inputs, { axis: -1, epsilon: { float: epsilon } });
  }

  activation(kind: Activation, x: string): string {
    const { graph } = this;
    switch (kind) {
      case 'gelu':
        return graph.op('Gelu', [x]);
      case 'geluTanh':
        return graph.op('Gelu', [x], { approximate: 'tanh' });
      case 'relu':
        return graph.op('Relu', [x]);
      case 'silu':
      default:
        return graph.op('Mul', [x, graph.op('Sigmoid', [x])]);
    }
  }

  /** Scaled dot-product attention; padding is never attended to. -> `[batch, length, hidden]` */
  attention({ query, key, value, heads, width, bias }: AttentionInput): string {
    this.#keyMask ??= this.graph.op('Cast', [this.#attention], { to: 6 });
    return this.graph.microsoft(
      'MultiHeadAttention',
      [query, key, value, '', this.#keyMask, ...(bias === null ? [] : [bias])],
      // A float's own least value would make NaN of a row that is padding alone.
      { num_heads: heads, scale: { float: 1 / Math.sqrt(width) }, mask_filter_value: { float: -1e9 } },
    );
  }
}
