import assert from 'node:assert/strict';
import { Tensor } from 'onnxruntime-node';
import { chooseRuntime, type RuntimeLoader } from '../../../src/model/runtime/runtime.ts';

const loads =
  (name: 'native' | 'wasm'): RuntimeLoader =>
  () =>
    Promise.resolve({ name, version: '1', Tensor, open: () => Promise.reject(new Error('unused')) });
const fails =
  (message: string): RuntimeLoader =>
  () =>
    Promise.reject(new Error(message));
const mustNotLoad: RuntimeLoader = () => assert.fail('loaded');

describe('the runtime of models', () => {
  it('is the native one where that loads: WebAssembly is not even looked at', async () => {
    const { name, insteadOf } = await chooseRuntime({ native: loads('native'), wasm: mustNotLoad });
    assert.deepEqual([name, insteadOf], ['native', null]);
  });

  it('is WebAssembly where the native one does not load, and knows why', async () => {
    const native = fails('Cannot find module onnxruntime_binding.node\nRequire stack:\n- /home/someone');
    const { name, insteadOf } = await chooseRuntime({ native, wasm: loads('wasm') });
    assert.deepEqual([name, insteadOf], ['wasm', 'Cannot find module onnxruntime_binding.node']);
  });

  it('says both reasons where neither loads', async () => {
    const loading = chooseRuntime({ native: fails('no glibc'), wasm: fails('no such file') });
    await assert.rejects(loading, /no glibc; WebAssembly: no such file/);
  });

  it('is the one that is asked for, or none', async () => {
    const wasm = await chooseRuntime({ native: mustNotLoad, wasm: loads('wasm') }, 'wasm');
    assert.equal(wasm.name, 'wasm');
    await assert.rejects(chooseRuntime({ native: fails('gone'), wasm: mustNotLoad }, 'native'), /gone/);
  });
});
