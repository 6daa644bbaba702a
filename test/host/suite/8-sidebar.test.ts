import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { writeAs } from '../../../src/editor/export/saveAs.ts';
import { idle, malmoi, notes, until } from './malmoi.ts';

const execute = (command: string, ...rest: readonly unknown[]): Thenable<unknown> =>
  vscode.commands.executeCommand(command, ...rest);
const place = (name: string): string => path.join(notes, name);

describe('the index report in the sidebar', function () {
  this.timeout(90_000);
  const broken = '그림 아닌 글.md';

  before(async () => {
    await idle();
    fs.writeFileSync(place(broken), Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 0, 0xff, 0xfe, 0, 1, 2]));
    await execute('malmoi.showCoverage');
  });
  after(() => fs.rmSync(place(broken), { force: true }));

  it('has every file of the ledger once, with its state and reason', async () => {
    const { sidebar, client } = await malmoi();
    const { coverage } = sidebar;
    await until('the file that is no text', () => coverage.shown.some(({ path: name }) => name === broken));
    const ledger = await client.ledger();
    await until('all files', () => coverage.shown.length === ledger.length);
    const [skipped, indexed] = coverage.getChildren();
    assert.deepEqual([skipped?.is, indexed?.is], ['state', 'state']);
    const files = coverage.getChildren(skipped);
    const node = files.find(each => each.is === 'file' && each.entry.path === broken);
    assert.ok(node !== undefined);
    const item = coverage.getTreeItem(node);
    assert.match(String(item.description), /이름과 달리 글이 아님|not a text/);
    assert.equal(item.contextValue, 'coverage-skipped-text');
  });

  it('is filtered, and says of how many', async () => {
    const { sidebar } = await malmoi();
    const { coverage } = sidebar;
    coverage.show({ state: null, reason: 'binary', text: '' });
    assert.deepEqual(
      coverage.shown.map(({ path: name }) => name),
      [broken],
    );
    assert.match(coverage.view.message ?? '', /1/);
    await execute('malmoi.clearCoverageFilter');
    assert.ok(coverage.shown.length > 1);
    assert.equal(coverage.view.message, '');
  });

  it('has a file read again that was mended behind the editor’s back', async () => {
    const { sidebar, client } = await malmoi();
    const entry = sidebar.coverage.shown.find(({ path: name }) => name === broken)!;
    fs.writeFileSync(place(broken), '# 이제 글\n\n손으로 고친 글이다.\n');
    await execute('malmoi.retryFile', { is: 'file', entry });
    await until('its passages', async () =>
      (await client.ledger()).some(({ path: name, state }) => name === broken && state === 'indexed'),
    );
  });

  it('is written as CSV and as JSON by the name of the file, and as nothing else', async () => {
    const target = (name: string): vscode.Uri => vscode.Uri.file(place(name));
    const forms = { csv: () => 'a,b', json: () => '[]' };
    await writeAs(target('내보낸 것.csv'), forms);
    assert.equal(fs.readFileSync(place('내보낸 것.csv'), 'utf8'), 'a,b');
    await assert.rejects(writeAs(target('내보낸 것.exe'), forms), /\.csv, \.json/);
    fs.rmSync(place('내보낸 것.csv'));
  });
});
