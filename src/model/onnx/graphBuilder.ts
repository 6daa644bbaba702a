/**
 * Builds an ONNX model (https://github.com/onnx/onnx/blob/main/onnx/onnx.proto3). Small constants stand in the model
 * itself; weights stand in a data file beside it, which is planned here and written later, piece by piece, so that no
 * model has to fit in memory.
 */
import { Message } from './protobuf.ts';

/** TensorProto.DataType */
export const TensorType = {
  float: 1,
  uint8: 2,
  int8: 3,
  int32: 6,
  int64: 7,
  bool: 9,
  float16: 10,
  int4: 22,
} as const;
export type TensorType = (typeof TensorType)[keyof typeof TensorType];
const BYTES: Readonly<Record<TensorType, number>> = { 1: 4, 2: 1, 3: 1, 6: 4, 7: 8, 9: 1, 10: 2, 22: 0.5 };

/** A weight of the data file. */
export interface PlannedWeight {
  readonly name: string;
  readonly offset: number;
  readonly bytes: number;
  /** Yields exactly `bytes` bytes, row-major, little-endian. */
  readonly content: () => AsyncIterable<ArrayBufferView> | Iterable<ArrayBufferView>;
}

export type Attribute = number | string | readonly number[] | { readonly float: number };
type Dimension = number | string;

const IR_VERSION = 10;
const OPSET = 21;
const MICROSOFT_OPSET = 1;
/** onnxruntime maps external data that begins at a page, which is worth a gap before large weights. */
const PAGE = 4096;
const LARGE = 16 * PAGE;
const ALIGNED = 64;

export class GraphBuilder {
  readonly #dataFile: string;
  /** Nodes of the graph, or of the branch that is being built. */
  #nodes: Message[] = [];
  readonly #initializers: Message[] = [];
  readonly #inputs: Message[] = [];
  readonly #outputs: Message[] = [];
  readonly #shared = new Map<string, string>();
  readonly #weights: PlannedWeight[] = [];
  #dataBytes = 0;
  #names = 0;

  /** `dataFile` is the data file's name, in the model's own folder. */
  constructor(dataFile: string) {
    this.#dataFile = dataFile;
  }

  /** Weights in the order of their offsets. */
  get weights(): readonly PlannedWeight[] {
    return this.#weights;
  }

  input(name: string, type: TensorType, shape: readonly Dimension[]): string {
    this.#inputs.push(valueInfo(name, type, shape));
    return name;
  }

  /** Gives a value its public name. */
  output(name: string, value: string, type: TensorType, shape: readonly Dimension[]): void {
    this.#addNode('Identity', [value], [name], {}, '');
    this.#outputs.push(valueInfo(name, type, shape));
  }

  /** An operator with one result. */
  op(type: string, inputs: readonly string[], attributes: Readonly<Record<string, Attribute>> = {}): string {
    return this.ops(type, inputs, 1, attributes)[0]!;
  }

