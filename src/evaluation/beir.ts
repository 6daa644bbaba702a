/** A retrieval set in BEIR's layout: corpus.jsonl[.gz], queries.jsonl[.gz], qrels.tsv or qrels/test.tsv. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import * as v from 'valibot';
import type { Judgements } from './metrics.ts';

const Id = v.union([v.string(), v.number()]);
const Row = v.pipe(
  v.object({
    id: v.optional(Id),
    _id: v.optional(Id),
    title: v.optional(v.nullable(v.string())),
    text: v.string(),
  }),
  v.transform(row => ({ id: String(row.id ?? row._id ?? ''), title: row.title ?? '', text: row.text })),
);

export type BeirRow = v.InferOutput<typeof Row>;

export interface BeirSet {
  readonly documents: readonly BeirRow[];
  /** The queries that have judgements. */
  readonly queries: readonly BeirRow[];
  readonly judgements: Judgements;
}

/** Throws an `Error` naming the file and line that can't be read. */
export async function readBeir(folder: string): Promise<BeirSet> {
  const documents = await readRows(folder, 'corpus.jsonl');
  const queries = await readRows(folder, 'queries.jsonl');
  const judgements = new Map<string, Map<string, number>>();
  const [name, text] = await readJudgements(folder);
  const lines = text.split('\n');
  lines.forEach((line, i) => {
    const fields = line.trimEnd().split('\t');
    const grade = Number(fields.at(-1));
    if (line.trim() === '' || (i === 0 && Number.isNaN(grade))) return;
    // TREC's layout has a second column (always 0) between query and document.
    const [query, document] = [fields[0], fields.at(-2)];
    if (fields.length < 3 || Number.isNaN(grade) || query === undefined || document === undefined)
      throw new Error(`${name}, line ${i + 1}: query, document and grade expected`);
    const known = judgements.get(query) ?? new Map<string, number>();
    judgements.set(query, known.set(document, grade));
  });
  return { documents, queries: queries.filter(query => judgements.has(query.id)), judgements };
}

/** In BEIR's own folders, the judgements are split into files. */
async function readJudgements(folder: string): Promise<readonly [name: string, text: string]> {
  try {
    return ['qrels.tsv', await readText(folder, 'qrels.tsv')];
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    const split = path.join('qrels', 'test.tsv');
    return [split, await readText(folder, split)];
  }
}

async function readRows(folder: string, name: string): Promise<BeirRow[]> {
  const lines = (await readText(folder, name)).split('\n');
  return lines.flatMap((line, i) => {
    if (line.trim() === '') return [];
    try {
      return [v.parse(Row, JSON.parse(line))];
    } catch (error) {
      throw new Error(`${name}, line ${i + 1}: ${(error as Error).message}`, { cause: error });
    }
  });
}

async function readText(folder: string, name: string): Promise<string> {
  const file = path.join(folder, name);
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  return gunzipSync(await readFile(`${file}.gz`)).toString('utf8');
}
