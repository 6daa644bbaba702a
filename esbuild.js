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
    // Parts of kordoc, which reads HWP 3, that recognise pictures and print: nothing of them is used.
    const unused = /^(sharp|onnxruntime-web.*|onnxruntime-common|@hyzyla\/pdfium|puppeteer-core)$/;
    build.onResolve({ filter: unused }, () => ({
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

/**
 * The server for agents, what speaks to team servers, and the window's sides of the panel and of “why” are outputs of their own: they
 * are loaded when they are asked for.
 */
const loadedLate = {
  name: 'loaded-late',
  setup(build) {
    build.onResolve({ filter: /(?:^|\/)(?:mcp|team|panelSession|whyNot)\.ts$/ }, ({ kind, path: target }) =>
      kind === 'dynamic-import'
        ? { path: `./${path.basename(target, '.ts')}.js`, external: true }
        : undefined,
    );
  },
};

/**
 * The views' templates without their indentation, which no minifier takes out of a string: several KB of blanks, and in
 * HTML a line break is as good as a line break with blanks.
 */
const unindentedViews = {
  name: 'unindented-views',
  setup(build) {
    build.onLoad({ filter: /media[\\/]panel[\\/]views[\\/][^\\/]+\.ts$/ }, ({ path: file }) => ({
      contents: fs.readFileSync(file, 'utf8').replace(/\n[ \t]+/g, '\n'),
      loader: 'ts',
    }));
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
  // Bundles have `__dirname`; only the sources ask `import.meta`.
  logOverride: { 'empty-import-meta': 'silent' },
  external: ['vscode', 'onnxruntime-node'],
  plugins: [tokenizerOnly, loadedLate],
  metafile: true,
};

/** In the extension host only `require` finds the module `vscode`. */
const window = { ...node, supported: { 'dynamic-import': false } };

const builds = [
  { ...window, entryPoints: ['src/extension.ts'], outfile: `${out}/extension.js` },
  { ...window, entryPoints: ['src/editor/panel/panelSession.ts'], outfile: `${out}/panelSession.js` },
  { ...window, entryPoints: ['src/editor/why/whyNot.ts'], outfile: `${out}/whyNot.js` },
  { ...node, entryPoints: ['src/engine.ts'], outfile: `${out}/engine.js` },
  { ...node, entryPoints: ['src/cli.ts'], outfile: `${out}/cli.js` },
  { ...node, entryPoints: ['src/mcp.ts'], outfile: `${out}/mcp.js` },
  { ...node, entryPoints: ['src/team.ts'], outfile: `${out}/team.js` },
  { ...node, entryPoints: ['src/model/worker.ts'], outfile: `${out}/modelWorker.js` },
  { ...node, entryPoints: ['src/model/store/worker.ts'], outfile: `${out}/modelInstaller.js` },
  {
    // An output a format, loaded when the first file of the format is read: only ECMAScript modules can be split.
    ...node,
    entryPoints: ['src/readers/worker.ts'],
    outdir: `${out}/readers`,
    format: 'esm',
    splitting: true,
    outExtension: { '.js': '.mjs' },
    chunkNames: '[name]-[hash]',
    banner: {
      js: "import{createRequire as malmoiRequire}from'node:module';import{fileURLToPath as malmoiPath}from'node:url';import{dirname as malmoiFolder}from'node:path';const require=malmoiRequire(import.meta.url),__filename=malmoiPath(import.meta.url),__dirname=malmoiFolder(__filename);",
    },
  },
  { ...node, entryPoints: ['src/rpc/watchdogWorker.ts'], outfile: `${out}/watchdog.js` },
  {
    // Loaded where there is no native runtime.
    ...node,
    entryPoints: ['node_modules/onnxruntime-web/dist/ort.node.min.mjs'],
    outfile: `${out}/wasm/ort.node.min.mjs`,
    format: 'esm',
    sourcemap: false,
    plugins: [],
  },
  {
    entryPoints: ['media/panel/panel.ts'],
    outfile: `${out}/panel/panel.js`,
    bundle: true,
    platform: 'browser',
    target: 'es2022',
    format: 'iife',
    charset: 'utf8',
    minify: production,
    plugins: [unindentedViews],
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

/** Tables that the reader of PDF looks up: character maps of CJK fonts, and fonts that every viewer has. */
function copyPdfTables() {
  for (const folder of ['cmaps', 'standard_fonts'])
    fs.cpSync(path.join(__dirname, 'node_modules/pdfjs-dist', folder), `${out}/readers/pdf/${folder}`, {
      recursive: true,
      dereference: true,
    });
}

/** onnxruntime's WebAssembly, which its JavaScript looks for beside itself. */
function copyWebAssembly() {
  for (const name of ['ort-wasm-simd-threaded.mjs', 'ort-wasm-simd-threaded.wasm'])
    fs.copyFileSync(path.join(__dirname, 'node_modules/onnxruntime-web/dist', name), `${out}/wasm/${name}`);
}

async function main() {
  if (!watch || !fs.existsSync(`${out}/scoring.wasm`)) await compileKernel();
  const present = builds.filter(build => fs.existsSync(build.entryPoints[0]));
  if (watch) {
    copyPdfTables();
    fs.mkdirSync(`${out}/wasm`, { recursive: true });
    copyWebAssembly();
    const contexts = await Promise.all(present.map(build => esbuild.context(build)));
    await Promise.all(contexts.map(context => context.watch()));
    return;
  }
  for (const build of present) {
    // Chunks have names of their own: those of an earlier build would stay.
    if (build.outdir !== undefined) fs.rmSync(build.outdir, { recursive: true, force: true });
    const result = await esbuild.build(build);
    if (build.outdir !== undefined) copyPdfTables();
    fs.mkdirSync('out', { recursive: true });
    fs.writeFileSync(
      path.join('out', `meta-${path.basename(build.outfile ?? `${build.outdir}.js`)}.json`),
      JSON.stringify(result.metafile),
    );
  }
  copyWebAssembly();
}

main().catch(error => {
  console.error(error);
  process.exitCode = 1;
});
