/** Opens an inference session with our common options. */
import type { InferenceSession } from 'onnxruntime-node';
import { loadRuntime } from './runtime/runtime.ts';

/** `threads` is the number of threads inside an operator. Rejects with onnxruntime's own error. */
export async function openSession(
  file: string,
  threads: number,
  optimisation: 'basic' | 'all',
): Promise<InferenceSession> {
  const runtime = await loadRuntime();
  return runtime.open(file, { threads, optimisation });
}
