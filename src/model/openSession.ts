/** Opens an inference session with our common options. */
import { InferenceSession } from 'onnxruntime-node';

/** `threads` is the number of threads inside an operator. Rejects with onnxruntime's own error. */
export function openSession(
  file: string,
  threads: number,
  optimisation: 'basic' | 'all',
): Promise<InferenceSession> {
  return InferenceSession.create(file, {
    executionProviders: ['cpu'],
    graphOptimizationLevel: optimisation,
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    logSeverityLevel: 3,
    // The arena would keep the largest batch's memory for good: 488 MB resident instead of 301.
    enableCpuMemArena: false,
    enableMemPattern: false,
    // 8-bit weights are dequantised once, at load (exact, and faster than at each call). Threads spin while there is
    // work, because operators are short, but would burn the CPU between calls.
    extra: {
      session: { disable_quant_qdq: '1', intra_op: { allow_spinning: '1' }, force_spinning_stop: '1' },
    },
  });
}
