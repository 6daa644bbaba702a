/**
 * onnxruntime as WebAssembly: for Macs with Intel processors, Alpine and whatever else the native library is not
 * built for. All of it comes from this disk; nothing is fetched.
 */
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { InferenceSession } from 'onnxruntime-node';
import type * as onnxruntimeWeb from 'onnxruntime-web';
import type { GraphOptions, RuntimeLoader } from './runtime.ts';
import { sessionOptions } from './sessionOptions.ts';

/** Beside the bundle, as `esbuild.js` puts it there, or in the package where this runs unbundled. */
const FOLDER =
  typeof __dirname === 'string'
    ? path.join(__dirname, 'wasm')
    : path.resolve(import.meta.dirname, '../../../node_modules/onnxruntime-web/dist');

export const loadWasm: RuntimeLoader = async () => {
  const ort = (await import(
    pathToFileURL(path.join(FOLDER, 'ort.node.min.mjs')).href
  )) as typeof onnxruntimeWeb;
  const { wasm, versions } = ort.env;
  const module = path.join(FOLDER, 'ort-wasm-simd-threaded');
  wasm.wasmPaths = { mjs: pathToFileURL(`${module}.mjs`).href };
  // Given as bytes, so that it is never asked for by an address.
  wasm.wasmBinary = await bytesOf(`${module}.wasm`);
  return {
    name: 'wasm',
    version: versions.web ?? versions.common,
    Tensor: ort.Tensor,
    async open(file: string, options: GraphOptions): Promise<InferenceSession> {
      // Threads work on one memory, which a host may forbid. The first session's number stays that of this thread.
      wasm.numThreads = typeof SharedArrayBuffer === 'function' ? options.threads : 1;
      return ort.InferenceSession.create(await bytesOf(file), {
        ...sessionOptions(options),
        executionProviders: ['wasm'],
        externalData: await externalData(file),
      });
    },
  };
};

/**
 * The weights beside a graph are named after it: `model.onnx.data`, `model.onnx_data`. No other file can be reached,
 * whatever the graph says.
 */
async function externalData(file: string): Promise<{ path: string; data: Uint8Array }[]> {
  const [folder, graph] = [path.dirname(file), path.basename(file)];
  const names = (await readdir(folder)).filter(name => [`${graph}.data`, `${graph}_data`].includes(name));
  return Promise.all(names.map(async name => ({ path: name, data: await bytesOf(path.join(folder, name)) })));
}

/** A plain array of exactly the file's bytes: WebAssembly's loader takes no view into Node's pool. */
async function bytesOf(file: string): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await readFile(file));
}
