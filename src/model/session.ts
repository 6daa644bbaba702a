/** One forward pass: token ids -> weights and winning positions (the graph's interface of DESIGN §6). */
import path from 'node:path';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { UserError } from '../rpc/userError.ts';
import type { ModelFolder } from './modelFolder.ts';

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
  readonly #pad: number;
  readonly dimensions: number;

  private constructor(session: InferenceSession, pad: number, dimensions: number) {
    this.#session = session;
    this.#pad = pad;
    this.dimensions = dimensions;
  }

  static async open(folder: ModelFolder, threads: number): Promise<Session> {
    const file = path.join(folder.path, 'model.onnx');
    try {
      const session = await InferenceSession.create(file, {
        executionProviders: ['cpu'],
        graphOptimizationLevel: 'all',
        intraOpNumThreads: threads,
        interOpNumThreads: 1,
        logSeverityLevel: 3,
        // The arena would keep the largest batch's memory for good: 488 MB resident instead of 301.
        enableCpuMemArena: false,
        enableMemPattern: false,
        // 8-bit weights are dequantised once, at load (exact, and faster than doing it at each call);
        // spinning threads would burn the CPU between calls.
        extra: { session: { disable_quant_qdq: '1', intra_op: { allow_spinning: '0' } } },
      });
      for (const name of ['input_ids', 'attention_mask', 'vote_mask'])
        if (!session.inputNames.includes(name)) throw new UserError('modelUnsupported', `${file}: ${name}`);
      return new Session(session, folder.manifest.specialIds.pad, folder.manifest.dimensions);
    } catch (error) {
      if (error instanceof UserError) throw error;
      throw new UserError('modelDamaged', file, { cause: error });
    }
  }

  /** Blocks the calling thread for the whole pass (onnxruntime-node is synchronous inside). */
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
