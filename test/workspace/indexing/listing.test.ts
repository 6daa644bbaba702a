import assert from 'node:assert/strict';
import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { unprivileged } from '../../fakes/unprivileged.ts';
import type { LinkPolicy } from '../../../src/domain/folder.ts';
import { POSIX, WINDOWS } from '../../../src/platform/platform.ts';
import { listFiles, mayFollow } from '../../../src/workspace/indexing/listing.ts';

describe('listFiles', () => {
  let root = '';
  beforeEach(async () => {
    root = await mkdtemp(path.join(os.tmpdir(), 'malmoi-목록-'));
  });
  afterEach(() => rm(root, { recursive: true, force: true }));

  const put = async (name: string, text = '글'): Promise<void> => {
    await mkdir(path.dirname(path.join(root, name)), { recursive: true });
    await writeFile(path.join(root, name), text);
  };
  const list = async (useIgnoreFiles = true, links: LinkPolicy = 'inside'): Promise<string[]> => {
    const options = { include: [], exclude: [], useIgnoreFiles, links };
    const { files, leftOut } = await listFiles(root, options, new AbortController().signal);
    const rows = files.map(file => `${file.path}${file.ignored ? ' (ignored)' : ''}`);
    return [...rows, ...leftOut.map(link => `${link} (link)`)].sort();
  };

  it('lists readable types at any depth, spelt as on disk', async () => {
    const decomposed = `${'회의록'.normalize('NFD')}.md`;
    for (const name of ['a.md', '깊은/곳/b.TXT', 'c.mdx', '🙂 d.markdown', decomposed, 'e.png', '.hidden.md'])
      await put(name);
    assert.deepEqual(
      await list(),
      ['a.md', 'c.mdx', decomposed, '깊은/곳/b.TXT', '🙂 d.markdown'].concat('.hidden.md').sort(),
    );
  });
  it('tells ignored files, and does not enter ignored folders', async () => {
    await put('.gitignore', 'out/\n*.draft.md');
    await put('.malmoiignore', 'secret.md');
    for (const name of ['a.md', 'b.draft.md', 'secret.md', 'out/c.md', 'node_modules/d.md']) await put(name);
    assert.deepEqual(await list(), ['a.md', 'b.draft.md (ignored)', 'secret.md (ignored)']);
    assert.deepEqual(await list(false), ['a.md', 'b.draft.md', 'out/c.md', 'secret.md']);
  });
  it('follows links to files and folders, each file once, and loops nowhere', async () => {
    await put('real/a.md');
    await put('.hidden/b.md');
    await symlink(path.join(root, 'real'), path.join(root, 'again'));
    await symlink(root, path.join(root, 'real/up'));
    await symlink(path.join(root, 'real/a.md'), path.join(root, 'linked.md'));
    await symlink(path.join(root, '.hidden'), path.join(root, 'shown'));
    await symlink(path.join(root, '.hidden/b.md'), path.join(root, 'z.md'));
    await symlink(path.join(root, 'nowhere.md'), path.join(root, 'broken.md'));
    assert.deepEqual(await list(), [
      'again (link)',
      'linked.md (link)',
      'real/a.md',
      'real/up (link)',
      'shown/b.md',
      'z.md (link)',
    ]);
    assert.deepEqual(await list(true, 'none'), [
      'again (link)',
      'linked.md (link)',
      'real/a.md',
      'real/up (link)',
      'shown (link)',
      'z.md (link)',
    ]);
  });
  it('follows a link out of the folder only where it is told to, by whatever way it leads there', async () => {
    const outside = await mkdtemp(path.join(os.tmpdir(), 'malmoi-밖-'));
    try {
      await put('a.md');
      await writeFile(path.join(outside, 'b.md'), '글');
      await symlink(path.join(outside, 'b.md'), path.join(root, 'file.md'));
      await symlink(outside, path.join(root, 'folder'));
      await symlink(root, path.join(outside, 'back'));
      // The name of the folder is the beginning of another's.
      await mkdir(`${root}-2`);
      await writeFile(path.join(`${root}-2`, 'c.md'), '글');
      await symlink(path.join(`${root}-2`, 'c.md'), path.join(root, 'neighbour.md'));
      assert.deepEqual(await list(), ['a.md', 'file.md (link)', 'folder (link)', 'neighbour.md (link)']);
      assert.deepEqual(await list(true, 'everywhere'), [
        'a.md',
        'file.md',
        'folder/b.md (link)',
        'folder/back (link)',
        'neighbour.md',
      ]);
    } finally {
      await rm(outside, { recursive: true, force: true });
      await rm(`${root}-2`, { recursive: true, force: true });
    }
  });
  it('lists a deep folder beside rules that a backtracking matcher would never finish', async () => {
    await put('.gitignore', `${'**/a/'.repeat(24)}b\n`);
    const deep = `${'a/'.repeat(90)}x.md`;
    await put(deep);
    assert.deepEqual(await list(), [deep]);
  });
  it('goes on past a folder it may not read', async () => {
    await put('a.md');
    await put('closed/b.md');
    await chmod(path.join(root, 'closed'), 0);
    await chmod(root, 0o755);
    const options = { include: [], exclude: [], useIgnoreFiles: true };
    const { files, unreadable } = await unprivileged(() =>
      listFiles(root, options, new AbortController().signal),
    );
    await chmod(path.join(root, 'closed'), 0o700);
    assert.deepEqual([files.map(file => file.path), unreadable], [['a.md'], ['closed']]);
  });
  it('accepts later files by the same rules', async () => {
    await put('.gitignore', 'out/');
    const { accepts } = await listFiles(
      root,
      { include: [], exclude: [], useIgnoreFiles: true },
      new AbortController().signal,
    );
    assert.deepEqual(
      [accepts('new/a.md'), accepts('out/a.md'), accepts('x/.git/a.md')],
      [true, false, false],
    );
  });
});

describe('a link of a folder', () => {
  it('leads inside by the rules of the system', () => {
    assert.ok(mayFollow('/notes/가', '/notes', 'inside', POSIX));
    assert.ok(mayFollow('/notes', '/notes', 'inside', POSIX));
    assert.ok(mayFollow('/가', '/', 'inside', POSIX));
    assert.ok(!mayFollow('/notes-old/가', '/notes', 'inside', POSIX));
    assert.ok(!mayFollow('/', '/notes', 'inside', POSIX));
    const notes = String.raw`C:\notes`;
    assert.ok(mayFollow(String.raw`c:\Notes\가`, notes, 'inside', WINDOWS));
    assert.ok(mayFollow(String.raw`\\?\C:\notes\가`, notes, 'inside', WINDOWS));
    // A junction leads to another drive, and a link of a share out of it.
    assert.ok(!mayFollow(String.raw`D:\notes\가`, notes, 'inside', WINDOWS));
    assert.ok(!mayFollow(String.raw`\\server\b\가`, String.raw`\\server\a`, 'inside', WINDOWS));
  });

  it('is followed anywhere or nowhere where the person says so', () => {
    assert.ok(mayFollow('/etc', '/notes', 'everywhere', POSIX));
    assert.ok(!mayFollow('/notes/가', '/notes', 'none', POSIX));
  });
});
