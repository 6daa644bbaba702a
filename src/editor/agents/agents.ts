/** Offers a tool for language models, and the server, to the agents in the window. Only in trusted workspaces. */
import * as vscode from 'vscode';
import type { Engine } from '../../domain/engine.ts';
import type { ErrorReporter } from '../errors.ts';
import type { Folders } from '../folders.ts';
import type { Settings } from '../settings.ts';
import { serversApi, toolsApi } from './newerApi.ts';
import { SearchTool } from './searchTool.ts';
import { serverDefinition } from './serverDefinition.ts';

/** The name in package.json. */
export const TOOL = 'malmoi_search';
export const PROVIDER = 'malmoi.documents';

export interface AgentsPorts {
  readonly engine: Pick<Engine, 'search' | 'status'>;
  readonly folders: Folders;
  /** Resolves to the folders that are searched, which may be none where there is a team's server. */
  readonly opened: () => Promise<readonly string[]>;
  readonly settings: Settings;
  readonly errors: ErrorReporter;
  /** Path of `dist/cli.js`. */
  readonly program: string;
  readonly version: string;
}

export class Agents implements vscode.Disposable {
  readonly #ports: AgentsPorts;
  readonly #serversChanged = new vscode.EventEmitter<void>();
  readonly #subscriptions: vscode.Disposable[];

  constructor(ports: AgentsPorts) {
    this.#ports = ports;
    const changed = (): void => this.#serversChanged.fire();
    this.#subscriptions = [
      this.#serversChanged,
      vscode.workspace.onDidChangeWorkspaceFolders(changed),
      ports.settings.storePath.onDidChange(changed),
      ports.settings.modelPath.onDidChange(changed),
    ];
    if (vscode.workspace.isTrusted) this.#register();
    else this.#subscriptions.push(vscode.workspace.onDidGrantWorkspaceTrust(() => this.#register()));
  }

  #register(): void {
    const { engine, opened, errors } = this.#ports;
    const tools = toolsApi();
    if (tools !== null) {
      const tool = new SearchTool({ engine, folders: opened, errors, result: tools.result });
      this.#subscriptions.push(tools.register(TOOL, tool));
    }
    const servers = serversApi();
    if (servers !== null)
      this.#subscriptions.push(
        servers.register(PROVIDER, {
          onDidChangeMcpServerDefinitions: this.#serversChanged.event,
          provideMcpServerDefinitions: () => this.servers.map(server => servers.definition(server)),
        }),
      );
  }

  /** The servers of this window: one for its folders, or none. */
  get servers(): readonly NonNullable<ReturnType<typeof serverDefinition>>[] {
    const { folders, settings, program, version } = this.#ports;
    const server = serverDefinition({
      label: vscode.l10n.t('Malmoi: documents of this workspace'),
      runtime: process.execPath,
      program,
      folders: folders.paths,
      storePath: settings.storePath.value,
      modelPath: settings.modelPath.value,
      language: vscode.env.language,
      version,
    });
    return server === null ? [] : [server];
  }

  dispose(): void {
    vscode.Disposable.from(...this.#subscriptions).dispose();
  }
}
