/** What each package carries, and whom the universal one serves. */

/** In every package, relative to the root of the repository; a `*` is any name, `**` any folders. */
export const PARTS: readonly string[] = [
  'dist/*.js',
  'dist/*.wasm',
  'dist/THIRD_PARTY_NOTICES.txt',
  'dist/panel/*.js',
  'dist/panel/*.css',
  'dist/readers/**/*',
  'l10n/*',
  'media/icon*',
  'media/walkthrough/*',
  'media/model/*',
  'package.nls*.json',
  'CHANGELOG.md',
  'LICENSE',
  'NOTICE',
  'README.md',
];

const NATIVE = 'node_modules/onnxruntime-node/bin/napi-v6';

/** The files that each platform's runtime really loads (macOS: the same library comes under two names). */
const LIBRARIES: Readonly<Record<string, readonly string[]>> = {
  'linux-x64': ['linux/x64/libonnxruntime.so.1', 'linux/x64/onnxruntime_binding.node'],
  'linux-arm64': ['linux/arm64/libonnxruntime.so.1', 'linux/arm64/onnxruntime_binding.node'],
  'darwin-arm64': ['darwin/arm64/libonnxruntime.1.dylib', 'darwin/arm64/onnxruntime_binding.node'],
  // Neither imports the compilers of shaders (dxcompiler.dll, dxil.dll) that lie beside them: they are WebGPU's.
  'win32-x64': ['win32/x64/onnxruntime.dll', 'win32/x64/onnxruntime_binding.node', 'win32/x64/DirectML.dll'],
  'win32-arm64': [
    'win32/arm64/onnxruntime.dll',
    'win32/arm64/onnxruntime_binding.node',
    'win32/arm64/DirectML.dll',
  ],
};

/** JavaScript of the native runtime. */
const BINDING = [
  'node_modules/onnxruntime-node/package.json',
  'node_modules/onnxruntime-node/README.md',
  'node_modules/onnxruntime-node/dist/*.js',
  'node_modules/onnxruntime-common/package.json',
  'node_modules/onnxruntime-common/README.md',
  'node_modules/onnxruntime-common/dist/cjs/*.js',
  'node_modules/onnxruntime-common/dist/cjs/package.json',
];

const WEB_ASSEMBLY = ['dist/wasm/*'];

/** There is no native library for these: they get WebAssembly, which is slower, in place of nothing. */
export const SERVED_BY_UNIVERSAL: readonly string[] = ['darwin-x64', 'alpine-x64', 'alpine-arm64'];

export const UNIVERSAL = 'universal';
export const TARGETS: readonly string[] = [UNIVERSAL, ...Object.keys(LIBRARIES)];

/** Null where nobody knows such a platform. */
export function targetOf(platform: string): string | null {
  if (SERVED_BY_UNIVERSAL.includes(platform)) return UNIVERSAL;
  return TARGETS.includes(platform) ? platform : null;
}

/** The files of the runtime, as those of `PARTS`. */
export function runtimeFiles(target: string): readonly string[] {
  const libraries = LIBRARIES[target];
  if (libraries === undefined) return WEB_ASSEMBLY;
  return [...BINDING, ...libraries.map(file => `${NATIVE}/${file}`)];
}

/** npm packages that are shipped as they are, beside what the bundles have of others. */
export function runtimePackages(target: string): readonly string[] {
  return target === UNIVERSAL ? [] : ['onnxruntime-node', 'onnxruntime-common'];
}

export function fileNameOf(name: string, version: string, target: string): string {
  return target === UNIVERSAL ? `${name}-${version}.vsix` : `${name}-${target}-${version}.vsix`;
}
