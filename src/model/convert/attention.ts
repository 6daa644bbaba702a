/**
 * Scaled dot-product attention, over the whole text or a window of it, with memory that grows with the text's
 * length and not its square once the text is long.
 */
import { TensorType, type GraphBuilder } from '../onnx/graphBuilder.ts';

/**
 * Up to this length the logits of all pairs are computed at once, which is fastest (12 heads: 12 MB). At 8,192 tokens
 * they would take 3.2 GB.
 */
const SHORT = 512;
/**
 * A large negative number in place of minus infinity; a float's own least value would give NaN for a row of padding
 * only.
 */
const NEVER = -1e9;

export interface AttentionInput {
  /** `[batch, length, hidden]` each */
  readonly query: string;
  readonly key: string;
  readonly value: string;
  /** Positions further away than this are not attended to; null for none. */
  readonly window: number | null;
}

export class Attention {
  readonly #graph: GraphBuilder;
  readonly #heads: number;
  readonly #hidden: number;
  /** int32 `[batch, length]`: 0 for padding, which is never attended to. */
  readonly #keyMask: string;
  readonly #length: string;
  readonly #long: string;
  readonly #longAndWhole: string;
  readonly #windows = new Map<number, string>();

  /** `mask` is the graph's attention mask, int64 `[batch, length]`. */
  constructor(graph: GraphBuilder, mask: string, heads: number, hidden: number) {
    this.#graph = graph;
    this.#heads = heads;
    this.#hidden = hidden;
    this.#keyMask = graph.op('Cast', [mask], { to: TensorType.int32 });
    this.#length = graph.op('Gather', [graph.op('Shape', [mask]), graph.integer(1)]);
    this.#long = graph.op('Greater', [this.#length, graph.integer(SHORT)]);
    const least = graph.op('ReduceMin', [mask, graph.integers([0, 1])], { keepdims: 0 });
    const whole = graph.op('Greater', [least, graph.integer(0)]);
    this.#longAndWhole = graph.op('And', [this.#long, whole]);
  }

  /** -> `[batch, length, hidden]` */
  attend(input: AttentionInput): string {
    const { query, key, value, window } = input;
    if (window === null)
      // Without a mask onnxruntime goes through the keys in blocks (flash attention).
      return this.#graph.branch(
        this.#longAndWhole,
        () => this.#dot([query, key, value]),
        () => this.#dot([query, key, value, '', this.#keyMask]),
      );
    const bias = this.#windowBias(window);
    return this.#graph.branch(
      this.#long,
      () => this.#banded(input, window),
      () => this.#dot([query, key, value, '', this.#keyMask, bias]),
    );
  }

  #dot(inputs: readonly string[]): string {
    return this.#graph.microsoft('MultiHeadAttention', inputs, {
      num_heads: this.#heads,
      scale: { float: 1 / Math.sqrt(this.#hidden / this.#heads) },
      mask_filter_value: { float: NEVER },
    });
  }

  /** `[1, 1, n, n]` for n positions; never made for a text that is longer than its use. */
  #windowBias(window: number): string {
    const known = this.#windows.get(window);
    if (known !== undefined) return known;
    const graph = this.#graph;
    const length = graph.op('Min', [this.#length, graph.integer(SHORT)]);
    const positions = graph.op('Range', [graph.integer(0), length, graph.integer(1)]);
    const rows = graph.op('Unsqueeze', [positions, graph.integers([1])]);
    const columns = graph.op('Unsqueeze', [positions, graph.integers([0])]);
    const far = graph.op('Greater', [
      graph.op('Abs', [graph.op('Sub', [rows, columns])]),
      graph.integer(window),
    ]);
    const bias = graph.op('Where', [far, graph.scalar(NEVER), graph.scalar(0)]);
    const shaped = graph.op('Unsqueeze', [bias, graph.integers([0, 1])]);
    this.#windows.set(window, shaped);
    return shaped;
  }

  /**
   * Blocks of `window` queries, each with its own block of keys and the blocks before and after it: the window reaches
   * no further.
   */
  #banded({ query, key, value }: AttentionInput, window: number): string {
    const graph = this.#graph;
    const size = Math.max(1, window);
    const hidden = this.#hidden;
    const one = graph.integers([1]);
    const length = graph.op('Unsqueeze', [this.#length, graph.integers([0])]);
    // Number of positions missing to whole blocks.
    const rest = graph.op('Mod', [graph.op('Neg', [length]), graph.integers([size])]);
    const whole = graph.op('Add', [length, rest]);
    const zero = graph.integers([0]);
    const pad = (x: string, before: string, after: string, deep: boolean): string => {
      const pads = deep ? [zero, before, zero, zero, after, zero] : [zero, before, zero, after];
      return graph.op('Pad', [x, graph.op('Concat', pads, { axis: 0 })]);
    };
    const blocksOf = (x: string, deep: boolean): string =>
      graph.op('Reshape', [x, graph.integers(deep ? [-1, size, hidden] : [-1, size])]);
    const neighbours = (x: string, deep: boolean): string => {
      const padded = pad(x, graph.integers([size]), graph.op('Add', [rest, graph.integers([size])]), deep);
      const parts = [0, 1, 2].map(i => {
        const from = graph.integers([i * size]);
        return blocksOf(graph.op('Slice', [padded, from, graph.op('Add', [whole, from]), one]), deep);
      });
      return graph.op('Concat', parts, { axis: 1 });
    };
    const bias = graph.weight(`band.${window}`, TensorType.float, [1, 1, size, 3 * size], () => [
      bandOf(window, size),
    ]);
    const attended = this.#dot([
      blocksOf(pad(query, zero, rest, true), true),
      neighbours(key, true),
      neighbours(value, true),
      '',
      neighbours(this.#keyMask, false),
      bias,
    ]);
    const shape = graph.op('Concat', [graph.integers([-1]), whole, graph.integers([hidden])], { axis: 0 });
    return graph.op('Slice', [graph.op('Reshape', [attended, shape]), zero, length, one]);
  }
}

/** `[size, 3 * size]`: query i stands at position `size + i` of its keys. */
function bandOf(window: number, size: number): Float32Array {
  return Float32Array.from({ length: 3 * size * size }, (_, at) => {
    const [query, key] = [size + Math.floor(at / (3 * size)), at % (3 * size)];
    return Math.abs(query - key) <= window ? 0 : NEVER;
  });
}
