/** SQLite: the postings as a table, and FTS5 for the words. */
import fs from 'node:fs';
import path from 'node:path';
import type { Channel } from '../../../src/domain/channel.ts';
import type { BenchPassage, BenchQuery, Corpus } from './corpus.ts';
import type { BenchEngine, EngineOptions } from './engine.ts';
import { queryTerms, termText } from './lexicalPeers.ts';
import { openDatabase, type Database } from './nodeSqlite.ts';

/** Passages whose postings are sorted by term in memory, then inserted. */
const RUN = 20_000;

export class Sqlite implements BenchEngine {
  readonly name = 'sqlite';
  readonly channels = ['semantic', 'lexical'] as const;
  readonly persistent = true;
  readonly limit = 100_000;
  readonly #file: string;
  #database: Database | null = null;

  constructor({ folder }: EngineOptions) {
    this.#file = path.join(folder, 'index.sqlite');
  }

  async build(corpus: Corpus): Promise<void> {
    await this.open();
    const database = this.#database!;
    database.exec(`
      CREATE TABLE posting (term INTEGER, doc INTEGER, weight REAL, PRIMARY KEY (term, doc)) WITHOUT ROWID;
      CREATE VIRTUAL TABLE words USING fts5(text, tokenize = 'unicode61');
      PRAGMA synchronous = OFF;
      BEGIN`);
    const insertPosting = database.prepare('INSERT INTO posting VALUES (?, ?, ?)');
    const insertWords = database.prepare('INSERT INTO words (rowid, text) VALUES (?, ?)');
    let run = new Map<number, { readonly doc: number; readonly weight: number }[]>();
    const flush = (): void => {
      for (const term of [...run.keys()].sort((a, b) => a - b))
        for (const { doc, weight } of run.get(term)!) insertPosting.run(term, doc, weight);
      run = new Map();
    };
    let doc = 0;
    for (const { vector, text } of corpus.items()) {
      vector.dimensions.forEach((term, i) => {
        if (!run.has(term)) run.set(term, []);
        run.get(term)!.push({ doc, weight: vector.weights[i]! });
      });
      insertWords.run(doc + 1, termText(text));
      if (++doc % RUN === 0) flush();
    }
    flush();
    database.exec('COMMIT');
    await this.close();
  }

  async open(): Promise<void> {
    this.#database = await openDatabase(this.#file);
    this.#database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -262144');
  }

  search(query: BenchQuery, channel: Channel, k: number): Promise<readonly number[]> {
    const rows = (
      channel === 'lexical' ? this.#lexical(queryTerms(query), k) : this.#semantic(query, k)
    ) as readonly { readonly doc: number }[];
    return Promise.resolve(rows.map(({ doc }) => doc));
  }

  #semantic(query: BenchQuery, k: number): unknown[] {
    const values = query.terms.map(({ dimension, weight }) => `(${dimension}, ${weight})`).join(',');
    return this.#database!.prepare(
      `WITH q(term, weight) AS (VALUES ${values})
       SELECT doc FROM q CROSS JOIN posting p ON p.term = q.term
       GROUP BY doc ORDER BY sum(q.weight * p.weight) DESC LIMIT ?`,
    ).all(k);
  }

  #lexical(terms: readonly string[], k: number): unknown[] {
    const match = terms.map(term => `"${term.replaceAll('"', '""')}"`).join(' OR ');
    return this.#database!.prepare(
      'SELECT rowid - 1 AS doc FROM words WHERE words MATCH ? ORDER BY rank LIMIT ?',
    ).all(match, k);
  }

  update(first: number, passages: readonly BenchPassage[]): Promise<void> {
    const database = this.#database!;
    database.exec('BEGIN');
    passages.forEach(({ vector, text }, i) => {
      const doc = first + i;
      vector.dimensions.forEach((term, at) => {
        database.prepare('DELETE FROM posting WHERE term = ? AND doc = ?').run(term, doc);
        database.prepare('INSERT INTO posting VALUES (?, ?, ?)').run(term, doc, vector.weights[at]!);
      });
      database.prepare('DELETE FROM words WHERE rowid = ?').run(doc + 1);
      database.prepare('INSERT INTO words (rowid, text) VALUES (?, ?)').run(doc + 1, termText(text));
    });
    database.exec('COMMIT');
    return Promise.resolve();
  }

  bytes(): number {
    return fs.statSync(this.#file).size;
  }

  close(): Promise<void> {
    this.#database?.close();
    this.#database = null;
    return Promise.resolve();
  }
}
