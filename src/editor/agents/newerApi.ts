/**
 * APIs of newer versions of VS Code for agents: tools for language models since 1.95, servers since 1.101. The types of
 * `engines.vscode` don't have them; where the running version lacks them, nothing is offered.
 */
import * as vscode from 'vscode';

export interface ToolInvocation<T> {
  readonly input: T;
  /** The budget of the model that asks, and its way of counting. */
  readonly tokenizationOptions?:
    | {
        readonly tokenBudget: number;
        countTokens(text: string, token?: vscode.CancellationToken): Thenable<number>;
      }
    | undefined;
}

export interface PreparedInvocation {
  readonly invocationMessage: string;
  readonly confirmationMessages: { readonly title: string; readonly message: string };
}

export interface LanguageModelTool<T> {
  invoke(invocation: ToolInvocation<T>, token: vscode.CancellationToken): Promise<unknown>;
  prepareInvocation(invocation: { readonly input: T }): PreparedInvocation;
}

export interface ServerDefinitionProvider {
  readonly onDidChangeMcpServerDefinitions: vscode.Event<void>;
  provideMcpServerDefinitions(): readonly unknown[];
}

interface NewerApi {
  readonly lm?: {
    readonly registerTool?: <T>(name: string, tool: LanguageModelTool<T>) => vscode.Disposable;
    readonly registerMcpServerDefinitionProvider?: (
      id: string,
      provider: ServerDefinitionProvider,
    ) => vscode.Disposable;
  };
  readonly LanguageModelToolResult?: new (content: readonly unknown[]) => unknown;
  readonly LanguageModelTextPart?: new (value: string) => unknown;
  readonly McpStdioServerDefinition?: new (
    label: string,
    command: string,
    args: readonly string[],
    env: Readonly<Record<string, string>>,
    version: string,
  ) => unknown;
}

const api = vscode as NewerApi;

export interface Tools {
  readonly register: <T>(name: string, tool: LanguageModelTool<T>) => vscode.Disposable;
  /** The result of a tool. */
  readonly result: (text: string) => unknown;
}

export function toolsApi(): Tools | null {
  const { lm, LanguageModelToolResult: Result, LanguageModelTextPart: Text } = api;
  if (lm?.registerTool === undefined || Result === undefined || Text === undefined) return null;
  const { registerTool } = lm;
  return { register: registerTool, result: text => new Result([new Text(text)]) };
}

export interface StdioServer {
  readonly label: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly version: string;
}

export interface Servers {
  readonly register: (id: string, provider: ServerDefinitionProvider) => vscode.Disposable;
  readonly definition: (server: StdioServer) => unknown;
}

export function serversApi(): Servers | null {
  const { lm, McpStdioServerDefinition: Definition } = api;
  if (lm?.registerMcpServerDefinitionProvider === undefined || Definition === undefined) return null;
  const { registerMcpServerDefinitionProvider } = lm;
  return {
    register: registerMcpServerDefinitionProvider,
    definition: ({ label, command, args, env, version }) =>
      new Definition(label, command, args, env, version),
  };
}
