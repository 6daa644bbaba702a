/** An inference session with the options that all of ours share. */
import type { InferenceSession } from 'onnxruntime-node';
import { loadRuntime } from './runtime/runtime.ts';

/** `threads` work inside an operator. Rejects with onnxruntime's own error. */
export async function openSession(
  file: string,
  threads: number,
  optimisation: 'basic' | 'all',
): Promise<InferenceSession> {
  const runtime = await loadRuntime();
  return runtime.open(file, { threads, optimisation });
}
