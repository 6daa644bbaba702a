import assert from 'node:assert/strict';
import { POSIX, WINDOWS, type Platform } from '../../src/platform/platform.ts';
import { Glossaries } from '../../src/workspace/glossaries.ts';

const folder = (path: string, glossary?: string) => ({
  path,
  name: 'notes',
  include: [],
  exclude: [],
  useIgnoreFiles: true,
  ...(glossary !== undefined && { glossary }),
});
const glossariesOf = (platform: Platform, ...folders: readonly ReturnType<typeof folder>[]): Glossaries =>
  new Glossaries({ folders: () => folders, platform, onFault: () => undefined, log: () => undefined });

describe('a change of a glossary', () => {
  it('is told from changes of other files', () => {
    const glossaries = glossariesOf(POSIX, folder('/notes', '용어.txt'), folder('/b', '/etc/terms.txt'));
    assert.ok(glossaries.isAmong(['/notes/가.md', '/notes/용어.txt']));
    assert.ok(glossaries.isAmong(['/etc/terms.txt']));
    assert.ok(!glossaries.isAmong(['/notes/가.md', '/b/용어.txt', '/etc/TERMS.txt']));
    assert.ok(!glossaries.isAmong([]));
  });

  it('is known on Windows however drive and names are written', () => {
    const glossaries = glossariesOf(WINDOWS, folder(String.raw`C:\Notes`, 'Terms.txt'));
    assert.ok(glossaries.isAmong([String.raw`c:\notes\terms.txt`]));
    assert.ok(!glossaries.isAmong([String.raw`d:\notes\terms.txt`]));
  });
});
