/** A team's documents in a real window, from a real OpenSearch: out/shots/team-*.png. */
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { missingJava } from '../../team/server/artifacts.ts';
import { OpenSearchNode } from '../../team/server/openSearch.ts';
import { repository } from '../paths.ts';
import { openWorkbench, type Workbench } from './workbench.ts';

const TEXT = '# 배포 절차\n\n쿠버네티스 배포는 매주 목요일 오후에 한다. 배포 전에 당번에게 알린다.\n';

describe('a window with a team’s server', function () {
  this.timeout(240_000);
  let node: OpenSearchNode | undefined;
  let bench: Workbench;
  let work: string;
  before(async function () {
    if ((await missingJava()) !== null && process.env['MALMOI_SERVER'] !== 'required') this.skip();
    node = await OpenSearchNode.start();
    work = fs.mkdtempSync(path.join(os.tmpdir(), 'malmoi-ui-team-'));
    fs.mkdirSync(path.join(work, 'wiki'));
    fs.writeFileSync(path.join(work, 'wiki', '배포.md'), TEXT);
    const team = (...args: readonly string[]): void => {
      const command = [
        path.join(repository, 'dist/cli.js'),
        'team',
        ...args,
        '--store',
        path.join(work, 'store'),
      ];
      const environment = { ...process.env, MALMOI_TEAMS: path.join(work, 'teams.json') };
      execFileSync(process.execPath, command, { env: environment, stdio: 'pipe' });
    };
    team('add', 'team', node.url);
    team('push', path.join(work, 'wiki'), '--to', 'team');
    const settings = { 'malmoi.team.servers': [{ name: 'team', url: node.url }] };
    bench = await openWorkbench({ theme: 'dark', language: 'ko' }, {}, settings);
    await bench.page.locator('.statusbar-item', { hasText: '말모이' }).waitFor({ timeout: 90_000 });
  });
  after(async () => {
    await bench?.close();
    await node?.stop();
    fs.rmSync(work, { recursive: true, force: true });
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed')
      await bench.shot(`failed-${this.currentTest.title.slice(0, 30)}`);
  });

  const search = async (query: string): Promise<void> => {
    await bench.command('말모이: 검색');
    await bench.page.locator('.quick-input-title', { hasText: '말모이 —' }).waitFor();
    await bench.input.fill(query);
  };

  it('finds the team’s documents among its own, says whose they are, and opens their text', async () => {
    await search('쿠버네티스 배포');
    const row = bench.rows.filter({ hasText: 'team: wiki' }).first();
    await row.waitFor();
    await bench.shot('team-search');
    await row.click();
    await bench.page.locator('.view-line', { hasText: '매주' }).first().waitFor();
    await bench.shot('team-document');
  });

  it('shows them in the panel, and says there when the server is away', async () => {
    await bench.command('말모이: 패널을 편집기로 열기');
    const panel = bench.webview('last');
    const box = panel.locator('input, textarea').first();
    await box.waitFor();
    await box.fill('쿠버네티스 배포');
    await panel.locator('.path', { hasText: 'team: wiki' }).first().waitFor();
    await bench.shot('team-panel');
    await node!.kill();
    await box.fill('쿠버네티스 배포는');
    await panel.getByText('연결할 수 없어').first().waitFor({ timeout: 30_000 });
    await bench.shot('team-away');
  });
});
