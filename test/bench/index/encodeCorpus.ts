/**
 * `node test/bench/index/encodeCorpus.ts FOLDER OUT [--limit N]`: the passages of a folder's notes with their
 * vectors, as `bench -- index --vectors OUT` reads them, after the bench's queries. Needs a build in
 * `out/production`. Run again, it goes on after the last file that is whole.
 */
import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { SparseVector } from '../../../src/index/sparseVector.ts';
import { EncoderThread } from '../../../src/model/encoderThread.ts';
import { openModelFolder } from '../../../src/model/modelFolder.ts';
import type { ReadPassage } from '../../../src/readers/readPassages.ts';
import { ReaderThread } from '../../../src/readers/readerThread.ts';
import { batchesOf } from '../../../src/workspace/batches.ts';
import { encoderThreads } from '../../../src/workspace/encoderThreads.ts';
import { rulesOf } from '../../../src/workspace/modelHost.ts';
import { listFiles } from '../../../src/workspace/listing.ts';
import { QUERIES } from '../queries.ts';
import { vectorLines, type VectorLine } from './vectorFile.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { limit: { type: 'string', default: 'Infinity' } },
});
const [folder, out] = positionals;
if (folder === undefined || out === undefined) throw new Error('FOLDER OUT [--limit N]');
const root = path.resolve(import.meta.dirname, '../../..');
const programs = path.join(root, 'out/production');
const limit = Number(values.limit);

const model = await openModelFolder(path.join(root, 'media/model'));
const encoder = new EncoderThread(path.join(programs, 'modelWorker.js'), {
  folder: model,
  threads: encoderThreads(),
});
const reader = new ReaderThread(path.join(programs, 'readerWorker.js'), {
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
  for (const file of files.filter(({ ignored }) => !ignored).sort((a, b) => (a.path < b.path ? -1 : 1))) {
    if (count >= limit) break;
    if (known.files.has(file.path)) continue;
    const read = await reader.read({ file: path.join(folder, file.path), knownHash: null });
    const passages = read.result === 'passages' ? read.passages : [];
    append(out, [...(await encoded(passages)), { kind: 'file', path: file.path }]);
    count += passages.length;
    console.log(`${count} passages  ${file.path}`);
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
  for (const batch of batchesOf(passages.map(({ tokens }) => tokens))) {
    const inputs = batch.map(i => {
      const { context, text } = passages[i]!;
      return { kind: 'passage' as const, context, text };
    });
    const { vectors } = await encoder.encode(inputs);
    batch.forEach((i, row) => (lines[i] = lineOf('passage', passages[i]!.text, vectors[row]!)));
  }
  return lines;
}

function lineOf(kind: 'query' | 'passage', text: string, { dimensions, weights }: SparseVector): VectorLine {
  return { kind, text, dimensions: [...dimensions], weights: [...weights] };
}

/** Lines as they would be written again: what stands in the file is as long as `resume` counts it. */
function append(file: string, lines: readonly VectorLine[]): void {
  fs.appendFileSync(file, lines.map(line => `${JSON.stringify(line)}\n`).join(''));
}
