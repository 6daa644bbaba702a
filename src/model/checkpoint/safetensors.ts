/**
 * One safetensors file: a table of named tensors, each read when asked for and never the whole file.
 * Format: https://github.com/huggingface/safetensors#format (u64 length, JSON header, raw little-endian data).
 */
import { open, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import * as v from 'valibot';
import { UserError } from '../../errors/userError.ts';
import { widenBfloat16, widenFloat16 } from './halfFloats.ts';

const BYTES = { F64: 8, F32: 4, F16: 2, BF16: 2 } as const;
type FloatType = keyof typeof BYTES;
export function isFloatType(type: string): boolean {
  return type in BYTES;
}

/** The format's own limit. */
const MAX_HEADER = 100_000_000;

const Count = v.pipe(v.number(), v.integer(), v.minValue(0));
const Entry = v.object({
  dtype: v.string(),
  shape: v.array(Count),
  data_offsets: v.tuple([Count, Count]),
});

export interface TensorInfo {
  readonly name: string;
  readonly type: string;
  readonly shape: readonly number[];
  /** Absolute byte range in the file. */
  readonly start: number;
  readonly end: number;
}

export class SafetensorsFile {
  readonly path: string;
  readonly tensors: ReadonlyMap<string, TensorInfo>;
  readonly #handle: FileHandle;

  private constructor(file: string, tensors: ReadonlyMap<string, TensorInfo>, handle: FileHandle) {
    this.path = file;
    this.tensors = tensors;
    this.#handle = handle;
  }

  /** Throws `UserError` `modelDamaged` where the header does not describe the file. */
  static async open(file: string): Promise<SafetensorsFile> {
    const handle = await open(file, 'r').catch((cause: unknown) => {
      throw new UserError('modelMissing', file, { cause });
    });
    try {
      const tensors = await readHeader(handle);
      return new SafetensorsFile(file, tensors, handle);
    } catch (cause) {
      await handle.close();
      throw new UserError('modelDamaged', `${file} (${(cause as Error).message})`, { cause });
    }
  }

  /** Values `[from, to)` of a tensor in row-major order, as float32 whatever the file's float type is. */
  async read(info: TensorInfo, from: number, to: number): Promise<Float32Array> {
    const size = BYTES[info.type as FloatType] as number | undefined;
    const subject = `${path.basename(this.path)}: ${info.name}`;
    if (size === undefined) throw new UserError('modelUnsupported', `${subject}, dtype ${info.type}`);
    const bytes = new Uint8Array((to - from) * size);
    for (let done = 0; done < bytes.length;) {
      const { bytesRead } = await this.#handle.read(
        bytes,
        done,
        bytes.length - done,
        info.start + from * size + done,
      );
      if (bytesRead === 0) throw new UserError('modelDamaged', subject);
      done += bytesRead;
    }
    switch (info.type as FloatType) {
      case 'F32':
        return new Float32Array(bytes.buffer);
      case 'F64':
        return Float32Array.from(new Float64Array(bytes.buffer));
      case 'F16':
        return widenFloat16(new Uint16Array(bytes.buffer));
      case 'BF16':
      default:
        return widenBfloat16(new Uint16Array(bytes.buffer));
    }
  }

  async close(): Promise<void> {
    await this.#handle.close();
  }
}

async function readHeader(handle: FileHandle): Promise<ReadonlyMap<string, TensorInfo>> {
  const { size } = await handle.stat();
  const prefix = Buffer.alloc(8);
  if ((await handle.read(prefix, 0, 8, 0)).bytesRead < 8) throw new Error('no header');
  const length = prefix.readBigUInt64LE();
  if (length > MAX_HEADER || 8 + Number(length) > size) throw new Error('bad header length');
  const header = Buffer.alloc(Number(length));
  await handle.read(header, 0, header.length, 8);
  const json = JSON.parse(header.toString('utf8')) as Record<string, unknown>;
  const tensors = new Map<string, TensorInfo>();
  const dataStart = 8 + header.length;
  for (const [name, value] of Object.entries(json)) {
    if (name === '__metadata__') continue;
    const { dtype, shape, data_offsets } = v.parse(Entry, value);
    const [start, end] = [dataStart + data_offsets[0], dataStart + data_offsets[1]];
    const bytes = shape.reduce((product, n) => product * n, 1) * (BYTES[dtype as FloatType] ?? NaN);
    // Other types (counters, masks) are listed but can't be read, so only their range is checked.
    if (start > end || end > size || (!Number.isNaN(bytes) && bytes !== end - start))
      throw new Error(`tensor ${name} does not fit`);
    tensors.set(name, { name, type: dtype, shape, start, end });
  }
  return tensors;
}
