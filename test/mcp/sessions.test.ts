/** Several agents, agents that change their mind, and agents that come too early. Needs a build. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { PassagesFields } from '../../src/mcp/answers/passagesAnswer.ts';
import { Agent, CLI, ENVIRONMENT, Notes } from './agents.ts';

const sentences = [
  '예산을 다시 짠다',
  '회의록을 남긴다',
  '서버를 점검한다',
  '계약을 갱신한다',
  '교육을 마친다',
];
const text = (i: number): string =>
  `# 보고 ${i}\n\n${Array.from({ length: 8 }, (_, k) => `${i}번 부서는 ${k}월에 ${sentences[(i + k) % 5]!}. 담당자가 결과를 적는다.`).join(' ')}\n`;
const many = (count: number): Record<string, string> =>
  Object.fromEntries(Array.from({ length: count }, (_, i) => [`보고/보고-${i}.md`, text(i)]));

describe('agents and malmoi mcp', function () {
  this.timeout(120_000);
  const agents: Agent[] = [];
  const all: Notes[] = [];
  const notesWith = async (files: Record<string, string>): Promise<Notes> => {
    const notes = await Notes.create(files);
    all.push(notes);
    return notes;
  };
  const start = async (notes: Notes): Promise<Agent> => {
    const agent = await Agent.start([notes.folder], notes.store);
    agents.push(agent);
    return agent;
  };
  afterEach(async () => {
    await Promise.all(agents.splice(0).map(agent => agent.close()));
    await Promise.all(all.splice(0).map(notes => notes.remove()));
  });

  it('answers two at once alike, and the second when the first has gone', async () => {
    const notes = await notesWith(many(20));
    const [one, other] = await Promise.all([start(notes), start(notes)]);
    await Promise.all([one.indexed(), other.indexed()]);
    const queries = ['예산 회의', '서버 점검', '계약', '교육 결과'];
    const asked = async (agent: Agent): Promise<unknown> =>
      Promise.all(queries.map(async query => (await agent.search(query)).fields.hits));
    const [first, second] = await Promise.all([asked(one), asked(other)]);
    assert.deepEqual(second, first);
    assert.ok((first as unknown[][]).every(hits => hits.length > 0));
    agents.splice(agents.indexOf(one), 1);
    await one.close();
    assert.deepEqual(await asked(other), first);
  });

  it('gives up a search that is cancelled on its way, and goes on with others', async () => {
    const notes = await notesWith(many(20));
    const agent = await start(notes);
    await agent.indexed();
    const controller = new AbortController();
    const steps: string[] = [];
    const onProgress = ({ message }: { message?: string | undefined }): void => {
      steps.push(message ?? '');
      controller.abort('enough');
    };
    await assert.rejects(agent.search('예산 회의록 서버', {}, { signal: controller.signal, onProgress }));
    assert.match(steps[0]!, /글자로/);
    assert.ok((await agent.search('예산 회의록 서버')).fields.hits.length > 0);
  });

  it('answers while its folder is indexed, and says so', async () => {
    const notes = await notesWith(many(60));
    const agent = await start(notes);
    const early = await agent.search('보고-59');
    assert.ok(early.fields.indexing !== null);
    // Sixty short files may have been read by now; their meaning takes longer.
    assert.match(early.text, /색인 중|뜻을 더하는 중/);
    let listed = early;
    while (listed.fields.indexing !== null && listed.fields.hits.length === 0)
      listed = await agent.search('보고-59');
    assert.match(listed.fields.hits[0]!.file, /보고-59/);
    await agent.indexed();
    const late = await agent.search('59번 부서');
    assert.equal(late.fields.indexing, null);
    assert.equal(late.fields.hits[0]!.file, '보고/보고-59.md');
  });

  it('finds what is written while it runs', async () => {
    const notes = await notesWith(many(3));
    const agent = await start(notes);
    await agent.indexed();
    await notes.write('새 글.md', '# 새 소식\n\n호랑이가 담배를 피운다.\n');
    for (;;) {
      const { hits } = (await agent.search('호랑이 담배')).fields;
      if (hits[0]?.file === '새 글.md' && !hits[0].isWaiting) break;
    }
    const { id } = (await agent.search('호랑이 담배')).fields.hits[0]!;
    await notes.write('새 글.md', '# 새 소식\n\n까치가 담배를 끊는다.\n');
    for (;;) {
      const { fields } = await agent.call<PassagesFields>('read_passage', { id });
      assert.equal(fields.hasChanged, !fields.passages[0]!.quote.includes('호랑이'));
      if (fields.hasChanged) break;
    }
  });

  it('ends when it is asked to, while its client is still there', async () => {
    const notes = await notesWith(many(1));
    const server = spawn(process.execPath, [CLI, 'mcp', notes.folder, '--store', notes.store], {
      env: ENVIRONMENT,
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const initialize = { jsonrpc: '2.0', id: 1, method: 'ping' };
    server.stdin.write(`${JSON.stringify(initialize)}\n`);
    await once(server.stdout, 'data');
    server.kill('SIGTERM');
    assert.deepEqual(await once(server, 'exit'), [0, null]);
  });

  it('ends when its client goes, and names a folder that is none', async () => {
    const notes = await notesWith(many(1));
    const agent = await start(notes);
    await agent.call('status');
    await agent.close();
    agents.length = 0;
    await assert.rejects(Agent.start([notes.outside('없음')], notes.store));
  });
});
