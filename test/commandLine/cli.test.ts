/** The command line's contract, on the built program. Needs a build (`npm run build`). */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, symlink, truncate, writeFile, mkdir, readdir } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

import { RelevanceFeedback } from '../../src/workspace/feedback/relevanceFeedback.ts';

const ROOT = path.join(import.meta.dirname, '../..');

const CLI = path.join(ROOT, 'dist/cli.js');
/** Whatever model this user has selected. */
const ENVIRONMENT = {
  ...process.env,
  MALMOI_MODELS: path.join(ROOT, 'out/no-models'),
  MALMOI_FEEDBACK: path.join(os.tmpdir(), `malmoi-cli-feedback-${process.pid}`),
};

interface Outcome {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

function malmoi(args: readonly string[], input = ''): Promise<Outcome> {
  return new Promise(resolve => {
    const child = spawn(process.execPath, [CLI, ...args], { env: ENVIRONMENT });
    let [out, err] = ['', ''];
    child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
    child.on('close', code => resolve({ code: code ?? -1, out, err }));
    child.stdin.end(input);
  });
}

interface JsonHit {
  readonly file: string;
  readonly line: number;
  readonly endLine: number;
  readonly heading: string;
  readonly score: number;
  readonly text: string;
  readonly contributions: readonly {
    readonly token: string;
    readonly channel: string;
    readonly kind: string;
    readonly query: number;
    readonly passage: number;
    readonly value: number;
    readonly ranges: readonly { readonly start: number; readonly end: number }[];
  }[];
}

describe('malmoi (command line)', function () {
  this.timeout(60_000);
  let work = '';
  let notes = '';
  let store: string[] = [];
  before(async () => {
    work = await mkdtemp(path.join(os.tmpdir(), 'malmoi-cli-'));
    notes = path.join(work, '내 글');
    await mkdir(notes);
    store = ['--store', path.join(work, 'store')];
    await writeFile(
      path.join(notes, '휴가.md'),
      '# 취업규칙\n\n## 휴가\n\n직원은 휴가를 쓰기 3일 전에 결재를 받는다.\n',
    );
    await writeFile(path.join(notes, '장애.md'), '# 장애 보고\n\n쿠버네티스 노드가 멈춰 서비스가 끊겼다.\n');
    await writeFile(path.join(notes, '빈.txt'), '');
  });
  after(async () => {
    await rm(work, { recursive: true, force: true });
    await rm(ENVIRONMENT.MALMOI_FEEDBACK, { recursive: true, force: true });
  });

  it('has no answer before there is an index', async () => {
    const { code, out, err } = await malmoi(['search', notes, '휴가', ...store]);
    assert.deepEqual([code, out], [2, '']);
    assert.match(err, /malmoi index/);
  });

  it('indexes, and encodes nothing the second time', async () => {
    const first = await malmoi(['index', notes, '--json', ...store]);
    assert.equal(first.code, 0, first.err);
    const status = JSON.parse(first.out) as { documents: number; skipped: number; tokensPerSecond: number };
    assert.deepEqual([status.documents, status.skipped], [3, 0]);
    assert.ok(status.tokensPerSecond > 0);
    const second = JSON.parse((await malmoi(['index', notes, '--json', ...store])).out) as typeof status;
    assert.deepEqual([second.documents, second.tokensPerSecond], [3, 0]);
  });

  it('searches: JSON hits whose contributions sum to the score', async () => {
    const { code, out } = await malmoi([
      'search',
      notes,
      'k8s 서버가 죽었다',
      '--explain',
      '--json',
      ...store,
    ]);
    assert.equal(code, 0);
    const hits = JSON.parse(out) as JsonHit[];
    assert.equal(hits[0]!.file, '장애.md');
    assert.deepEqual([hits[0]!.line, hits[0]!.endLine, hits[0]!.heading], [3, 3, '장애 보고']);
    for (const { score, contributions, text } of hits) {
      assert.ok(Math.abs(contributions.reduce((sum, { value }) => sum + value, 0) - score) < 1e-6);
      for (const { ranges } of contributions)
        for (const { start, end } of ranges) assert.ok(start < end && end <= text.length);
    }
  });

  it('answers every one of several that start side by side, whoever is first and ends first', async () => {
    const wanted = (await malmoi(['search', notes, '휴가 결재', '--json', ...store])).out;
    const all = await Promise.all(
      [0, 1, 2, 3, 4, 5].map(async i => {
        // Spread over the time that one takes, so that some begin while others end.
        await new Promise(resolve => setTimeout(resolve, i * 300));
        if (i === 2) return malmoi(['index', notes, '--json', ...store]);
        return malmoi(['search', notes, '휴가 결재', '--json', ...store]);
      }),
    );
    for (const [i, { code, out, err }] of all.entries()) {
      assert.equal(code, 0, err);
      // The empty file counts: it can be found by its name.
      if (i === 2) assert.equal((JSON.parse(out) as { documents: number }).documents, 3);
      else assert.equal(out, wanted);
    }
  });

  it('lets no note, heading or file name steer the terminal', async function () {
    if (process.platform === 'win32') this.skip();
    const hostile = path.join(work, 'hostile');
    await mkdir(hostile);
    await writeFile(
      path.join(hostile, 'a\u001b[2J\n\u202eb.md'),
      '# \u001b]0;제목\u0007\n\n\u001b[31m결재\u009b2J를 올린다 \u202e거꾸로\u2028끝.\n',
    );
    await writeFile(path.join(hostile, '\u001b[1mc.txt'), '');
    const args = [...store, '--explain'];
    assert.equal((await malmoi(['index', hostile, ...store])).code, 0);
    const runs = [
      await malmoi(['search', hostile, '결재 \u001b[2J', ...args]),
      await malmoi(['search', hostile, '결재', '--json', ...args]),
      await malmoi(['status', hostile, ...store]),
      await malmoi(['status', hostile, '--json', ...store]),
      await malmoi(['\u001b[2J']),
    ];
    for (const { out, err } of runs)
      assert.doesNotMatch((out + err).replaceAll('\n', ''), /\p{Bidi_Control}|[^\P{Cc}\t]|\u2028/u);
    assert.match(runs[0]!.out, /a␛\[2J␊.*b\.md:3 {2}␛\]0;제목␇\n.*␛\[31m결재/);
    const [hit] = JSON.parse(runs[1]!.out) as JsonHit[];
    assert.equal(hit!.file, 'a\u001b[2J\n\u202eb.md');
    assert.ok(hit!.text.includes('\u009b2J'));
    assert.match(runs[2]!.out, /\t␛\[1mc\.txt/);
  });

  it('follows links out of the folder only when it is told to', async function () {
    if (process.platform === 'win32') this.skip();
    const linking = path.join(work, 'linking');
    await mkdir(linking);
    await symlink(path.join(notes, '휴가.md'), path.join(linking, 'link.md'));
    const documents = async (...flags: string[]): Promise<unknown> =>
      (
        JSON.parse((await malmoi(['index', linking, '--json', ...flags, ...store])).out) as {
          documents: number;
        }
      ).documents;
    assert.equal(await documents(), 0);
    assert.equal(await documents('--follow-symlinks'), 1);
    assert.equal(await documents('--no-follow-symlinks'), 0);
  });

  it('searches one channel, and says when nothing is found', async () => {
    const lexical = JSON.parse(
      (await malmoi(['search', notes, '결재', '--channel', 'lexical', '--explain', '--json', ...store])).out,
    ) as JsonHit[];
    assert.deepEqual(
      [...new Set(lexical.flatMap(hit => hit.contributions.map(({ channel }) => channel)))],
      ['lexical'],
    );
    const nothing = await malmoi(['search', notes, 'zzqq', '--channel', 'lexical', '--json', ...store]);
    assert.deepEqual([nothing.code, nothing.out], [1, '[]\n']);
  });

  it('understands the query language, and says what it analyzed', async () => {
    const said = await malmoi(['search', notes, '휴가 "결재를 받는다" ext:md', '--json', ...store]);
    assert.deepEqual(
      (JSON.parse(said.out) as JsonHit[]).map(hit => hit.file),
      ['휴가.md'],
    );
    assert.match(said.err, /phrase\] 결재를 받는다 — .*hidden\n.*type\] md/);
    const without = await malmoi(['search', notes, '휴가 after:언젠가 -쿠버네티스', '--json', ...store]);
    assert.deepEqual(
      (JSON.parse(without.out) as JsonHit[]).map(hit => hit.file),
      ['휴가.md'],
    );
    assert.match(without.err, /≠ 쿠버네티스 — .*hidden\n"after:언젠가": .*unknown date/);
    // Plain words are words; what they may mean is offered.
    const plain = await malmoi(['search', notes, '휴가 쿠버네티스 빼고', '--json', ...store]);
    assert.deepEqual((JSON.parse(plain.out) as JsonHit[]).map(hit => hit.file).sort(), [
      '장애.md',
      '휴가.md',
    ]);
    assert.match(plain.err, /as a condition .*: 휴가 -"쿠버네티스"\n/);
    const changed = await malmoi(['search', notes, '수정:오늘', '--json', ...store]);
    // The empty file is one of them.
    assert.equal((JSON.parse(changed.out) as JsonHit[]).length, 3);
  });

  it('also looks for other forms of a word, those of a glossary too, and says so', async () => {
    const lexical = ['--channel', 'lexical', ...store];
    const layout = await malmoi(['search', notes, 'rufwo', ...lexical]);
    assert.match(layout.err, /'결재'\(으\)로도 찾음 .*\(rufwo\)/);
    assert.match(layout.out, /휴가\.md/);
    const glossary = path.join(work, '용어.txt');
    await writeFile(glossary, '승인, 결재\n외톨이\n');
    const same = await malmoi(['search', notes, '승인', '--glossary', glossary, ...lexical]);
    assert.match(same.err, /'결재'\(으\)로도 찾음/);
    assert.match(same.err, /line 2/);
    assert.match(same.out, /휴가\.md/);
    const none = await malmoi(['search', notes, '승인', '--glossary', `${glossary}.none`, ...lexical]);
    assert.equal(none.code, 2);
  });

  it('tells the status of every file', async () => {
    const { out } = await malmoi(['status', notes, '--json', ...store]);
    const status = JSON.parse(out) as {
      counts: Record<string, number>;
      model: { name: string };
      passages: number;
      bytes: number;
      files: { path: string; state: string; reason: string | null; passages: number }[];
    };
    assert.deepEqual(status.counts, { indexed: 3, skipped: 0, failed: 0, waiting: 0 });
    assert.equal(status.model.name, 'malmoi-ko-mini');
    assert.ok(status.bytes > 0 && status.passages === 3);
    assert.deepEqual(
      status.files.find(file => file.path === '빈.txt'),
      {
        path: '빈.txt',
        state: 'indexed',
        reason: 'empty',
        passages: 1,
      },
    );
  });

  it('encodes texts, one line each, in order', async () => {
    const input = ['연차 휴가', '쿠버네티스'].map(text => JSON.stringify({ text })).join('\n');
    const { code, out } = await malmoi(['encode', '--kind', 'query'], input);
    assert.equal(code, 0);
    const rows = out
      .trim()
      .split('\n')
      .map(line => (JSON.parse(line) as { tokens: Record<string, number> }).tokens);
    assert.equal(rows.length, 2);
    assert.ok(rows[0]!['연차']! > 0 && rows[1]!['kubernetes']! > 0);
    assert.equal(
      Object.keys(rows[0]!).some(token => token.startsWith('<')),
      false,
    );
  });

  it('evaluates a BEIR folder', async () => {
    const set = path.join(work, 'set');
    await mkdir(set);
    const rows = (list: object[]): string => list.map(row => JSON.stringify(row)).join('\n');
    await writeFile(
      path.join(set, 'corpus.jsonl'),
      rows([
        { id: 'd1', title: '휴가', text: '연차는 3일 전에 신청한다.' },
        { id: 'd2', title: '', text: '서버가 멈추면 다시 켠다.' },
        { id: 'd3', text: '김치찌개에는 신 김치를 쓴다.' },
      ]),
    );
    await writeFile(
      path.join(set, 'queries.jsonl'),
      rows([
        { id: 'q1', text: '연차 신청' },
        { id: 'q2', text: '요리법' },
      ]),
    );
    await writeFile(path.join(set, 'qrels.tsv'), 'query-id\tcorpus-id\tscore\nq1\td1\t1\nq2\td3\t1\n');
    const { code, out, err } = await malmoi(['eval', set, '--json', ...store]);
    assert.equal(code, 0, err);
    const result = JSON.parse(out) as Record<string, number>;
    assert.deepEqual([result['documents'], result['queries'], result['passages']], [3, 2, 3]);
    for (const metric of ['ndcg@1', 'ndcg@3', 'ndcg@5', 'ndcg@10', 'recall@10', 'recall@100'])
      assert.ok(result[metric]! > 0 && result[metric]! <= 1, metric);
  });

  it('makes a set of what was said of hits, which eval measures', async () => {
    const out = path.join(work, '평가 set');
    const none = await malmoi(['feedback', 'export', notes, out, ...store]);
    assert.equal(none.code, 1);
    const [hit] = JSON.parse(
      (await malmoi(['search', notes, '휴가 결재', '--json', ...store])).out,
    ) as JsonHit[];
    const book = new RelevanceFeedback(path.join(work, 'store'), ENVIRONMENT.MALMOI_FEEDBACK);
    const said = { folder: notes, file: hit!.file, headings: hit!.heading.split(' > '), text: hit!.text };
    await book.judge({ ...said, query: '쉬려면 언제 말하나\t"', verdict: 'relevant' }, 1);
    await book.judge({ ...said, query: '날씨', verdict: 'notRelevant' }, 2);
    const status = JSON.parse((await malmoi(['status', notes, '--json', ...store])).out) as {
      feedback: number;
    };
    assert.equal(status.feedback, 2);
    const exported = await malmoi(['feedback', 'export', notes, out, '--json', ...store]);
    assert.deepEqual(JSON.parse(exported.out), { documents: 2, queries: 1, judgements: 1 }, exported.err);
    const measured = await malmoi(['eval', out, '--json', ...store]);
    assert.equal(measured.code, 0, measured.err);
    const result = JSON.parse(measured.out) as Record<string, number>;
    assert.deepEqual([result['documents'], result['queries'], result['recall@10']], [2, 1, 1]);
    assert.equal((await malmoi(['feedback', 'export', notes, out, ...store])).code, 2);
    const cleared = await malmoi(['feedback', 'clear', notes, '--json', ...store]);
    assert.deepEqual(JSON.parse(cleared.out), { cleared: 2 });
    assert.deepEqual(new Set(await readdir(notes)), new Set(['빈.txt', '장애.md', '휴가.md']));
  });

  it('answers wrong use with exit code 2 and usage', async () => {
    for (const args of [
      ['nonsense'],
      ['search', notes],
      ['search', notes, 'q', '-k', '0'],
      ['index', '--what'],
      ['eval', '/nowhere'],
    ]) {
      const { code, out, err } = await malmoi([...args, ...store]);
      assert.deepEqual([code, out], [2, ''], args.join(' '));
      assert.notEqual(err, '');
    }
    assert.equal((await malmoi(['help'])).code, 0);
    assert.equal((await malmoi(['encode'], 'no json')).code, 2);
  });

  it('survives hostile files: each is in the ledger, nothing else is lost', async () => {
    const bad = path.join(work, '나쁜 글 🙂');
    await mkdir(bad);
    await cp(path.join(notes, '휴가.md'), path.join(bad, '휴가.md'));
    await writeFile(
      path.join(bad, 'binary.md'),
      Buffer.from(Array.from({ length: 5_000 }, (_, i) => (i * 37) % 256)),
    );
    await writeFile(
      path.join(bad, 'broken.md'),
      Buffer.concat([Buffer.from('휴가 규정 '.repeat(40)), Buffer.of(0xff, 0xfe)]),
    );
    await writeFile(
      path.join(bad, '<img src=x onerror=alert(1)>.md'),
      '<script>alert("휴가")</script>\n\n[휴가](command:evil)',
    );
    await writeFile(path.join(bad, '.[]()*`&'.concat('.md')), '# ](x) `휴가`\n\n휴가 | 표 | |-');
    await writeFile(path.join(bad, 'deep.md'), `${'> '.repeat(3_000)}휴가`);
    await writeFile(path.join(bad, 'long-line.txt'), '휴가'.repeat(200_000));
    await writeFile(path.join(bad, 'large.txt'), '');
    await truncate(path.join(bad, 'large.txt'), 50 * 1024 * 1024);
    const { code, err } = await malmoi(['index', bad, '--json', ...store]);
    assert.equal(code, 0, err);
    const status = JSON.parse((await malmoi(['status', bad, '--json', ...store])).out) as {
      files: { path: string; state: string; reason: string | null }[];
    };
    const states = Object.fromEntries(status.files.map(file => [file.path, file.reason ?? file.state]));
    assert.equal(states['휴가.md'], 'indexed');
    assert.equal(states['binary.md'], 'binary');
    assert.equal(states['broken.md'], 'partlyUnreadable');
    assert.equal(states['large.txt'], 'tooLarge');
    assert.equal(states['<img src=x onerror=alert(1)>.md'], 'indexed');
    assert.equal(Object.keys(states).length, 8);
    const { out } = await malmoi(['search', bad, '직원의 결재', '--json', '-k', '50', ...store]);
    assert.ok((JSON.parse(out) as JsonHit[]).some(hit => hit.file === '휴가.md'));
  }).timeout(240_000);

  it('verifies an index, also while another process has it open', async () => {
    const watching = spawn(process.execPath, [CLI, 'index', notes, '--watch', ...store], {
      env: ENVIRONMENT,
    });
    try {
      await new Promise<void>(resolve => {
        watching.stderr.on('data', (chunk: Buffer) => chunk.includes('Ctrl+C') && resolve());
      });
      const { code, out } = await malmoi(['verify', notes, '--json', ...store]);
      assert.equal(code, 0);
      const { indexes } = JSON.parse(out) as { indexes: Record<string, unknown>[] };
      assert.equal(indexes.length, 1);
      const { files, passages, damage } = indexes[0]!;
      assert.deepEqual([files, passages, damage], [3, 3, []]);
    } finally {
      watching.kill('SIGINT');
      await new Promise(resolve => watching.once('close', resolve));
    }
    const never = path.join(work, 'never');
    await mkdir(never);
    assert.equal((await malmoi(['verify', never, ...store])).code, 2);
    assert.equal((await malmoi(['verify', path.join(work, 'nowhere'), ...store])).code, 2);
  });

  it('finds a damaged index, repairs it and says so', async () => {
    const folder = path.join(work, 'store');
    const [own] = (await readdir(folder)).filter(name => name.startsWith('내_글'));
    const [fingerprint] = (await readdir(path.join(folder, own!))).filter(name => !name.endsWith('.whole'));
    const blobs = path.join(folder, own!, fingerprint!);
    const log = path.join(
      blobs,
      (await readdir(blobs)).find(name => name.startsWith('log'))!,
    );
    const bytes = await readFile(log);
    bytes[100]! ^= 0xff;
    await writeFile(log, bytes);
    const before = await readdir(blobs);
    const verified = await malmoi(['verify', notes, ...store]);
    assert.equal(verified.code, 1, verified.err);
    assert.match(verified.out, /log-.*damaged/);
    assert.deepEqual(await readdir(blobs), before);
    assert.deepEqual(await readFile(log), bytes);
    const { code, err } = await malmoi(['index', notes, ...store]);
    assert.equal(code, 0);
    assert.match(err, /damaged/);
    const hits = JSON.parse((await malmoi(['search', notes, '휴가', '--json', ...store])).out) as JsonHit[];
    assert.equal(hits[0]!.file, '휴가.md');
    assert.equal((await malmoi(['verify', notes, ...store])).code, 0);
  });

  it('says what is wrong with a damaged model, and still finds literally', async () => {
    const model = path.join(work, 'model');
    await cp(path.join(ROOT, 'media/model'), model, { recursive: true });
    await truncate(path.join(model, 'model.onnx'), 1_000);
    const args = [...store, '--model', model];
    assert.equal((await malmoi(['index', notes, ...args])).code, 0);
    const { out, err } = await malmoi(['search', notes, '결재', '--json', ...args]);
    assert.equal((JSON.parse(out) as JsonHit[])[0]!.file, '휴가.md');
    assert.match(err, /modelDamaged|model\.onnx/);
    assert.equal((await malmoi(['encode', '--model', model], '{"text":"a"}')).code, 2);
  });
});
