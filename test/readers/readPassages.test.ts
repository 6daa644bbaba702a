import assert from 'node:assert/strict';
import { chmod, mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import iconv from 'iconv-lite';
import { termsIn } from '../../src/index/segment/termCounts.ts';
import { unprivileged } from '../fakes/unprivileged.ts';
import { readDocument, readPassages, type ReadAnswer } from '../../src/readers/readPassages.ts';
import { bytesReadOf } from '../../src/text/fileFormats.ts';

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
    assert.ok(termsIn(passage!.terms).includes('안내'));
  });
  it('refuses files of half a gigabyte without reading them, whatever their format', async () => {
    for (const name of ['a.md', 'a.hwp', 'a.hwpx', 'a.pdf', 'a.docx', 'a.xlsx', 'a.eml']) {
      await writeFile(path.join(folder, name), '');
      await truncate(path.join(folder, name), 500 * 1024 * 1024);
      const file = path.join(folder, name);
      const answer = await readPassages({ file, path: name, knownHash: null }, RULES, count);
      assert.equal(reasonOf(answer), 'tooLarge', name);
      assert.ok(answer.result === 'skipped' && answer.hash === '', name);
      await rm(file);
    }
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
  it('gives a file without a text one passage, to be found by its name and fields', async () => {
    const only = async (name: string, content: string) => {
      const answer = await read(name, content);
      assert.ok(answer.result === 'passages' && answer.passages.length === 1, name);
      return { ...answer.passages[0]!, reason: answer.reason };
    };
    const empty = await only('수달 연락.md', '');
    assert.deepEqual([empty.text, empty.context, empty.tokens, empty.reason], ['', '', 0, 'empty']);
    assert.ok(termsIn(empty.terms).includes('수달') && termsIn(empty.terms).includes('연락'));
    assert.equal((await only('blank.md', ' \n\u3000\n')).reason, 'empty');
    const matter = await only('술.md', '---\ntitle: 막걸리\n담당: 유다온\n---\n');
    assert.deepEqual([matter.text, matter.context, matter.reason], ['', '막걸리', 'noText']);
    assert.ok(termsIn(matter.terms).includes('유다'));
    const heading = await only('나무.md', '# 단풍나무 심기');
    assert.deepEqual([heading.text, heading.context, heading.reason], ['', '단풍나무 심기', 'noText']);
    assert.equal((await only('나무.md', '### 단풍나무 심기')).text, '### 단풍나무 심기');
    const image = await only('바다 사진.md', '![](img/jeju.jpg)');
    // Nothing of it can be read: its name is what is encoded.
    assert.deepEqual([image.text, image.context, image.tokens], ['![](img/jeju.jpg)', '바다 사진', 0]);
    assert.ok(termsIn(image.terms).includes('jeju'));
  });
  it('finds each passage by the names of its folders and by short fields, long ones by the first', async () => {
    const body = '# 하나\n\n글이 있다.\n\n# 둘\n\n다른 글.\n';
    const hasField = async (text: string): Promise<boolean[]> => {
      const answer = await readDocument(
        new TextEncoder().encode(text),
        '고객/한빛-제과/2024_계약Draft.md',
        RULES,
        count,
      );
      assert.ok(answer.result === 'passages' && answer.passages.length === 2);
      for (const { terms } of answer.passages)
        for (const term of ['고객', '한빛', '빛제', '2024', '계약', 'draft'])
          assert.ok(termsIn(terms).includes(term), term);
      return answer.passages.map(({ terms }) => termsIn(terms).includes('담당'));
    };
    assert.deepEqual(await hasField(`---\n담당: 나\n---\n${body}`), [true, true]);
    const long = Array.from({ length: 40 }, (_, i) => `항목${i}: 값이다`).join('\n');
    assert.deepEqual(await hasField(`---\n담당: 나\n${long}\n---\n${body}`), [true, false]);
  });
  it('reads a file with broken bytes, and says in how many places', async () => {
    const bytes = Buffer.concat([
      Buffer.from('회의록을 정리했다. '),
      Buffer.of(0xff, 0xff),
      Buffer.from('끝.'),
    ]);
    const answer = await read('broken.md', bytes);
    assert.ok(answer.result === 'passages');
    assert.deepEqual([answer.reason, answer.detail], ['partlyUnreadable', '1']);
    assert.match(answer.passages[0]!.text, /^회의록을 정리했다\. \ufffd+끝\.$/);
  });
  it('says why it leaves a file out', async () => {
    assert.equal(reasonOf(await read('binary.md', Buffer.from([0, 1, 2, 3, 0, 0, 9]))), 'binary');
    await writeFile(path.join(folder, 'large.txt'), '');
    await truncate(path.join(folder, 'large.txt'), bytesReadOf('large.txt') + 1);
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
