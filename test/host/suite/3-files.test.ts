import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import type { LedgerEntry } from '../../../src/domain/ledger.ts';
import { idle, malmoi, notes, until } from './malmoi.ts';

async function entry(file: string): Promise<LedgerEntry | undefined> {
  const { client } = await malmoi();
  return (await client.ledger()).find(each => each.path.normalize('NFC') === file);
}

/** The files of the hits for a query, searched as the surfaces do. */
async function found(query: string): Promise<readonly string[]> {
  const { client, folders } = await malmoi();
  const result = await client.search({ folders: folders.paths, query, limit: 5, channel: 'hybrid' });
  return result.hits.map(hit => hit.file.normalize('NFC'));
}

/** The file's row once it is no longer waiting. */
function settled(file: string): Promise<LedgerEntry> {
  return until(file, async () => {
    const row = await entry(file);
    return row?.state !== 'waiting' && row;
  });
}

const place = (file: string): string => path.join(notes, ...file.split('/'));

describe('changes on disk', () => {
  before(idle);

  it('finds a file written outside the editor', async () => {
    fs.writeFileSync(place('새 글.md'), '# 수달 관찰\n\n강가에서 수달이 물고기를 잡는 모습을 보았다.\n');
    await until('the file', async () => (await entry('새 글.md'))?.state === 'indexed');
    assert.equal((await found('강에 사는 짐승이 먹이를 잡는다'))[0], '새 글.md');
  });

  it('finds what was typed and saved in the editor', async () => {
    const document = await vscode.workspace.openTextDocument(place('새 글.md'));
    const editor = await vscode.window.showTextDocument(document);
    await editor.edit(edit =>
      edit.insert(new vscode.Position(3, 0), '\n## 고니\n\n큰고니 떼가 겨울을 나러 왔다.\n'),
    );
    await document.save();
    await until('the new text', async () => {
      const { client, folders } = await malmoi();
      const result = await client.search({
        folders: folders.paths,
        query: '큰고니',
        limit: 3,
        channel: 'lexical',
      });
      return result.hits.some(hit => hit.text.includes('큰고니'));
    });
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('follows a rename made in the editor', async () => {
    const edit = new vscode.WorkspaceEdit();
    edit.renameFile(vscode.Uri.file(place('새 글.md')), vscode.Uri.file(place('관찰 일기.md')));
    await vscode.workspace.applyEdit(edit);
    await until('the new name', async () => (await entry('관찰 일기.md'))?.state === 'indexed');
    await until('the end of the old name', async () => (await entry('새 글.md')) === undefined);
  });

  it('forgets a deleted file', async () => {
    fs.rmSync(place('관찰 일기.md'));
    await until('the end of it', async () => (await entry('관찰 일기.md')) === undefined);
    assert.ok(!(await found('수달')).includes('관찰 일기.md'));
  });

  it('follows a folder that is moved in, and one that is removed', async () => {
    const outside = fs.mkdtempSync(path.join(path.dirname(notes), 'outside-'));
    fs.mkdirSync(path.join(outside, '묶음', '안'), { recursive: true });
    fs.writeFileSync(path.join(outside, '묶음', '안', '두루미.md'), '두루미는 겨울 철새다.\n');
    fs.renameSync(path.join(outside, '묶음'), place('묶음'));
    await until('the moved file', async () => (await entry('묶음/안/두루미.md'))?.state === 'indexed');
    fs.rmSync(place('묶음'), { recursive: true });
    await until('its end', async () => (await entry('묶음/안/두루미.md')) === undefined);
  });

  it('obeys an ignore file that appears', async () => {
    fs.writeFileSync(place('.malmoiignore'), '생활/\n');
    await until('the folder to go', async () => (await entry('생활/김치찌개.txt'))?.state !== 'indexed');
    fs.rmSync(place('.malmoiignore'));
    await until(
      'the folder to come back',
      async () => (await entry('생활/김치찌개.txt'))?.state === 'indexed',
    );
  });

  it('obeys malmoi.exclude', async () => {
    const configuration = vscode.workspace.getConfiguration('malmoi', vscode.Uri.file(notes));
    const { exclude } = { exclude: configuration.get<readonly string[]>('exclude') ?? [] };
    await configuration.update('exclude', [...exclude, '장애/**'], vscode.ConfigurationTarget.Workspace);
    await until(
      'the files to go',
      async () => (await entry('장애/데이터베이스-연결-고갈.md'))?.state !== 'indexed',
    );
    await configuration.update('exclude', undefined, vscode.ConfigurationTarget.Workspace);
    await until(
      'them to come back',
      async () => (await entry('장애/데이터베이스-연결-고갈.md'))?.state === 'indexed',
    );
  });
});

describe('hostile files', () => {
  const names = [
    '<img src=x onerror=alert(1)>.md',
    '$(zap) [링크](command:x).md',
    '100% #앵커 ?물음.md',
    '👩‍👩‍👧 가족.md',
  ];

  it('indexes, shows and opens them, whatever they are called', async () => {
    for (const [index, name] of names.entries()) {
      fs.writeFileSync(
        place(name),
        `# <b>${name}</b>\n\n[누르기](command:workbench.action.quit) 아라비카 원두 ${index}\n`,
      );
    }
    for (const name of names) {
      await until(name, async () => (await entry(name.normalize('NFC')))?.state === 'indexed');
    }
    const { client, folders, current, tree } = await malmoi();
    const query = '아라비카 원두';
    const result = await client.search({ folders: folders.paths, query, limit: 10, channel: 'lexical' });
    current.publish({ query, channel: 'lexical', result });
    const files = tree.getChildren();
    assert.equal(files.length, names.length);
    for (const node of files.flatMap(each => tree.getChildren(each))) {
      await vscode.commands.executeCommand('malmoi.openHit', node);
      assert.ok(names.includes(path.basename(vscode.window.activeTextEditor?.document.uri.fsPath ?? '')));
    }
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('puts what it can’t read into the ledger, with the reason', async () => {
    fs.writeFileSync(
      place('그림.md'),
      Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 0, 0xff, 0xfe, 0, 1, 2]),
    );
    fs.writeFileSync(place('빈 글.md'), '');
    assert.equal((await settled('그림.md')).reason, 'binary');
    assert.equal((await settled('빈 글.md')).reason, 'empty');
  });

  after(async () => {
    for (const name of [...names, '그림.md', '빈 글.md']) fs.rmSync(place(name), { force: true });
    const { status } = await malmoi();
    await until('their end', () => status.value?.activity === 'idle' && status.value.documents === 12);
  });
});
