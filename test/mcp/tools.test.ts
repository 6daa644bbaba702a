/** Every tool and the resources, by the official SDK's client on the built command line. Needs a build. */
import assert from 'node:assert/strict';
import { symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { ExplainFields } from '../../src/mcp/answers/explainAnswer.ts';
import type { OutlineFields } from '../../src/mcp/answers/outlineAnswer.ts';
import type { PassagesFields } from '../../src/mcp/answers/passagesAnswer.ts';
import type { HitsFields } from '../../src/mcp/answers/searchAnswer.ts';
import { estimateTokens } from '../../src/mcp/answers/tokens.ts';
import type { StatusFields } from '../../src/mcp/answers/statusAnswer.ts';
import { Agent, Notes } from './agents.ts';

const long = (topic: string): string =>
  Array.from(
    { length: 12 },
    (_, i) =>
      `## ${i + 1}장\n\n${`${topic}에 관한 ${i + 1}번째 이야기입니다. 담당자는 절차를 지켜 문서를 남기고 결과를 나눕니다. `.repeat(6)}\n`,
  ).join('\n');

const FILES = {
  '규정/휴가.md': '# 취업규칙\n\n## 휴가\n\n직원은 휴가를 쓰기 3일 전에 결재를 받는다.\n',
  '규정/연차 안내.md': '# 연차 안내\n\n연차 휴가를 신청하려면 부서장의 결재가 필요하다.\n',
  '장애.md': '# 장애 보고\n\n쿠버네티스 노드가 멈춰 서비스가 끊겼다.\n',
  '긴 글.md': `# 출장 지침\n\n${long('출장')}`,
  '빈.txt': '',
};

describe('malmoi mcp', function () {
  this.timeout(60_000);
  let notes: Notes;
  let agent: Agent;
  before(async () => {
    notes = await Notes.create(FILES);
    await writeFile(notes.outside('비밀.md'), '휴가 비밀번호는 호랑이다.\n');
    await symlink(notes.outside('비밀.md'), path.join(notes.folder, '링크.md'));
    agent = await Agent.start([notes.folder], notes.store);
    await agent.indexed();
  });
  after(async () => {
    await agent.close();
    await notes.remove();
  });

  it('says what its tools are for, in both languages, and that they change nothing', async () => {
    const { tools } = await agent.client.listTools();
    assert.deepEqual(
      tools.map(({ name }) => name),
      ['search', 'read_passage', 'outline', 'related', 'explain', 'status'],
    );
    for (const { annotations, description, outputSchema, inputSchema } of tools) {
      assert.equal(annotations?.readOnlyHint, true);
      assert.equal(annotations.openWorldHint, false);
      assert.match(description!, /[가-힣]/);
      assert.match(description!, /[a-z]{4}/);
      assert.equal(outputSchema?.type, 'object');
      assert.equal(inputSchema.type, 'object');
    }
    assert.match(tools[0]!.description!, /grep/);
    assert.match(agent.client.getInstructions()!, /search/);
  });

  it('finds by meaning, and says which words matched and where', async () => {
    const { text, fields } = await agent.search('k8s 서버가 죽었다');
    const [hit] = fields.hits;
    assert.equal(hit!.file, '장애.md');
    assert.equal(hit!.folder, '노트');
    assert.deepEqual(hit!.place, { kind: 'line', line: 3, endLine: 3 });
    assert.deepEqual(hit!.headings, ['장애 보고']);
    const word = hit!.words.find(({ kind }) => kind === 'rewritten')!;
    assert.equal(word.word, 'k8s');
    assert.deepEqual(word.seen, ['쿠버네티스']);
    for (const part of [hit!.id, '3행', '장애 보고', '다른 꼴', hit!.quote])
      assert.ok(text.includes(part), part);
    assert.equal(fields.indexing, null);
  });

  it('filters', async () => {
    const files = async (filters: object, query = '결재'): Promise<string[]> =>
      (await agent.search(query, { filters })).fields.hits.map(({ file }) => file).sort();
    assert.deepEqual(await files({}), ['규정/연차 안내.md', '규정/휴가.md']);
    assert.deepEqual(await files({ path: ['연차'] }), ['규정/연차 안내.md']);
    assert.deepEqual(await files({ ext: ['txt'] }), []);
    assert.deepEqual(await files({ after: '2000-01-01', folder: '노트' }), [
      '규정/연차 안내.md',
      '규정/휴가.md',
    ]);
    assert.deepEqual(await files({ before: '2000-01-01' }), []);
  });

  it('tells hits a page at a time, each of them once', async () => {
    const whole = (await agent.search('출장 절차', { limit: 50, tokenBudget: 40_000 })).fields;
    assert.ok(whole.hits.length > 4);
    const paged: string[] = [];
    let cursor: string | undefined;
    for (;;) {
      const { fields } = await agent.search('출장 절차', {
        limit: 3,
        ...(cursor === undefined ? {} : { cursor }),
      });
      assert.ok(fields.hits.length <= 3);
      paged.push(...fields.hits.map(({ id }) => id));
      if (fields.cursor === null) break;
      ({ cursor } = fields);
    }
    assert.deepEqual(
      paged,
      whole.hits.map(({ id }) => id),
    );
  });

  it('keeps to the budget, and goes on where it stopped', async () => {
    const { fields, text } = await agent.search('출장 절차', { limit: 50, tokenBudget: 600 });
    assert.ok(fields.hits.length < 4);
    assert.ok(estimateTokens(text) <= 600);
    assert.ok(estimateTokens(JSON.stringify(fields)) <= 600);
    assert.ok(fields.cursor !== null);
    const next = await agent.search('출장 절차', { limit: 50, tokenBudget: 600, cursor: fields.cursor });
    assert.notEqual(next.fields.hits[0]!.id, fields.hits[0]!.id);
  });

  it('reads a passage by its id and by its place, with its neighbours', async () => {
    const { fields } = await agent.search('출장 5번째 이야기', { limit: 1 });
    const { id } = fields.hits[0]!;
    const { fields: alone } = await agent.call<PassagesFields>('read_passage', { id, neighbours: 0 });
    assert.deepEqual([alone.passages.length, alone.passages[0]!.id, alone.hasChanged], [1, id, false]);
    const { fields: around } = await agent.call<PassagesFields>('read_passage', { id, neighbours: 2 });
    assert.equal(around.passages.length, 5);
    assert.equal(around.passages[2]!.id, id);
    assert.equal(around.passages[2]!.isWanted, true);
    assert.equal(alone.previous, around.passages[1]!.id);
    const { line } = alone.passages[0]!.place;
    const named = { file: `노트/${alone.file}`, line, neighbours: 0 };
    assert.equal((await agent.call<PassagesFields>('read_passage', named)).fields.passages[0]!.id, id);
    const absolute = { ...named, file: path.join(notes.folder, alone.file) };
    assert.equal((await agent.call<PassagesFields>('read_passage', absolute)).fields.passages[0]!.id, id);
  });

  it('outlines a document', async () => {
    const { fields, text } = await agent.call<OutlineFields>('outline', { file: '긴 글.md' });
    assert.deepEqual(
      fields.entries.slice(0, 3).map(({ level, heading }) => [level, heading]),
      [
        [1, '출장 지침'],
        [2, '1장'],
        [2, '2장'],
      ],
    );
    assert.equal(fields.entries.length, 13);
    assert.equal(fields.entries[0]!.passages, fields.passages);
    assert.match(text, / {2}- 12장/);
    const { fields: read } = await agent.call<PassagesFields>('read_passage', { id: fields.entries[12]!.id });
    assert.match(read.passages.at(-1)!.quote, /12번째/);
  });

  it('finds what other documents say of the same', async () => {
    for (const args of [
      { file: '규정/휴가.md' },
      { id: (await agent.search('휴가 3일 전')).fields.hits[0]!.id },
    ]) {
      const { fields } = await agent.call<HitsFields>('related', args);
      assert.equal(fields.hits[0]!.file, '규정/연차 안내.md');
      assert.ok(fields.hits.every(({ file }) => file !== '규정/휴가.md'));
    }
  });

  it('explains why a file is a hit, and why another is not', async () => {
    const why = await agent.call<ExplainFields>('explain', { query: '휴가 결재', file: '규정/휴가.md' });
    assert.equal(why.fields.rank, 1);
    assert.ok(why.fields.best!.words.some(({ kind }) => kind === 'literal'));
    const query = '휴가 결재 ext:txt';
    const not = await agent.call<ExplainFields>('explain', { query, file: '규정/휴가.md' });
    assert.deepEqual(not.fields.hiddenBy, ['txt']);
    assert.match(not.text, /조건/);
    const empty = await agent.call<ExplainFields>('explain', { query: '휴가', file: '빈.txt' });
    assert.equal(empty.fields.stateReason, 'empty');
    assert.match(empty.text, /비어 있음/);
    await notes.write('그림.xyz', '휴가');
    const unread = await agent.call<ExplainFields>('explain', { query: '휴가', file: '그림.xyz' });
    assert.match(unread.text, /형식의 파일은 읽지 않습니다/);
    const unknown = await agent.call('explain', { query: '휴가', file: '없는 글.md' });
    assert.equal(unknown.isError, true);
  });

  it('tells its status', async () => {
    const { fields, text } = await agent.call<StatusFields>('status');
    assert.equal(fields.documents, 5);
    assert.deepEqual(
      fields.folders.map(({ label, indexed }) => [label, indexed]),
      [['노트', 5]],
    );
    assert.match(text, /문서 5/);
  });

  it('says in a result what is wrong with a call and what to do', async () => {
    const wrong: readonly (readonly [string, Record<string, unknown>, RegExp])[] = [
      ['search', { query: '  ' }, /query/],
      ['search', { query: '휴가', limit: 0 }, /limit/],
      ['search', { query: '휴가', filters: { after: '어제' } }, /2026-07-01/],
      ['search', { query: '휴가', filters: { folder: '없음' } }, /노트/],
      ['search', { query: '휴가', cursor: 'xyz' }, /cursor/],
      ['read_passage', {}, /id나 file/],
      ['read_passage', { id: '휴가' }, /search가 준 id/],
      ['read_passage', { file: '규정/휴가.md', page: 3 }, /outline/],
      ['read_passage', { file: '휴가.hwp' }, /search/],
      ['outline', { file: '연차' }, /규정\/연차 안내\.md/],
    ];
    for (const [tool, args, says] of wrong) {
      const { isError, text } = await agent.call(tool, args);
      assert.equal(isError, true, JSON.stringify(args));
      assert.match(text, says);
    }
  });

  it('lists and reads documents as resources', async () => {
    const { resources } = await agent.client.listResources();
    assert.equal(resources.length, 5);
    const { resourceTemplates } = await agent.client.listResourceTemplates();
    assert.equal(resourceTemplates[0]!.uriTemplate, 'malmoi://{folder}/{+path}');
    const { uri } = resources.find(({ name }) => name === '규정/휴가.md')!;
    const { contents } = await agent.client.readResource({ uri });
    assert.match((contents[0] as { text: string }).text, /결재를 받는다/);
  });

  it('reaches nothing outside of its folders', async () => {
    const outside = [
      '../비밀.md',
      '규정/../../비밀.md',
      notes.outside('비밀.md'),
      '링크.md',
      '/etc/passwd',
      '노트/../비밀.md',
    ];
    for (const file of outside)
      for (const tool of ['read_passage', 'outline', 'related']) {
        const { isError, text } = await agent.call(tool, { file });
        assert.equal(isError, true, file);
        assert.doesNotMatch(text, /호랑이|root:/);
      }
    const uris = outside.flatMap(file => [
      `malmoi://노트/${file}`,
      `malmoi://노트/${encodeURIComponent(file)}`,
      `malmoi://${encodeURIComponent(file)}`,
      `file://${file}`,
    ]);
    for (const uri of uris) await assert.rejects(agent.client.readResource({ uri }), uri);
    const hits = (await agent.search('비밀번호 호랑이', { includeWeak: true })).fields.hits;
    assert.ok(hits.every(({ quote }) => !quote.includes('호랑이')));
  });

  it('speaks English to whoever does not speak Korean', async () => {
    const english = await Agent.start([notes.folder], notes.store, { LC_ALL: 'C.UTF-8' });
    try {
      const { text } = await english.call('status');
      assert.match(text, /documents 5/);
      assert.match((await english.search(' ')).text, /The query is empty/);
    } finally {
      await english.close();
    }
  });

  it('says nothing of documents or queries on standard error', () => {
    assert.doesNotMatch(agent.said(), /휴가|출장|쿠버네티스/);
  });
});
