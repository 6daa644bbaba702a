/** A model folder: `malmoi-model.json` beside the graph, the tokenizer and the dimensions' names. */
import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import * as v from 'valibot';
import { UserError } from '../errors/userError.ts';
import { sha256Of } from './fileHash.ts';
import type { VerifiedFiles } from './verifiedFiles.ts';

const Count = v.pipe(v.number(), v.integer(), v.minValue(0));

const Fidelity = v.object({
  /** Mean and worst cosine against float32, on the converter's probe texts. */
  cosine: v.number(),
  worstCosine: v.number(),
  /** Mean share of the 100 strongest dimensions that stay among the 100 strongest. */
  top100: v.number(),
  tokensPerSecond: v.optional(v.number()),
});

const Manifest = v.object({
  name: v.pipe(v.string(), v.regex(/^[\w.-]{1,100}$/)),
  revision: v.string(),
  license: v.string(),
  languages: v.optional(v.array(v.string()), []),
  dimensions: Count,
  maxTokens: v.pipe(v.number(), v.integer(), v.minValue(8)),
  recommendedPassageTokens: v.optional(v.tuple([Count, Count]), [96, 192]),
  /** `plain` is for a text that is neither a query nor a passage; where absent, the passage's prompt is used. */
  prompts: v.object({ query: v.string(), passage: v.string(), plain: v.optional(v.string()) }),
  specialIds: v.object({
    bos: v.optional(Count),
    pad: Count,
    eos: v.optional(Count),
    unk: v.optional(Count),
  }),
  /**
   * With `contentTokens` (or the sentence of the first model) only the text's own tokens vote; otherwise all attended
   * ones do.
   */
  vote: v.optional(v.string(), 'attention'),
  /** Smallest weight worth keeping, per side. */
  minWeight: v.optional(v.object({ query: v.number(), passage: v.number() })),
  /** Number of a vector's largest weights that are kept (sentence-transformers' `max_active_dims`). */
  maxActive: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1))),
  quantisation: v.optional(v.string(), 'fp32'),
  fidelity: v.optional(Fidelity),
  /** onnxruntime's level of graph optimisation; our own graphs are written the way they should run. */
  optimisation: v.optional(v.picklist(['basic', 'all']), 'all'),
  files: v.record(
    v.string(),
    v.object({ bytes: Count, sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)) }),
  ),
});

export type ModelManifest = v.InferOutput<typeof Manifest>;
/** The content of a manifest file. */
export type ModelManifestInput = v.InferInput<typeof Manifest>;
export type Fidelity = v.InferOutput<typeof Fidelity>;

const MANIFEST = 'malmoi-model.json';

/** Reads only the manifest, without looking at its files. Throws `UserError` (`modelMissing`, `modelDamaged`). */
export async function readManifest(folder: string): Promise<ModelManifest> {
  const file = path.join(folder, MANIFEST);
  try {
    return v.parse(Manifest, JSON.parse(await readFile(file, 'utf8')));
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    throw new UserError(missing ? 'modelMissing' : 'modelDamaged', file, { cause: error });
  }
}

export interface ModelFolder {
  readonly path: string;
  readonly manifest: ModelManifest;
  /** Identifies model, tokenizer and quantisation: an index is valid for one fingerprint. */
  readonly fingerprint: string;
}

/**
 * Reads and checks a model folder: every file of the manifest must be there with its size and SHA-256.
 * With `verified`, a large file that was hashed before and has not changed since is not read again.
 * Throws `UserError` (`modelMissing`, `modelDamaged`) naming what is wrong.
 */
export async function openModelFolder(folder: string, verified?: VerifiedFiles): Promise<ModelFolder> {
  const file = path.join(folder, MANIFEST);
  const manifest = await readManifest(folder);
  for (const required of ['model.onnx', 'tokenizer.json'])
    if (!(required in manifest.files)) throw new UserError('modelDamaged', `${file}: files/${required}`);
  for (const [name, expected] of Object.entries(manifest.files)) {
    const target = path.join(folder, name);
    // A manifest is data from outside: its file names must stay inside the folder.
    if (path.dirname(path.relative(folder, target)) !== '.') throw new UserError('modelDamaged', file);
    const size = await stat(target).then(
      found => found.size,
      () => -1,
    );
    if (size === -1) throw new UserError('modelMissing', target);
    const hash = (): Promise<string> => verified?.sha256Of(target) ?? sha256Of(target);
    if (size !== expected.bytes || (await hash()) !== expected.sha256)
      throw new UserError('modelDamaged', target);
  }
  await verified?.save();
  return { path: folder, manifest, fingerprint: fingerprintOf(manifest) };
}

/** Identifies the model that the manifest describes; `openModelFolder` checks whether the files match it. */
export function fingerprintOf(manifest: ModelManifest): string {
  const { files, prompts, vote, minWeight = null, maxActive } = manifest;
  const digests = Object.entries(files)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, { sha256 }]) => `${name}:${sha256}`);
  const identity = JSON.stringify([
    digests,
    prompts,
    vote,
    minWeight,
    ...(maxActive === undefined ? [] : [maxActive]),
  ]);
  return createHash('sha256').update(identity).digest('hex').slice(0, 16);
}
