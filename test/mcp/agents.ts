/** Agents for tests: the official SDK's client on the built command line, each with a process of its own. */
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import type { Progress } from '@modelcontextprotocol/sdk/types.js';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { HitsFields } from '../../src/mcp/answers/searchAnswer.ts';
import type { StatusFields } from '../../src/mcp/answers/statusAnswer.ts';

export const ROOT = path.join(import.meta.dirname, '../..');
export const CLI = path.join(ROOT, 'dist/cli.js');

/** Without whatever model this user has selected. */
export const ENVIRONMENT = {
  ...(process.env as Record<string, string>),
  MALMOI_MODELS: path.join(ROOT, 'out/no-models'),
  MALMOI_FEEDBACK: path.join(os.tmpdir(), `malmoi-mcp-feedback-${process.pid}`),
  LC_ALL: 'ko_KR.UTF-8',
};

export interface Answered<T> {
  readonly text: string;
  readonly fields: T;
  readonly isError: boolean;
}

export interface CallOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
}

export class Agent {
  readonly client: Client;
  /** What the process said on standard error. */
  readonly said: () => string;

  constructor(client: Client, said: () => string) {
    this.client = client;
    this.said = said;
  }

  static async start(
    folders: readonly string[],
    store: string,
    environment: Record<string, string> = {},
  ): Promise<Agent> {
    const transport = new StdioClientTransport({
      command: process.execPath,
      args: [CLI, 'mcp', ...folders, '--store', store],
      env: { ...ENVIRONMENT, ...environment },
      stderr: 'pipe',
    });
    let said = '';
    transport.stderr!.on('data', (chunk: Buffer) => (said += chunk.toString()));
    const client = new Client({ name: 'test', version: '1' });
    await client.connect(transport);
    return new Agent(client, () => said);
  }

  async call<T>(
    name: string,
    args: Record<string, unknown> = {},
    { signal, onProgress }: CallOptions = {},
  ): Promise<Answered<T>> {
    const result = (await this.client.callTool({ name, arguments: args }, undefined, {
      ...(signal === undefined ? {} : { signal }),
      ...(onProgress === undefined ? {} : { onprogress: onProgress }),
    })) as CallToolResult;
    const [content] = result.content;
    if (result.content.length !== 1 || content?.type !== 'text') throw new Error('one text expected');
    return { text: content.text, fields: result.structuredContent as T, isError: result.isError === true };
  }

  search(
    query: string,
    args: Record<string, unknown> = {},
    options: CallOptions = {},
  ): Promise<Answered<HitsFields>> {
    return this.call('search', { query, ...args }, options);
  }

  /** Until everything is indexed. */
  async indexed(): Promise<StatusFields> {
    for (;;) {
      const { fields } = await this.call<StatusFields>('status');
      if (fields.activity === 'idle' && fields.done === fields.total) return fields;
      await sleep(100);
    }
  }

  close(): Promise<void> {
    return this.client.close();
  }
}

/** A folder of notes and a store, removed at the end. */
export class Notes {
  readonly folder: string;
  readonly store: string;
  readonly #root: string;

  private constructor(root: string) {
    this.#root = root;
    this.folder = path.join(root, '노트');
    this.store = path.join(root, 'store');
  }

  static async create(files: Readonly<Record<string, string>>): Promise<Notes> {
    const notes = new Notes(await mkdtemp(path.join(os.tmpdir(), 'malmoi-mcp-')));
    await mkdir(notes.folder);
    for (const [name, text] of Object.entries(files)) await notes.write(name, text);
    return notes;
  }

  async write(name: string, text: string): Promise<void> {
    const file = path.join(this.folder, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, text);
  }

  /** Beside the folder: nobody opened it. */
  outside(name: string): string {
    return path.join(this.#root, name);
  }

  remove(): Promise<void> {
    return rm(this.#root, { recursive: true, force: true });
  }
}
