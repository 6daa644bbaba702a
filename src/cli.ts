/** Composition root of the command line: `node dist/cli.js` (`malmoi help` documents it). */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { readArguments, type Arguments } from './commandLine/arguments.ts';
import { askTerminal, terminal } from './commandLine/console.ts';
import { convertOnThisMachine, probeOnThisMachine } from './commandLine/converter.ts';
import { runFeedback } from './commandLine/feedback.ts';
import { runIndex, runSearch, runStatus } from './commandLine/folderCommands.ts';
import { mcpOptions } from './commandLine/mcp.ts';
import { runEncode, runEval } from './commandLine/modelCommands.ts';
import { runModel } from './commandLine/modelStore.ts';
import { runDoctor } from './commandLine/doctor/doctor.ts';
import { commandOf } from './commandLine/reference/commands.ts';
import { completionFor, SHELLS } from './commandLine/reference/completion.ts';
import { helpOf, helpOfAll } from './commandLine/reference/help.ts';
import { UsageError } from './commandLine/usage.ts';
import { teamAccesses } from './commandLine/team/teamServers.ts';
import { runWhy } from './commandLine/why.ts';
import { runVerify } from './commandLine/verify.ts';
import { loadRuntime } from './model/runtime/runtime.ts';
import { InstalledModels, modelsPath } from './model/store/installedModels.ts';
import { connectEngine } from './rpc/connect.ts';
import type { ConnectOptions, EngineUserError } from './rpc/engineConnection.ts';
import { connectSocket } from './rpc/endpoint.ts';
import { engineMessage } from './errors/engineMessages.ts';
import { defaultStorePath } from './rpc/storePath.ts';
import type { UserError } from './errors/userError.ts';

/** The installed program and models, and the place of the store. */
interface Installation {
  readonly version: string;
  readonly installed: InstalledModels;
  readonly storePath: string;
}

async function main(argv: readonly string[]): Promise<number> {
  const args = readArguments(argv);
  if (args.command === 'help') return runHelp(args.operands);
  if (args.command === 'completion') return runCompletion(args.operands[0]!);
  const root = path.join(__dirname, '..');
  const manifest = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8')) as { version: string };
  const installation = {
    version: manifest.version,
    installed: new InstalledModels(modelsPath(), path.join(root, 'media', 'model')),
    storePath: path.resolve(args.store ?? defaultStorePath()),
  };
  switch (args.command) {
    case 'version':
      return runVersion(manifest.version);
    case 'model':
      return runModels(args, installation);
    case 'doctor':
      return runDoctor(
        args,
        { ...installation, language: language(), probe: probeOnThisMachine, runtime: loadRuntime },
        terminal,
      );
    case 'verify':
      return runVerify(args, installation.storePath, terminal);
    default:
      return runWithModel(args, installation);
  }
}

/** The commands that search, index or encode: with the engine that runs, or as one. */
async function runWithModel(
  args: Arguments,
  { version, installed, storePath }: Installation,
): Promise<number> {
  const options = {
    storePath,
    modelPath: await installed.resolve(args.model),
    modelFixed: args.model !== null,
    installed,
    version,
    language: language(),
    programs: __dirname,
    log: terminal.message,
    teams: () => teamAccesses(),
  };
  switch (args.command) {
    case 'index':
      return runIndex(args, options, terminal);
    case 'search':
      return runSearch(args, options, terminal);
    case 'why':
      return runWhy(args, options, terminal);
    case 'status':
      return runStatus(args, options, terminal);
    case 'feedback':
      return runFeedback(args, options, terminal);
    case 'mcp': {
      const { runMcp } = await import('./mcp.ts');
      await runMcp(await mcpOptions(args, options, terminal, explain));
      return 0;
    }
    case 'team': {
      const { runTeam } = await import('./team.ts');
      return runTeam(args, options, terminal);
    }
    case 'encode':
      return runEncode(args, options, terminal);
    default:
      return runEval(args, options, terminal);
  }
}

function runModels(args: Arguments, { version, installed, storePath }: Installation): Promise<number> {
  const engine = {
    storePath,
    modelPath: null,
    version,
    language: language(),
    enginePath: path.join(__dirname, 'engine.js'),
    log: () => undefined,
  };
  const ports = {
    installed,
    environment: process.env,
    language: language(),
    converter: convertOnThisMachine,
    probe: probeOnThisMachine,
    ask: askTerminal,
    tellEngine: (name: string) => tellEngine(name, engine),
  };
  return runModel(args, ports, terminal);
}

function runVersion(version: string): number {
  terminal.print(`malmoi ${version} (Node ${process.versions.node}, ${process.platform}-${process.arch})`);
  return 0;
}

function runHelp(words: readonly string[]): number {
  const command = words.length === 0 ? null : commandOf(words);
  // `malmoi help model` has several commands to tell of.
  terminal.print(command === null ? helpOfAll() : helpOf(command));
  return 0;
}

function runCompletion(wanted: string): number {
  const shell = SHELLS.find(each => each === wanted);
  if (shell === undefined) throw new UsageError(`malmoi completion ${SHELLS.join('|')}`);
  // Our own text, in which nothing of a note stands: a shell reads it as it is.
  process.stdout.write(completionFor(shell));
  return 0;
}

/** Resolves to false where no engine of this store runs: none is started for it. */
async function tellEngine(name: string, options: ConnectOptions & { storePath: string }): Promise<boolean> {
  const socket = await connectSocket(options.storePath);
  socket?.destroy();
  if (socket === null) return false;
  const client = connectEngine(options);
  try {
    await client.useModel(name);
    return true;
  } finally {
    client.dispose();
  }
}

function language(): string {
  return process.env['LC_ALL'] ?? process.env['LC_MESSAGES'] ?? process.env['LANG'] ?? 'ko';
}

function explain(error: unknown): string {
  // By name: an output that is loaded late has classes of its own.
  if (isNamed<UsageError>(error, 'UsageError')) return `malmoi: ${error.message}\n\n${helpOfAll()}`;
  if (isNamed<UserError>(error, 'UserError')) return engineMessage(language(), error.code, error.subject);
  // Worded already, by the engine or by the connection to it.
  if (isNamed<EngineUserError>(error, 'EngineUserError')) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

function isNamed<T extends Error>(error: unknown, name: T['name']): error is T {
  return error instanceof Error && error.name === name;
}

async function run(): Promise<void> {
  try {
    process.exitCode = await main(process.argv.slice(2));
  } catch (error) {
    terminal.message(explain(error));
    process.exitCode = 2;
  }
}

void run();
