/** The team servers of this window: from the user's settings, with credentials from the secret storage. */
import * as vscode from 'vscode';
import * as v from 'valibot';
import type { SearchResult } from '../../domain/search.ts';
import type { TeamCredentials, TeamServer } from '../../domain/team/team.ts';
import type { EngineClient } from '../../rpc/engineClient.ts';
import { commands, contextKeys } from '../commands.ts';
import type { ErrorReporter } from '../errors.ts';
import { LocalisedError } from '../errors.ts';
import { labelText, oneLine } from '../results/hitText.ts';
import type { Setting } from '../settings.ts';
import { secretKey } from './serverSettings.ts';
import { inform } from '../notices.ts';

const Credentials = v.variant('kind', [
  v.object({ kind: v.literal('basic'), user: v.string(), password: v.string() }),
  v.object({ kind: v.picklist(['apiKey', 'bearer']), key: v.string() }),
]);

export interface TeamParts {
  readonly client: Pick<EngineClient, 'useTeams' | 'listModels' | 'useModel'>;
  readonly servers: Setting<readonly TeamServer[]>;
  readonly secrets: vscode.SecretStorage;
  readonly errors: ErrorReporter;
}

export class TeamServers implements vscode.Disposable {
  readonly #parts: TeamParts;
  readonly #subscription: vscode.Disposable;
  #told: Promise<void> | null = null;
  /** Models that have been offered and logins that have been requested, once a window each. */
  readonly #offered = new Set<string>();

  constructor(parts: TeamParts) {
    this.#parts = parts;
    const tellAgain = (): void => {
      // An engine that has never been used need not be started for this.
      if (this.#told !== null) void parts.errors.guard('team', () => this.#tell());
    };
    this.#subscription = vscode.Disposable.from(
      parts.servers.onDidChange(tellAgain),
      parts.servers.onDidChange(() => this.updateContext()),
      parts.secrets.onDidChange(({ key }) => {
        if (this.#servers.some(server => secretKey(server) === key)) tellAgain();
      }),
    );
  }

  get #servers(): readonly TeamServer[] {
    return this.#parts.servers.value;
  }

  get count(): number {
    return this.#servers.length;
  }

  get hasAny(): boolean {
    return this.count > 0;
  }

  /** Fires when servers are named, changed or removed. */
  get onDidChange(): vscode.Event<unknown> {
    return this.#parts.servers.onDidChange;
  }

  /** Tells the views whether there is something to search without a folder. */
  updateContext(): void {
    void vscode.commands.executeCommand('setContext', contextKeys.hasTeams, this.hasAny);
  }

