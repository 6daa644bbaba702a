/**
 * `npm run package [-- --target linux-arm64]`: the .vsix for one platform, this one by default.
 *
 * onnxruntime-node carries the binaries of every platform (200 MB); a .vsix gets those of its own only.
 * A file of ignore rules can't know the target, so the target's rules are added to .vscodeignore's here.
 */
const { execFileSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');

/** The files that each platform's runtime really loads (macOS: the same library comes under two names). */
const BINARIES = {
  'linux-x64': ['linux/x64/*'],
  'linux-arm64': ['linux/arm64/*'],
  'darwin-arm64': ['darwin/arm64/onnxruntime_binding.node', 'darwin/arm64/libonnxruntime.1.dylib'],
  'win32-x64': ['win32/x64/*'],
  'win32-arm64': ['win32/arm64/*'],
};

const root = path.resolve(__dirname, '..');
const at = process.argv.indexOf('--target');
const target = at === -1 ? `${process.platform}-${process.arch}` : process.argv[at + 1];
const binaries = BINARIES[target];
if (binaries === undefined) {
  console.error(`No onnxruntime-node for ${target}. One of: ${Object.keys(BINARIES).join(', ')}`);
  process.exit(2);
}

const rules = path.join(root, 'out', 'vscodeignore');
fs.mkdirSync(path.dirname(rules), { recursive: true });
fs.writeFileSync(
  rules,
  [
    fs.readFileSync(path.join(root, '.vscodeignore'), 'utf8'),
    ...binaries.map(file => `!node_modules/onnxruntime-node/bin/napi-v6/${file}`),
    '# The CUDA and TensorRT providers, which an install without "skip" would have downloaded.',
    '**/*providers*',
    '',
  ].join('\n'),
);
execFileSync(
  process.execPath,
  [
    path.join(root, 'node_modules', '@vscode', 'vsce', 'vsce'),
    'package',
    '--target',
    target,
    '--ignoreFile',
    rules,
    // The project has no public address yet.
    '--allow-missing-repository',
    '--no-rewrite-relative-links',
  ],
  { cwd: root, stdio: 'inherit' },
);
