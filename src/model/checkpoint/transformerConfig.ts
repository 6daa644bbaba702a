/**
 * The `config.json` of a masked language model, reduced to what its forward pass needs. Field names are those of
 * Hugging Face transformers 4.x and 5.x. An unsupported setting is refused with the name of its field.
 */
import * as v from 'valibot';
import { UserError } from '../../errors/userError.ts';

const Size = v.pipe(v.number(), v.integer(), v.minValue(1));
const Flag = (otherwise: boolean) => v.optional(v.boolean(), otherwise);
const Theta = v.object({ rope_theta: v.optional(v.number()), rope_type: v.optional(v.string(), 'default') });

export type Activation = 'gelu' | 'geluTanh' | 'relu' | 'silu';

const ACTIVATIONS: Readonly<Record<string, Activation>> = {
  gelu: 'gelu',
  gelu_python: 'gelu',
  gelu_new: 'geluTanh',
  gelu_fast: 'geluTanh',
  gelu_pytorch_tanh: 'geluTanh',
  relu: 'relu',
  silu: 'silu',
  swish: 'silu',
};

interface Shape {
  readonly layers: number;
  readonly hidden: number;
  readonly heads: number;
  /** Width of the feed-forward layer. */
  readonly intermediate: number;
  /** Rows of the input's embeddings. */
  readonly vocabulary: number;
  /** Number of output dimensions: the vocabulary, where a checkpoint has no other. */
  readonly dimensions: number;
  /** Width of the decoder's input. */
  readonly headSize: number;
  /** Longest input, special tokens included. */
  readonly maxPositions: number;
  readonly epsilon: number;
  readonly activation: Activation;
}

export interface ModernBertConfig extends Shape {
  readonly architecture: 'modernBert';
  /** Window of each layer: null attends to all positions, a number to those at most this far away. */
  readonly windows: readonly (number | null)[];
  readonly globalTheta: number;
  readonly localTheta: number;
  readonly normBias: boolean;
  readonly attentionBias: boolean;
  readonly mlpBias: boolean;
  readonly headBias: boolean;
  readonly headActivation: Activation;
  readonly decoderBias: boolean;
}

export interface BertConfig extends Shape {
  readonly architecture: 'bert' | 'roberta' | 'distilBert';
  /** Size of the position table and the position of the first token in it (RoBERTa: pad id + 1). */
  readonly positionRows: number;
  readonly firstPosition: number;
  /** Rows of the segment table; 0 where there is none. */
  readonly segments: number;
  /** null: the head is a linear layer and a norm. */
  readonly headActivation: Activation | null;
}

export type TransformerConfig = ModernBertConfig | BertConfig;

const Common = v.object({
  architectures: v.optional(v.nullable(v.array(v.string()))),
  vocab_size: Size,
  pad_token_id: v.optional(v.nullable(v.number())),
});

const ModernBert = v.object({
  ...Common.entries,
  hidden_size: v.optional(Size, 768),
  intermediate_size: v.optional(Size, 1152),
  num_hidden_layers: v.optional(Size, 22),
  num_attention_heads: v.optional(Size, 12),
  hidden_activation: v.optional(v.string(), 'gelu'),
  max_position_embeddings: v.optional(Size, 8192),
  norm_eps: v.optional(v.number(), 1e-5),
  norm_bias: Flag(false),
  attention_bias: Flag(false),
  mlp_bias: Flag(false),
  decoder_bias: Flag(true),
  classifier_bias: Flag(false),
  classifier_activation: v.optional(v.string(), 'gelu'),
  local_attention: v.optional(Size, 128),
  global_attn_every_n_layers: v.optional(v.nullable(Size), 3),
  layer_types: v.optional(v.nullable(v.array(v.picklist(['full_attention', 'sliding_attention'])))),
  global_rope_theta: v.optional(v.nullable(v.number())),
  local_rope_theta: v.optional(v.nullable(v.number())),
  rope_scaling: v.optional(v.nullable(v.unknown())),
  rope_parameters: v.optional(
    v.nullable(
      v.object({
        full_attention: v.optional(v.nullable(Theta)),
        sliding_attention: v.optional(v.nullable(Theta)),
      }),
    ),
  ),
});

const Bert = v.object({
  ...Common.entries,
  hidden_size: Size,
  intermediate_size: Size,
  num_hidden_layers: Size,
  num_attention_heads: Size,
  hidden_act: v.optional(v.string(), 'gelu'),
  max_position_embeddings: Size,
  type_vocab_size: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0)), 2),
  layer_norm_eps: v.optional(v.number(), 1e-12),
  position_embedding_type: v.optional(v.nullable(v.string()), 'absolute'),
  is_decoder: Flag(false),
  add_cross_attention: Flag(false),
  // Fields of our own checkpoints: output words that are not the tokenizer's, a narrow head, one without activation.
  output_vocab_size: v.optional(Size),
  head_size: v.optional(Size),
  head_act: v.optional(v.string()),
});

const DistilBert = v.object({
  ...Common.entries,
  dim: Size,
  hidden_dim: Size,
  n_layers: Size,
  n_heads: Size,
  activation: v.optional(v.string(), 'gelu'),
  max_position_embeddings: v.optional(Size, 512),
});

