/** A converter that knows nothing of tensors: its graph is the weights' bytes. Honest about the rest of the port. */
import { cp, mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Converter, ConvertRequest } from '../../src/model/store/converter.ts';
import { sha256 } from './hubServer.ts';

export class FakeConverter {
  readonly requests: ConvertRequest[] = [];
  fail: Error | null = null;

  readonly convert: Converter = async request => {
    this.requests.push(request);
    const { checkpoint, out, identity, quantisation, signal, onProgress } = request;
    signal?.throwIfAborted();
    if (this.fail !== null) throw this.fail;
    const weights = (await readdir(checkpoint)).filter(name => name.endsWith('.safetensors')).sort();
    const graph = Buffer.concat(
      await Promise.all(weights.map(name => readFile(path.join(checkpoint, name)))),
    );
    await writeModel(`${out}.tmp`, graph, await readFile(path.join(checkpoint, 'tokenizer.json')), {
      ...identity,
      quantisation,
    });
    onProgress?.({ step: 'checksums', done: 1, total: 1 });
    await rename(`${out}.tmp`, out);
  };
}

/** Writes a model folder that `openModelFolder` accepts. */
export async function writeModel(
  folder: string,
  graph: Buffer,
  tokenizer: Buffer = Buffer.from('{}'),
  identity: {
    readonly name?: string;
    readonly revision?: string;
    readonly license?: string;
    readonly quantisation?: string;
  } = {},
): Promise<void> {
  await mkdir(folder, { recursive: true });
  const files = { 'model.onnx': graph, 'tokenizer.json': tokenizer };
  for (const [name, content] of Object.entries(files)) await writeFile(path.join(folder, name), content);
  await writeFile(
    path.join(folder, 'malmoi-model.json'),
    JSON.stringify({
      name: identity.name ?? 'ready',
      revision: identity.revision ?? '1',
      license: identity.license ?? 'MIT',
      dimensions: 1,
      maxTokens: 8,
      prompts: { query: '', passage: '' },
      specialIds: { pad: 0 },
      quantisation: identity.quantisation ?? 'fp32',
      files: Object.fromEntries(
        Object.entries(files).map(([name, content]) => [
          name,
          { bytes: content.length, sha256: sha256(content) },
        ]),
      ),
    }),
  );
}

/** Writes a checkpoint as the hub has it; gives the bytes of its weights. */
export async function writeCheckpoint(folder: string, weights: Buffer): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, 'config.json'), '{"model_type":"bert"}');
  await writeFile(path.join(folder, 'tokenizer.json'), '{"model":{}}');
  await writeFile(path.join(folder, 'model.safetensors'), weights);
}

export const copyFolder = (from: string, to: string): Promise<void> => cp(from, to, { recursive: true });
