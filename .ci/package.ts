/**
 * `npm run package [-- --target linux-arm64 | --all] [--verify] [--accept]`: the .vsix for one platform, this one by
 * default, or all, with bills of materials and SHA256SUMS in out/packages.
 *
 * Fails where a package is too large or has other contents than `packages/contents.txt` says; `--accept`, with
 * `--all`, writes that list anew. `--verify` builds everything a second time and compares the bytes.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { bundledPackages, packageIn } from './packages/bundled.ts';
import { differences, entriesOf, goldenOf, normalised } from './packages/contents.ts';
import { sbomOf } from './packages/sbom.ts';
import { filesOf, hasAddress, placeOf, stage } from './packages/stage.ts';
import {
  fileNameOf,
  runtimeFiles,
  runtimePackages,
  TARGETS,
  targetOf,
  UNIVERSAL,
} from './packages/targets.ts';

/** MB of 1,000,000 bytes. */
const LARGEST = 60;
const root = path.resolve(import.meta.dirname, '..');
const golden = path.join(import.meta.dirname, 'packages', 'contents.txt');
const folder = path.join(root, 'out', 'packages');
const manifest = fs.readFileSync(path.join(root, 'package.json'), 'utf8');
const product = JSON.parse(manifest) as {
  readonly name: string;
  readonly version: string;
  readonly license: string;
};

const { values } = parseArgs({
  options: {
    target: { type: 'string', multiple: true },
    all: { type: 'boolean', default: false },
    verify: { type: 'boolean', default: false },
    accept: { type: 'boolean', default: false },
  },
});
const epoch = sourceDate();
const targets = values.all
  ? TARGETS
  : wantedTargets(values.target ?? [`${process.platform}-${process.arch}`]);

const first = build();
report(await contentsOf(targets));
if (values.verify) verify(first);

function wantedTargets(platforms: readonly string[]): readonly string[] {
  return [
    ...new Set(
      platforms.map(platform => {
        const target = targetOf(platform);
        if (target === null) {
          console.error(`No package for ${platform}. One of: ${TARGETS.join(', ')}`);
          process.exit(2);
        }
        if (target !== platform)
          console.log(`${platform} has no native runtime: it gets the ${target} package.`);
        return target;
      }),
    ),
  ];
}

/** Seconds since 1970: SOURCE_DATE_EPOCH, else that of the last commit. */
function sourceDate(): number {
  const given = process.env['SOURCE_DATE_EPOCH'];
  if (given !== undefined && given !== '') return Number(given);
  return Number(execFileSync('git', ['log', '-1', '--format=%ct'], { cwd: root, encoding: 'utf8' }));
}

/** Builds all wanted packages; the digest of each file that was made. */
function build(): ReadonlyMap<string, string> {
  fs.rmSync(folder, { recursive: true, force: true });
  fs.mkdirSync(folder, { recursive: true });
  execFileSync(process.execPath, [path.join(import.meta.dirname, 'buildForRelease.js')], {
    stdio: 'inherit',
  });
  for (const target of targets) {
    pack(target);
    fs.writeFileSync(fileOf(target).replace(/\.vsix$/, '.cdx.json'), billOf(target));
  }
  const digests = new Map(fs.readdirSync(folder).map(name => [name, sha256(path.join(folder, name))]));
  const sums = [...digests]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, digest]) => `${digest}  ${name}\n`);
  fs.writeFileSync(path.join(folder, 'SHA256SUMS'), sums.join(''));
  return digests;
}

function fileOf(target: string): string {
  return path.join(folder, fileNameOf(product.name, product.version, target));
}

function pack(target: string): void {
  const staged = path.join(root, 'out', 'stage', target);
  stage(root, staged, target);
  // Nothing that was laid out is left out again.
  const rules = path.join(root, 'out', 'stage', 'ignore');
  fs.writeFileSync(rules, '');
  const vsce = path.join(root, 'node_modules', '@vscode', 'vsce', 'vsce');
  const options = [
    `--out=${fileOf(target)}`,
    `--ignoreFile=${rules}`,
    ...(target === UNIVERSAL ? [] : ['--target', target]),
    '--no-dependencies',
    ...(hasAddress(manifest) ? [] : ['--allow-missing-repository', '--no-rewrite-relative-links']),
  ];
  execFileSync(process.execPath, [vsce, 'package', ...options], {
    cwd: staged,
    stdio: ['ignore', 'ignore', 'inherit'],
    // A zip file has times without a zone.
    env: { ...process.env, SOURCE_DATE_EPOCH: String(epoch), TZ: 'UTC' },
  });
}

function billOf(target: string): string {
  const model = path.join(root, 'media', 'model');
  const { name, revision, license, files } = JSON.parse(
    fs.readFileSync(path.join(model, 'malmoi-model.json'), 'utf8'),
  ) as {
    readonly name: string;
    readonly revision: string;
    readonly license: string;
    readonly files: Readonly<Record<string, { readonly sha256: string }>>;
  };
  const shipped = runtimePackages(target).map(each => packageIn(path.join(root, 'node_modules', each)));
  const bundled = bundledPackages(root, output => target === UNIVERSAL || !output.includes('/wasm/'));
  const binaries = runtimeFiles(target)
    .flatMap(pattern => filesOf(root, pattern))
    .filter(file => /\.(?:node|dll|dylib|wasm|so\.\d+)$/.test(file))
    .sort();
  return sbomOf({
    product,
    target,
    epoch,
    packages: [...bundled.filter(each => shipped.every(one => one.name !== each.name)), ...shipped],
    model: { name, revision, license, sha256: files['model.onnx.data']!.sha256 },
    binaries: binaries.map(each => ({ name: placeOf(each), sha256: sha256(path.join(root, each)) })),
  });
}

async function contentsOf(of: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>> {
  const contents = new Map<string, readonly string[]>();
  for (const target of of) contents.set(target, normalised(await entriesOf(fileOf(target))));
  return contents;
}

/** Prints each size, and fails for one that is too large or has other contents than it should. */
function report(contents: ReadonlyMap<string, readonly string[]>): void {
  if (values.accept && values.all) fs.writeFileSync(golden, goldenOf(contents));
  const list = fs.readFileSync(golden, 'utf8');
  for (const [target, names] of contents) {
    const size = fs.statSync(fileOf(target)).size / 1e6;
    const other = differences(list, target, names);
    const isFine = size <= LARGEST && other.length === 0;
    console.log(
      `${isFine ? 'ok ' : 'NOT OK'} ${path.basename(fileOf(target))}: ${size.toFixed(1)} of ${LARGEST} MB`,
    );
    for (const line of other) console.log(`   ${line}`);
    if (!isFine) process.exitCode = 1;
  }
}

function verify(before: ReadonlyMap<string, string>): void {
  const again = build();
  const other = [...before].filter(([name, digest]) => again.get(name) !== digest).map(([name]) => name);
  console.log(
    other.length === 0
      ? `ok  ${before.size} files, the same bytes twice`
      : `NOT the same: ${other.join(', ')}`,
  );
  if (other.length > 0) process.exitCode = 1;
}

function sha256(file: string): string {
  return createHash('sha256').update(fs.readFileSync(file)).digest('hex');
}
