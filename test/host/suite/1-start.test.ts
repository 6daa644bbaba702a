import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { commands } from '../../../src/editor/commands.ts';
import { DECOMPOSED } from '../decomposed.ts';
import { idle, malmoi } from './malmoi.ts';

describe('start', () => {
  it('activates without waiting for a file or the engine', async () => {
    const { activation } = await malmoi();
    console.log(`      activate: ${activation.toFixed(1)} ms`);
    // The limit is 50 ms on an idle machine; a busy one may take longer, but nothing may wait in here.
    assert.ok(activation <= 250, `${activation} ms`);
  });

  it('registers every command of its table', async () => {
    await malmoi();
    const known = new Set(await vscode.commands.getCommands(true));
    for (const id of Object.values(commands)) assert.ok(known.has(id), id);
  });

  it('indexes the folder and says so in the status bar, in Korean', async () => {
    await idle();
    const { status, statusItem } = await malmoi();
    assert.equal(status.value?.documents, 12);
    assert.match(statusItem.text, /말모이 12 문서/);
  });

  it('accounts for every file, one in CP949 and one with a decomposed name among them', async () => {
    const { client } = await malmoi();
    const ledger = await client.ledger();
    const states = new Map(ledger.map(entry => [entry.path.normalize('NFC'), entry.state]));
    assert.equal(states.get('생활/전세-계약.txt'), 'indexed');
    assert.equal(states.get(DECOMPOSED), 'indexed');
    assert.deepEqual(
      ledger.filter(entry => entry.state !== 'indexed'),
      [],
    );
  });
});
