/**
 * The package files themselves, installed into a real VS Code by somebody with an empty home folder:
 * `npm run test:package`. `npm run test:offline` is the same with networking cut off.
 */
import assert from 'node:assert/strict';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { UNIVERSAL } from '../../../.ci/packages/targets.ts';
import { writeRealModel } from '../../fakes/realModel.ts';
import { copySampleNotes } from '../sampleNotes.ts';
import { openWorkbench, type Workbench } from '../ui/workbench.ts';
import { asVersion, packageOf, Person, thisPlatform, version } from './person.ts';

const QUERY = '연차는 며칠 전에 신청하나요';
const FOUND = '취업규칙-요약.md';
const OFFLINE = process.env['MALMOI_OFFLINE'] === '1';
const SHOT = OFFLINE ? 'offline' : 'installed';

/** What the editor shows after installing, picture by picture. */
async function firstLook(bench: Workbench, shot: string): Promise<void> {
  await bench.page.setViewportSize({ width: 1600, height: 900 });
  await bench.command('Welcome: Open Walkthrough...');
  await bench.input.fill('말모이');
  await bench.rows.filter({ hasText: '말모이 시작하기' }).first().click();
  const steps = bench.page.locator('.getting-started-step');
  await steps.first().waitFor();
  assert.equal(await steps.count(), 4);
  for (let i = 0; i < 4; i++) {
    await steps.nth(i).click();
    // The picture of the step is there, and is not the editor's sign for a broken one.
    await bench.page.waitForFunction(
      "document.querySelector('.getting-started-media img')?.naturalWidth > 100",
    );
    await bench.shot(`${shot}-walkthrough-${i + 1}`);
  }
}

/** What a person does first: waits for the documents, and asks. */
async function firstSearch(bench: Workbench, shot: string): Promise<void> {
  const status = bench.page.locator('.statusbar-item', { hasText: '말모이 12 문서' });
  try {
    await status.waitFor({ timeout: 120_000 });
    await bench.command('말모이: 검색');
    await bench.page.locator('.quick-input-title', { hasText: '말모이 —' }).waitFor();
    await bench.input.fill(QUERY);
    await bench.rows.filter({ hasText: FOUND }).first().waitFor();
  } finally {
    await bench.shot(shot);
  }
  await bench.page.keyboard.press('Escape');
  await bench.command('말모이: 패널을 편집기로 열기');
  const panel = bench.webview('last');
  await panel.locator('#query').fill(QUERY);
  await panel.locator('.hit .bar').first().waitFor();
  await bench.shot(`${shot}-panel`);
  assert.deepEqual(bench.errors(), []);
}

describe(`a package${OFFLINE ? ', without a network' : ''}`, function () {
  this.timeout(300_000);
  let person: Person;
  beforeEach(() => (person = new Person()));
  afterEach(() => person.leave());

  if (OFFLINE)
    it('has no network at all', async () => {
      const socket = net.connect(80, '192.0.2.1');
      const code = await new Promise(resolve => {
        socket.on('error', (error: NodeJS.ErrnoException) => resolve(error.code));
        socket.on('connect', () => resolve('connected'));
      });
      assert.equal(code, 'ENETUNREACH');
    });

  for (const [target, runtime] of [
    [thisPlatform(), /onnxruntime [\d.]+ \(native\)/],
    [UNIVERSAL, /onnxruntime [\d.]+ \(WebAssembly\)/],
  ] as const)
    it(`for ${target} is installed from its file and searches`, async () => {
      person.install(packageOf(target));
      const bench = await openWorkbench({ theme: 'light', language: 'ko' }, {}, {}, person.installed);
      try {
        if (target === UNIVERSAL) await firstLook(bench, SHOT);
        await firstSearch(bench, `${SHOT}-${target}`);
      } finally {
        await bench.close();
      }
      assert.match(person.malmoi('doctor'), runtime);
      assert.match(person.malmoi('--version'), new RegExp(`malmoi ${version.replaceAll('.', '\\.')} `));
    });

  it('of the command line is installed by itself, looks after itself, and searches', () => {
    const malmoi = person.installCommandLine();
    assert.match(fs.readFileSync(malmoi, 'utf8'), /^#!\/usr\/bin\/env node\n/);
    const notes = path.join(person.home, '내 노트');
    copySampleNotes(notes);
    assert.match(person.node(malmoi, '--version'), new RegExp(`malmoi ${version.replaceAll('.', '\\.')} `));
    assert.match(person.node(malmoi, 'help', 'search'), /malmoi search/);
    assert.match(person.node(malmoi, 'doctor', notes), /onnxruntime [\d.]+ \(native\)/);
    person.node(malmoi, 'index', notes);
    const hits = JSON.parse(person.node(malmoi, 'search', notes, QUERY, '--json')) as readonly {
      readonly file: string;
    }[];
    assert.equal(path.basename(hits[0]!.file), FOUND);
  });

  it('that is newer keeps index, models and marks', async () => {
    const notes = path.join(person.home, '내 노트');
    copySampleNotes(notes);
    const latest = packageOf(thisPlatform());
    const ask = (of: string, ...mark: readonly string[]): readonly unknown[] =>
      JSON.parse(
        person.node(
          path.join(import.meta.dirname, 'askEngine.ts'),
          person.programs,
          of,
          notes,
          QUERY,
          ...mark,
        ),
      ) as readonly unknown[];

    person.install(asVersion(latest, '0.0.9', person.home));
    assert.match(person.malmoi('--version'), /malmoi 0\.0\.9 /);
    const before = JSON.parse(person.malmoi('index', notes, '--json')) as {
      readonly tokensPerSecond: number;
    };
    assert.ok(before.tokensPerSecond > 0);
    await writeRealModel(path.join(person.home, 'own-model'), 'own-model', 10);
    person.malmoi('model', 'import', path.join(person.home, 'own-model'));
    ask('0.0.9', 'mark');

    person.install(latest);
    assert.match(person.malmoi('--version'), new RegExp(`malmoi ${version.replaceAll('.', '\\.')} `));
    const [first] = ask(version) as readonly { readonly file: string; readonly verdict: string | null }[];
    assert.deepEqual([path.basename(first!.file), first!.verdict], [FOUND, 'relevant']);
    const after = JSON.parse(person.malmoi('index', notes, '--json')) as {
      readonly documents: number;
      readonly tokensPerSecond: number;
    };
    assert.deepEqual([after.documents, after.tokensPerSecond], [12, 0], 'nothing was encoded again');
    assert.match(person.malmoi('model', 'list'), /own-model/);
  });
});
