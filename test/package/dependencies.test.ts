import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';

interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly allowScripts: Readonly<Record<string, boolean>>;
}
interface Locked {
  readonly version: string;
  readonly integrity?: string;
  readonly hasInstallScript?: boolean;
}
interface Lock {
  readonly packages: Readonly<Record<string, Locked>>;
}

const ROOT = path.join(import.meta.dirname, '../..');
const read = (name: string): unknown => JSON.parse(fs.readFileSync(path.join(ROOT, name), 'utf8'));
const { dependencies, devDependencies, allowScripts } = read('package.json') as Manifest;
const packages = Object.entries((read('package-lock.json') as Lock).packages).filter(
  ([place]) => place !== '',
);

describe('dependencies', () => {
  it('are pinned, here as in the lock file', () => {
    const wanted = Object.entries({ ...dependencies, ...devDependencies });
    assert.ok(wanted.length > 30);
    const locked = new Map(packages);
    for (const [name, version] of wanted) {
      assert.match(version, /^\d+\.\d+\.\d+(?:-[\w.]+)?$/, name);
      assert.equal(locked.get(`node_modules/${name}`)?.version, version, name);
    }
  });

  it('have their checksum in the lock file', () => {
    assert.ok(packages.length > 100);
    for (const [place, { integrity }] of packages) assert.match(integrity ?? '', /^sha512-/, place);
  });

  it('run no script when they are installed, but for two tools', () => {
    const withScript = packages
      .filter(([, { hasInstallScript }]) => hasInstallScript === true)
      .map(([place]) => place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length));
    assert.ok(withScript.includes('onnxruntime-node'));
    for (const name of withScript)
      assert.equal(typeof allowScripts[name], 'boolean', `${name} is not decided`);
    const allowed = Object.keys(allowScripts).filter(name => allowScripts[name]);
    assert.deepEqual(allowed.sort(), ['esbuild', 'node']);
    for (const name of allowed) assert.ok(name in devDependencies && !(name in dependencies), name);
  });
});
