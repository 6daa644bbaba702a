/** Gives a checkpoint's tensors as the weights of a graph, in the form that the quantisation asks for. */
import { narrowFloat16 } from '../checkpoint/halfFloats.ts';
import type { Tensors } from '../checkpoint/tensors.ts';
import { TensorType, type GraphBuilder } from '../onnx/graphBuilder.ts';
import { packedInt4, quantiseBlocks, type BlockQuantisedRows } from './blockQuantise.ts';
import type { Precision } from './precision.ts';
import {
  BLOCK,
  fourBitRows,
  quantiseSigned,
  quantiseUnsigned,
  transpose,
  type Quantisation,
  type QuantisedRows,
} from './quantise.ts';

/** `[outputs, inputs]` of a linear layer; `rows` takes a part of the outputs. */
export interface MatrixSource {
  readonly name: string;
  readonly outputs: number;
  readonly inputs: number;
  readonly rows?: readonly [number, number];
}

export class WeightStore {
  readonly #graph: GraphBuilder;
  readonly #tensors: Tensors;
  readonly #quantisation: Quantisation;
  readonly #exact: ReadonlySet<string>;
  readonly #fourBits: ReadonlySet<string>;
  /** A matrix and its scales are written one after the other, so the last result is kept. */
  #last: { readonly key: string; readonly rows: Promise<QuantisedRows> } | null = null;

  constructor(graph: GraphBuilder, tensors: Tensors, { quantisation, exact, fourBits }: Precision) {
    this.#exact = exact;
    this.#fourBits = fourBits;
    this.#graph = graph;
    this.#tensors = tensors;
    this.#quantisation = quantisation;
  }

  /** The first name if the checkpoint has it, or else the second. */
  present(name: string, otherwise: string): string {
    return this.#tensors.has(name) ? name : otherwise;
  }

  /** The form in which a matrix is stored. */
  formOf(name: string): Quantisation {
    return this.#exact.has(name) ? 'fp32' : this.#quantisation;
  }

