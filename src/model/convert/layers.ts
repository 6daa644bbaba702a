/** The layers of all architectures, as nodes of a graph. */
import type { Activation } from '../checkpoint/transformerConfig.ts';
import { TensorType, type GraphBuilder } from '../onnx/graphBuilder.ts';
import { BLOCK } from './quantise.ts';
import type { MatrixSource, WeightStore } from './weightStore.ts';

export interface LinearSource extends MatrixSource {
  /** Name of the bias vector `[outputs]`, where there is one. */
  readonly bias?: string | null;
  /**
   * True for the vocabulary's matrix, the largest of all: it has 4 bits in `s4`, and the session unpacks it once when
   * it opens.
   */
  readonly vocabulary?: boolean;
}

export class Layers {
  readonly graph: GraphBuilder;
  readonly weights: WeightStore;
  /** Activations that are quantised once for all matrices that read them. */
  readonly #dynamic = new Map<string, readonly string[]>();

  constructor(graph: GraphBuilder, weights: WeightStore) {
    this.graph = graph;
    this.weights = weights;
  }

  /** `x · Wᵀ + b`. */
  linear(x: string, source: LinearSource): string {
    const { graph, weights } = this;
    const bias =
      source.bias == null ? null : weights.vector(source.bias, source.outputs, source.rows ?? undefined);
    const product = this.#inIntegers(source)
      ? this.#integerProduct(x, source)
      : graph.op('MatMul', [x, this.#matrix(source)]);
    return bias === null ? product : graph.op('Add', [product, bias]);
  }

  /**
   * `x · Wᵀ / scale` without the bias, and the scale `[batch, 1, 1]` (null: 1). It is meant for the largest product of
   * all: values that are reduced over a text's positions can be scaled afterwards, where a scale for each position
   * would be one more pass over all logits (14 % of the time). `x` is `[batch, length, inputs]` and must have no masked
   * position.
   */
  unscaled(x: string, source: LinearSource): { readonly product: string; readonly scale: string | null } {
    if (!this.#inIntegers(source)) return { product: this.linear(x, { ...source, bias: null }), scale: null };
    const [quantised, scale] = this.#quantisedOnce(`${x} by text`, () => this.#quantised(x, [1, 2]));
    return { product: this.#integers(quantised!, source), scale: scale! };
  }

  #inIntegers(source: LinearSource): boolean {
    return ['u8', 's7', 's4'].includes(this.weights.formOf(source.name));
  }

  #matrix(source: LinearSource): string {
    if (this.weights.formOf(source.name) === 'fp32') return this.weights.matrix(source);
    const { values, scales, zeroPoints } = this.weights.quantisedMatrix(source);
    return this.graph.op('DequantizeLinear', [values, scales, zeroPoints!], { axis: 1 });
  }

  /**
   * Gives each position a scale of its own. One scale for all, as DynamicQuantizeLinear has it, lets a few positions
   * with large values take the precision of the rest (on the embedded model's weights: cosine .978, with a scale for
   * each position .997), and makes a text's vector depend on the other texts in its batch.
   */
  #integerProduct(x: string, source: LinearSource): string {
    const [quantised, scale] = this.#quantisedOnce(x, () => this.#quantised(x, [-1]));
    return this.graph.op('Mul', [this.#integers(quantised!, source), scale!]);
  }

  #integers(quantised: string, source: LinearSource): string {
    const { graph } = this;
    const { values, scales, zeroPoints } = this.#integerMatrix(source);
    const inputs = [quantised, values, graph.scalar(1), scales, graph.byte(128), zeroPoints ?? ''];
    return graph.microsoft('MatMulIntegerToFloat', inputs);
  }

  #integerMatrix(source: LinearSource): ReturnType<WeightStore['quantisedMatrix']> {
    const { graph, weights } = this;
    if (weights.formOf(source.name) !== 's4' || source.vocabulary !== true || source.inputs % BLOCK !== 0)
      return weights.quantisedMatrix(source);
    const { levels, factors, scales } = weights.blockMatrix(source);
    const steps = graph.op('Cast', [factors], { to: TensorType.float });
    const products = graph.op('DequantizeLinear', [levels, steps], { axis: 0, block_size: BLOCK });
    return { values: graph.op('Cast', [products], { to: TensorType.int8 }), scales, zeroPoints: null };
  }

  /** Quantises to 8 bits around 128, with one scale for all values along `axes`. */
  #quantised(x: string, axes: readonly number[]): readonly string[] {
    const { graph } = this;
    const largest = graph.op('ReduceMax', [graph.op('Abs', [x]), graph.integers(axes)]);
    // Zeros stay zeros.
    const scale = graph.op('Max', [graph.op('Div', [largest, graph.scalar(127)]), graph.scalar(1e-30)]);
    const values = [graph.op('Div', [x, scale]), graph.scalar(1), graph.byte(128)];
    return [graph.op('QuantizeLinear', values), scale];
  }

  #quantisedOnce(key: string, quantise: () => readonly string[]): readonly string[] {
    const known = this.#dynamic.get(key) ?? quantise();
    this.#dynamic.set(key, known);
    return known;
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
}
