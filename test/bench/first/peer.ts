/** One peer in a process of its own: `peer.ts NAME FOLDER` prints seconds, and megabytes at the most. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import MiniSearch from 'minisearch';
import { openDatabase } from '../index/nodeSqlite.ts';

const [name, folder] = process.argv.slice(2) as [string, string];

/** As much as our index counts at the least: Hangul in pairs of syllables, all else in words. */
function bigramsOf(text: string): string[] {
  const terms: string[] = [];
  for (const [run] of text.toLowerCase().matchAll(/[가-힣]+|[\p{L}\p{N}]+/gu)) {
    if (run < '가' || run > '힣' || run.length === 1) terms.push(run);
    else for (let i = 0; i + 1 < run.length; i++) terms.push(run.slice(i, i + 2));
  }
  return terms;
}

function* texts(): Generator<string> {
  for (const entry of fs.readdirSync(folder, { recursive: true, withFileTypes: true }))
    if (entry.isFile()) yield fs.readFileSync(path.join(entry.parentPath, entry.name), 'utf8');
}

async function fts5(): Promise<void> {
  const store = fs.mkdtempSync(path.join(os.tmpdir(), 'malmoi-fts5-'));
  try {
    const database = await openDatabase(path.join(store, 'index.sqlite'));
    // The texts stay in their files, as they are in Lucene's usual set-up: only the index is written.
    database.exec(`
      PRAGMA journal_mode = WAL;
      CREATE VIRTUAL TABLE words USING fts5(text, content = '', tokenize = 'unicode61');
      BEGIN`);
    const insert = database.prepare('INSERT INTO words (rowid, text) VALUES (?, ?)');
    let row = 0;
    for (const text of texts()) insert.run(++row, bigramsOf(text).join(' '));
    database.exec('COMMIT');
    database.close();
  } finally {
    fs.rmSync(store, { recursive: true });
  }
}

function minisearch(): void {
  const index = new MiniSearch<{ readonly id: number; readonly text: string }>({
    fields: ['text'],
    tokenize: bigramsOf,
    processTerm: term => term,
  });
  let id = 0;
  for (const text of texts()) index.add({ id: id++, text });
}

function read(): number {
  let characters = 0;
  for (const text of texts()) characters += text.length;
  return characters;
}

const PEERS: Readonly<Record<string, () => unknown>> = { read, fts5, minisearch };
const started = performance.now();
await PEERS[name]!();
const { user, system } = process.cpuUsage();
const { maxRSS } = process.resourceUsage();
console.log(
  JSON.stringify({
    seconds: (performance.now() - started) / 1000,
    cpu: (user + system) / 1e6,
    megabytes: maxRSS / 1000,
  }),
);
