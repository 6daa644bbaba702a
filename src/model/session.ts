/** One forward pass: from token ids to weights and winning positions (the interface of a model folder's graph). */
import path from 'node:path';
import type { InferenceSession, TensorConstructor } from 'onnxruntime-node';
import { UserError } from '../errors/userError.ts';
import type { ModelFolder } from './modelFolder.ts';
import { loadRuntime, type Runtime } from './runtime/runtime.ts';

export interface SessionInput {
  readonly ids: readonly number[];
  /** Positions `[voteStart, voteEnd)` may win the maximum. */
  readonly voteStart: number;
  readonly voteEnd: number;
}

export interface SessionOutput {
  /** `[batch, dimensions]`, row-major, already log1p(relu(max)). */
  readonly weights: Float32Array;
  /** `[batch, dimensions]`, the token position that won. */
  readonly positions: BigInt64Array;
}

export class Session {
  readonly #session: InferenceSession;
  readonly #Tensor: TensorConstructor;
  readonly #pad: number;
  readonly dimensions: number;

  private constructor(session: InferenceSession, Tensor: TensorConstructor, { manifest }: ModelFolder) {
    this.#session = session;
    this.#Tensor = Tensor;
    this.#pad = manifest.specialIds.pad;
    this.dimensions = manifest.dimensions;
  }

  static async open(folder: ModelFolder, threads: number, runtime?: Runtime): Promise<Session> {
    const file = path.join(folder.path, 'model.onnx');
    const { optimisation } = folder.manifest;
    const { open, Tensor } = runtime ?? (await loadRuntime());
    try {
      const session = await open(file, { threads, optimisation });
      for (const name of ['input_ids', 'attention_mask', 'vote_mask'])
        if (!session.inputNames.includes(name)) throw new UserError('modelUnsupported', `${file}: ${name}`);
      return new Session(session, Tensor, folder);
    } catch (error) {
      if (error instanceof UserError) throw error;
      throw new UserError('modelDamaged', file, { cause: error });
    }
  }

  /** Blocks the calling thread for the whole pass (onnxruntime is synchronous inside). */
  async run(batch: readonly SessionInput[]): Promise<SessionOutput> {
    const length = Math.max(...batch.map(input => input.ids.length));
    const shape = [batch.length, length];
    const ids = new BigInt64Array(batch.length * length).fill(BigInt(this.#pad));
    const attention = new BigInt64Array(batch.length * length);
    const vote = new BigInt64Array(batch.length * length);
    batch.forEach((input, row) => {
      const start = row * length;
      input.ids.forEach((id, i) => (ids[start + i] = BigInt(id)));
      attention.fill(1n, start, start + input.ids.length);
      vote.fill(1n, start + input.voteStart, start + input.voteEnd);
    });
    const Tensor = this.#Tensor;
    const output = await this.#session.run({
      input_ids: new Tensor('int64', ids, shape),
      attention_mask: new Tensor('int64', attention, shape),
      vote_mask: new Tensor('int64', vote, shape),
    });
    return {
      weights: output['weights']!.data as Float32Array,
      positions: output['positions']!.data as BigInt64Array,
    };
  }

  async close(): Promise<void> {
    await this.#session.release();
  }
}
