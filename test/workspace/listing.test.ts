import assert from 'node:assert/strict';
import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { unprivileged } from '../fakes/unprivileged.ts';
import { listFiles } from '../../src/workspace/listing.ts';

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
  const list = async (useIgnoreFiles = true): Promise<string[]> => {
    const options = { include: [], exclude: [], useIgnoreFiles };
    const { files } = await listFiles(root, options, new AbortController().signal);
    return files.map(file => `${file.path}${file.ignored ? ' (ignored)' : ''}`).sort();
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
  it('does not follow links to folders, but reads linked files', async () => {
    await put('real/a.md');
    await symlink(path.join(root, 'real'), path.join(root, 'loop'));
    await symlink(root, path.join(root, 'real/up'));
    await symlink(path.join(root, 'real/a.md'), path.join(root, 'linked.md'));
    assert.deepEqual(await list(), ['linked.md', 'real/a.md']);
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
