/** The settings as typed, observable values; no other code calls `getConfiguration`. */
import * as vscode from 'vscode';
import type { Channel } from '../domain/channel.ts';
import type { NetworkSettings } from '../domain/models.ts';
import { LocalisedError } from './errors.ts';
import type { FolderSettings } from './folderOptions.ts';
import { teamServers } from './team/serverSettings.ts';
import { mirrorOf } from './models/hubAddress.ts';

/** One setting of the window. A value of the wrong type in settings.json counts as the default. */
export class Setting<T> implements vscode.Disposable {
  readonly #key: string;
  readonly #parse: (value: unknown) => T;
  readonly #changed = new vscode.EventEmitter<T>();
  readonly #subscription: vscode.Disposable;
  readonly onDidChange = this.#changed.event;

  constructor(key: string, parse: (value: unknown) => T) {
    this.#key = key;
    this.#parse = parse;
    this.#subscription = vscode.workspace.onDidChangeConfiguration(event => {
      if (event.affectsConfiguration(key)) this.#changed.fire(this.value);
    });
  }

  get value(): T {
    return this.#parse(vscode.workspace.getConfiguration().get(this.#key));
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#changed.dispose();
  }
}

/** Languages of the editor whose files are read as texts. */
const LANGUAGES: readonly (readonly [languageId: string, extensions: readonly string[]])[] = [
  ['markdown', ['.md', '.markdown']],
  ['mdx', ['.mdx']],
  ['plaintext', ['.txt']],
  ['restructuredtext', ['.rst']],
  ['asciidoc', ['.adoc', '.asciidoc']],
  ['latex', ['.tex', '.ltx']],
  ['csv', ['.csv']],
  ['tsv', ['.tsv']],
];

/** Encodings of languages that have a setting of their own, like `[plaintext]`. */
function encodingsOfLanguages(folder: vscode.Uri): Readonly<Record<string, string>> {
  const usual = vscode.workspace.getConfiguration('files', folder).get('encoding');
  const own: Record<string, string> = {};
  for (const [languageId, extensions] of LANGUAGES) {
    const configuration = vscode.workspace.getConfiguration('files', { uri: folder, languageId });
    const encoding = textOrNull(configuration.get('encoding'));
    if (encoding === null || encoding === usual) continue;
    for (const extension of extensions) own[extension] = encoding;
  }
  return own;
}

/** The mirror's setting is not a valid address. */
export class MirrorError extends LocalisedError {}

export class Settings implements vscode.Disposable {
  readonly resultLimit = new Setting('malmoi.resultLimit', value =>
    typeof value === 'number' && value >= 1 ? Math.min(200, Math.floor(value)) : 30,
  );
  readonly channel = new Setting<Channel>('malmoi.channel', value =>
    value === 'semantic' || value === 'lexical' ? value : 'hybrid',
  );
  readonly preview = new Setting('malmoi.quickPick.preview', isNotFalse);
  readonly hover = new Setting('malmoi.hover.enabled', isNotFalse);
  readonly tint = new Setting('malmoi.tint.enabled', isNotFalse);
  readonly followCursor = new Setting('malmoi.related.followCursor', value => value === true);
  readonly fileDecorations = new Setting('malmoi.fileDecorations', value => value === true);
  readonly processorShare = new Setting('malmoi.indexing.processorShare', value =>
    typeof value === 'number' ? Math.min(100, Math.max(10, value)) / 100 : 1,
  );
  readonly pauseOnBattery = new Setting('malmoi.indexing.pauseOnBattery', value => value === true);
  readonly indexOnStartup = new Setting('malmoi.indexOnStartup', isNotFalse);
  readonly teamServers = new Setting('malmoi.team.servers', teamServers);
  readonly storePath = new Setting('malmoi.storePath', textOrNull);
  readonly modelPath = new Setting('malmoi.modelPath', textOrNull);
  readonly #folderKeys = [
    'malmoi.include',
    'malmoi.exclude',
    'malmoi.useIgnoreFiles',
    'malmoi.followSymlinks',
    'search.followSymlinks',
    'malmoi.glossary',
    'malmoi.optionalFormats',
    'malmoi.encodings',
    'files.encoding',
    'files.exclude',
  ];
  readonly #foldersChanged = new vscode.EventEmitter<void>();
  readonly #subscription: vscode.Disposable;
  /** Fires when a setting changed that decides what is indexed in some folder. */
  readonly onDidChangeFolderSettings = this.#foldersChanged.event;

  constructor() {
    this.#subscription = vscode.Disposable.from(
      vscode.workspace.onDidChangeConfiguration(event => {
        if (this.#folderKeys.some(key => event.affectsConfiguration(key))) this.#foldersChanged.fire();
      }),
      vscode.workspace.onDidGrantWorkspaceTrust(() => this.#foldersChanged.fire()),
    );
  }

  ofFolder(folder: vscode.Uri): FolderSettings {
    const configuration = vscode.workspace.getConfiguration(undefined, folder);
    return {
      include: strings(configuration.get('malmoi.include')),
      exclude: strings(configuration.get('malmoi.exclude')),
      useIgnoreFiles: isNotFalse(configuration.get('malmoi.useIgnoreFiles')),
      followSymlinks: booleanOrNull(configuration.get('malmoi.followSymlinks')),
      searchFollowsSymlinks: isNotFalse(configuration.get('search.followSymlinks')),
      trusted: vscode.workspace.isTrusted,
      optional: strings(configuration.get('malmoi.optionalFormats')),
      encoding: textOrNull(configuration.get('files.encoding')),
      encodingOf: encodingsOfLanguages(folder),
      encodings: record(configuration.get('malmoi.encodings')),
      glossary: textOrNull(configuration.get('malmoi.glossary')),
      filesExclude: record(configuration.get('files.exclude')),
    };
  }

  /** The network settings as they are now: proxies change when a laptop moves. Throws `MirrorError`. */
  get network(): NetworkSettings {
    const configuration = vscode.workspace.getConfiguration();
    const written = configuration.get('malmoi.modelMirror');
    const mirror = mirrorOf(written);
    if (mirror === undefined) {
      throw new MirrorError(
        vscode.l10n.t(
          'The setting malmoi.modelMirror is not an address that models can be fetched from: “{0}”. Write it like https://mirror.example.com, or empty it to use huggingface.co.',
          String(written).slice(0, 200),
        ),
      );
    }
    const off = configuration.get('http.proxySupport') === 'off';
    return {
      proxy: off ? null : textOrNull(configuration.get('http.proxy')),
      noProxy: strings(configuration.get('http.noProxy')),
      strictSsl: isNotFalse(configuration.get('http.proxyStrictSSL')),
      mirror,
    };
  }

  dispose(): void {
    vscode.Disposable.from(
      this.resultLimit,
      this.channel,
      this.preview,
      this.hover,
      this.tint,
      this.followCursor,
      this.fileDecorations,
      this.indexOnStartup,
      this.teamServers,
      this.processorShare,
      this.pauseOnBattery,
      this.storePath,
      this.modelPath,
      this.#subscription,
      this.#foldersChanged,
    ).dispose();
  }
}

function isNotFalse(value: unknown): boolean {
  return value !== false;
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
}

function strings(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((each): each is string => typeof each === 'string') : [];
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function booleanOrNull(value: unknown): boolean | null {
  return typeof value === 'boolean' ? value : null;
}
