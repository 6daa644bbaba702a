/** Converts a checkpoint to a model folder: graph, tokenizer, and a manifest with the measured fidelity. */
import { createHash } from 'node:crypto';
import { copyFile, mkdir, readFile, readdir, rm, stat, statfs, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { UserError } from '../../errors/userError.ts';
import { patientRename } from '../../platform/patience.ts';
import { openCheckpoint, type Checkpoint } from '../checkpoint/checkpoint.ts';
import { sha256Of } from '../fileHash.ts';
import type { Fidelity, ModelManifestInput } from '../modelFolder.ts';
import type { ConvertRequest } from '../store/converter.ts';
import { Tokenizer } from '../tokenizer.ts';
import { buildGraph, wholeModel } from './buildGraph.ts';
import { chooseQuantisation, MOST_CANDIDATES } from './chooseQuantisation.ts';
import { fidelityOf } from './fidelity.ts';
import { PROBE_TEXTS } from './probeTexts.ts';
import type { Quantisation } from './quantise.ts';
import { FLOAT32, precisionOf } from './precision.ts';
import { copyGraph, shippedGraph } from './shippedGraph.ts';
import { runStaged, type StagedRun } from './stagedModel.ts';
import { writeModel } from './writeModel.ts';

/** Incremented when the same checkpoint gives a different graph. */
const CONVERTER_VERSION = 3;
const COPIED = ['tokenizer_config.json', 'README.md', 'LICENSE', 'LICENSE.txt', 'NOTICE'];

interface Request extends ConvertRequest {
  readonly threads: number;
}

/**
 * Memory stays within 1.5 times the checkpoint's size whatever the quantisation, because weights are processed in
 * pieces. Rejects with `UserError` (`modelMissing`, `modelDamaged`, `modelUnsupported`, `modelExists`, `diskSpace`) or
 * `AbortError`; then nothing is at `out`.
 */
export async function convertCheckpoint(request: Request): Promise<void> {
  const { out, signal, onProgress } = request;
  if ((await stat(out).catch(() => null)) !== null) throw new UserError('modelExists', out);
  const checkpoint = await openCheckpoint(request.checkpoint);
  try {
    // Every reason to refuse is checked before anything is written.
    buildGraph(checkpoint, wholeModel(checkpoint), FLOAT32, 'model.onnx.data');
    const partial = `${out}.partial`;
    await mkdir(partial, { recursive: true });
    await checkSpace(checkpoint, request.quantisation, partial);
    await copyTexts(checkpoint, partial);
    const manifest = manifestOf(checkpoint, request);
    // A user who asks for a quantisation wants it made here.
    const shipped =
      request.quantisation === 'auto' ? await shippedGraph(checkpoint.encoder.transformer) : null;
    if (shipped !== null) await copyGraph(shipped, partial);
    const choice =
      shipped === null
        ? await convertWeights(checkpoint, partial, manifest, request)
        : { quantisation: 'shipped' };
    const files = await checksums(partial, onProgress);
    const finished: ModelManifestInput = { ...manifest, ...choice, files };
    await writeFile(path.join(partial, 'malmoi-model.json'), `${JSON.stringify(finished, null, 1)}\n`, {
      flush: true,
    });
    signal?.throwIfAborted();
    await patientRename(partial, out);
  } finally {
    await checkpoint.tensors.close();
  }
}

async function convertWeights(
  checkpoint: Checkpoint,
  partial: string,
  manifest: Omit<ModelManifestInput, 'files'>,
  request: Request,
): Promise<Choice> {
  const { signal, onProgress } = request;
  const identity = await identityOf(checkpoint);
  const choice = await choose(checkpoint, partial, manifest, identity, request);
  const precision = await precisionOf(checkpoint, choice.quantisation, signal);
  const graph = buildGraph(checkpoint, wholeModel(checkpoint), precision, 'model.onnx.data');
  await writeModel(graph, partial, 'model.onnx', {
    signal,
    resume: `${identity}-${choice.quantisation}`,
    onProgress: (done, total) => onProgress?.({ step: 'weights', done, total }),
  });
  await rm(path.join(partial, CHOICE), { force: true });
  return choice;
}

function manifestOf(
  { config, encoder, maxTokens, specialIds, license, languages, folder, own }: Checkpoint,
  { identity = {} }: Request,
): Omit<ModelManifestInput, 'files'> {
  const { name: ownName, revision: ownRevision, ...voting } = own ?? { vote: 'attention' as const };
  const name = (identity.name ?? ownName ?? path.basename(path.resolve(folder)))
    .replace(/[^\w.-]+/g, '_')
    .slice(0, 100);
  return {
    name: name === '' ? 'model' : name,
    revision: identity.revision ?? ownRevision ?? 'unknown',
    license: identity.license ?? license,
    languages: [...languages],
    dimensions: config.dimensions,
    maxTokens,
    prompts: encoder.prompts,
    specialIds,
    ...voting,
    optimisation: 'basic',
    ...(encoder.maxActive === null ? {} : { maxActive: encoder.maxActive }),
  };
}

interface Choice {
  readonly quantisation: Quantisation;
  readonly fidelity?: Fidelity;
}

const CHOICE = 'choice.json';

/** Measures the requested quantisation, or the candidates; the result of an interrupted run is reused. */
async function choose(
  checkpoint: Checkpoint,
  partial: string,
  manifest: Omit<ModelManifestInput, 'files'>,
  identity: string,
  { quantisation, threads, signal, onProgress }: Request,
): Promise<Choice> {
  if (quantisation === 'fp32') return { quantisation };
  const file = path.join(partial, CHOICE);
  const key = `${identity}-${quantisation}`;
  const known = await readFile(file, 'utf8').then(
    text => JSON.parse(text) as { key: string; choice: Choice },
    () => null,
  );
  if (known?.key === key) return known.choice;
  const tokenizer = await Tokenizer.open({ path: partial, manifest });
  const texts = PROBE_TEXTS.map(text => tokenizer.encode('', text).ids);
  const runs = (quantisation === 'auto' ? MOST_CANDIDATES : 1) + 1;
  const run = async (of: Quantisation, nth: number): Promise<StagedRun> =>
    runStaged(checkpoint, {
      precision: await precisionOf(checkpoint, of, signal),
      texts,
      folder: partial,
      threads,
      signal,
      onProgress: (done, total) =>
        onProgress?.({ step: 'fidelity', done: nth * total + done, total: runs * total }),
    });
  const exact = await run('fp32', 0);
  const choice = await chooseQuantisation(
    async (candidate, nth) => {
      const { weights, tokensPerSecond } = await run(candidate, nth + 1);
      return { ...fidelityOf(exact.weights, weights), tokensPerSecond: Math.round(tokensPerSecond) };
    },
    ...(quantisation === 'auto' ? [] : [[quantisation]]),
  );
  await writeFile(file, JSON.stringify({ key, choice }), { flush: true });
  return choice;
}

/** Requires room for the written weights, one stage in float32 beside them, and some more. */
async function checkSpace(checkpoint: Checkpoint, quantisation: string, folder: string): Promise<void> {
  let values = 0;
  for (const name of checkpoint.tensors.names)
    values += checkpoint.tensors.shapeOf(name).reduce((product, n) => product * n, 1);
  // The decoder is stored beside the embeddings it may be tied with.
  values += checkpoint.config.dimensions * checkpoint.config.hidden;
  const needed =
    values * (quantisation === 'fp32' ? 4 : 1) + 4 * checkpoint.config.dimensions * checkpoint.config.hidden;
  const { bavail, bsize } = await statfs(folder);
  if (bavail * bsize < needed) throw new UserError('diskSpace', `${folder}: ${Math.ceil(needed / 1e6)} MB`);
}

async function copyTexts(checkpoint: Checkpoint, partial: string): Promise<void> {
  await writeFile(path.join(partial, 'tokenizer.json'), JSON.stringify(checkpoint.tokenizer));
  const copied = checkpoint.own === null ? COPIED : [...COPIED, 'tokens.json'];
  for (const name of copied)
    for (const from of [checkpoint.folder, checkpoint.encoder.transformer])
      await copyFile(path.join(from, name), path.join(partial, name)).catch(
        (error: NodeJS.ErrnoException) => {
          if (error.code !== 'ENOENT') throw error;
        },
      );
}

/** Identifies the weights without reading them all: by sizes, times and the content of the small files. */
async function identityOf({ encoder: { transformer } }: Checkpoint): Promise<string> {
  const hash = createHash('sha256').update(String(CONVERTER_VERSION));
  for (const name of (await readdir(transformer)).sort()) {
    const file = path.join(transformer, name);
    const found = await stat(file);
    if (!found.isFile()) continue;
    if (name.endsWith('.json')) hash.update(name).update(await readFile(file));
    else hash.update(JSON.stringify([name, found.size, found.mtimeMs]));
  }
  return hash.digest('hex');
}

async function checksums(
  folder: string,
  onProgress: Request['onProgress'],
): Promise<ModelManifestInput['files']> {
  const names = (await readdir(folder)).filter(name => name !== 'malmoi-model.json').sort();
  const files: Record<string, { bytes: number; sha256: string }> = {};
  for (const [i, name] of names.entries()) {
    const file = path.join(folder, name);
    files[name] = { bytes: (await stat(file)).size, sha256: await sha256Of(file) };
    onProgress?.({ step: 'checksums', done: i + 1, total: names.length });
  }
  return files;
}
