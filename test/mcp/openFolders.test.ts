import assert from 'node:assert/strict';
import { OpenFolders, requestsOf } from '../../src/mcp/openFolders.ts';
import { POSIX, WINDOWS, type Platform } from '../../src/platform/platform.ts';

const meant = (name: string, folders: readonly string[], platform: Platform): string[] =>
  requestsOf(name, new OpenFolders(folders, platform).all, platform).map(
    ({ folder, file }) => `${folder} > ${file}`,
  );

describe('the folders that are open to agents', () => {
  it('have labels that are names, and numbers where two are alike', () => {
    const labels = (paths: readonly string[], platform: Platform): string[] =>
      new OpenFolders(paths, platform).all.map(({ label }) => label);
    assert.deepEqual(labels(['/a/notes', '/b/notes', '/'], POSIX), ['notes', 'notes-2', 'root']);
    assert.deepEqual(labels([String.raw`C:\a\notes`, String.raw`\\server\share\notes`, 'C:\\'], WINDOWS), [
      'notes',
      'notes-2',
      'root',
    ]);
  });

  it('are found by label or path, on Windows in any case', () => {
    const windows = new OpenFolders([String.raw`c:\Notes`, String.raw`D:\work`], WINDOWS);
    assert.deepEqual(
      windows.named(String.raw`C:\notes`).map(each => each.path),
      [String.raw`c:\Notes`],
    );
    assert.deepEqual(
      windows.named('work').map(each => each.path),
      [String.raw`D:\work`],
    );
    assert.throws(() => windows.named(String.raw`E:\work`));
    const posix = new OpenFolders(['/Notes'], POSIX);
    assert.throws(() => posix.named('/notes'));
  });
});

describe('the file that an agent means', () => {
  it('is in the folder of its label, at its path, or in any folder', () => {
    assert.deepEqual(meant('notes/회의/가.md', ['/a/notes', '/b/work'], POSIX), [
      '/a/notes > 회의/가.md',
      '/a/notes > notes/회의/가.md',
      '/b/work > notes/회의/가.md',
    ]);
    assert.deepEqual(meant('./가.md', ['/a/notes'], POSIX), ['/a/notes > 가.md']);
    assert.deepEqual(meant('/a/notes/가.md', ['/a/notes', '/b/work'], POSIX), ['/a/notes > 가.md']);
  });

  it('is the same with backslashes on Windows, where a shell writes them', () => {
    const notes = String.raw`c:\a\notes`;
    for (const name of [String.raw`C:\A\Notes\회의\가.md`, 'c:/a/notes/회의/가.md'])
      assert.deepEqual(meant(name, [notes], WINDOWS), [`${notes} > 회의/가.md`], name);
    assert.deepEqual(meant(String.raw`.\회의\가.md`, [notes], WINDOWS), [`${notes} > 회의/가.md`]);
    // Elsewhere a backslash is part of a name.
    assert.deepEqual(meant(String.raw`회의\가.md`, ['/a'], POSIX), [String.raw`/a > 회의\가.md`]);
  });

  it('is in no folder where its path leads elsewhere', () => {
    assert.deepEqual(meant('/etc/passwd', ['/a/notes'], POSIX), []);
    assert.deepEqual(meant('/a/notes-old/가.md', ['/a/notes'], POSIX), []);
    assert.deepEqual(meant(String.raw`D:\notes\가.md`, [String.raw`C:\notes`], WINDOWS), []);
    assert.deepEqual(meant(String.raw`\\server\share\가.md`, [String.raw`C:\notes`], WINDOWS), []);
  });
});
