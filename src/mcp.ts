/** The server for agents (`malmoi mcp`), built as `dist/mcp.js`; the command line loads it for this command only. */
import { randomBytes } from 'node:crypto';
import path from 'node:path';
import type { Engine } from './domain/engine.ts';
import type { FolderOptions } from './domain/folder.ts';
import type { Desk } from './mcp/desk.ts';
import { EngineAccess, type EngineAccessPorts } from './mcp/engineAccess.ts';
import { languageOf, sayIn } from './wording/language.ts';
import { OpenFolders } from './mcp/openFolders.ts';
import { serverFor } from './mcp/server.ts';
import { ENDPOINT, serveHttp } from './mcp/transports/http.ts';
import { serveStdio } from './mcp/transports/stdio.ts';

export interface McpOptions extends Pick<EngineAccessPorts, 'watch'> {
  readonly folders: readonly FolderOptions[];
  readonly createEngine: () => Promise<Engine>;
  readonly version: string;
  /** Locale of the user. */
  readonly language: string;
  /** The port and token of HTTP; null for standard input and output. */
  readonly http: { readonly port: number; readonly token: string | null } | null;
  /** The message of an error, for a person. */
  readonly messageOf: (error: unknown) => string;
  /** Prints a line to stderr, because standard output belongs to the protocol. */
  readonly message: (line: string) => void;
}

const TOKEN_BYTES = 24;

/** Resolves when the client has gone, or the process is asked to end. */
export async function runMcp(options: McpOptions): Promise<void> {
  const { folders, createEngine, watch, version, message, messageOf } = options;
  const access = new EngineAccess({ create: createEngine, folders, watch, log: message });
  const desk: Desk = {
    access,
    folders: new OpenFolders(folders.map(folder => path.resolve(folder.path))),
    say: sayIn(languageOf(options.language)),
    messageOf,
    log: error => message(error instanceof Error ? (error.stack ?? error.message) : String(error)),
  };
  // The engine starts while the client's first messages are answered: opening a model takes a second.
  access.start();
  const asked = new Promise<void>(resolve => {
    process.once('SIGINT', resolve);
    process.once('SIGTERM', resolve);
  });
  try {
    if (options.http === null) await serveStdio(serverFor(desk, version), asked);
    else await overHttp(options.http, desk, options, asked);
  } finally {
    await access.close();
  }
}

async function overHttp(
  { port, token }: { readonly port: number; readonly token: string | null },
  desk: Desk,
  { version, message }: McpOptions,
  asked: Promise<void>,
): Promise<void> {
  const secret = token ?? randomBytes(TOKEN_BYTES).toString('base64url');
  const open = (): ReturnType<typeof serverFor> => serverFor(desk, version);
  const server = await serveHttp({ port, token: secret, open, log: desk.log });
  message(`http://127.0.0.1:${server.port}${ENDPOINT}`);
  // A token that the user has chosen is known to them already.
  if (token === null) message(`Authorization: Bearer ${secret}`);
  await asked;
  await server.close();
}
