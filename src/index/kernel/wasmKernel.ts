/** The kernel compiled from `assembly/scoring.ts`. */
import type { ScoreKernel } from './scoreKernel.ts';

const PAGE = 65_536;

/** The part of the global that we use: TypeScript declares it for browsers only. */
declare const WebAssembly: {
  validate(bytes: Uint8Array): boolean;
  Module: new (bytes: Uint8Array) => object;
  Instance: new (module: object) => { readonly exports: unknown };
};

interface Memory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}

type Functions = Omit<ScoreKernel, 'kind' | 'memory'> & { readonly memory: Memory };

/** null where this machine's WebAssembly has no SIMD, or the bytes are not a valid kernel. */
export function wasmKernel(bytes: Uint8Array): ScoreKernel | null {
  if (!WebAssembly.validate(bytes)) return null;
  const exports = new WebAssembly.Instance(new WebAssembly.Module(bytes)).exports as Functions;
  const { memory } = exports;
  return {
    ...exports,
    kind: 'wasm',
    memory: wanted => {
      const missing = wanted - memory.buffer.byteLength;
      if (missing > 0) memory.grow(Math.ceil(missing / PAGE));
      return memory.buffer;
    },
  };
}
