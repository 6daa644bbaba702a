import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { BatteryWatch, drawsFromBattery, isOnBattery } from '../../../src/workspace/indexing/battery.ts';

describe('isOnBattery', () => {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'malmoi-power-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const supply = async (name: string, files: Readonly<Record<string, string>>): Promise<void> => {
    await mkdir(path.join(folder, name));
    for (const [file, text] of Object.entries(files))
      await writeFile(path.join(folder, name, file), `${text}\n`);
  };

  it('knows nothing where there is no battery', async () => {
    assert.equal(await isOnBattery('linux', path.join(folder, 'none')), null);
    await supply('AC', { type: 'Mains', online: '0' });
    assert.equal(await isOnBattery('linux', folder), null);
    assert.equal(await isOnBattery('win32', folder), null);
  });

  it('is true while a battery runs down', async () => {
    await supply('AC', { type: 'Mains', online: '0' });
    await supply('BAT0', { type: 'Battery', status: 'Not charging' });
    await supply('BAT1', { type: 'Battery', status: 'Discharging' });
    assert.equal(await isOnBattery('linux', folder), true);
  });

  it('is false while it is plugged in, also where the battery runs down for a weak charger', async () => {
    await supply('BAT0', { type: 'Battery', status: 'Discharging' });
    await supply('ucsi', { type: 'USB', online: '1' });
    assert.equal(await isOnBattery('linux', folder), false);
  });

  it('takes no mouse’s battery for the machine’s', async () => {
    await supply('hid', { type: 'Battery', scope: 'Device', status: 'Discharging' });
    assert.equal(await isOnBattery('linux', folder), null);
  });

  it('reads what pmset says', () => {
    assert.equal(drawsFromBattery("Now drawing from 'Battery Power'\n -InternalBattery-0\t81%"), true);
    assert.equal(drawsFromBattery("Now drawing from 'AC Power'"), false);
    assert.equal(drawsFromBattery(''), null);
  });
});

describe('BatteryWatch', () => {
  it('tells only of changes, and counts as plugged in when it stops', async () => {
    const told: boolean[] = [];
    let looked: (now: boolean | null) => void = () => undefined;
    const watch = new BatteryWatch(
      now => told.push(now),
      () => new Promise(resolve => (looked = resolve)),
    );
    watch.stop();
    watch.start();
    watch.start();
    looked(true);
    await new Promise(setImmediate);
    assert.deepEqual(told, [true]);
    watch.stop();
    assert.deepEqual(told, [true, false]);
    // A look that was under way when it stopped says nothing any more.
    watch.start();
    watch.stop();
    looked(true);
    await new Promise(setImmediate);
    assert.deepEqual(told, [true, false]);
  });
});
