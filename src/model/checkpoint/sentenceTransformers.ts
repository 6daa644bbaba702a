/**
 * The additions of sentence-transformers to a checkpoint: modules.json, the pooling, prompts and the longest input. A
 * folder without modules.json is read as `SparseEncoder` would read it: a masked language model, pooled by maximum. It
 * knows the layouts of 5.0 (`MLMTransformer`, `word_embedding_dimension`) and later (`Transformer`,
 * `embedding_dimension`).
 */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import * as v from 'valibot';
import { UserError } from '../../errors/userError.ts';

const Modules = v.array(v.object({ idx: v.number(), path: v.string(), type: v.string() }));

const Pooling = v.object({
  pooling_strategy: v.optional(v.string(), 'max'),
  activation_function: v.optional(v.string(), 'relu'),
});

const Encoder = v.object({
  prompts: v.optional(v.nullable(v.record(v.string(), v.nullable(v.string())))),
  default_prompt_name: v.optional(v.nullable(v.string())),
  similarity_fn_name: v.optional(v.nullable(v.string())),
  max_active_dims: v.optional(v.nullable(v.pipe(v.number(), v.integer(), v.minValue(1)))),
});

const Transformer = v.object({
  max_seq_length: v.optional(v.nullable(v.pipe(v.number(), v.integer(), v.minValue(1)))),
  do_lower_case: v.optional(v.boolean(), false),
  transformer_task: v.optional(v.string(), 'fill-mask'),
  query_length: v.optional(v.nullable(v.number())),
  document_length: v.optional(v.nullable(v.number())),
  processing_kwargs: v.optional(v.nullable(v.looseObject({}))),
});

export interface SpladePooling {
  readonly strategy: 'max' | 'sum';
  /** `relu`: log1p(relu(x)); `log1p_relu`: log1p(log1p(relu(x))). */
  readonly activation: 'relu' | 'log1p_relu';
}

export interface SparseEncoderConfig {
  /** Folder of config.json, weights and tokenizer. */
  readonly transformer: string;
  readonly pooling: SpladePooling;
  /** Prompts of `encode_query`, `encode_document`, and `encode` without either. */
  readonly prompts: { readonly query: string; readonly passage: string; readonly plain: string };
  /** null where the tokenizer or the model decides. */
  readonly maxSequence: number | null;
  readonly lowerCase: boolean;
  /** Number of the largest weights that are kept; null for all. */
  readonly maxActive: number | null;
}

/** Throws `UserError` `modelUnsupported` naming file and field. */
export async function readSparseEncoder(folder: string): Promise<SparseEncoderConfig> {
  const modules = await readJson(folder, 'modules.json', Modules);
  const [first, second, ...more] = [...(modules ?? [])].sort((a, b) => a.idx - b.idx);
  if (first !== undefined) {
    // A module without a configuration here would change the vectors in a way we don't know.
    if (!/\.(MLM)?Transformer$/.test(first.type)) throw unsupported('modules.json', 'type', first.type);
    if (second === undefined || !second.type.endsWith('.SpladePooling'))
      throw unsupported('modules.json', 'type', second?.type ?? first.type);
    if (more[0] !== undefined) throw unsupported('modules.json', 'type', more[0].type);
  }
  const transformer = inside(folder, first?.path ?? '');
  const pooling =
    second === undefined
      ? v.parse(Pooling, {})
      : ((await readJson(inside(folder, second.path), 'config.json', Pooling)) ?? v.parse(Pooling, {}));
  const { pooling_strategy: strategy, activation_function: activation } = pooling;
  if (strategy !== 'max' && strategy !== 'sum')
    throw unsupported('SpladePooling', 'pooling_strategy', strategy);
  if (activation !== 'relu' && activation !== 'log1p_relu')
    throw unsupported('SpladePooling', 'activation_function', activation);
  // Without modules.json, sentence-transformers makes a new encoder and reads no settings.
  const encoder =
    (modules && (await readJson(folder, 'config_sentence_transformers.json', Encoder))) ??
    v.parse(Encoder, {});
  const similarity = encoder.similarity_fn_name ?? 'dot';
  if (similarity !== 'dot')
    throw unsupported('config_sentence_transformers.json', 'similarity_fn_name', similarity);
  const settings = await readJson(transformer, 'sentence_bert_config.json', Transformer);
  if (settings !== null) refuseUnknown(settings);
  const prompts = encoder.prompts ?? {};
  return {
    transformer,
    pooling: { strategy, activation },
    prompts: {
      query: prompts['query'] ?? '',
      // `encode_document` finds an empty "document" before it looks for "passage" or "corpus".
      passage: prompts['document'] ?? '',
      plain: prompts[encoder.default_prompt_name ?? ''] ?? '',
    },
    maxSequence: settings?.max_seq_length ?? null,
    lowerCase: settings?.do_lower_case ?? false,
    maxActive: encoder.max_active_dims ?? null,
  };
}

function refuseUnknown(settings: v.InferOutput<typeof Transformer>): void {
  const file = 'sentence_bert_config.json';
  if (settings.transformer_task !== 'fill-mask')
    throw unsupported(file, 'transformer_task', settings.transformer_task);
  for (const field of ['query_length', 'document_length'] as const)
    if (settings[field] != null) throw unsupported(file, field, settings[field]);
  if (Object.keys(settings.processing_kwargs ?? {}).length > 0)
    throw unsupported(file, 'processing_kwargs', settings.processing_kwargs);
}

/** A module's path is data from outside: it must stay inside the checkpoint. */
function inside(folder: string, part: string): string {
  const target = path.resolve(folder, part);
  const relative = path.relative(path.resolve(folder), target);
  if (relative.startsWith('..') || path.isAbsolute(relative)) throw unsupported('modules.json', 'path', part);
  return target;
}

/** null where the file is not there. Throws `UserError` `modelDamaged` or `modelUnsupported`. */
export async function readJson<T>(
  folder: string,
  name: string,
  schema: v.GenericSchema<unknown, T>,
): Promise<T | null> {
  const file = path.join(folder, name);
  const text = await readFile(file, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT') return null;
    throw new UserError('modelDamaged', file, { cause });
  });
  if (text === null) return null;
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new UserError('modelDamaged', file, { cause });
  }
  const parsed = v.safeParse(schema, json);
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  throw new UserError('modelUnsupported', `${name}: ${v.getDotPath(issue) ?? ''} (${issue.message})`);
}

function unsupported(file: string, field: string, value: unknown): UserError {
  return new UserError('modelUnsupported', `${file}: ${field} = ${JSON.stringify(value)}`);
}
