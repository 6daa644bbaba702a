import assert from 'node:assert/strict';
import fc from 'fast-check';
import { pathInside, shortened } from '../../src/platform/pathInside.ts';
import { platformOf, POSIX, WINDOWS } from '../../src/platform/platform.ts';

describe('the place of a path in a folder', () => {
  it('is a name with slashes by the rules of every system', () => {
    assert.equal(pathInside('/notes', '/notes/회의/가.md', POSIX), '회의/가.md');
    assert.equal(pathInside(String.raw`C:\notes`, String.raw`C:\notes\회의\가.md`, WINDOWS), '회의/가.md');
    assert.equal(pathInside('/notes', '/notes', POSIX), '');
    assert.equal(pathInside('/', '/가.md', POSIX), '가.md');
    assert.equal(pathInside('C:\\', String.raw`C:\가.md`, WINDOWS), '가.md');
  });

  it('is nowhere in another folder, drive or share', () => {
    assert.equal(pathInside('/notes', '/notes-old/가.md', POSIX), null);
    assert.equal(pathInside('/notes', '/', POSIX), null);
    assert.equal(pathInside(String.raw`C:\notes`, String.raw`D:\notes\가.md`, WINDOWS), null);
    assert.equal(pathInside(String.raw`\\server\a`, String.raw`\\server\b\가.md`, WINDOWS), null);
    assert.equal(pathInside(String.raw`\\server\a`, String.raw`C:\가.md`, WINDOWS), null);
  });

  it('may begin with two dots that are part of a name', () => {
    assert.equal(pathInside('/notes', '/notes/..초안.md', POSIX), '..초안.md');
    assert.equal(pathInside('/notes', '/notes/..초안/가.md', POSIX), '..초안/가.md');
  });

  it('does not depend on case on Windows, where the editor writes small drive letters, and does elsewhere', () => {
    assert.equal(pathInside(String.raw`c:\Notes`, String.raw`C:\notes\A.md`, WINDOWS), 'A.md');
    assert.equal(pathInside('/Notes', '/notes/A.md', POSIX), null);
  });

  it('is on a network share, and under the prefix of long paths', () => {
    const share = String.raw`\\server\share\notes`;
    assert.equal(pathInside(share, String.raw`\\server\share\notes\가.md`, WINDOWS), '가.md');
    assert.equal(pathInside(share, String.raw`\\?\UNC\server\share\notes\가.md`, WINDOWS), '가.md');
    assert.equal(pathInside(String.raw`\\?\C:\notes`, String.raw`C:\notes\가.md`, WINDOWS), '가.md');
    assert.equal(shortened(String.raw`\\?\C:\notes`, WINDOWS), String.raw`C:\notes`);
    // Elsewhere it is a name like any other.
    assert.equal(shortened(String.raw`\\?\C:\notes`, POSIX), String.raw`\\?\C:\notes`);
  });

  it('leads back to the path, whatever the names', function () {
    this.timeout(60_000);
    const name = fc
      .string({ minLength: 1, maxLength: 12, unit: 'grapheme' })
      .filter(
        text => !/[\\/:*?"<>|\0]/.test(text) && text !== '.' && text !== '..' && !/^\s|[\s.]$/.test(text),
      );
    fc.assert(
      fc.property(fc.array(name, { minLength: 1, maxLength: 5 }), fc.boolean(), (names, isWindows) => {
        const platform = isWindows ? WINDOWS : POSIX;
        const root = isWindows ? String.raw`C:\notes` : '/notes';
        const place = platform.path.join(root, ...names);
        assert.equal(pathInside(root, place, platform), names.join('/'));
      }),
    );
  });

  it('follows the rules of the system it runs on', () => {
    assert.equal(platformOf('win32'), WINDOWS);
    assert.equal(platformOf('darwin'), POSIX);
    assert.equal(platformOf('linux'), POSIX);
  });
});
