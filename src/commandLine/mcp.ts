/** The command `mcp`: the options of the server for agents, taken from the command line. */
import { stat } from 'node:fs/promises';
import { createEngine, type EngineOptions } from '../engine/createEngine.ts';
import type { McpOptions } from '../mcp.ts';
import type { Arguments } from './arguments.ts';
import type { Console } from './console.ts';
import { folderOf } from './folderCommands.ts';
import { UsageError } from './usage.ts';
import { watchFolders } from './watchFolders.ts';

/** Milliseconds between two comparisons of a folder that can't be watched. */
const LOOK_AGAIN = 30_000;

/**
 * Throws a `UsageError` where a path is not a folder: the client shows the message of the process and is not
 * left waiting.
 */
export async function mcpOptions(
  args: Arguments,
  options: EngineOptions,
  console: Console,
  messageOf: (error: unknown) => string,
): Promise<McpOptions> {
  const folders = args.operands.map(directory => folderOf(directory, args));
  for (const { path } of folders) {
    const found = await stat(path).catch(() => null);
    if (found?.isDirectory() !== true)
      throw new UsageError(`폴더가 아니거나 읽을 수 없습니다 / not a folder, or unreadable: ${path}`);
  }
  const paths = folders.map(({ path }) => path);
  const token = args.token ?? process.env['MALMOI_MCP_TOKEN'] ?? null;
  return {
    folders,
    createEngine: () => createEngine(options),
    watch: engine => {
      let timer: NodeJS.Timeout | undefined;
      const lookAgain = (): void => {
        timer ??= setInterval(() => {
          for (const path of paths) void engine.updateFolder(path).catch(() => undefined);
        }, LOOK_AGAIN);
      };
      const watching = watchFolders(paths, changed => engine.filesChanged(changed), lookAgain);
      return {
        dispose: () => {
          clearInterval(timer);
          watching.dispose();
        },
      };
    },
    version: options.version,
    language: options.language,
    http: args.http === null ? null : { port: args.http, token: token === '' ? null : token },
    messageOf,
    message: console.message,
  };
}
