/** code-server: a real VS Code in the browser, from npm, for machines that can't download VS Code itself. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { npm } from './npm.ts';
import { cache } from './paths.ts';

const VERSION = '4.139.1';

/**
 * The folder of the installed package; installs it on first use (about 30 s, 620 MB). Install scripts are
 * left out: they compile native modules (terminals, Kerberos) that nothing here needs.
 */
export function ensureCodeServer(say: (line: string) => void): string {
  const directory = process.env['MALMOI_CODE_SERVER'] ?? path.join(cache, 'code-server');
  const server = path.join(directory, 'node_modules', 'code-server');
  const done = path.join(directory, `installed-${VERSION}`);
  if (fs.existsSync(done)) return server;
  say(`Installing code-server ${VERSION} into ${directory} (once, about 620 MB) …`);
  fs.mkdirSync(directory, { recursive: true });
  const manifest = path.join(directory, 'package.json');
  if (!fs.existsSync(manifest)) fs.writeFileSync(manifest, '{"private":true}');
  const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  npm(['install', ...quiet, `code-server@${VERSION}`], directory);
  const vscode = path.join(server, 'lib', 'vscode');
  npm(['install', '--omit=dev', ...quiet], vscode);
  npm(['install', '--omit=dev', ...quiet], path.join(vscode, 'extensions'));
  fs.writeFileSync(done, '');
  return server;
}

export interface ServerOptions {
  /**
   * `development`: the address names the extension (`windowUrl`), which needs VS Code's smoke-test mode; that
   * mode shows no toasts. A folder: the unpacked extension is installed from there, as a user has it. `installed`:
   * `installPackage` has done it.
   */
  readonly extension: 'development' | 'installed' | { readonly folder: string };
  readonly package: string;
  /** User data: settings, extensions, logs. */
  readonly data: string;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly language: 'ko' | 'en';
  readonly environment?: Readonly<Record<string, string>>;
}

export interface Server {
  readonly url: string;
  readonly port: number;
  stop(): Promise<void>;
}

/** Keeps the workbench offline and free of greetings. */
const QUIET_SETTINGS = {
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'chat.disableAIFeatures': true,
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'telemetry.telemetryLevel': 'off',
  'workbench.enableExperiments': false,
  'update.mode': 'none',
  'npm.autoDetect': 'off',
  'typescript.disableAutomaticTypeAcquisition': true,
  'json.schemaDownload.enable': false,
  'security.workspace.trust.enabled': false,
};

export async function startCodeServer(options: ServerOptions): Promise<Server> {
  prepareData(options);
  const port = await freePort();
  const log = path.join(options.data, 'server.log');
  const output = fs.openSync(log, 'w');
  const environment = withoutWindow({ ...process.env, ...options.environment });
  const child = spawn(
    process.execPath,
    [
      path.join(options.package, 'out', 'node', 'entry.js'),
      `--bind-addr=127.0.0.1:${port}`,
      '--auth=none',
      `--config=${path.join(options.data, 'config.yaml')}`,
      `--user-data-dir=${options.data}`,
      `--extensions-dir=${path.join(options.data, 'extensions')}`,
      '--disable-telemetry',
      '--disable-update-check',
      '--disable-workspace-trust',
      '--disable-getting-started-override',
      '--ignore-last-opened',
      `--locale=${options.language}`,
      // Without it the extension under development in the address is ignored without a word.
      ...(options.extension === 'development' ? ['--vscode-option=enable-smoke-test-driver'] : []),
    ],
    { env: environment, stdio: ['ignore', output, output], detached: process.platform !== 'win32' },
  );
  fs.closeSync(output);
  const url = `http://127.0.0.1:${port}`;
  for (let tries = 0; ; tries++) {
    if (child.exitCode !== null || tries > 600) {
      throw new Error(`code-server did not start:\n${fs.readFileSync(log, 'utf8')}`);
    }
    if (await answers(`${url}/healthz`)) break;
    await sleep(100);
  }
  return {
    url,
    port,
    async stop() {
      if (child.exitCode !== null || child.pid === undefined) return;
      const gone = once(child, 'exit');
      // The whole group: the extension host and the engine are the server's children.
      process.kill(process.platform === 'win32' ? child.pid : -child.pid, 'SIGTERM');
      await Promise.race([gone, sleep(8000)]);
      if (child.exitCode === null && child.signalCode === null) process.kill(-child.pid, 'SIGKILL');
    },
  };
}