  /** A vector, or part of one. */
  vector(name: string, size: number, range: readonly [number, number] = [0, size]): string {
    const tensors = this.#tensors;
    tensors.info(name, [size]);
    const [from, to] = range;
    return this.#floats(`${name}[${from}:${to}]`, [to - from], async function* () {
      yield await tensors.rows(name, from, to);
    });
  }

  /** Rows of a table for token ids (or any int64 indices) `[…]` -> `[…, width]`. */
  lookUp(name: string, rows: number, width: number, indices: string): string {
    const graph = this.#graph;
    const tensors = this.#tensors;
    tensors.info(name, [rows, width]);
    if (this.#fourBits.has(name)) return this.#lookUpFourBits(name, rows, width, indices);
    if (this.formOf(name) === 'fp32') {
      const table = this.#floats(`${name}.table`, [rows, width], () => tensors.rowChunks(name, 0, rows));
      return graph.op('Gather', [table, indices]);
    }
    const table = graph.weight(`${name}.table8`, TensorType.int8, [rows, width], async function* () {
      for await (const chunk of tensors.rowChunks(name, 0, rows))
        yield quantiseSigned(chunk, width, 127).values;
    });
    const scales = this.#floats(`${name}.scales`, [rows, 1], async function* () {
      for await (const chunk of tensors.rowChunks(name, 0, rows))
        yield quantiseSigned(chunk, width, 127).scales;
    });
    const found = graph.op('Cast', [graph.op('Gather', [table, indices])], { to: TensorType.float });
    return graph.op('Mul', [found, graph.op('Gather', [scales, indices])]);
  }

  #lookUpFourBits(name: string, rows: number, width: number, indices: string): string {
    const graph = this.#graph;
    const tensors = this.#tensors;
    const table = graph.weight(`${name}.table4`, TensorType.uint8, [rows, width / 2], async function* () {
      for await (const chunk of tensors.rowChunks(name, 0, rows)) yield fourBitRows(chunk, width)!.values;
    });
    const scales = this.#floats(`${name}.scales`, [rows, width / BLOCK], async function* () {
      for await (const chunk of tensors.rowChunks(name, 0, rows)) yield fourBitRows(chunk, width)!.scales;
    });
    // Tables without zero points use 8 as zero.
    return graph.microsoft('GatherBlockQuantized', [table, indices, scales], {
      bits: 4,
      block_size: BLOCK,
      gather_axis: 0,
      quantize_axis: 1,
    });
  }

  /** A matrix ready for MatMul: float32 `[inputs, outputs]`. */
  matrix(source: MatrixSource): string {
    const { from, to, key } = this.#range(source);
    const tensors = this.#tensors;
    const { name, inputs } = source;
    return this.#floats(`${key}.T`, [inputs, to - from], async function* () {
      yield transpose(await tensors.rows(name, from, to), inputs);
    });
  }

  /** The same matrix in 8 bits `[inputs, outputs]`, with a scale (and zero point) for each output. */
  quantisedMatrix(source: MatrixSource): {
    readonly values: string;
    readonly scales: string;
    readonly zeroPoints: string | null;
  } {
    const { from, to, key } = this.#range(source);
    const outputs = to - from;
    const signed = this.#quantisation === 's7' || this.#quantisation === 's4';
    const quantised = (): Promise<QuantisedRows> => this.#quantised(key, source, signed);
    const type = signed ? TensorType.int8 : TensorType.uint8;
    const values = this.#graph.weight(`${key}.q`, type, [source.inputs, outputs], async function* () {
      yield transpose((await quantised()).values, source.inputs);
    });
    const scales = this.#floats(`${key}.scales`, [outputs], async function* () {
      yield (await quantised()).scales;
    });
    if (signed) return { values, scales, zeroPoints: null };
    const zeroPoints = this.#graph.weight(`${key}.zeros`, type, [outputs], async function* () {
      yield (await quantised()).zeroPoints!;
    });
    return { values, scales, zeroPoints };
  }

  /**
   * The same matrix in 4 bits: levels `[inputs, outputs]` and factors `[inputs / BLOCK, outputs]`, both INT4, whose
   * products are the values of `quantisedMatrix`; with a scale for each output.
   */
  blockMatrix(source: MatrixSource): {
    readonly levels: string;
    readonly factors: string;
    readonly scales: string;
  } {
    const { from, to, key } = this.#range(source);
    const { name, inputs } = source;
    const outputs = to - from;
    const tensors = this.#tensors;
    let last: Promise<BlockQuantisedRows> | null = null;
    // The parts are written one after the other, so they are quantised once.
    const rows = (): Promise<BlockQuantisedRows> =>
      (last ??= tensors.rows(name, from, to).then(data => quantiseBlocks(data, inputs)));
    const levels = this.#graph.weight(`${key}.q4`, TensorType.int4, [inputs, outputs], async function* () {
      yield packedInt4(transpose((await rows()).levels, inputs));
    });
    const blocks = inputs / BLOCK;
    const factors = this.#graph.weight(
      `${key}.factors`,
      TensorType.int4,
      [blocks, outputs],
      async function* () {
        yield packedInt4(transpose((await rows()).factors, blocks));
      },
    );
    const scales = this.#floats(`${key}.scales`, [outputs], async function* () {
      yield (await rows()).scales;
      last = null;
    });
    return { levels, factors, scales };
  }

  /** Floats are stored half as wide in `s4` and widened when the session opens; they are a tenth of the file. */
  #floats(name: string, shape: readonly number[], content: () => AsyncIterable<Float32Array>): string {
    const graph = this.#graph;
    if (this.#quantisation !== 's4') return graph.weight(name, TensorType.float, shape, content);
    const halves = graph.weight(name, TensorType.float16, shape, async function* () {
      for await (const piece of content()) yield narrowFloat16(piece);
    });
    return graph.op('Cast', [halves], { to: TensorType.float });
  }

  #range({ name, outputs, inputs, rows = [0, outputs] }: MatrixSource): {
    readonly from: number;
    readonly to: number;
    readonly key: string;
  } {
    this.#tensors.info(name, [outputs, inputs]);
    const [from, to] = rows;
    return { from, to, key: `${name}[${from}:${to}]` };
  }

  #quantised(key: string, source: MatrixSource, signed: boolean): Promise<QuantisedRows> {
    if (this.#last?.key === key) return this.#last.rows;
    const [from, to] = source.rows ?? [0, source.outputs];
    const rows = this.#tensors
      .rows(source.name, from, to)
      .then(data =>
        signed ? quantiseSigned(data, source.inputs, 63) : quantiseUnsigned(data, source.inputs),
      );
    this.#last = { key, rows };
    return rows;
  }
}
