/** Keyword engines on the same documents, whole, each as its own documents set it up or with our bigrams. */
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Index } from 'flexsearch';
import MiniSearch from 'minisearch';
import type { BeirSet } from '../../src/evaluation/beir.ts';
import { queryTerms, termText } from '../bench/index/lexicalPeers.ts';
import { openDatabase } from '../bench/index/nodeSqlite.ts';

/** Numbers of each query's best documents. */
export type Rankings = readonly (readonly number[])[];
export type Peer = (texts: readonly string[], queries: readonly string[]) => Promise<Rankings> | Rankings;

export const DEPTH = 100;

export function textsOf(set: BeirSet): string[] {
  return set.documents.map(({ title, text }) => (title === '' ? text : `${title}\n${text}`));
}

const bigramsOf = (query: string): string[] => queryTerms({ text: query, terms: [] });
const wordsOf = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
const split = (text: string): string[] => text.split(' ');

function minisearch(ofText: (text: string) => string[], ofQuery: (text: string) => string[]): Peer {
  return (texts, queries) => {
    const index = new MiniSearch<{ readonly id: number; readonly text: string }>({
      fields: ['text'],
      tokenize: split,
      processTerm: term => term,
    });
    texts.forEach((text, id) => index.add({ id, text: ofText(text).join(' ') }));
    return queries.map(query =>
      index
        .search(ofQuery(query).join(' '))
        .slice(0, DEPTH)
        .map(({ id }) => id as number),
    );
  };
}

function flexsearch(
  tokenize: 'strict' | 'forward',
  ofText: (text: string) => string[],
  ofQuery: (text: string) => string[],
): Peer {
  return (texts, queries) => {
    const index = new Index({ tokenize, encode: split });
    texts.forEach((text, id) => index.add(id, ofText(text).join(' ')));
    // With `suggest` a document need not have every term.
    return queries.map(
      query => index.search(ofQuery(query).join(' '), { limit: DEPTH, suggest: true }) as number[],
    );
  };
}

function fts5(
  tokenizer: string,
  ofText: (text: string) => string,
  ofQuery: (text: string) => readonly string[],
): Peer {
  return async (texts, queries) => {
    const database = await openDatabase(':memory:');
    database.exec(`CREATE VIRTUAL TABLE words USING fts5(text, tokenize = '${tokenizer}'); BEGIN`);
    const insert = database.prepare('INSERT INTO words (rowid, text) VALUES (?, ?)');
    texts.forEach((text, i) => insert.run(i + 1, ofText(text)));
    database.exec('COMMIT');
    const select = database.prepare(
      'SELECT rowid - 1 AS number FROM words WHERE words MATCH ? ORDER BY rank LIMIT ?',
    );
    const rankings = queries.map(query => {
      const terms = [...new Set(ofQuery(query))].map(term => `"${term.replaceAll('"', '""')}"`);
      const rows = terms.length === 0 ? [] : select.all(terms.join(' OR '), DEPTH);
      return (rows as readonly { readonly number: number }[]).map(({ number }) => number);
    });
    database.close();
    return rankings;
  };
}

/** Every three characters of the words: a word as a whole would have to stand in the text. */
function trigramsOf(query: string): string[] {
  return wordsOf(query).flatMap(word => {
    const units = [...word];
    return units.slice(2).map((_, i) => units.slice(i, i + 3).join(''));
  });
}

/** A JDK compiles the source as it starts it; `jars` is a folder with Lucene's core, common analysis and Nori. */
function lucene(jars: string): Peer {
  return (texts, queries) => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'malmoi-eval-'));
    try {
      const lines = (name: string, rows: readonly string[]): string => {
        const file = path.join(folder, name);
        fs.writeFileSync(file, rows.map(row => row.replace(/[\r\n\u0085\u2028\u2029]+/gu, ' ')).join('\n'));
        return file;
      };
      const args = [lines('documents', texts), lines('queries', queries), String(DEPTH)];
      const source = path.join(import.meta.dirname, 'LuceneEval.java');
      const java = ['-Xmx4g', '-Dfile.encoding=UTF-8', '-cp', path.join(jars, '*'), source, ...args];
      const out = execFileSync('java', java, {
        encoding: 'utf8',
        maxBuffer: 1 << 30,
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      const rows = out.split('\n');
      return queries.map((_, i) => (rows[i] ?? '').split(' ').filter(Boolean).map(Number));
    } finally {
      fs.rmSync(folder, { recursive: true, force: true });
    }
  };
}

/** `jars`: where Lucene's are; null leaves it out. */
export function peersOf(jars: string | null): Readonly<Record<string, Peer>> {
  return {
    'minisearch words': minisearch(wordsOf, wordsOf),
    'minisearch bigrams': minisearch(text => split(termText(text)), bigramsOf),
    'flexsearch forward': flexsearch('forward', wordsOf, wordsOf),
    'flexsearch bigrams': flexsearch('strict', text => split(termText(text)), bigramsOf),
    'fts5 trigram': fts5('trigram', text => text, trigramsOf),
    'fts5 bigram': fts5('unicode61', termText, bigramsOf),
    ...(jars === null ? {} : { 'lucene nori': lucene(jars) }),
  };
}
