import assert from 'node:assert/strict';
import { writeFile, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { strToU8, zipSync } from 'fflate';
import { eachOnce, foldersOf, type BundledPackage } from '../../.ci/packages/bundled.ts';
import { differences, entriesOf, goldenOf, normalised } from '../../.ci/packages/contents.ts';
import { filesOf, placeOf, shippedManifest } from '../../.ci/packages/stage.ts';
import { fileNameOf, runtimeFiles, TARGETS, targetOf, UNIVERSAL } from '../../.ci/packages/targets.ts';

describe('the list of what a package has', () => {
  it('has no hashes of chunks, and counts tables', () => {
    const names = [
      'extension/dist/readers/docx-AB12CD34.mjs',
      'extension/dist/readers/chunk-AAAAAAAA.mjs',
      'extension/dist/readers/chunk-BBBBBBBB.mjs',
      'extension/dist/readers/parser-AIXBPHB6-CC12CD34.mjs',
      'extension/dist/readers/pdf/cmaps/A.bcmap',
      'extension/dist/readers/pdf/cmaps/B.bcmap',
      'extension/dist/engine.js',
    ];
    assert.deepEqual(normalised(names), [
      'extension/dist/engine.js',
      'extension/dist/readers/chunk-*.mjs',
      'extension/dist/readers/docx-*.mjs',
      'extension/dist/readers/parser-*.mjs',
      'extension/dist/readers/pdf/cmaps/*.bcmap (2)',
    ]);
  });

  it('says what is too much and what is missing, in each package', () => {
    const golden = goldenOf(
      new Map([
        ['universal', ['a', 'b', 'wasm']],
        ['linux-x64', ['a', 'b', 'so']],
      ]),
    );
    assert.equal(golden, '# every package\na\nb\n\n# universal\nwasm\n\n# linux-x64\nso\n');
    assert.deepEqual(differences(golden, 'linux-x64', ['a', 'b', 'so']), []);
    assert.deepEqual(differences(golden, 'universal', ['a', 'secret', 'wasm']), ['+ secret', '- b']);
    assert.deepEqual(differences(golden, 'universal', ['a', 'b', 'so']), ['+ so', '- wasm']);
  });

  it('is read from the file itself', async () => {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'malmoi-zip-'));
    const file = path.join(folder, 'a.vsix');
    await writeFile(
      file,
      zipSync({ 'extension/package.json': strToU8('{}'), 'extension/a.js': strToU8('') }),
    );
    assert.deepEqual([...(await entriesOf(file))].sort(), ['extension/a.js', 'extension/package.json']);
    await rm(folder, { recursive: true });
  });
});

describe('targets', () => {
  it('serve every platform of VS Code’s desktop: where there is no native runtime, by WebAssembly', () => {
    for (const platform of ['linux', 'win32', 'darwin'])
      for (const arch of ['x64', 'arm64']) assert.notEqual(targetOf(`${platform}-${arch}`), null, platform);
    for (const platform of ['darwin-x64', 'alpine-x64', 'alpine-arm64'])
      assert.equal(targetOf(platform), UNIVERSAL, platform);
    assert.equal(targetOf('plan9-x64'), null);
  });

  it('carry the runtime of their own platform alone', () => {
    for (const target of TARGETS) {
      const binaries = runtimeFiles(target).filter(file => file.includes('/napi-v6/'));
      const own = binaries.filter(file => file.includes(`/${target.replace('-', '/')}/`));
      assert.deepEqual(binaries, own, target);
      assert.equal(runtimeFiles(target).includes('dist/wasm/*'), target === UNIVERSAL);
    }
  });

  it('have the names that the marketplace’s tools give', () => {
    assert.equal(fileNameOf('malmoi', '1.0.0', UNIVERSAL), 'malmoi-1.0.0.vsix');
    assert.equal(fileNameOf('malmoi', '1.0.0', 'win32-arm64'), 'malmoi-win32-arm64-1.0.0.vsix');
  });
});

describe('the manifest in a package', () => {
  it('has nothing of building, and all that the editor reads', () => {
    const text = JSON.stringify({
      name: 'a',
      scripts: {},
      devDependencies: {},
      dependencies: {},
      contributes: {},
    });
    assert.deepEqual(JSON.parse(shippedManifest(text)), { name: 'a', contributes: {} });
  });

  it('is in a folder of the files that patterns name', () => {
    const root = path.join(import.meta.dirname, '../..');
    assert.deepEqual(filesOf(root, 'LICENSE'), ['LICENSE']);
    assert.deepEqual(filesOf(root, 'package.nls*.json'), ['package.nls.json', 'package.nls.ko.json']);
    assert.ok(filesOf(root, 'src/**/*').includes('src/model/runtime/runtime.ts'));
    assert.deepEqual(filesOf(root, 'media/*.txt'), []);
  });

  it('finds the runtime beside the programs that load it', () => {
    assert.equal(placeOf('node_modules/onnxruntime-node/x.js'), 'dist/node_modules/onnxruntime-node/x.js');
    assert.equal(placeOf('dist/engine.js'), 'dist/engine.js');
  });
});

describe('bundled packages', () => {
  it('are those that any byte of an output came from, scoped and nested ones, too', () => {
    const from = (bytesInOutput: number): { readonly bytesInOutput: number } => ({ bytesInOutput });
    const metafile = {
      outputs: {
        'dist/engine.js': {
          inputs: {
            'src/engine.ts': from(10),
            'node_modules/@a/b/index.js': from(5),
            'node_modules/a/node_modules/c/index.js': from(1),
            'node_modules/dropped/index.js': from(0),
          },
        },
        'dist/wasm/ort.mjs': { inputs: { 'node_modules/web/index.js': from(3) } },
      },
    };
    const engine = foldersOf([metafile], output => !output.includes('/wasm/'));
    assert.deepEqual(engine, ['node_modules/@a/b', 'node_modules/a/node_modules/c']);
    assert.equal(foldersOf([metafile], () => true).length, 3);
  });

  it('are named once a version, wherever they lie', () => {
    const of = (version: string, folder: string): BundledPackage => ({
      name: 'a',
      version,
      license: null,
      folder,
    });
    const versions = eachOnce([of('1.0.0', 'x'), of('1.0.0', 'y'), of('2.0.0', 'z')]).map(
      each => each.version,
    );
    assert.deepEqual(versions, ['1.0.0', '2.0.0']);
  });
});
