import assert from 'node:assert/strict';
import path from 'node:path';
import fc from 'fast-check';
import { isModelName, safeMemberPath } from '../../../src/model/store/memberPath.ts';

describe('safeMemberPath', () => {
  it('takes plain names as they are', () => {
    for (const name of ['config.json', '1_SpladePooling/config.json', '모델/가중치.bin', 'a b/c', '.hidden'])
      assert.equal(safeMemberPath(name), name);
    assert.equal(safeMemberPath('./a//b/./c/'), 'a/b/c');
  });

  it('refuses what leads elsewhere or means something else', () => {
    const names = [
      '',
      '/',
      '.',
      '..',
      '../a',
      'a/../../b',
      '/a',
      'C:/a',
      'c:a',
      'a\\b',
      '\\\\host\\a',
      'a\0b',
      'a\nb',
    ];
    const others = [
      'nul',
      'a/COM1.txt',
      'lpt9',
      'a.',
      'a /b',
      'a:stream',
      'a?',
      'a*',
      'x'.repeat(256),
      'a/'.repeat(20),
    ];
    for (const name of [...names, ...others]) assert.equal(safeMemberPath(name), null, JSON.stringify(name));
  });

  it('stays inside the folder for any name, on any system', () => {
    const piece = fc.constantFrom('a', '..', '.', '', '/', '\\', 'C:', '~', '한', ' ', 'con', '\0');
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, fc.string())), pieces => {
        for (const name of [pieces.join(''), pieces.join('/')]) {
          const safe = safeMemberPath(name);
          if (safe === null) continue;
          for (const system of [path.posix, path.win32]) {
            const relative = system.relative('/base', system.join('/base', safe));
            assert.ok(relative !== '' && relative.split(system.sep)[0] !== '..' && !system.isAbsolute(safe));
          }
          assert.equal(safeMemberPath(safe), safe);
        }
      }),
    );
  });
});

describe('isModelName', () => {
  it('is one plain segment', () => {
    for (const name of ['PIXIE-Splade-v1.5', 'a', '_x']) assert.ok(isModelName(name));
    for (const name of ['', '.work', '-x', 'a/b', '..', 'nul', 'a.', '모델', 'x'.repeat(101)])
      assert.ok(!isModelName(name));
  });
});
