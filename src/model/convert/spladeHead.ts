/**
 * SPLADE's pooling: logits of the vocabulary at every position -> one weight a dimension and the position it
 * comes from. Formula: sentence-transformers `SpladePooling`, log1p(relu(logit)) (twice the log1p for
 * `log1p_relu`), maximum or sum over the positions that vote.
 */
import type { SpladePooling } from '../checkpoint/sentenceTransformers.ts';
import { TensorType } from '../onnx/graphBuilder.ts';
import type { Layers, LinearSource } from './layers.ts';

/** Dimensions computed at a time: logits of the whole vocabulary would be the largest thing in memory. */
const TILE = 5_000;

/**
 * `head` is `[batch, length, hidden]`, `vote` int64 `[batch, length]`; `decoder.rows` are the dimensions wanted.
 * Both results are `[batch, dimensions]`.
 */
export function spladeHead(
  layers: Layers,
  head: string,
  vote: string,
  decoder: LinearSource & { readonly rows: readonly [number, number] },
  pooling: SpladePooling,
): { readonly weights: string; readonly positions: string } {
  const { graph } = layers;
  const axis = graph.integers([1]);
  const votes = graph.op('Cast', [vote], { to: TensorType.float });
  /** `[batch, 1]`: 0 where no position votes (an empty text has no weights). */
  const any = graph.op('ReduceMax', [votes, axis]);
  /** `[batch, 1]`, the first position that votes. */
  const first = graph.op('ArgMax', [votes], { axis: 1 });
  const log1p = (x: string): string => graph.op('Log', [graph.op('Add', [x, graph.scalar(1)])]);
  const activate = (logits: string): string => {
    const once = log1p(graph.op('Relu', [logits]));
    return pooling.activation === 'log1p_relu' ? log1p(once) : once;
  };
  const [begin, end] = decoder.rows;
  const tiles = Array.from({ length: Math.ceil((end - begin) / TILE) }, (_, i): LinearSource => {
    const from = begin + i * TILE;
    return { ...decoder, rows: [from, Math.min(end, from + TILE)] };
  });
  const concatenated = (parts: readonly string[]): string =>
    parts.length === 1 ? parts[0]! : graph.op('Concat', parts, { axis: 1 });

  if (pooling.strategy === 'sum') {
    const votesOfAll = graph.op('Unsqueeze', [votes, graph.integers([2])]);
    const parts = tiles.map(tile => {
      const active = graph.op('Mul', [activate(layers.linear(head, tile)), votesOfAll]);
      return [
        graph.op('ReduceSum', [active, axis], { keepdims: 0 }),
        graph.op('ArgMax', [active], { axis: 1, keepdims: 0 }),
      ] as const;
    });
    return {
      weights: concatenated(parts.map(([sum]) => sum)),
      positions: concatenated(parts.map(([, position]) => position)),
    };
  }

  // A position that does not vote repeats the first that does: the maximum is the same, and no pass over all
  // logits is needed for the mask. The bias is the same at every position: it is added to the maximum.
  const voting = graph.op('Unsqueeze', [
    graph.op('Cast', [vote], { to: TensorType.bool }),
    graph.integers([2]),
  ]);
  const firstHead = graph.op('Unsqueeze', [graph.op('GatherND', [head, first], { batch_dims: 1 }), axis]);
  const repeated = graph.op('Where', [voting, head, firstHead]);
  const parts = tiles.map(tile => {
    const logits = layers.linear(repeated, { ...tile, bias: null });
    // One pass over the logits, the largest thing there is, for the place; the maximum is what stands there.
    const position = graph.op('ArgMax', [logits], { axis: 1 });
    return [graph.op('GatherElements', [logits, position], { axis: 1 }), position].map(part =>
      graph.op('Squeeze', [part, axis]),
    );
  });
  const maximum = concatenated(parts.map(([largest]) => largest!));
  const biased =
    decoder.bias == null
      ? maximum
      : graph.op('Add', [maximum, layers.weights.vector(decoder.bias, decoder.outputs, decoder.rows)]);
  return {
    weights: graph.op('Mul', [activate(biased), any]),
    // A repetition that stands before the first vote wins a tie against it.
    positions: graph.op('Max', [concatenated(parts.map(([, position]) => position!)), first]),
  };
}
