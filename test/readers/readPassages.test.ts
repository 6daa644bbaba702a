import assert from 'node:assert/strict';
import { chmod, mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import iconv from 'iconv-lite';
import { unprivileged } from '../fakes/unprivileged.ts';
import { MAX_FILE_BYTES, readPassages, type ReadAnswer } from '../../src/readers/readPassages.ts';

const RULES = { minTokens: 10, maxTokens: 60 };
const count = (text: string): number => Math.ceil(text.length / 2);

describe('readPassages', () => {
  let folder = '';
  before(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'malmoi-읽기 🙂-'));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  const read = async (name: string, content: string | Uint8Array): Promise<ReadAnswer> => {
    await writeFile(path.join(folder, name), content);
    return readPassages({ file: path.join(folder, name), path: name, knownHash: null }, RULES, count);
  };
  const reasonOf = (answer: ReadAnswer): string =>
    answer.result === 'skipped' ? answer.reason : answer.result;

  it('reads passages with context, terms and hash', async () => {
    const answer = await read('휴가 안내.md', '# 규정\n\n## 휴가\n\n**연차**를 신청한다.');
    assert.equal(answer.result, 'passages');
    const [passage] = answer.passages;
    assert.equal(passage!.context, '규정 > 휴가');
    assert.equal(passage!.text, '**연차**를 신청한다.');
    assert.match(passage!.hash, /^[0-9a-f]{32}$/);
    // The file's name counts like a heading.
    assert.ok(passage!.terms.terms.includes('안내'));
  });
  it('reads CP949', async () => {
    const answer = await read('a.txt', iconv.encode('똠방각하', 'cp949'));
    assert.equal((answer as Extract<ReadAnswer, { result: 'passages' }>).passages[0]!.text, '똠방각하');
  });
  it('does not read content the index has', async () => {
    const first = await read('b.md', '글');
    assert.ok(first.result === 'passages');
    const again = await readPassages(
      { file: path.join(folder, 'b.md'), path: 'b.md', knownHash: first.hash },
      RULES,
      count,
    );
    assert.equal(again.result, 'unchanged');
  });
  it('says why it leaves a file out', async () => {
    assert.equal(reasonOf(await read('binary.md', Buffer.from([0, 1, 2, 3, 0, 0, 9]))), 'binary');
    await writeFile(path.join(folder, 'large.txt'), '');
    await truncate(path.join(folder, 'large.txt'), MAX_FILE_BYTES + 1);
    const large = await readPassages(
      { file: path.join(folder, 'large.txt'), path: 'large.txt', knownHash: null },
      RULES,
      count,
    );
    assert.equal(reasonOf(large), 'tooLarge');
    const gone = await readPassages(
      { file: path.join(folder, 'gone.md'), path: 'gone.md', knownHash: null },
      RULES,
      count,
    );
    assert.equal(gone.result, 'vanished');
    const directory = await readPassages({ file: folder, path: 'a.md', knownHash: null }, RULES, count);
    assert.equal(reasonOf(directory), 'unreadable');
  });
  it('says that a file may not be read', async () => {
    await writeFile(path.join(folder, 'secret.md'), '비밀');
    await chmod(path.join(folder, 'secret.md'), 0);
    await chmod(folder, 0o755);
    const request = { file: path.join(folder, 'secret.md'), path: 'secret.md', knownHash: null };
    const answer = await unprivileged(() => readPassages(request, RULES, count));
    assert.equal(reasonOf(answer), 'noPermission');
  });
});
