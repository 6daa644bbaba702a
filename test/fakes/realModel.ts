/** A small model folder that really encodes, its graph as large as a test wants. */
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { convertCheckpoint } from '../../src/model/convert/convertCheckpoint.ts';
import type { ModelManifestInput } from '../../src/model/modelFolder.ts';
import { sha256 } from './hubServer.ts';

const CHECKPOINT = path.join(import.meta.dirname, '../oracle/fixtures/bert');
/** ModelProto.doc_string, as a field with its length in front (wire type 2). */
const DOC_STRING = (6 << 3) | 2;

export async function writeRealModel(out: string, name: string, padding: number): Promise<void> {
  await convertCheckpoint({
    checkpoint: CHECKPOINT,
    out,
    identity: { name },
    quantisation: 'fp32',
    threads: 1,
  });
  const graph = path.join(out, 'model.onnx');
  const padded = Buffer.concat([
    await readFile(graph),
    Buffer.from([DOC_STRING, ...varint(padding)]),
    Buffer.alloc(padding, 'a'),
  ]);
  await writeFile(graph, padded);
  await changeManifest(out, manifest => ({
    ...manifest,
    files: { ...manifest.files, 'model.onnx': { bytes: padded.length, sha256: sha256(padded) } },
  }));
}

export async function changeManifest(
  folder: string,
  change: (manifest: ModelManifestInput) => ModelManifestInput,
): Promise<void> {
  const file = path.join(folder, 'malmoi-model.json');
  const manifest = JSON.parse(await readFile(file, 'utf8')) as ModelManifestInput;
  await writeFile(file, JSON.stringify(change(manifest)));
}

function varint(value: number): number[] {
  return value < 128 ? [value] : [(value % 128) | 128, ...varint(Math.floor(value / 128))];
}
