/** The WebAssembly kernel, compiled from its source as the build does. */
import { wasmKernel } from '../../src/index/kernel/wasmKernel.ts';
import type { ScoreKernel } from '../../src/index/kernel/scoreKernel.ts';

interface Compiler {
  main(
    flags: readonly string[],
    io: { writeFile: (name: string, contents: string | Uint8Array) => void },
  ): Promise<{ readonly error: Error | null; readonly stderr: { toString(): string } }>;
}

let compiled: Promise<Uint8Array> | null = null;

export async function compiledKernel(): Promise<ScoreKernel> {
  compiled ??= compile();
  const kernel = wasmKernel(await compiled);
  if (kernel === null) throw new Error('no WebAssembly SIMD');
  return kernel;
}

async function compile(): Promise<Uint8Array> {
  // By a name that TypeScript does not follow: the compiler's own types change those of the editor's.
  const name: string = 'assemblyscript/asc';
  const { default: asc } = (await import(name)) as { default: Compiler };
  let binary: Uint8Array | null = null;
  const flags = ['--enable', 'simd', '--runtime', 'stub', '-O3', '--noAssert', '--outFile', 'kernel.wasm'];
  const { error, stderr } = await asc.main(['src/index/kernel/assembly/scoring.ts', ...flags], {
    writeFile: (_name, contents) => {
      if (typeof contents !== 'string') binary = contents;
    },
  });
  if (error !== null || binary === null) throw new Error(stderr.toString());
  return binary;
}
