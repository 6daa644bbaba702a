// Builds every output of the extension. `node esbuild.js [--watch] [--production] [--out DIR] [--quiet]`
const esbuild = require('esbuild');
const fs = require('node:fs');
const path = require('node:path');

const production = process.argv.includes('--production');
const logLevel = process.argv.includes('--quiet') ? 'warning' : 'info';
const watch = process.argv.includes('--watch');
/** `dist` unless `--out` says otherwise: the size check builds beside it, so that nothing in use changes. */
const out = process.argv.includes('--out') ? process.argv[process.argv.indexOf('--out') + 1] : 'dist';

/**
 * Of transformers.js only the tokenizer is used: its native and web runtimes are never loaded, so they are
 * replaced by nothing (474 MB of packages become about 300 KB).
 */
const tokenizerOnly = {
  name: 'tokenizer-only',
  setup(build) {
    const source = path.join(__dirname, 'node_modules/@huggingface/transformers/src');
    build.onResolve({ filter: /^@huggingface\/transformers$/ }, () => ({
      path: path.join(source, 'tokenization_utils.js'),
      sideEffects: false,
    }));
    build.onResolve({ filter: /^(sharp|onnxruntime-web.*|onnxruntime-common)$/ }, () => ({
      path: 'unused',
      namespace: 'unused',
    }));
    build.onResolve({ filter: /\/backends\/onnx\.js$/ }, () => ({ path: 'unused', namespace: 'unused' }));
    build.onLoad({ filter: /.*/, namespace: 'unused' }, () => ({
      contents: 'module.exports = {}',
      loader: 'js',
    }));
  },
};

/** The server for agents is an output of its own: the command line loads it for `malmoi mcp` alone. */
const agentsApart = {
  name: 'agents-apart',
  setup(build) {
    build.onResolve({ filter: /^\.\/mcp\.ts$/ }, ({ kind }) =>
      kind === 'dynamic-import' ? { path: './mcp.js', external: true } : undefined,
    );
  },
};

/** Shared by the Node outputs. Node 18 is the oldest runtime of the `engines.vscode` range. */
const node = {
  bundle: true,
  platform: 'node',
  target: 'node18',
  format: 'cjs',
  sourcemap: production ? false : 'linked',
  minify: production,
  logLevel,
  external: ['vscode', 'onnxruntime-node'],
  plugins: [tokenizerOnly],
  metafile: true,
};

const builds = [
  { ...node, entryPoints: ['src/extension.ts'], outfile: `${out}/extension.js` },
  { ...node, entryPoints: ['src/engine.ts'], outfile: `${out}/engine.js` },
  {
    ...node,
    entryPoints: ['src/cli.ts'],
    outfile: `${out}/cli.js`,
    plugins: [...node.plugins, agentsApart],
  },
  { ...node, entryPoints: ['src/mcp.ts'], outfile: `${out}/mcp.js` },
  { ...node, entryPoints: ['src/model/worker.ts'], outfile: `${out}/modelWorker.js` },
  { ...node, entryPoints: ['src/model/store/worker.ts'], outfile: `${out}/modelInstaller.js` },
  { ...node, entryPoints: ['src/readers/worker.ts'], outfile: `${out}/readerWorker.js` },
  { ...node, entryPoints: ['src/rpc/watchdogWorker.ts'], outfile: `${out}/watchdog.js` },
  {
    entryPoints: ['media/panel/panel.ts'],
    outfile: `${out}/panel/panel.js`,
    bundle: true,
    platform: 'browser',
    target: 'es2022',
    format: 'iife',
    minify: production,
    sourcemap: production ? false : 'linked',
    logLevel,
    metafile: true,
  },
];

/** The scoring kernel: AssemblyScript -> WebAssembly with SIMD. */
async function compileKernel() {
  const { default: asc } = await import('assemblyscript/asc');
  const source = 'src/index/kernel/assembly/scoring.ts';
  const flags = [
    '--enable',
    'simd',
    '--runtime',
    'stub',
    '-O3',
    '--noAssert',
    '--outFile',
    `${out}/scoring.wasm`,
  ];
  const { error } = await asc.main([source, ...flags], { stderr: process.stderr });
  if (error !== null) throw error;
}

async function main() {
  if (!watch || !fs.existsSync(`${out}/scoring.wasm`)) await compileKernel();
  const present = builds.filter(build => fs.existsSync(build.entryPoints[0]));
  if (watch) {
    const contexts = await Promise.all(present.map(build => esbuild.context(build)));
    await Promise.all(contexts.map(context => context.watch()));
    return;
  }
  for (const build of present) {
    const result = await esbuild.build(build);
    fs.mkdirSync('out', { recursive: true });
    fs.writeFileSync(
      path.join('out', `meta-${path.basename(build.outfile)}.json`),
      JSON.stringify(result.metafile),
    );
  }
}

main().catch(error => {
  console.error(error);
  process.exitCode = 1;
});
