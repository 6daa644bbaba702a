/** The options that all sessions share, whatever runs them. */
import type { InferenceSession } from 'onnxruntime-node';
import type { GraphOptions } from './runtime.ts';

export function sessionOptions({ optimisation }: GraphOptions): InferenceSession.SessionOptions {
  return {
    graphOptimizationLevel: optimisation,
    logSeverityLevel: 3,
    // The arena would keep the largest batch's memory for good: 488 MB resident instead of 301.
    enableCpuMemArena: false,
    enableMemPattern: false,
    // 8-bit weights are dequantised once, at load (exact, and faster than doing it at each call);
    // threads spin while there is work, for operators are short, but would burn the CPU between calls.
    extra: {
      session: { disable_quant_qdq: '1', intra_op: { allow_spinning: '1' }, force_spinning_stop: '1' },
    },
  };
}
