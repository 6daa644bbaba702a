/**
 * `node test/bench/index/encodeCorpus.ts FOLDER OUT [--limit N]`: the passages of a folder's notes with their
 * vectors, as `bench -- index --vectors OUT` reads them, after the bench's queries. Needs a build in
 * `out/production`. Run again, it goes on after the last file that is whole.
 */
import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { SparseVector } from '../../../src/index/sparseVector.ts';
import { EncoderPool } from '../../../src/model/encoderPool.ts';
import { openModelFolder } from '../../../src/model/modelFolder.ts';
import type { ReadPassage } from '../../../src/readers/passageRecords.ts';
import { ReaderThread } from '../../../src/readers/readerThread.ts';
import { batchesOf } from '../../../src/workspace/indexing/batches.ts';
import { encoderPlan } from '../../../src/workspace/indexing/encoderPlan.ts';
import { rulesOf } from '../../../src/workspace/models/modelHost.ts';
import { listFiles } from '../../../src/workspace/indexing/listing.ts';
import { QUERIES } from '../queries.ts';
import { vectorLines, type VectorLine } from './vectorFile.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { limit: { type: 'string', default: 'Infinity' } },
});
/** Their passages share batches: in one file, few are of a length. */
const FILES_AT_ONCE = 32;
const [folder, out] = positionals;
if (folder === undefined || out === undefined) throw new Error('FOLDER OUT [--limit N]');
const root = path.resolve(import.meta.dirname, '../../..');
const programs = path.join(root, 'out/production');
const limit = Number(values.limit);

const model = await openModelFolder(path.join(root, 'media/model'));
const encoder = new EncoderPool(path.join(programs, 'modelWorker.js'), model, encoderPlan(model.manifest));
const reader = new ReaderThread(path.join(programs, 'readers/worker.mjs'), {
  folder: model,
  rules: rulesOf(model.manifest),
});
try {
  const known = resume(out);
  let count = known.passages;
  if (known.files.size === 0 && !known.hasQueries) {
    const lines: VectorLine[] = [];
    for (const text of QUERIES) lines.push(lineOf('query', text, await encoder.encodeQuery(text)));
    lines.push({ kind: 'file', path: '' });
    append(out, lines);
  }
  const { files } = await listFiles(
    folder,
    { include: [], exclude: [], useIgnoreFiles: true },
    new AbortController().signal,
  );
  const paths = files
    .filter(({ ignored, path: name }) => !ignored && !known.files.has(name))
    .map(file => file.path)
    .sort();
  for (let at = 0; at < paths.length && count < limit; at += FILES_AT_ONCE) {
    const group: { name: string; passages: readonly ReadPassage[] }[] = [];
    for (const name of paths.slice(at, at + FILES_AT_ONCE)) {
      const read = await reader.read({ file: path.join(folder, name), path: name, knownHash: null });
      group.push({ name, passages: read.result === 'passages' ? read.passages : [] });
    }
    const lines = await encoded(group.flatMap(({ passages }) => passages));
    for (const { name, passages } of group)
      append(out, [...lines.splice(0, passages.length), { kind: 'file', path: name }]);
    count += group.reduce((sum, { passages }) => sum + passages.length, 0);
    console.log(`${count} passages  ${group.at(-1)!.name}`);
  }
} finally {
  await Promise.all([encoder.close(), reader.close()]);
}

/** Cuts off what follows the last whole file; what is there then. */
function resume(file: string): { files: Set<string>; passages: number; hasQueries: boolean } {
  const files = new Set<string>();
  if (!fs.existsSync(file)) return { files, passages: 0, hasQueries: false };
  let bytes = 0;
  let end = 0;
  let passages = 0;
  let open = 0;
  for (const line of vectorLines(file)) {
    bytes += Buffer.byteLength(JSON.stringify(line)) + 1;
    if (line.kind === 'passage') open++;
    if (line.kind !== 'file') continue;
    end = bytes;
    passages += open;
    open = 0;
    files.add(line.path);
  }
  fs.truncateSync(file, end);
  return { files, passages, hasQueries: end > 0 };
}

async function encoded(passages: readonly ReadPassage[]): Promise<VectorLine[]> {
  const lines: VectorLine[] = [];
  const encodeBatch = async (batch: readonly number[]): Promise<void> => {
    const inputs = batch.map(i => {
      const { context, text } = passages[i]!;
      return { kind: 'passage' as const, context, text };
    });
    const { vectors } = await encoder.encode(inputs);
    batch.forEach((i, row) => (lines[i] = lineOf('passage', passages[i]!.text, vectors[row]!)));
  };
  await Promise.all(batchesOf(passages.map(({ tokens }) => tokens)).map(encodeBatch));
  return lines;
}

function lineOf(kind: 'query' | 'passage', text: string, { dimensions, weights }: SparseVector): VectorLine {
  return { kind, text, dimensions: [...dimensions], weights: [...weights] };
}

/** Lines as they would be written again: what stands in the file is as long as `resume` counts it. */
function append(file: string, lines: readonly VectorLine[]): void {
  fs.appendFileSync(file, lines.map(line => `${JSON.stringify(line)}\n`).join(''));
}
