/** What agents of the real window get: the tool is called as a language model calls it, the server is started as VS Code starts it. */
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { TOOL } from '../../../src/editor/agents/agents.ts';
import { SearchTool } from '../../../src/editor/agents/searchTool.ts';
import type { HitsFields } from '../../../src/mcp/answers/searchAnswer.ts';
import { idle, malmoi, until } from './malmoi.ts';

interface ToolInformation {
  readonly name: string;
  readonly description: string;
  readonly inputSchema: { readonly required: readonly string[] };
}

interface Result {
  readonly content: readonly { readonly value: string }[];
}

/** Of a version that the types of this repository don't know. */
const { lm } = vscode as unknown as {
  readonly lm: {
    readonly tools: readonly ToolInformation[];
    readonly invokeTool: (
      name: string,
      options: {
        readonly input: object;
        readonly toolInvocationToken: undefined;
        readonly tokenizationOptions?: object;
      },
      token?: vscode.CancellationToken,
    ) => Thenable<Result>;
  };
};

describe('agents', () => {
  before(idle);

  const invoke = async (
    input: object,
    tokenizationOptions?: object,
    token?: vscode.CancellationToken,
  ): Promise<string> => {
    const budget = tokenizationOptions === undefined ? {} : { tokenizationOptions };
    const { content } = await lm.invokeTool(
      TOOL,
      { input, toolInvocationToken: undefined, ...budget },
      token,
    );
    return content.map(({ value }) => value).join('');
  };

  it('are offered the tool', async () => {
    const tool = await until('the tool', () => lm.tools.find(({ name }) => name === TOOL));
    assert.deepEqual(tool.inputSchema.required, ['query']);
    assert.match(tool.description, /rather than a text search/);
  });

  it('get passages with their places and words', async () => {
    const text = await invoke({ query: '휴가 결재' });
    assert.match(text, /<quote-[0-9a-f]{12}>/);
    assert.match(text, /점수/);
    assert.match(text, /휴가/);
    assert.match(text, /행/);
  });

  it('get no more than they have room for', async () => {
    const countTokens = (counted: string): Promise<number> => Promise.resolve(counted.length);
    const full = await invoke({ query: '휴가 결재', limit: 30 });
    const text = await invoke({ query: '휴가 결재', limit: 30 }, { tokenBudget: 700, countTokens });
    assert.ok(full.length > 700);
    assert.ok(text.length > 0 && text.length <= 700);
  });

  it('are told what is wrong with a call', async () => {
    await assert.rejects(invoke({ query: '  ' }), /비었습니다/);
  });

  it('can change their mind', async () => {
    const source = new vscode.CancellationTokenSource();
    source.cancel();
    await assert.rejects(invoke({ query: '휴가' }, undefined, source.token));
  });

  it('ask first, in the words of the user', async () => {
    const { client, folders } = await malmoi();
    const errors = { message: () => '' } as unknown as ConstructorParameters<typeof SearchTool>[0]['errors'];
    const tool = new SearchTool({
      engine: client,
      folders: () => folders.opened(),
      errors,
      result: text => text,
    });
    const { confirmationMessages, invocationMessage } = tool.prepareInvocation({
      input: { query: '휴가\n결재' },
    });
    assert.match(confirmationMessages.title, /언어 모델/);
    assert.match(confirmationMessages.message, /“휴가 결재”.*언어 모델에 전달/);
    assert.match(invocationMessage, /휴가 결재/);
  });

  it('are given a server that starts and answers', async () => {
    const { agents } = await malmoi();
    const [server] = agents.servers;
    const environment = { ...(process.env as Record<string, string>), ...server!.env };
    const client = new Client({ name: 'host', version: '1' });
    await client.connect(
      new StdioClientTransport({ command: server!.command, args: [...server!.args], env: environment }),
    );
    try {
      const { structuredContent } = await client.callTool({
        name: 'search',
        arguments: { query: '휴가 결재' },
      });
      assert.ok((structuredContent as HitsFields).hits.length > 0);
    } finally {
      await client.close();
    }
  });
});
