import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { HitDrag } from '../../../src/editor/export/hitDrag.ts';
import { writeAs } from '../../../src/editor/export/saveAs.ts';
import { facetsOf, narrowed } from '../../../src/search/facets.ts';
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

describe('related documents', function () {
  this.timeout(90_000);
  const asked = '규정/취업규칙-요약.md';

  before(idle);
  after(() => execute('workbench.action.closeAllEditors'));

  it('are found for the paragraph at the cursor, without the file itself, with the concepts they share', async () => {
    const { sidebar } = await malmoi();
    const document = await vscode.workspace.openTextDocument(place(asked));
    const editor = await vscode.window.showTextDocument(document);
    const line = document
      .getText()
      .split('\n')
      .findIndex(text => text.includes('연차'));
    editor.selection = new vscode.Selection(line, 0, line, 0);
    await execute('malmoi.findRelated');
    const { result } = sidebar.related;
    assert.equal(result?.state, 'found');
    // The word stands in a heading: the paragraph below it is meant.
    assert.ok(result.passage !== null && line <= result.passage.endLine);
    assert.ok([...result.passage.headings, result.passage.text].join('\n').includes('연차'));
    assert.ok(result.hits.length > 0);
    assert.ok(result.hits.every(({ file }) => file !== asked));
    const [first] = sidebar.related.getChildren();
    assert.ok(first !== undefined);
    assert.notEqual(sidebar.related.getTreeItem(first).description, '');
  });

  it('open with their words marked, and leave the results of the search alone', async () => {
    const { sidebar, current } = await malmoi();
    const hit = sidebar.related.result!.hits[0]!;
    await execute('malmoi.openRelated', { hit });
    const shown = vscode.window.activeTextEditor?.document.uri.fsPath ?? '';
    assert.ok(shown.normalize('NFC').endsWith(path.basename(hit.file).normalize('NFC')), shown);
    // The panel may search again meanwhile, because the index has changed; related documents are no search.
    assert.ok(current.searched?.result.hits.includes(hit) !== true);
  });

  it('are found for a file as a whole', async () => {
    const { sidebar } = await malmoi();
    await execute('malmoi.findRelatedFiles', vscode.Uri.file(place(asked)));
    const { result } = sidebar.related;
    assert.deepEqual([result?.state, result?.passage], ['found', null]);
    assert.ok(result!.hits.every(({ file }) => file !== asked));
  });

  it('follow the cursor where that is wanted', async () => {
    const { sidebar } = await malmoi();
    await execute('malmoi.followCursor');
    try {
      const document = await vscode.workspace.openTextDocument(place('장애/2026-02-쿠버네티스-장애.md'));
      await vscode.window.showTextDocument(document);
      await until('what is like it', () => sidebar.related.view.description?.includes('쿠버네티스'));
    } finally {
      await execute('malmoi.stopFollowingCursor');
    }
  });
});

describe('results that are kept', function () {
  this.timeout(90_000);
  const query = '연차 휴가 신청';
  const fresh = '새 휴가 안내.md';

  before(async () => {
    await idle();
    const { sidebar, current, folders, client } = await malmoi();
    const result = await client.search({
      folders: folders.paths,
      query,
      limit: 30,
      channel: 'hybrid',
      floor: 0,
    });
    current.publish({ query, channel: 'hybrid', result });
    assert.ok(sidebar.saved.getChildren().every(({ search }) => search.query !== query));
  });
  after(async () => {
    fs.rmSync(place(fresh), { force: true });
    await execute('malmoi.clearResults');
    await execute('workbench.action.closeAllEditors');
  });

  it('narrow to the hits that were counted', async () => {
    const { current, client, folders } = await malmoi();
    const facets = facetsOf(current.hits).filter(({ kind }) => kind !== 'concept');
    assert.ok(facets.some(({ kind }) => kind === 'folder'));
    const { channel } = current.searched!;
    for (const { operator, count, kind } of facets) {
      const request = {
        folders: folders.paths,
        query: narrowed(query, operator),
        limit: 30,
        channel,
        floor: 0,
      };
      const { hits, further, chips } = await client.search(request);
      assert.equal(chips.length, 1, operator);
      // Scores are measured by the best of what is left: a hit may be folded away now, but it is there.
      const found = hits.length + further.length;
      assert.ok(found >= count, `${kind} ${operator}: ${found} of ${count}`);
    }
  });

  it('are read as text whose lines lead to the passages', async () => {
    await execute('malmoi.openSearchEditor');
    const { document } = vscode.window.activeTextEditor!;
    const { current } = await malmoi();
    assert.ok(document.getText().startsWith(`# Query: ${query}`));
    for (const { file } of current.hits) assert.ok(document.getText().includes(`${file}:`), file);
  });

  it('are copied as a quotation with its source', async () => {
    const { current } = await malmoi();
    const hit = current.hits[0]!;
    await execute('malmoi.copyQuotation', { is: 'passage', hit });
    const copied = await vscode.env.clipboard.readText();
    assert.match(copied, /^> /);
    assert.ok(copied.includes('](') && copied.includes('.md'), copied);
  });

  it('are dragged as a file and as a quotation', async () => {
    const { current } = await malmoi();
    const data = new vscode.DataTransfer();
    new HitDrag().handleDrag([{ is: 'passage', hit: current.hits[0]! }], data);
    assert.match((await data.get('text/uri-list')?.asString()) ?? '', /^file:/);
    assert.match((await data.get('text/plain')?.asString()) ?? '', /^> /);
  });

  it('are saved as a search that tells of new files, once', async () => {
    const { sidebar } = await malmoi();
    await execute('malmoi.saveSearch');
    assert.ok(sidebar.saved.getChildren().some(({ search }) => search.query === query));
    await sidebar.saved.check();
    assert.equal(sidebar.saved.view.badge, undefined);
    fs.writeFileSync(place(fresh), '# 연차 휴가 신청\n\n연차 휴가 신청은 사흘 전에 한다.\n');
    await until('the new file among the saved', () => sidebar.saved.view.badge?.value === 1);
    const [node] = sidebar.saved.getChildren();
    await execute('malmoi.openSaved', node);
    assert.equal(sidebar.saved.view.badge, undefined);
    await sidebar.saved.check();
    assert.equal(sidebar.saved.view.badge, undefined);
    await execute('malmoi.removeSaved', node);
    assert.equal(sidebar.saved.getChildren().length, 0);
  });
});