/** Throws `UserError` `modelUnsupported` naming the field. */
export function readTransformerConfig(json: unknown): TransformerConfig {
  const { architectures, model_type } = parse(
    v.object({ architectures: Common.entries.architectures, model_type: v.optional(v.string(), '') }),
    json,
  );
  const name = architectures?.[0] ?? model_type;
  switch (name) {
    case 'ModernBertForMaskedLM':
    case 'modernbert':
      return modernBert(parse(ModernBert, json));
    case 'BertForMaskedLM':
    case 'BertForPreTraining':
    case 'bert':
      return bert('bert', parse(Bert, json));
    case 'RobertaForMaskedLM':
    case 'XLMRobertaForMaskedLM':
    case 'roberta':
    case 'xlm-roberta':
      return bert('roberta', parse(Bert, json));
    case 'DistilBertForMaskedLM':
    case 'distilbert':
      return distilBert(parse(DistilBert, json));
    default:
      throw unsupported('architectures', name);
  }
}

function modernBert(config: v.InferOutput<typeof ModernBert>): ModernBertConfig {
  const { num_hidden_layers: layers, rope_parameters: rope } = config;
  for (const kind of ['full_attention', 'sliding_attention'] as const) {
    const type = rope?.[kind]?.rope_type ?? 'default';
    if (type !== 'default') throw unsupported(`rope_parameters.${kind}.rope_type`, type);
  }
  if (config.rope_scaling != null) throw unsupported('rope_scaling', config.rope_scaling);
  if (config.hidden_size % config.num_attention_heads !== 0)
    throw unsupported('num_attention_heads', config.num_attention_heads);
  const every = config.global_attn_every_n_layers ?? 3;
  const half = Math.floor(config.local_attention / 2);
  const types =
    config.layer_types ??
    Array.from({ length: layers }, (_, i) => (i % every === 0 ? 'full_attention' : 'sliding_attention'));
  if (types.length !== layers) throw unsupported('layer_types', types.length);
  const globalTheta = rope?.full_attention?.rope_theta ?? config.global_rope_theta ?? 160_000;
  // transformers 4 writes null for "as the global one".
  const older = config.local_rope_theta === null ? globalTheta : (config.local_rope_theta ?? 10_000);
  return {
    architecture: 'modernBert',
    layers,
    hidden: config.hidden_size,
    heads: config.num_attention_heads,
    intermediate: config.intermediate_size,
    vocabulary: config.vocab_size,
    dimensions: config.vocab_size,
    headSize: config.hidden_size,
    maxPositions: config.max_position_embeddings,
    epsilon: config.norm_eps,
    activation: activationOf('hidden_activation', config.hidden_activation),
    windows: types.map(type => (type === 'full_attention' ? null : half)),
    globalTheta,
    localTheta: rope?.sliding_attention?.rope_theta ?? older,
    normBias: config.norm_bias,
    attentionBias: config.attention_bias,
    mlpBias: config.mlp_bias,
    headBias: config.classifier_bias,
    headActivation: activationOf('classifier_activation', config.classifier_activation),
    decoderBias: config.decoder_bias,
  };
}

function bert(architecture: 'bert' | 'roberta', config: v.InferOutput<typeof Bert>): BertConfig {
  const type = config.position_embedding_type ?? 'absolute';
  if (type !== 'absolute') throw unsupported('position_embedding_type', type);
  if (config.is_decoder) throw unsupported('is_decoder', true);
  if (config.add_cross_attention) throw unsupported('add_cross_attention', true);
  if (config.hidden_size % config.num_attention_heads !== 0)
    throw unsupported('num_attention_heads', config.num_attention_heads);
  const firstPosition = architecture === 'roberta' ? (config.pad_token_id ?? 1) + 1 : 0;
  return {
    architecture,
    layers: config.num_hidden_layers,
    hidden: config.hidden_size,
    heads: config.num_attention_heads,
    intermediate: config.intermediate_size,
    vocabulary: config.vocab_size,
    dimensions: config.output_vocab_size ?? config.vocab_size,
    headSize: config.head_size ?? config.hidden_size,
    maxPositions: config.max_position_embeddings - firstPosition,
    epsilon: config.layer_norm_eps,
    activation: activationOf('hidden_act', config.hidden_act),
    positionRows: config.max_position_embeddings,
    firstPosition,
    segments: config.type_vocab_size,
    headActivation: headActivation(architecture, config),
  };
}

function headActivation(
  architecture: 'bert' | 'roberta',
  { head_act: own, hidden_act: body }: v.InferOutput<typeof Bert>,
): Activation | null {
  if (own === 'identity') return null;
  if (own !== undefined) return activationOf('head_act', own);
  // RoBERTa's head takes no activation from the config.
  return architecture === 'roberta' ? 'gelu' : activationOf('hidden_act', body);
}

function distilBert(config: v.InferOutput<typeof DistilBert>): BertConfig {
  if (config.dim % config.n_heads !== 0) throw unsupported('n_heads', config.n_heads);
  return {
    architecture: 'distilBert',
    layers: config.n_layers,
    hidden: config.dim,
    heads: config.n_heads,
    intermediate: config.hidden_dim,
    vocabulary: config.vocab_size,
    dimensions: config.vocab_size,
    headSize: config.dim,
    maxPositions: config.max_position_embeddings,
    epsilon: 1e-12,
    activation: activationOf('activation', config.activation),
    positionRows: config.max_position_embeddings,
    firstPosition: 0,
    segments: 0,
    headActivation: activationOf('activation', config.activation),
  };
}

function activationOf(field: string, name: string): Activation {
  const found = ACTIVATIONS[name];
  if (found === undefined) throw unsupported(field, name);
  return found;
}

function parse<T>(schema: v.GenericSchema<unknown, T>, json: unknown): T {
  const parsed = v.safeParse(schema, json);
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  throw new UserError('modelUnsupported', `config.json: ${v.getDotPath(issue) ?? ''} (${issue.message})`);
}

function unsupported(field: string, value: unknown): UserError {
  return new UserError('modelUnsupported', `config.json: ${field} = ${JSON.stringify(value)}`);
}
