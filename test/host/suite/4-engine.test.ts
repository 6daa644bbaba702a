import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { enginePid, idle, malmoi, notes, until } from './malmoi.ts';

describe('engine', function () {
  before(async function () {
    if (process.platform !== 'linux') this.skip();
    await idle();
  });

  it('comes back after it was killed, with its index', async () => {
    const { client, folders, status } = await malmoi();
    const documents = status.value?.documents;
    process.kill(enginePid(), 'SIGKILL');
    await until('the loss to be noticed', () => client.connection.state !== 'ready');
    await until('the engine', () => client.connection.state === 'ready');
    const result = await client.search({
      folders: folders.paths,
      query: '연차 신청',
      limit: 5,
      channel: 'hybrid',
    });
    assert.ok(result.hits.length > 0);
    await idle();
    assert.equal(status.value?.documents, documents);
  });

  it('answers a search that was asked for while it was away', async () => {
    const { client, folders } = await malmoi();
    process.kill(enginePid(), 'SIGKILL');
    await until('the loss to be noticed', () => client.connection.state !== 'ready');
    const result = await client.search({
      folders: folders.paths,
      query: '연차 신청',
      limit: 5,
      channel: 'hybrid',
    });
    assert.ok(result.hits.length > 0);
    await idle();
  });

  it('pauses and resumes', async () => {
    const { status, statusItem } = await malmoi();
    await vscode.commands.executeCommand('malmoi.pause');
    await until('the pause', () => status.value?.activity === 'paused');
    assert.match(statusItem.text, /말모이 일시 정지/);
    await vscode.commands.executeCommand('malmoi.resume');
    await idle();
  });

  it('indexes a folder that joins the window, and forgets it when it leaves', async () => {
    const second = path.join(path.dirname(notes), '둘째 폴더');
    fs.mkdirSync(second, { recursive: true });
    fs.writeFileSync(path.join(second, '판다.md'), '판다는 대나무를 먹는다.\n');
    const { client, folders } = await malmoi();
    const has = async (): Promise<boolean> =>
      (await client.ledger()).some(entry => entry.folder === second && entry.state === 'indexed');
    vscode.workspace.updateWorkspaceFolders(1, 0, { uri: vscode.Uri.file(second) });
    await until('the second folder', has);
    assert.equal(folders.paths.length, 2);
    vscode.workspace.updateWorkspaceFolders(1, 1);
    await until('its end', async () => !(await has()));
  });
});
