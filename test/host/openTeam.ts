/**
 * `npm run team:try`: starts an OpenSearch of its own, pushes the sample notes to it by the built command line, and opens
 * a window whose own folder has one note, so that nearly all that is found is the team's. Until Ctrl+C, after which
 * nothing is left of it. With `--search=QUERY` no window is opened: the command line searches, and that is all.
 */
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { missingJava } from '../team/server/artifacts.ts';
import { OpenSearchNode } from '../team/server/openSearch.ts';
import { repository } from './paths.ts';
import { copySampleNotes } from './sampleNotes.ts';

const PREFIX = '--search=';

const query = process.argv.find(argument => argument.startsWith(PREFIX))?.slice(PREFIX.length);
const missing = await missingJava();
if (missing !== null) {
  console.error(`Java 17 이상이 필요합니다. / Java 17 or later is needed (${missing}).`);
  process.exit(1);
}
const work = fs.mkdtempSync(path.join(os.tmpdir(), 'malmoi-team-try-'));
const stopped = new AbortController();
let node: OpenSearchNode | null = null;

/** Ends the server and removes everything that was written. */
async function cleanUp(): Promise<void> {
  await node?.stop();
  fs.rmSync(work, { recursive: true, force: true });
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopped.abort());

/** Runs the built command line; rejects where it fails. */
function cli(...args: readonly string[]): Promise<void> {
  const command = [path.join(repository, 'dist/cli.js'), ...args, '--store', path.join(work, 'store')];
  const env = { ...process.env, MALMOI_TEAMS: path.join(work, 'teams.json') };
  const child = spawn(process.execPath, command, { env, stdio: 'inherit', signal: stopped.signal });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', code => (code === 0 ? resolve() : reject(new Error(`malmoi ${args[0]}: ${code}`))));
  });
}

async function arrange(): Promise<string> {
  console.error('OpenSearch를 시작합니다 … / Starting OpenSearch …');
  node = await OpenSearchNode.start({ home: path.join(work, 'server') });
  const notes = path.join(work, '팀 노트');
  copySampleNotes(notes);
  await cli('team', 'add', 'team', node.url);
  await cli('team', 'push', notes, '--to', 'team', '--source', 'notes');
  const mine = path.join(work, '내 폴더');
  fs.mkdirSync(mine);
  const text = '# 내 메모\n\n팀 문서와 함께 찾아봅니다: 휴가 신청, 서버 장애.\n';
  fs.writeFileSync(path.join(mine, '내 메모.md'), text);
  return mine;
}

/** Resolves with Ctrl+C. */
async function openWindow(mine: string): Promise<void> {
  const servers = JSON.stringify([{ name: 'team', url: node!.url }]);
  process.env['MALMOI_TRY_TEAM'] = servers;
  process.argv[2] = process.argv.slice(2).find(argument => !argument.startsWith('--')) ?? mine;
  // The window may be a program of its own, which reads no environment of ours: it is told what to write.
  console.error(`설정 malmoi.team.servers / setting malmoi.team.servers:\n  ${servers}\n`);
  const { closed } = await import('./open.ts');
  if (!stopped.signal.aborted)
    await new Promise(resolve => stopped.signal.addEventListener('abort', resolve, { once: true }));
  await closed?.();
}

try {
  const mine = await arrange();
  if (query === undefined) await openWindow(mine);
  else {
    await cli('index', mine);
    await cli('search', mine, query, '--json');
  }
} catch (error) {
  if (!stopped.signal.aborted) {
    console.error(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  }
} finally {
  await cleanUp();
}
process.exit();
