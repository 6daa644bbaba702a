/** Folders as they are at their worst. Each ends in the ledger, and everything in it that can be read is found. */
import assert from 'node:assert/strict';
import { readdir, rename, rm, symlink, utimes, writeFile, readFile } from 'node:fs/promises';
import path from 'node:path';
import { Place } from './engineOf.ts';

/** `MALMOI_FILES=250000` for the whole of it: some nine minutes of a processor. */
const FILES = Number(process.env['MALMOI_FILES'] ?? 3_000);

describe('a folder at its worst', function () {
  this.timeout(600_000 + 20 * FILES);
  let place: Place;
  beforeEach(async () => void (place = await Place.make()));
  afterEach(() => place.remove());

  it('has notes sixty levels deep, under names of 255 bytes', async () => {
    const deep = Array.from({ length: 60 }, (_, i) => `층${i}`).join('/');
    // 84 syllables of three bytes, and `.md`.
    const long = `${'가'.repeat(84)}.md`;
    assert.equal(Buffer.byteLength(long), 255);
    await place.write(`${deep}/바닥.md`, '지하 저수조 점검');
    await place.write(long, '이름이 긴 문서의 수위계');
    await place.update();
    assert.deepEqual(await place.found('"저수조"'), [`${deep}/바닥.md`]);
    assert.deepEqual(await place.found('"수위계"'), [long]);
    assert.deepEqual(
      [...(await place.ledger()).values()].map(({ state }) => state),
      ['indexed', 'indexed'],
    );
  });

  it('has twins whose names differ in their normal form or in their case alone', async function () {
    const names = ['회의록.md'.normalize('NFC'), '회의록.md'.normalize('NFD'), 'Readme.md', 'README.md'];
    for (const [i, name] of names.entries()) await place.write(name, `쌍둥이 넓적부리${i}`);
    // Some file systems hold them for one file.
    if ((await readdir(place.notes)).length < names.length) this.skip();
    await place.update();
    for (const [i, name] of names.entries()) assert.deepEqual(await place.found(`"넓적부리${i}"`), [name]);
    assert.equal((await place.ledger()).size, names.length);
  });

  it('has links that go round in circles', async function () {
    await place.write('가/나/note.md', '고리 모양 다리');
    try {
      await symlink('..', path.join(place.notes, '가/나/위로'), 'dir');
      await symlink(place.notes, path.join(place.notes, '가/처음'), 'dir');
      await symlink('자기', path.join(place.notes, '자기'));
    } catch {
      // Windows asks for a right to make links.
      this.skip();
    }
    await place.update();
    assert.deepEqual(await place.found('"고리"'), ['가/나/note.md']);
  });

  it('is not there for a while, like a network drive: its index stays, and nothing is read twice', async () => {
    await place.write('문서.md', '네트워크 드라이브의 느티나무');
    await place.update();
    const away = `${place.notes}-away`;
    await rename(place.notes, away);
    const engine = await place.engine();
    engine.filesChanged([place.notes, path.join(place.notes, '문서.md')]);
    await engine.updateFolder(place.notes);
    await rename(away, place.notes);
    await place.update();
    assert.deepEqual(await place.found('"느티나무"'), ['문서.md']);
    const status = await engine.status();
    assert.deepEqual([status.documents, status.problem], [1, null]);
  });

  it('is replaced by an empty one, and comes back', async () => {
    await place.write('문서.md', '마운트되기 전의 느릅나무');
    await place.update();
    const away = `${place.notes}-away`;
    await rename(place.notes, away);
    await place.write('빈자리.txt', '아직 비었다');
    await place.update();
    assert.deepEqual(await place.found('"느릅나무"'), []);
    await rm(place.notes, { recursive: true });
    await rename(away, place.notes);
    await place.update();
    assert.deepEqual(await place.found('"느릅나무"'), ['문서.md']);
  });

  it('has files from tomorrow, and some that go back in time', async () => {
    await place.write('내일.md', '앞날의 자작나무');
    await place.write('어제.md', '지금의 오동나무');
    const inADay = new Date(Date.now() + 86_400_000);
    await utimes(path.join(place.notes, '내일.md'), inADay, inADay);
    await place.update();
    assert.deepEqual(await place.found('"자작나무"'), ['내일.md']);
    // An older copy from a backup, of the same size.
    await place.write('어제.md', '예전의 물푸레무');
    const aYearAgo = new Date(Date.now() - 365 * 86_400_000);
    await utimes(path.join(place.notes, '어제.md'), aYearAgo, aYearAgo);
    await place.update();
    assert.deepEqual(await place.found('"물푸레무"'), ['어제.md']);
    assert.deepEqual(await place.found('"오동나무"'), []);
  });

  it('is indexed and searched while the clock goes back by an hour', async () => {
    const now = Date.now;
    try {
      await place.write('하나.md', '시계가 가기 전의 버드나무');
      await place.update();
      Date.now = () => now() - 3_600_000;
      await place.write('둘.md', '시계가 돌아간 뒤의 미루나무');
      await place.update();
      assert.deepEqual(await place.found('"미루나무"'), ['둘.md']);
      assert.deepEqual(await place.found('"버드나무"'), ['하나.md']);
      const { secondsLeft } = await (await place.engine()).status();
      assert.ok(secondsLeft === null || secondsLeft >= 0);
    } finally {
      Date.now = now;
    }
  });

  it('is only read: nothing is written into it, and nothing of it is changed', async () => {
    await place.write('가/문서.md', '읽기만 하는 폴더의 층층나무');
    const before = await readdir(place.notes, { recursive: true });
    await place.update();
    await place.found('"층층나무"');
    assert.deepEqual(await readdir(place.notes, { recursive: true }), before);
    assert.equal(await readFile(path.join(place.notes, '가/문서.md'), 'utf8'), '읽기만 하는 폴더의 층층나무');
  });

  it(`has ${FILES} files`, async () => {
    for (let i = 0; i < FILES; i += 500) {
      await place.write(`${i}/0.md`, `문서 ${i} 번의 이야기`);
      const rest = Array.from({ length: Math.min(500, FILES - i) - 1 }, (_, j) => j + 1);
      await Promise.all(
        rest.map(j => writeFile(path.join(place.notes, String(i), `${j}.md`), `문서 ${i + j} 번의 이야기`)),
      );
    }
    const engine = await place.engine();
    await engine.openFolders([place.folder]);
    // By their letters: what they mean takes a model's time.
    for (;;) {
      const { activity, read, total } = await engine.status();
      if (activity !== 'scanning' && activity !== 'starting' && total >= FILES && read === total) break;
      await new Promise(resolve => setTimeout(resolve, 100));
    }
    const last = FILES - 1;
    const file = `${last - (last % 500)}/${last % 500}.md`;
    assert.ok((await place.found(`"문서 ${last} 번"`)).includes(file));
    assert.equal((await place.ledger()).size, FILES);
  });
});
