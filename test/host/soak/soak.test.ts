/**
 * Hours of work in minutes: edits, renames, deletions, switches of branches, searches, changes of the model and deaths
 * of the engine, one after the other, in the extension host. Prints how memory and open files go; then nothing may be
 * lost, and the index must answer like a fresh one.
 */
import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { enginePid, idle, malmoi, notes, until } from '../suite/malmoi.ts';
import { Meter } from './meter.ts';
import { Notebook, randomOf } from './notebook.ts';

const MINUTES = Number(process.env['MALMOI_SOAK_MINUTES'] ?? 30);
const SEED = Number(process.env['MALMOI_SEED'] ?? 1);
/**
 * Megabytes a minute, of the second half of a run of at least `LEAST` minutes: more is a leak. In ten minutes some six
 * engines die and a second model is opened as often, with 20 files and 150 MB, so which of them was read last decides.
 */
const SLOPE = { engine: 3, host: 1 };
const LEAST = 25;
const ROOT = process.env['MALMOI_REPOSITORY']!;

type Step = readonly [weight: number, name: string, work: () => Promise<void>];

describe(`${MINUTES} minutes of work`, function () {
  this.timeout((MINUTES + 14) * 60_000);
  const random = randomOf(SEED);
  const notebook = new Notebook(path.join(notes, '오래'), random);
  const counts = new Map<string, number>();
  const meter = new Meter();
  let second: string | null = null;

  before(idle);

  async function search(): Promise<void> {
    const { client, folders } = await malmoi();
    const note = notebook.any();
    const query = note === null || random() < 0.3 ? '연차 신청' : note.word;
    const channel = random() < 0.5 ? 'hybrid' : 'lexical';
    await client.search({ folders: folders.paths, query, limit: 20, channel });
  }

  async function kill(): Promise<void> {
    const { client } = await malmoi();
    await until('an engine to kill', () => client.connection.state === 'ready');
    process.kill(enginePid(), 'SIGKILL');
    await until('the loss to be noticed', () => client.connection.state !== 'ready');
    await until('the next engine', () => client.connection.state === 'ready');
    meter.newEngine();
  }

  /** To a second model and back: the embedded one with another prompt. */
  async function changeModel(): Promise<void> {
    const { client, status } = await malmoi();
    if (status.value?.switching) return;
    // An earlier run may have left it there.
    const known = (await client.listModels()).models.find(model => model.name === 'soak');
    second ??= known?.name ?? null;
    second ??= (await client.importModel({ path: copyOfModel(), quantisation: 'auto' })).name;
    const { models } = await client.listModels();
    const next = models.find(model => !model.selected);
    if (next !== undefined) await client.useModel(next.name);
  }

  const steps: readonly Step[] = [
    [30, 'edit', () => Promise.resolve(notebook.edit())],
    [12, 'create', () => Promise.resolve(notebook.create())],
    [10, 'rename', () => Promise.resolve(notebook.rename())],
    [8, 'delete', () => Promise.resolve(notebook.delete())],
    [2, 'branch', () => Promise.resolve(notebook.switchBranch())],
    [40, 'search', search],
    [0.4, 'kill', kill],
    [0.2, 'model', changeModel],
  ];
  const total = steps.reduce((sum, [weight]) => sum + weight, 0);

  it('goes on', async () => {
    const end = Date.now() + MINUTES * 60_000;
    for (let i = 0; i < 60; i++) notebook.create();
    let killed = 0;
    while (Date.now() < end) {
      let at = random() * total;
      const [, name, work] = steps.find(([weight]) => (at -= weight) < 0) ?? steps[0]!;
      // An engine that dies four times in two minutes is given up, as it should be.
      if (name === 'kill' && Date.now() - killed < 60_000) continue;
      if (name === 'kill') killed = Date.now();
      await work();
      counts.set(name, (counts.get(name) ?? 0) + 1);
      await new Promise(resolve => setTimeout(resolve, 20 + random() * 120));
      meter.read(enginePidOrNull());
    }
    console.log(`soak: ${[...counts].map(([name, count]) => `${count} × ${name}`).join(', ')}`);
  });

  it('has lost nothing', async () => {
    const { client, status } = await malmoi();
    await until('the model to be changed', () => !status.value?.switching, 600_000);
    let left = '';
    await until(
      'the index',
      async () => {
        left = await differences();
        return status.value?.activity === 'idle' && left === '';
      },
      300_000,
    ).catch((error: unknown) => {
      throw new Error(`${String(error)}; ${status.value?.activity}: ${left}`);
    });
    assert.deepEqual([...(await ownLedger()).keys()].sort(), [...notebook.names].sort());
    for (const { name, word } of notebook.notes) assert.deepEqual(await filesWith(word), [name], word);
    for (const word of notebook.gone.slice(-200)) assert.deepEqual(await filesWith(word), [], word);
    assert.equal(client.connection.state, 'ready');
  });

  it('answers like a fresh index', async () => {
    const before = await answers();
    const { client, status } = await malmoi();
    await client.rebuild();
    await until('the fresh index to begin', () => status.value?.activity !== 'idle', 30_000);
    await until(
      'the fresh index',
      () => status.value?.activity === 'idle' && status.value.documents > 0,
      600_000,
    );
    assert.deepEqual(await answers(), before);
  });

  it('keeps its memory and its files flat', () => {
    const { engine, host, files } = meter.slopes();
    console.log(`soak: ${meter.report()}`);
    // A short run is all warming up.
    if (MINUTES < LEAST) return;
    assert.ok(files < 1, `open files grow: ${files.toFixed(2)} a minute`);
    assert.ok(engine < SLOPE.engine, `the engine grows: ${engine.toFixed(2)} MB a minute`);
    assert.ok(host < SLOPE.host, `the extension host grows: ${host.toFixed(2)} MB a minute`);
  });

  /** What the ledger says otherwise than the notebook: '' where nothing. */
  async function differences(): Promise<string> {
    const known = await ownLedger();
    const names = new Set(notebook.names);
    const lost = notebook.names.filter(name => !known.has(name)).map(name => `-${name}`);
    const more = [...known].flatMap(([name, state]) => {
      if (!names.has(name)) return [`+${name}`];
      return state === 'indexed' ? [] : [`${name}: ${state}`];
    });
    return [...lost, ...more].slice(0, 20).join(', ');
  }

  async function ownLedger(): Promise<ReadonlyMap<string, string>> {
    const { client } = await malmoi();
    const rows = (await client.ledger()).filter(row => row.path.startsWith('오래/'));
    return new Map(rows.map(row => [row.path, row.state]));
  }

  async function filesWith(word: string): Promise<readonly string[]> {
    const { client, folders } = await malmoi();
    const asked = { folders: folders.paths, query: `"${word}"`, limit: 50, channel: 'lexical' } as const;
    return [...new Set((await client.search(asked)).hits.map(hit => hit.file))];
  }

  /** Files and scores, to three digits, of a few questions. */
  async function answers(): Promise<readonly unknown[]> {
    const { client, folders } = await malmoi();
    const found: unknown[] = [];
    for (const { text } of notebook.notes.slice(0, 40)) {
      const asked = {
        folders: folders.paths,
        query: text.slice(0, 40),
        limit: 5,
        channel: 'hybrid',
      } as const;
      const { hits } = await client.search(asked);
      found.push(hits.map(({ file, score }) => `${file} ${score.toFixed(3)}`).sort());
    }
    return found;
  }
});

function enginePidOrNull(): number | null {
  try {
    return enginePid();
  } catch {
    return null;
  }
}

/** The embedded model, whose manifest puts another prompt before a passage: another fingerprint. */
function copyOfModel(): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'malmoi-soak-model-'));
  fs.cpSync(path.join(ROOT, 'media/model'), folder, { recursive: true });
  const file = path.join(folder, 'malmoi-model.json');
  const manifest = JSON.parse(fs.readFileSync(file, 'utf8')) as {
    name: string;
    prompts: { passage: string };
  };
  fs.writeFileSync(
    file,
    JSON.stringify({ ...manifest, name: 'soak', prompts: { ...manifest.prompts, passage: '글: ' } }),
  );
  return folder;
}
