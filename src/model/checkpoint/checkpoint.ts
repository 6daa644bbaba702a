/** A SPLADE checkpoint as Hugging Face transformers and sentence-transformers write it, opened for conversion. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import * as v from 'valibot';
import { parse as parseYaml } from 'yaml';
import { UserError } from '../../errors/userError.ts';
import { readJson, readSparseEncoder, type SparseEncoderConfig } from './sentenceTransformers.ts';
import { Tensors } from './tensors.ts';
import { readTransformerConfig, type TransformerConfig } from './transformerConfig.ts';

const TokenName = v.optional(
  v.nullable(
    v.union([
      v.string(),
      v.pipe(
        v.object({ content: v.string() }),
        v.transform(token => token.content),
      ),
    ]),
  ),
);

const TokenizerConfig = v.object({
  model_max_length: v.optional(v.nullable(v.number())),
  truncation_side: v.optional(v.string(), 'right'),
  bos_token: TokenName,
  cls_token: TokenName,
  eos_token: TokenName,
  sep_token: TokenName,
  pad_token: TokenName,
  unk_token: TokenName,
});

/**
 * The file `malmoi.json` of our own checkpoints: the names of the model, and the positions that may vote
 * (`tokens.json`).
 */
const Own = v.object({
  name: v.optional(v.string()),
  revision: v.optional(v.string()),
  vote: v.picklist(['attention', 'contentTokens']),
  recommendedPassageTokens: v.tuple([v.number(), v.number()]),
});

const PadToken = v.object({ pad_token_id: v.optional(v.nullable(v.number())) });

export interface Checkpoint {
  readonly folder: string;
  readonly config: TransformerConfig;
  readonly encoder: SparseEncoderConfig;
  readonly tensors: Tensors;
  /** Longest input, special tokens included. */
  readonly maxTokens: number;
  readonly specialIds: { readonly pad: number; bos?: number; eos?: number; unk?: number };
  /** Content of the model folder's tokenizer.json: the checkpoint's own, with the additions of its settings. */
  readonly tokenizer: object;
  readonly license: string;
  readonly languages: readonly string[];
  /** null for checkpoints that are not ours. */
  readonly own: v.InferOutput<typeof Own> | null;
}

/** Throws `UserError`: `modelMissing`, `modelDamaged`, or `modelUnsupported` naming the field. */
export async function openCheckpoint(folder: string): Promise<Checkpoint> {
  const encoder = await readSparseEncoder(folder);
  const from = encoder.transformer;
  const json = await readJson(from, 'config.json', v.looseObject({}));
  if (json === null) throw new UserError('modelMissing', path.join(from, 'config.json'));
  const config = readTransformerConfig(json);
  const tokenizer = await readJson(from, 'tokenizer.json', v.looseObject({ model: v.looseObject({}) }));
  if (tokenizer === null) throw new UserError('modelMissing', path.join(from, 'tokenizer.json'));
  const settings =
    (await readJson(from, 'tokenizer_config.json', TokenizerConfig)) ?? v.parse(TokenizerConfig, {});
  if (settings.truncation_side !== 'right')
    throw new UserError(
      'modelUnsupported',
      `tokenizer_config.json: truncation_side = ${settings.truncation_side}`,
    );
  const idOf = tokenIds(tokenizer);
  const named = (...names: (string | null | undefined)[]): number | undefined =>
    names.map(name => (name == null ? undefined : idOf.get(name))).find(id => id !== undefined);
  const { license, languages } = await readCard(folder);
  return {
    folder,
    config,
    encoder,
    tensors: await Tensors.open(from),
    maxTokens: Math.min(encoder.maxSequence ?? settings.model_max_length ?? Infinity, config.maxPositions),
    specialIds: {
      pad: named(settings.pad_token) ?? v.parse(PadToken, json).pad_token_id ?? 0,
      ...optional('bos', named(settings.cls_token, settings.bos_token)),
      ...optional('eos', named(settings.sep_token, settings.eos_token)),
      ...optional('unk', named(settings.unk_token)),
    },
    tokenizer: encoder.lowerCase ? lowerCased(tokenizer) : tokenizer,
    license,
    languages,
    own: await readJson(from, 'malmoi.json', Own),
  };
}

function optional<K extends string>(key: K, id: number | undefined): { [P in K]?: number } {
  return id === undefined ? {} : ({ [key]: id } as { [P in K]: number });
}

/** Content -> id of a tokenizer.json's vocabulary and added tokens. */
function tokenIds(tokenizer: Record<string, unknown>): ReadonlyMap<string, number> {
  const { vocab } = tokenizer['model'] as { vocab?: Record<string, number> | [string, number][] };
  const ids = new Map<string, number>();
  if (Array.isArray(vocab)) vocab.forEach(([piece], id) => ids.set(piece, id));
  else for (const [piece, id] of Object.entries(vocab ?? {})) ids.set(piece, id);
  const added = (tokenizer['added_tokens'] ?? []) as { content: string; id: number }[];
  for (const { content, id } of added) ids.set(content, id);
  return ids;
}

/** `do_lower_case`: sentence-transformers puts a lower-casing step before the tokenizer's own. */
function lowerCased(tokenizer: Record<string, unknown>): object {
  const own = tokenizer['normalizer'] as { type?: string; normalizers?: unknown[] } | null | undefined;
  const steps = own == null ? [] : own.type === 'Sequence' ? (own.normalizers ?? []) : [own];
  if (JSON.stringify(steps).includes('"Lowercase"')) return tokenizer;
  return { ...tokenizer, normalizer: { type: 'Sequence', normalizers: [{ type: 'Lowercase' }, ...steps] } };
}

const Card = v.object({
  license: v.optional(v.nullable(v.string())),
  language: v.optional(v.nullable(v.union([v.string(), v.array(v.string())]))),
});

/** Licence and languages from the front matter of README.md; unknown where it does not give them. */
async function readCard(folder: string): Promise<{ license: string; languages: readonly string[] }> {
  const text = await readFile(path.join(folder, 'README.md'), 'utf8').catch(() => '');
  const [, front] = /^---\r?\n([\s\S]*?)\r?\n---/.exec(text) ?? [];
  let yaml: unknown = null;
  try {
    yaml = parseYaml(front ?? '', { schema: 'core', maxAliasCount: 10 });
  } catch {
    // An unreadable card gives no information.
  }
  const card = v.safeParse(Card, yaml);
  if (!card.success) return { license: 'unknown', languages: [] };
  const { language } = card.output;
  return {
    license: card.output.license ?? 'unknown',
    languages: language == null ? [] : typeof language === 'string' ? [language] : language,
  };
}
