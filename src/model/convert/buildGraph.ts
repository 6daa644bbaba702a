/** Builds an ONNX graph of a checkpoint, or of a part of it. A whole graph has the interface of a model folder. */
import { architectureOf } from '../architectures/architecture.ts';
import type { Checkpoint } from '../checkpoint/checkpoint.ts';
import { GraphBuilder, TensorType } from '../onnx/graphBuilder.ts';
import { Layers } from './layers.ts';
import type { Precision } from './precision.ts';
import { spladeHead } from './spladeHead.ts';
import { WeightStore } from './weightStore.ts';

/** The parts of a graph. They run one after the other; each takes the output of the one before. */
export interface Stage {
  /** Takes `input_ids`; a graph without takes `hidden` float32 `[batch, length, width]`. */
  readonly embeddings: boolean;
  /** `[from, to)` */
  readonly layers: readonly [number, number];
  readonly head: boolean;
  /**
   * Dimensions `[from, to)`, for a stage that gives `weights` and `positions`; null for one that gives `hidden_out`.
   */
  readonly dimensions: readonly [number, number] | null;
}

export function wholeModel({ config }: Checkpoint): Stage {
  return {
    embeddings: true,
    layers: [0, config.layers],
    head: true,
    dimensions: [0, config.dimensions],
  };
}

/** Throws `UserError` `modelUnsupported` naming a tensor that is missing or has another shape. */
export function buildGraph(
  checkpoint: Checkpoint,
  stage: Stage,
  precision: Precision,
  dataFile: string,
): GraphBuilder {
  const { config, encoder, tensors } = checkpoint;
  const graph = new GraphBuilder(dataFile);
  const tokens = ['batch', 'length'];
  const afterHead = ['batch', 'length', config.headSize];
  const beforeHead = ['batch', 'length', config.hidden];
  const isDecoder = !stage.head && stage.dimensions !== null;
  const start = stage.embeddings
    ? graph.input('input_ids', TensorType.int64, tokens)
    : graph.input('hidden', TensorType.float, isDecoder ? afterHead : beforeHead);
  const attention = graph.input('attention_mask', TensorType.int64, tokens);
  const layers = new Layers(graph, new WeightStore(graph, tensors, precision));
  const architecture = architectureOf(config, layers, attention);
  let state = stage.embeddings ? architecture.embed(start) : start;
  const [from, to] = stage.layers;
  for (let index = from; index < to; index++) state = architecture.layer(index, state);
  if (stage.head) state = architecture.head(state);
  if (stage.dimensions === null) {
    graph.output('hidden_out', state, TensorType.float, stage.head ? afterHead : beforeHead);
    return graph;
  }
  const vote = graph.input('vote_mask', TensorType.int64, tokens);
  const decoder = { ...architecture.decoder, rows: stage.dimensions, vocabulary: true };
  const { weights, positions } = spladeHead(layers, state, vote, decoder, encoder.pooling);
  const size = stage.dimensions[1] - stage.dimensions[0];
  graph.output('weights', weights, TensorType.float, ['batch', size]);
  graph.output('positions', positions, TensorType.int64, ['batch', size]);
  return graph;
}
