/** What the window gives to agents, as far as it needs no window. */
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import type * as vscode from 'vscode';
import { withinBudget } from '../../../src/editor/agents/budget.ts';
import { inputOf } from '../../../src/editor/agents/searchInput.ts';
import { serverDefinition } from '../../../src/editor/agents/serverDefinition.ts';
import { estimateTokens, withinTokens } from '../../../src/mcp/answers/tokens.ts';

const root = path.resolve(import.meta.dirname, '../../..');
const manifest = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8')) as {
  readonly engines: { readonly vscode: string };
  readonly contributes: {
    readonly languageModelTools: readonly {
      readonly name: string;
      readonly when: string;
      readonly inputSchema: { readonly properties: object };
    }[];
    readonly mcpServerDefinitionProviders: readonly { readonly id: string; readonly when: string }[];
  };
};
/** The class itself needs a window. */
const source = fs.readFileSync(path.join(root, 'src/editor/agents/agents.ts'), 'utf8');

describe('agents in the manifest', () => {
  const { languageModelTools: tools, mcpServerDefinitionProviders: providers } = manifest.contributes;

  it('are those that the window registers, in trusted workspaces only', () => {
    assert.deepEqual(
      tools.map(({ name }) => name),
      [/TOOL = '([^']+)'/.exec(source)![1]],
    );
    assert.deepEqual(
      providers.map(({ id }) => id),
      [/PROVIDER = '([^']+)'/.exec(source)![1]],
    );
    for (const { when } of [...tools, ...providers]) assert.equal(when, 'isWorkspaceTrusted');
  });

  it('ask for no newer VS Code', () => assert.equal(manifest.engines.vscode, '^1.82.0'));

  it('take what the tool reads', () =>
    assert.deepEqual(Object.keys(tools[0]!.inputSchema.properties), ['query', 'path', 'ext', 'limit']));
});

describe('the server of a window', () => {
  const settings = {
    label: '말모이',
    runtime: '/usr/bin/code',
    program: '/x/dist/cli.js',
    folders: ['/a b', '/--http'],
    storePath: null,
    modelPath: null,
    language: 'ko',
    version: '1.2.3',
  };

  it('is the command line, run by the editor’s own Node', () => {
    const server = serverDefinition(settings)!;
    assert.equal(server.command, '/usr/bin/code');
    assert.deepEqual(server.args, ['/x/dist/cli.js', 'mcp', '--', '/a b', '/--http']);
    assert.deepEqual(server.env, { ELECTRON_RUN_AS_NODE: '1', LC_ALL: 'ko_KR.UTF-8' });
  });

  it('uses the window’s store and model', () => {
    const server = serverDefinition({ ...settings, storePath: '/s', modelPath: 'm', language: 'de' })!;
    assert.deepEqual(server.args.slice(1, 6), ['mcp', '--store', '/s', '--model', 'm']);
    assert.equal(server.env['LC_ALL'], 'en_US.UTF-8');
  });

  it('is none without a folder', () => assert.equal(serverDefinition({ ...settings, folders: [] }), null));
});

describe('what a language model asks for', () => {
  it('is bounded, and of what is no text nothing is taken', () => {
    assert.deepEqual(inputOf({ query: ' 휴가 ', path: ['규정'], ext: ['md'], limit: 3 }), {
      query: '휴가',
      filter: { include: ['규정'], extensions: ['md'] },
      limit: 3,
    });
    assert.deepEqual(inputOf({ query: 7, path: 'x', ext: [1, ''], limit: '9' }), {
      query: '',
      filter: {},
      limit: 8,
    });
    assert.equal(inputOf({ query: 'a', limit: 1e9 }).limit, 30);
  });
});

describe('the budget of a language model', () => {
  const token = {} as vscode.CancellationToken;

  it('is kept, however its tokens are counted', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 10, max: 3000 }),
        fc.double({ min: 0.2, max: 4, noNaN: true }),
        async (tokenBudget, factor) => {
          const count = (text: string): number => Math.ceil(estimateTokens(text) * factor);
          const render = (tokens: number): string => withinTokens('한글과 letters '.repeat(2000), tokens);
          const countTokens = (text: string): Promise<number> => Promise.resolve(count(text));
          const text = await withinBudget(render, { tokenBudget, countTokens }, token);
          assert.ok(count(text) <= tokenBudget);
          assert.ok(text.length > 0);
        },
      ),
    );
  });

  it('of nobody is the usual one', async () => {
    assert.equal(await withinBudget(tokens => String(tokens), undefined, token), '4000');
  });

  it('that has no room at all gets no text', async () => {
    const countTokens = (text: string): Promise<number> => Promise.resolve(text.length);
    assert.equal(await withinBudget(() => '머리말', { tokenBudget: 1, countTokens }, token), '');
  });
});