  ops(
    type: string,
    inputs: readonly string[],
    results: number,
    attributes: Readonly<Record<string, Attribute>> = {},
  ): readonly string[] {
    const outputs = Array.from({ length: results }, () => this.#fresh(type));
    this.#addNode(type, inputs, outputs, attributes, '');
    return outputs;
  }

  /** An operator of onnxruntime's own (`com.microsoft`). */
  microsoft(
    type: string,
    inputs: readonly string[],
    attributes: Readonly<Record<string, Attribute>> = {},
  ): string {
    const output = this.#fresh(type);
    this.#addNode(type, inputs, [output], attributes, 'com.microsoft');
    return output;
  }

  /**
   * Computes `yes()` where the condition (a bool of one element) holds, and `no()` otherwise. Values of a branch can't
   * be used outside it; earlier values can be used inside.
   */
  branch(condition: string, yes: () => string, no: () => string): string {
    const output = this.#fresh('If');
    const node = new Message().string(1, condition).string(2, output).string(3, output).string(4, 'If');
    for (const [name, build] of [
      ['then_branch', yes],
      ['else_branch', no],
    ] as const)
      node.message(5, new Message().string(1, name).message(6, this.#branch(build)).int(20, 5));
    this.#nodes.push(node);
    return output;
  }

  #branch(build: () => string): Message {
    const outer = this.#nodes;
    this.#nodes = [];
    const result = this.op('Identity', [build()]);
    const graph = new Message();
    for (const node of this.#nodes) graph.message(1, node);
    this.#nodes = outer;
    const anyFloat = new Message().message(1, new Message().int(1, TensorType.float));
    return graph
      .string(2, `${result}_graph`)
      .message(12, new Message().string(1, result).message(2, anyFloat));
  }

  scalar(value: number): string {
    return this.#constant(`f:${value}`, TensorType.float, [], new Float32Array([value]));
  }

  floats(values: readonly number[] | Float32Array): string {
    const data = Float32Array.from(values);
    return this.#constant(`f[${data.join()}]`, TensorType.float, [data.length], data);
  }

  integer(value: number): string {
    return this.#constant(`i:${value}`, TensorType.int64, [], new BigInt64Array([BigInt(value)]));
  }

  integers(values: readonly number[]): string {
    const data = BigInt64Array.from(values, BigInt);
    return this.#constant(`i[${values.join()}]`, TensorType.int64, [data.length], data);
  }

  byte(value: number): string {
    return this.#constant(`u:${value}`, TensorType.uint8, [], new Uint8Array([value]));
  }

  /** Adds a weight to the data file; one with the same name is stored once. */
  weight(
    name: string,
    type: TensorType,
    shape: readonly number[],
    content: PlannedWeight['content'],
  ): string {
    if (this.#shared.has(name)) return name;
    this.#shared.set(name, name);
    const bytes = Math.ceil(shape.reduce((product, n) => product * n, BYTES[type]));
    const alignment = bytes >= LARGE ? PAGE : ALIGNED;
    const offset = Math.ceil(this.#dataBytes / alignment) * alignment;
    this.#weights.push({ name, offset, bytes, content });
    this.#dataBytes = offset + bytes;
    const tensor = tensorHead(name, type, shape);
    const place = { location: this.#dataFile, offset: String(offset), length: String(bytes) };
    for (const [key, value] of Object.entries(place))
      tensor.message(13, new Message().string(1, key).string(2, value));
    this.#initializers.push(tensor.int(14, 1));
    return name;
  }

  /** Serialises the model, without the data file. */
  toBytes(): Uint8Array {
    const graph = new Message();
    for (const node of this.#nodes) graph.message(1, node);
    graph.string(2, 'splade');
    for (const initializer of this.#initializers) graph.message(5, initializer);
    for (const input of this.#inputs) graph.message(11, input);
    for (const output of this.#outputs) graph.message(12, output);
    return new Message()
      .int(1, IR_VERSION)
      .string(2, 'malmoi')
      .message(7, graph)
      .message(8, new Message().string(1, '').int(2, OPSET))
      .message(8, new Message().string(1, 'com.microsoft').int(2, MICROSOFT_OPSET))
      .toBytes();
  }

  #constant(
    key: string,
    type: TensorType,
    shape: readonly number[],
    data: Float32Array | BigInt64Array | Uint8Array,
  ): string {
    const known = this.#shared.get(key);
    if (known !== undefined) return known;
    const name = this.#fresh('constant');
    this.#shared.set(key, name);
    this.#initializers.push(tensorHead(name, type, shape).bytes(9, new Uint8Array(data.buffer)));
    return name;
  }

  #addNode(
    type: string,
    inputs: readonly string[],
    outputs: readonly string[],
    attributes: Readonly<Record<string, Attribute>>,
    domain: string,
  ): void {
    const node = new Message();
    for (const input of inputs) node.string(1, input);
    for (const output of outputs) node.string(2, output);
    node.string(3, `n${this.#names++}`).string(4, type);
    for (const [name, value] of Object.entries(attributes)) node.message(5, attribute(name, value));
    if (domain !== '') node.string(7, domain);
    this.#nodes.push(node);
  }

  #fresh(prefix: string): string {
    return `${prefix}_${this.#names++}`;
  }
}

/** AttributeProto: the value's field and the type's number. */
function attribute(name: string, value: Attribute): Message {
  const message = new Message().string(1, name);
  if (typeof value === 'number') return message.int(3, value).int(20, 2);
  if (typeof value === 'string') return message.string(4, value).int(20, 3);
  if ('float' in value) return message.float(2, value.float).int(20, 1);
  for (const item of value) message.int(8, item);
  return message.int(20, 7);
}

function tensorHead(name: string, type: TensorType, shape: readonly number[]): Message {
  const tensor = new Message();
  for (const n of shape) tensor.int(1, n);
  return tensor.int(2, type).string(8, name);
}

function valueInfo(name: string, type: TensorType, shape: readonly Dimension[]): Message {
  const dimensions = new Message();
  for (const dimension of shape)
    dimensions.message(
      1,
      typeof dimension === 'string' ? new Message().string(2, dimension) : new Message().int(1, dimension),
    );
  const tensorType = new Message().int(1, type).message(2, dimensions);
  return new Message().string(1, name).message(2, new Message().message(1, tensorType));
}
