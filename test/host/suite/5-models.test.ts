import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { commands } from '../../../src/editor/commands.ts';
import { idle, malmoi } from './malmoi.ts';

describe('models', () => {
  before(idle);
  afterEach(() => vscode.commands.executeCommand('workbench.action.closeQuickOpen'));

  it('knows the embedded one and what can be downloaded, without a network', async () => {
    const { client } = await malmoi();
    const { models, known } = await client.listModels();
    const [embedded] = models.filter(model => model.embedded);
    assert.deepEqual([embedded?.selected, embedded?.indexed], [true, true]);
    assert.ok(known.some(model => model.id === 'telepix/PIXIE-Splade-Preview' && !model.installed));
    assert.match(known[0]?.note ?? '', /한국어/);
  });

  it('opens the list and leaves everything as it is when it is closed', async () => {
    const { status } = await malmoi();
    const chosen = vscode.commands.executeCommand(commands.chooseModel);
    await new Promise(resolve => setTimeout(resolve, 500));
    await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
    await chosen;
    assert.deepEqual([status.value?.switching, status.value?.job], [null, null]);
  });

  it('asks nobody for a model when the mirror’s address is none', async () => {
    const { settings } = await malmoi();
    const configuration = vscode.workspace.getConfiguration('malmoi');
    await configuration.update('modelMirror', 'mirror.example.com', true);
    try {
      assert.throws(() => settings.network, /malmoi\.modelMirror.*mirror\.example\.com/);
    } finally {
      await configuration.update('modelMirror', undefined, true);
    }
    assert.equal(settings.network.mirror, null);
  });

  it('takes proxies from the editor’s settings at the time of the request', async () => {
    const { settings } = await malmoi();
    const configuration = vscode.workspace.getConfiguration('http');
    await configuration.update('proxy', 'http://proxy.example.com:8080', true);
    try {
      assert.equal(settings.network.proxy, 'http://proxy.example.com:8080');
    } finally {
      await configuration.update('proxy', undefined, true);
    }
    assert.equal(settings.network.proxy, null);
  });
});
