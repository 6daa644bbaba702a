import assert from 'node:assert/strict';
import { POSIX, WINDOWS, type Platform } from '../../../src/platform/platform.ts';
import { Admission, type Disk } from '../../../src/workspace/indexing/admission.ts';

describe('what a listing lets in', () => {
  it('tells of what it left out, and of folders that nobody can look into', () => {
    const admission = new Admission('/notes');
    admission.follow({
      files: [
        { path: '글.md', size: 1, modified: 1, ignored: false },
        { path: '초안.md', size: 1, modified: 1, ignored: true },
      ],
      linked: new Map(),
      leftOut: ['밖으로.md'],
      archives: ['묶음.zip'],
      unreadable: ['닫힌 폴더'],
      accepts: () => true,
      exclusionOf: () => null,
    });
    assert.deepEqual(Object.fromEntries(admission.leftOut), {
      '초안.md': 'ignored',
      '밖으로.md': 'link',
      '묶음.zip': 'archive',
      '닫힌 폴더/': 'noPermission',
    });
  });
});

/** A disk with these files that takes every name for the same whose letters are, like those of Windows and macOS. */
function tolerantDisk(root: string, files: readonly string[], platform: Pick<Platform, 'path'>): Disk {
  const plain = (name: string): string => name.normalize('NFC').toLowerCase();
  const places = [root, ...files.map(name => platform.path.join(root, name))];
  return {
    platform,
    realpath: asked => {
      const found = places.find(place => plain(place) === plain(asked));
      return found === undefined
        ? Promise.reject(Object.assign(new Error('none'), { code: 'ENOENT' }))
        : Promise.resolve(found);
    },
  };
}

const NOTHING_LISTED = {
  files: [],
  linked: new Map<string, string>(),
  leftOut: [],
  archives: [],
  unreadable: [],
  accepts: (name: string): boolean => !name.startsWith('비밀/'),
  exclusionOf: () => null,
};

describe('a name that the disk spells in another way', () => {
  it('is the file under the name that the disk has, on macOS and on Windows', async () => {
    const decomposed = '회의록.md'.normalize('NFD');
    const mac = new Admission('/notes', tolerantDisk('/notes', [decomposed, 'README.md'], POSIX));
    mac.follow(NOTHING_LISTED);
    // The editor composes the names of events.
    assert.deepEqual(await mac.lets('회의록.md'), { spelled: decomposed });
    assert.equal(await mac.lets(decomposed), 'in');
    const root = String.raw`C:\notes`;
    const windows = new Admission(root, tolerantDisk(root, [String.raw`회의\README.md`], WINDOWS));
    windows.follow(NOTHING_LISTED);
    assert.deepEqual(await windows.lets('회의/Readme.md'), { spelled: '회의/README.md' });
    assert.equal(await windows.lets('회의/README.md'), 'in');
    assert.equal(await windows.lets('회의/없음.md'), 'no');
  });

  it('is let in under the root however the root was spelled', async () => {
    const disk = tolerantDisk(String.raw`C:\Notes`, ['가.md'], WINDOWS);
    const admission = new Admission(String.raw`c:\notes`, disk);
    admission.follow(NOTHING_LISTED);
    assert.equal(await admission.lets('가.md'), 'in');
  });

  it('is no way round the rules, and no way out of the folder', async () => {
    const hidden = new Admission('/notes', {
      platform: POSIX,
      realpath: place => Promise.resolve(place === '/notes' ? place : '/notes/비밀/가.md'),
    });
    hidden.follow(NOTHING_LISTED);
    assert.equal(await hidden.lets('비밀/가.md'), 'no');
    // A link with another name: only a listing can tell.
    assert.equal(await hidden.lets('가.md'), 'unknown');
    const away = new Admission('/notes', {
      platform: POSIX,
      realpath: place => Promise.resolve(place === '/notes' ? place : '/etc/가.md'),
    });
    away.follow(NOTHING_LISTED);
    assert.equal(await away.lets('가.md'), 'unknown');
    away.follow({ ...NOTHING_LISTED, leftOut: ['가.md'] });
    assert.equal(await away.lets('가.md'), 'no');
  });
});
