/**
 * `npm run team:try`: starts an OpenSearch of its own, pushes the sample notes to it by the built command line, and opens
 * a window whose own folder is empty, so that all that is found is the team's. Until Ctrl+C.
 */
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { missingJava } from '../team/server/artifacts.ts';
import { OpenSearchNode } from '../team/server/openSearch.ts';
import { repository } from './paths.ts';
import { copySampleNotes } from './sampleNotes.ts';

const missing = await missingJava();
if (missing !== null) {
  console.error(`Java 17 이상이 필요합니다. / Java 17 or later is needed (${missing}).`);
  process.exit(1);
}
const work = fs.mkdtempSync(path.join(os.tmpdir(), 'malmoi-team-try-'));
console.error('OpenSearch를 시작합니다 … / Starting OpenSearch …');
const node = await OpenSearchNode.start();
const environment = { ...process.env, MALMOI_TEAMS: path.join(work, 'teams.json') };
const notes = path.join(work, '팀 노트');
copySampleNotes(notes);
const cli = (...args: readonly string[]): void => {
  const command = [
    path.join(repository, 'dist/cli.js'),
    'team',
    ...args,
    '--store',
    path.join(work, 'store'),
  ];
  execFileSync(process.execPath, command, { env: environment, stdio: 'inherit' });
};
cli('add', 'team', node.url);
cli('push', notes, '--to', 'team', '--source', 'notes');
process.env['MALMOI_TRY_TEAM'] = JSON.stringify([{ name: 'team', url: node.url }]);
const mine = path.join(work, '내 폴더');
fs.mkdirSync(mine);
fs.writeFileSync(
  path.join(mine, '내 메모.md'),
  '# 내 메모\n\n팀 문서와 함께 찾아봅니다: 휴가 신청, 서버 장애.\n',
);
process.argv[2] = process.argv[2] ?? mine;
// The window may be a program of its own, which reads no environment of ours: it is told what to write.
console.error(
  `설정 malmoi.team.servers / setting malmoi.team.servers:\n  ${process.env['MALMOI_TRY_TEAM']}\n`,
);
process.once('SIGINT', () => void node.stop());
await import('./open.ts');
