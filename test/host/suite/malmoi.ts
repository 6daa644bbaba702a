/** The running extension, as the tests reach it. */
import assert from 'node:assert/strict';
import fs from 'node:fs';
import * as vscode from 'vscode';
import type { MalmoiApi } from '../../../src/extension.ts';

type Window = NonNullable<MalmoiApi['window']>;

export async function malmoi(): Promise<Window & { readonly activation: number }> {
  const extension = vscode.extensions.getExtension<MalmoiApi>('malmoi.malmoi');
  if (extension === undefined) throw new Error('the extension is not there');
  const api = await extension.activate();
  if (api.window === undefined) throw new Error('not in test mode');
  return Object.assign(Object.create(api.window) as Window, { activation: api.activation });
}

/** The folder with the sample notes. */
export const notes = process.env['MALMOI_TEST_NOTES']!;

/** Polls until it answers something else than undefined, null or false. Waits for events, not for times. */
export async function until<T>(
  what: string,
  look: () => T | Promise<T>,
  limit = 60_000,
): Promise<NonNullable<Exclude<T, false>>> {
  const end = Date.now() + limit;
  for (;;) {
    const seen = await look();
    if (seen !== undefined && seen !== null && seen !== false) {
      return seen as NonNullable<Exclude<T, false>>;
    }
    if (Date.now() > end) throw new Error(`waited ${limit / 1000} s in vain: ${what}`);
    await new Promise(resolve => setTimeout(resolve, 50));
  }
}

export async function idle(): Promise<void> {
  const { status } = await malmoi();
  await until('the indexing to end', () => status.value?.activity === 'idle' && status.value.documents > 0);
}

/** The engine of this test's store: nothing else has that path among its arguments. */
export function enginePid(): number {
  const store = vscode.workspace.getConfiguration('malmoi').get<string>('storePath')!;
  const pids = fs
    .readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .filter(name => {
      try {
        const command = fs.readFileSync(`/proc/${name}/cmdline`, 'utf8');
        return command.includes('engine.js') && command.includes(store);
      } catch {
        return false;
      }
    });
  assert.equal(pids.length, 1, `engines: ${pids.join(', ')}`);
  return Number(pids[0]);
}
