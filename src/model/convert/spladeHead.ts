/**
 * SPLADE's pooling: it turns the logits of the vocabulary at every position into one weight for each dimension and the
 * position it comes from. Formula: sentence-transformers `SpladePooling`, log1p(relu(logit)) (twice the log1p for
 * `log1p_relu`), maximum or sum over the positions that vote.
 */
import type { SpladePooling } from '../checkpoint/sentenceTransformers.ts';
import { TensorType } from '../onnx/graphBuilder.ts';
import type { Layers, LinearSource } from './layers.ts';

/** Number of dimensions computed at a time: logits of the whole vocabulary would be the largest thing in memory. */
const TILE = 5_000;

/**
 * `head` is `[batch, length, hidden]`, `vote` int64 `[batch, length]`; `decoder.rows` are the dimensions wanted.
 * Both results are `[batch, dimensions]`; a position means something only where there is a weight.
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

  // A position that does not vote repeats the first that does: the maximum is the same, and the mask needs no pass over
  // all logits. The bias is the same at every position, so it is added to the maximum.
  const voting = graph.op('Unsqueeze', [
    graph.op('Cast', [vote], { to: TensorType.bool }),
    graph.integers([2]),
  ]);
  const firstHead = graph.op('Unsqueeze', [graph.op('GatherND', [head, first], { batch_dims: 1 }), axis]);
  const repeated = graph.op('Where', [voting, head, firstHead]);
  const places = graph.integers([0, 1]);
  const parts = tiles.map(tile => {
    const { product, scale } = layers.unscaled(repeated, tile);
    const maximum = graph.op('ReduceMax', [product, axis]);
    const largest = scale === null ? maximum : graph.op('Mul', [maximum, scale]);
    const biased =
      decoder.bias == null
        ? largest
        : graph.op('Add', [largest, layers.weights.vector(decoder.bias, decoder.outputs, tile.rows)]);
    // Finding the place costs seven times as much as finding the maximum, so it is done only where some text has a
    // weight. The first dimension always counts, because a graph must not see an empty list.
    const active = graph.op('Squeeze', [
      graph.op('NonZero', [
        graph.op('Greater', [graph.op('ReduceMax', [biased, places], { keepdims: 0 }), graph.scalar(0)]),
      ]),
      graph.integers([0]),
    ]);
    const asked = graph.op('Concat', [graph.integers([0]), active], { axis: 0 });
    const found = graph.op('ArgMax', [graph.op('Gather', [product, asked], { axis: 2 })], { axis: 1 });
    const dimensions = graph.op('Expand', [
      graph.op('Unsqueeze', [asked, places]),
      graph.op('Shape', [found]),
    ]);
    const nowhere = graph.op('Expand', [graph.integer(0), graph.op('Shape', [largest])]);
    const position = graph.op('ScatterElements', [nowhere, dimensions, found], { axis: 2 });
    return [biased, position].map(part => graph.op('Squeeze', [part, axis]));
  });
  return {
    weights: graph.op('Mul', [activate(concatenated(parts.map(([biased]) => biased!))), any]),
    // A repetition that stands before the first vote wins a tie against it.
    positions: graph.op('Max', [concatenated(parts.map(([, position]) => position!)), first]),
  };
}
