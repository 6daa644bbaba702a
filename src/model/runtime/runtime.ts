/**
 * Decides which build of onnxruntime runs the models: the native library where it loads, else WebAssembly. Nothing else
 * decides it.
 */
import type { InferenceSession, TensorConstructor } from 'onnxruntime-node';

export interface GraphOptions {
  /** Threads inside an operator. */
  readonly threads: number;
  readonly optimisation: 'basic' | 'all';
}

export interface Runtime {
  readonly name: 'native' | 'wasm';
  readonly version: string;
  /** Why it is not the native one, in the words of the system; null where it is, or where it was asked for. */
  readonly insteadOf: string | null;
  readonly Tensor: TensorConstructor;
  /** Rejects with onnxruntime's own error. */
  readonly open: (file: string, options: GraphOptions) => Promise<InferenceSession>;
}

export type RuntimeLoader = () => Promise<Omit<Runtime, 'insteadOf'>>;

export interface RuntimeLoaders {
  readonly native: RuntimeLoader;
  readonly wasm: RuntimeLoader;
}

/** Each is loaded when it is needed: a package for one platform has no WebAssembly, the universal one nothing native. */
const LOADERS: RuntimeLoaders = {
  native: async () => (await import('./nativeRuntime.ts')).loadNative(),
  wasm: async () => (await import('./wasmRuntime.ts')).loadWasm(),
};

let loading: Promise<Runtime> | null = null;

/** The runtime of this thread. `MALMOI_RUNTIME=native` or `wasm` asks for one: for measuring and testing. */
export function loadRuntime(): Promise<Runtime> {
  loading ??= chooseRuntime(LOADERS, process.env['MALMOI_RUNTIME']);
  return loading;
}

/** Rejects, with both reasons, where neither loads. */
export async function chooseRuntime(loaders: RuntimeLoaders, wanted?: string): Promise<Runtime> {
  if (wanted === 'native' || wanted === 'wasm') return { ...(await loaders[wanted]()), insteadOf: null };
  try {
    return { ...(await loaders.native()), insteadOf: null };
  } catch (native) {
    try {
      return { ...(await loaders.wasm()), insteadOf: firstLine(native) };
    } catch (wasm) {
      throw new Error(`onnxruntime: ${firstLine(native)}; WebAssembly: ${firstLine(wasm)}`, { cause: wasm });
    }
  }
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n', 1)[0]!;
}
