/** A part of a set, for trying things out: easier than the set, so its figures are never the set's. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { BeirSet } from '../../src/evaluation/beir.ts';

/** Every document with a judgement, then others in their order, `limit` in all where so many judged ones allow it. */
export function limited(set: BeirSet, limit: number): BeirSet {
  const judged = new Set([...set.judgements.values()].flatMap(grades => [...grades.keys()]));
  const others = set.documents.filter(({ id }) => !judged.has(id));
  const room = Math.max(0, limit - (set.documents.length - others.length));
  const kept = new Set([...judged, ...others.slice(0, room).map(({ id }) => id)]);
  return { ...set, documents: set.documents.filter(({ id }) => kept.has(id)) };
}

/** The set as a folder, outside the repository, always the same one: its index is found again. */
export function writeSet(name: string, set: BeirSet): string {
  const folder = path.join(os.tmpdir(), 'malmoi-eval-limited', `${name}-${set.documents.length}`);
  fs.mkdirSync(folder, { recursive: true });
  const write = (file: string, lines: readonly string[]): void =>
    fs.writeFileSync(path.join(folder, file), `${lines.join('\n')}\n`);
  write(
    'corpus.jsonl',
    set.documents.map(row => JSON.stringify(row)),
  );
  write(
    'queries.jsonl',
    set.queries.map(row => JSON.stringify(row)),
  );
  const judgements = [...set.judgements].flatMap(([query, grades]) =>
    [...grades].map(([document, grade]) => `${query}\t${document}\t${grade}`),
  );
  write('qrels.tsv', ['query-id\tcorpus-id\tscore', ...judgements]);
  return folder;
}
