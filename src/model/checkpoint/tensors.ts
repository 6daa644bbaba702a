/** All tensors of a checkpoint, in one safetensors file or sharded over several. */
import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import * as v from 'valibot';
import { UserError } from '../../errors/userError.ts';
import { isFloatType, SafetensorsFile, type TensorInfo } from './safetensors.ts';

const ShardIndex = v.object({ weight_map: v.record(v.string(), v.string()) });

/** Number of values kept in memory at once while a large tensor is read: 16 MB. */
const CHUNK_VALUES = 4 << 20;

export class Tensors {
  readonly #files: readonly SafetensorsFile[];
  readonly #byName: ReadonlyMap<string, { readonly file: SafetensorsFile; readonly info: TensorInfo }>;

  private constructor(files: readonly SafetensorsFile[]) {
    this.#files = files;
    this.#byName = new Map(
      files.flatMap(file =>
        [...file.tensors.values()].map(info => [currentName(info.name), { file, info }] as const),
      ),
    );
  }

  /** Throws `UserError`: `modelMissing` without weights or without one of the shards, `modelDamaged`. */
  static async open(folder: string): Promise<Tensors> {
    const files: SafetensorsFile[] = [];
    try {
      for (const name of await shardNames(folder))
        files.push(await SafetensorsFile.open(path.join(folder, name)));
      return new Tensors(files);
    } catch (error) {
      await Promise.all(files.map(file => file.close()));
      throw error;
    }
  }

  get names(): Iterable<string> {
    return this.#byName.keys();
  }

  shapeOf(name: string): readonly number[] {
    return this.#byName.get(name)!.info.shape;
  }

  /** False for counters and masks, which can't be read. */
  isFloat(name: string): boolean {
    return isFloatType(this.#byName.get(name)!.info.type);
  }

  has(name: string): boolean {
    return this.#byName.has(name);
  }

  /** Throws `UserError` `modelUnsupported` naming the tensor that is missing or has another shape. */
  info(name: string, shape: readonly number[]): TensorInfo {
    const found = this.#byName.get(name)?.info;
    if (found === undefined) throw new UserError('modelUnsupported', `tensor ${name} is missing`);
    if (found.shape.length !== shape.length || found.shape.some((n, i) => n !== shape[i]))
      throw new UserError(
        'modelUnsupported',
        `tensor ${name}: [${found.shape.join(', ')}], config.json says [${shape.join(', ')}]`,
      );
    return found;
  }

  /** Rows `[from, to)` (of the first axis) as float32, row-major. */
  async rows(name: string, from: number, to: number): Promise<Float32Array> {
    const { file, info } = this.#byName.get(name)!;
    const width = info.shape.slice(1).reduce((product, n) => product * n, 1);
    return file.read(info, from * width, to * width);
  }

  /** The same rows a chunk at a time, so that memory stays bounded whatever the tensor's size. */
  async *rowChunks(name: string, from: number, to: number): AsyncGenerator<Float32Array> {
    const { info } = this.#byName.get(name)!;
    const width = info.shape.slice(1).reduce((product, n) => product * n, 1);
    const step = Math.max(1, Math.floor(CHUNK_VALUES / width));
    for (let at = from; at < to; at += step) yield this.rows(name, at, Math.min(to, at + step));
  }

  async close(): Promise<void> {
    await Promise.all(this.#files.map(file => file.close()));
  }
}

/** Checkpoints converted from TensorFlow call a norm's weight and bias gamma and beta. */
function currentName(name: string): string {
  return name.replace(/LayerNorm\.gamma$/, 'LayerNorm.weight').replace(/LayerNorm\.beta$/, 'LayerNorm.bias');
}

async function shardNames(folder: string): Promise<readonly string[]> {
  const present = await readdir(folder).catch((cause: unknown) => {
    throw new UserError('modelMissing', folder, { cause });
  });
  if (present.includes('model.safetensors')) return ['model.safetensors'];
  const index = present.find(name => name.endsWith('.safetensors.index.json'));
  if (index !== undefined) {
    const file = path.join(folder, index);
    const parsed = v.safeParse(ShardIndex, parseJson(await readFile(file, 'utf8')));
    if (!parsed.success) throw new UserError('modelDamaged', file);
    const shards = [...new Set(Object.values(parsed.output.weight_map))].sort();
    for (const shard of shards) {
      // The index is data from outside: its file names must stay inside the folder.
      if (path.basename(shard) !== shard) throw new UserError('modelDamaged', file);
      if (!present.includes(shard)) throw new UserError('modelMissing', path.join(folder, shard));
    }
    return shards;
  }
  const [only, ...more] = present.filter(name => name.endsWith('.safetensors'));
  if (only !== undefined && more.length === 0) return [only];
  const pickled = present.some(name => name.endsWith('.bin'));
  // A pickle is a program: it is never opened.
  if (pickled) throw new UserError('modelUnsupported', `${folder}: pytorch_model.bin (safetensors needed)`);
  throw new UserError('modelMissing', path.join(folder, 'model.safetensors'));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
