/** A folder of documents and questions about them, from BEIR sets, with what the product's reader and model make of it. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { FolderOptions } from '../../../src/domain/folder.ts';
import { readBeir } from '../../../src/evaluation/beir.ts';
import { PassageIndex } from '../../../src/index/passageIndex.ts';
import type { FileRecord } from '../../../src/index/records.ts';
import type { SparseVector } from '../../../src/index/sparseVector.ts';
import { dimensionNames } from '../../../src/model/dimensions.ts';
import { EncoderPool } from '../../../src/model/encoderPool.ts';
import { openModelFolder, type ModelFolder } from '../../../src/model/modelFolder.ts';
import type { ReadPassage } from '../../../src/readers/passageRecords.ts';
import { ReaderThread } from '../../../src/readers/readerThread.ts';
import { analyzeQuery } from '../../../src/search/query/analyzeQuery.ts';
import type { EncodedQuery } from '../../../src/search/query/encodedQuery.ts';
import type { PushPorts } from '../../../src/team/push/filePusher.ts';
import { encoderPlan, readerThreads } from '../../../src/workspace/indexing/encoderPlan.ts';
import { rulesOf } from '../../../src/workspace/models/modelHost.ts';
import { MemoryStore } from '../../fakes/memoryStore.ts';

/** Passages that the encoder's own speed is measured by. */
const SAMPLE = 300;

export interface Corpus {
  readonly folder: FolderOptions;
  readonly questions: readonly string[];
}

/** Writes `documents` of the sets as files, so that they go through the product's own reader. */
export async function writeCorpus(
  sets: readonly string[],
  documents: number,
  target: string,
): Promise<Corpus> {
  const questions: string[] = [];
  let written = 0;
  for (const set of sets) {
    const { documents: rows, queries } = await readBeir(set);
    questions.push(...queries.map(({ text }) => text));
    for (const { title, text } of rows) {
      if (written >= documents) break;
      const place = path.join(target, `${path.basename(set)}-${Math.floor(written / 500)}`);
      mkdirSync(place, { recursive: true });
      writeFileSync(path.join(place, `${written}.txt`), `${title}\n\n${text}\n`);
      written++;
    }
  }
  const own = { name: 'bench', include: [], exclude: [], useIgnoreFiles: false };
  return { folder: { path: target, ...own }, questions };
}

export interface RealModel {
  readonly model: ModelFolder;
  readonly ports: PushPorts;
  /** What was read and encoded, for the engine's own index. */
  readonly files: Map<string, FileRecord>;
  readonly queryOf: (text: string) => Promise<EncodedQuery>;
  /** Encodes what was read once more, as fast as it can: the speed that pushing is measured by. */
  readonly encodeAlone: () => Promise<{ readonly passages: number; readonly seconds: number }>;
  readonly localIndex: () => Promise<PassageIndex>;
  readonly close: () => Promise<void>;
}

export async function openRealModel(modelPath: string, programs: string): Promise<RealModel> {
  const model = await openModelFolder(modelPath);
  const encoder = new EncoderPool(path.join(programs, 'modelWorker.js'), model, encoderPlan(model.manifest));
  const data = { folder: model, rules: rulesOf(model.manifest) };
  const reader = new ReaderThread(path.join(programs, 'readers', 'worker.mjs'), data, readerThreads());
  const names = await dimensionNames(model);
  const read = new Map<string, { readonly passages: readonly ReadPassage[]; readonly record: object }>();
  const vectors = new Map<string, SparseVector>();
  const files = new Map<string, FileRecord>();
  const keyOf = (context: string, text: string): string => `${context}\n${text}`;
  const { batchesOf } = await import('../../../src/workspace/indexing/stages/batches.ts');
  return {
    model,
    files,
    ports: {
      read: async (request, signal) => {
        const answer = await reader.read(request, signal);
        if (answer.result === 'passages') {
          const { size, modified, hash, tags, passages } = answer;
          read.set(request.path, { passages, record: { path: request.path, size, modified, hash, tags } });
        }
        return answer;
      },
      encode: async (batch, signal) => {
        const encoded = await encoder.encode(batch, signal);
        batch.forEach(({ context, text }, i) => vectors.set(keyOf(context, text), encoded.vectors[i]!));
        return encoded;
      },
    },
    queryOf: async text => {
      const analyzed = analyzeQuery(text, { operators: false, lexicon: null, now: new Date() });
      return analyzed.withVector(await encoder.encodeQuery(analyzed.asked), names);
    },
    encodeAlone: async () => {
      const every = [...read.values()].flatMap(({ passages }) => passages);
      const step = Math.max(1, Math.floor(every.length / SAMPLE));
      const all = every.filter((_, i) => i % step === 0);
      const started = performance.now();
      await Promise.all(
        batchesOf(all.map(({ tokens }) => tokens)).map(batch =>
          encoder.encode(
            batch.map(i => {
              const { context, text, markup } = all[i]!;
              return { kind: 'passage' as const, context, text, markup };
            }),
          ),
        ),
      );
      return { passages: all.length, seconds: (performance.now() - started) / 1_000 };
    },
    localIndex: async () => {
      const index = await PassageIndex.open(new MemoryStore(), 'bench');
      const records = [...read.values()].map(({ passages, record }) => ({
        ...(record as Pick<FileRecord, 'path' | 'size' | 'modified' | 'hash' | 'tags'>),
        state: 'indexed' as const,
        reason: null,
        detail: null,
        passages: passages.map(({ context, tokens: _, ...passage }) => ({
          ...passage,
          vector: vectors.get(keyOf(context, passage.text))!,
        })),
      }));
      for (let at = 0; at < records.length; at += 500) await index.replace(records.slice(at, at + 500));
      return index;
    },
    close: async () => {
      await Promise.all([encoder.close(), reader.close()]);
    },
  };
}
