/** Somebody with an empty home folder, and what they install into it. */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { unzipSync, zipSync, type Zippable } from 'fflate';
import { fileNameOf, targetOf } from '../../../.ci/packages/targets.ts';
import { ensureCodeServer, installPackage } from '../codeServer.ts';
import { repository } from '../paths.ts';
import type { InstalledExtension } from '../ui/workbench.ts';

const { name, version } = JSON.parse(fs.readFileSync(path.join(repository, 'package.json'), 'utf8')) as {
  readonly name: string;
  readonly version: string;
};
export { version };

/** The package of a target that `npm run package -- --all` has made. */
export function packageOf(target: string): string {
  const file = path.join(repository, 'out', 'packages', fileNameOf(name, version, target));
  if (!fs.existsSync(file)) throw new Error(`${file} is missing: npm run package -- --all makes it`);
  return file;
}

export function thisPlatform(): string {
  return targetOf(`${process.platform}-${process.arch}`)!;
}

/** The same code under another version, as the package of an earlier release. */
export function asVersion(vsix: string, other: string, folder: string): string {
  const entries = unzipSync(fs.readFileSync(vsix));
  const renamed: Zippable = {};
  for (const [entry, bytes] of Object.entries(entries)) {
    const text = /^extension(?:\/package\.json|\.vsixmanifest)$/.test(entry);
    // What is compressed well already takes its time for nothing.
    renamed[entry] = [text ? changed(bytes, other) : bytes, { level: 1 }];
  }
  const file = path.join(folder, `${name}-${other}.vsix`);
  fs.writeFileSync(file, zipSync(renamed));
  return file;
}

function changed(bytes: Uint8Array, other: string): Uint8Array {
  const text = Buffer.from(bytes).toString('utf8');
  const found = new RegExp(`([Vv]ersion"?[:=]\\s*")${version.replaceAll('.', '\\.')}"`);
  if (!found.test(text)) throw new Error('no version to change');
  return Buffer.from(text.replace(found, `$1${other}"`));
}

interface CommandLinePackage {
  readonly bin: { readonly malmoi: string };
  readonly dependencies: Readonly<Record<string, string>>;
}

export class Person {
  readonly home: string;
  readonly installed: InstalledExtension;
  #extension = '';

  constructor() {
    this.home = fs.mkdtempSync(path.join(os.tmpdir(), 'malmoi-person-'));
    const at = (...folders: readonly string[]): string => path.join(this.home, ...folders);
    const environment = {
      HOME: this.home,
      XDG_CACHE_HOME: at('.cache'),
      XDG_CONFIG_HOME: at('.config'),
      XDG_DATA_HOME: at('.local', 'share'),
      XDG_RUNTIME_DIR: '',
      // Empty: as if nobody had set them.
      MALMOI_MODELS: '',
      MALMOI_FEEDBACK: '',
      MALMOI_RUNTIME: '',
    };
    this.installed = { data: at('vscode'), environment };
  }

  install(vsix: string): void {
    const server = ensureCodeServer(line => console.error(line));
    const { data, environment } = this.installed;
    this.#extension = installPackage(server, data, vsix, { ...process.env, ...environment });
  }

  /** The command line that comes with the extension. */
  malmoi(...args: readonly string[]): string {
    return this.node(path.join(this.programs, 'cli.js'), ...args);
  }

  /** Runs a program of Node as this person; what it prints. */
  node(...args: readonly string[]): string {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      ['--disable-warning=MODULE_TYPELESS_PACKAGE_JSON', ...args],
      { env: { ...process.env, ...this.installed.environment }, encoding: 'utf8' },
    );
    if (status !== 0) throw new Error(`${args.join(' ')}:\n${stdout}${stderr}`);
    return stdout;
  }

  /**
   * Installs the command line's own package, as `npm install -g` does: its contents, beside the runtime that it names,
   * which npm fetches. Resolves to the program that it makes a command of.
   */
  installCommandLine(): string {
    const file = path.join(repository, `${name}-${version}.tgz`);
    if (!fs.existsSync(file)) throw new Error(`${file} is missing: npm run package:cli makes it`);
    const folder = path.join(this.home, 'lib', 'node_modules', name);
    fs.mkdirSync(folder, { recursive: true });
    const { status, stderr } = spawnSync('tar', ['-xzf', file, '--strip-components=1', '-C', folder]);
    if (status !== 0) throw new Error(stderr.toString());
    const { bin, dependencies } = JSON.parse(
      fs.readFileSync(path.join(folder, 'package.json'), 'utf8'),
    ) as CommandLinePackage;
    for (const each of Object.keys(dependencies))
      fs.symlinkSync(
        path.join(repository, 'node_modules', each),
        path.join(this.home, 'lib', 'node_modules', each),
        'junction',
      );
    return path.join(folder, bin.malmoi);
  }

  get programs(): string {
    return path.join(this.#extension, 'dist');
  }

  leave(): void {
    // The engine goes some seconds after the window, and writes until then.
    fs.rmSync(this.home, { recursive: true, force: true, maxRetries: 20, retryDelay: 500 });
  }
}