  /** Resolves when the engine knows them. */
  async ready(): Promise<void> {
    if (this.#told === null && !this.hasAny) return;
    await (this.#told ?? this.#tell());
  }

  #tell(): Promise<void> {
    const telling = this.#accesses().then(accesses => this.#parts.client.useTeams(accesses));
    this.#told = telling;
    telling.catch(() => {
      if (this.#told === telling) this.#told = null;
    });
    return telling;
  }

  async #accesses(): ReturnType<typeof withCredentials> {
    return withCredentials(this.#servers, this.#parts.secrets);
  }

  /** Offers to mend a fault that a search reports and a person can mend at once; once a window. */
  offer({ team = [] }: SearchResult): void {
    for (const { name, state, model } of team) {
      const key = `${name} ${state} ${model ?? ''}`;
      if ((state !== 'otherModel' && state !== 'unauthorized') || this.#offered.has(key)) continue;
      this.#offered.add(key);
      const offered = state === 'unauthorized' ? this.#offerLogin(name) : this.#offerModel(name, model ?? '');
      void this.#parts.errors.guard('team', () => offered);
    }
  }

  async #offerLogin(name: string): Promise<void> {
    const login = vscode.l10n.t('Sign In');
    const message = vscode.l10n.t('The team server “{0}” wants you to sign in.', oneLine(name));
    if ((await inform(message, login)) === login) await this.signIn(name);
  }

  async #offerModel(name: string, model: string): Promise<void> {
    const { client } = this.#parts;
    const { models } = await client.listModels();
    const isInstalled = models.some(each => each.name === model);
    const use = isInstalled ? vscode.l10n.t('Use {0}', oneLine(model)) : vscode.l10n.t('Choose Model');
    const message = vscode.l10n.t(
      'The team “{0}” searches with the model {1}. With the same model your searches find the team’s documents too; your own are indexed anew for it in the background.',
      oneLine(name),
      oneLine(model),
    );
    if ((await inform(message, use)) !== use) return;
    if (isInstalled) await client.useModel(model);
    else await vscode.commands.executeCommand(commands.chooseModel);
  }

  async signIn(named?: string): Promise<void> {
    const server = await this.#choose(named);
    if (server === undefined) return;
    const credentials = await askCredentials(server);
    if (credentials === undefined) return;
    await this.#parts.secrets.store(secretKey(server), JSON.stringify(credentials));
    vscode.window.setStatusBarMessage(
      vscode.l10n.t('Signed in to “{0}”. The login is kept in this computer’s secret storage.', server.name),
      SHOWN,
    );
  }

  async signOut(): Promise<void> {
    const server = await this.#choose();
    if (server === undefined) return;
    await this.#parts.secrets.delete(secretKey(server));
    vscode.window.setStatusBarMessage(vscode.l10n.t('The login for “{0}” was removed.', server.name), SHOWN);
  }

  async #choose(named?: string): Promise<TeamServer | undefined> {
    const servers = this.#servers;
    if (servers.length === 0) {
      const open = vscode.l10n.t('Open Settings');
      const message = vscode.l10n.t(
        'No team server is set yet. Name one in the setting malmoi.team.servers.',
      );
      if ((await inform(message, open)) === open)
        await vscode.commands.executeCommand('workbench.action.openSettings', 'malmoi.team.servers');
      return undefined;
    }
    const own = servers.find(({ name }) => name === named) ?? (servers.length === 1 ? servers[0] : undefined);
    if (own !== undefined) return own;
    const items = servers.map(server => ({
      server,
      label: labelText(server.name),
      description: oneLine(server.url),
    }));
    const placeHolder = vscode.l10n.t('Which team server?');
    return (await vscode.window.showQuickPick(items, { placeHolder }))?.server;
  }

  dispose(): void {
    this.#subscription.dispose();
  }
}

/** Milliseconds that the message is shown. */
const SHOWN = 5_000;

async function withCredentials(servers: readonly TeamServer[], secrets: vscode.SecretStorage) {
  return Promise.all(
    servers.map(async server => {
      const kept = await secrets.get(secretKey(server));
      const found = v.safeParse(Credentials, kept === undefined ? null : parsed(kept));
      return { ...server, credentials: found.success ? found.output : null };
    }),
  );
}

async function askCredentials({ name }: TeamServer): Promise<TeamCredentials | undefined> {
  const kinds = [
    { way: 'basic' as const, label: vscode.l10n.t('User Name and Password') },
    { way: 'apiKey' as const, label: vscode.l10n.t('API Key') },
    { way: 'bearer' as const, label: vscode.l10n.t('Token') },
  ];
  const title = vscode.l10n.t('Sign in to “{0}”', oneLine(name));
  const chosen = await vscode.window.showQuickPick(kinds, { title });
  if (chosen === undefined) return undefined;
  const { way: kind } = chosen;
  const options = { title, ignoreFocusOut: true } as const;
  if (kind !== 'basic') {
    const key = await vscode.window.showInputBox({ ...options, prompt: chosen.label, password: true });
    if (!key) return undefined;
    if (!isHeaderText(key))
      throw new LocalisedError(vscode.l10n.t('This is no key: it has blanks or signs in it.'));
    return { kind, key };
  }
  const user = await vscode.window.showInputBox({ ...options, prompt: vscode.l10n.t('User Name') });
  if (!user) return undefined;
  const prompt = vscode.l10n.t('Password');
  const password = await vscode.window.showInputBox({ ...options, prompt, password: true });
  return password === undefined ? undefined : { kind, user, password };
}

/** Characters that a header may hold as they are. */
function isHeaderText(text: string): boolean {
  return /^[\u0021-\u007e]+$/.test(text);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