/** Installs a package as a person does: `--install-extension`. The folder of the installed extension. */
export function installPackage(
  server: string,
  data: string,
  vsix: string,
  environment: NodeJS.ProcessEnv,
): string {
  const extensions = path.join(data, 'extensions');
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [
      path.join(server, 'out', 'node', 'entry.js'),
      `--user-data-dir=${data}`,
      `--extensions-dir=${extensions}`,
      `--install-extension=${vsix}`,
      '--force',
    ],
    { env: withoutWindow(environment), encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(`${vsix} could not be installed:\n${stdout}${stderr}`);
  const installed = JSON.parse(fs.readFileSync(path.join(extensions, 'extensions.json'), 'utf8')) as {
    readonly relativeLocation: string;
  }[];
  return path.join(extensions, installed.at(-1)!.relativeLocation);
}

/** Without what is set where this runs in a terminal of VS Code itself: it would send our server to that window. */
function withoutWindow(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const { VSCODE_IPC_HOOK_CLI: _window, PORT: _port, ...rest } = environment;
  return rest;
}

/** Address of a window; `open` is a folder or a .code-workspace. */
export function windowUrl(
  server: Server,
  open: string,
  development?: { readonly extension: string; readonly tests?: string },
): string {
  const query = new URLSearchParams({
    [open.endsWith('.code-workspace') ? 'workspace' : 'folder']: open,
  });
  if (development !== undefined) {
    const remote = (place: string): string => `vscode-remote://127.0.0.1:${server.port}${encodeURI(place)}`;
    const payload = [['extensionDevelopmentPath', remote(development.extension)]];
    if (development.tests !== undefined) payload.push(['extensionTestsPath', remote(development.tests)]);
    query.set('payload', JSON.stringify(payload));
  }
  return `${server.url}/?${query.toString()}`;
}

function prepareData({ data, settings, language, extension }: ServerOptions): void {
  for (const folder of ['User', 'Machine', 'extensions']) {
    fs.mkdirSync(path.join(data, folder), { recursive: true });
  }
  const machine = Object.fromEntries(Object.entries(settings).filter(([key]) => key.startsWith('malmoi.')));
  writeJson(path.join(data, 'User', 'settings.json'), { ...QUIET_SETTINGS, ...settings });
  writeJson(path.join(data, 'Machine', 'settings.json'), machine);
  fs.writeFileSync(path.join(data, 'config.yaml'), '');
  if (typeof extension === 'object') installUnpacked(path.join(data, 'extensions'), extension.folder);
  if (language === 'en') return;
  // A language pack without a text: the workbench stays English, and extensions are told the language.
  const translation = path.join(data, 'empty.i18n.json');
  writeJson(translation, { contents: {} });
  const pack = {
    hash: 'malmoi',
    extensions: [{ extensionIdentifier: { id: 'malmoi.korean' }, version: '1.0.0' }],
    translations: { vscode: translation },
    label: language,
  };
  writeJson(path.join(data, 'languagepacks.json'), { [language]: pack });
}

/** What `--install-extension` leaves behind, with a link in the place of a copy. */
function installUnpacked(extensions: string, folder: string): void {
  const manifest = JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8')) as {
    readonly name: string;
    readonly publisher: string;
    readonly version: string;
  };
  const id = `${manifest.publisher}.${manifest.name}`;
  const relativeLocation = `${id}-${manifest.version}`;
  const link = path.join(extensions, relativeLocation);
  fs.rmSync(link, { force: true });
  fs.symlinkSync(folder, link, 'dir');
  const entry = {
    identifier: { id },
    version: manifest.version,
    location: { $mid: 1, path: link, scheme: 'file' },
    relativeLocation,
    metadata: {},
  };
  writeJson(path.join(extensions, 'extensions.json'), [entry]);
}

function writeJson(file: string, value: unknown): void {
  fs.writeFileSync(file, JSON.stringify(value, null, 2));
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url)).ok;
  } catch {
    return false;
  }
}

async function freePort(): Promise<number> {
  const server = net.createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}
