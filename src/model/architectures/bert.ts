/**
 * BertForMaskedLM, RobertaForMaskedLM, XLMRobertaForMaskedLM and DistilBertForMaskedLM (transformers
 * `modeling_bert.py`, `modeling_roberta.py`, `modeling_distilbert.py`): one post-norm encoder, with other names
 * for its tensors, other first positions and other heads.
 */
import type { BertConfig } from '../checkpoint/transformerConfig.ts';
import type { Attention } from '../convert/attention.ts';
import type { Layers, LinearSource } from '../convert/layers.ts';
import { TensorType } from '../onnx/graphBuilder.ts';
import type { Architecture } from './architecture.ts';

interface Names {
  readonly embeddings: string;
  readonly embeddingsNorm: string;
  readonly layer: (index: number) => string;
  readonly query: string;
  readonly key: string;
  readonly value: string;
  readonly attentionOutput: string;
  readonly attentionNorm: string;
  readonly intermediate: string;
  readonly output: string;
  readonly outputNorm: string;
  readonly headDense: string;
  readonly headNorm: string;
  readonly decoder: string;
  readonly decoderBias: string;
}

const BERT_LAYER = {
  query: 'attention.self.query',
  key: 'attention.self.key',
  value: 'attention.self.value',
  attentionOutput: 'attention.output.dense',
  attentionNorm: 'attention.output.LayerNorm',
  intermediate: 'intermediate.dense',
  output: 'output.dense',
  outputNorm: 'output.LayerNorm',
};

const NAMES: Readonly<Record<BertConfig['architecture'], Names>> = {
  bert: {
    ...BERT_LAYER,
    embeddings: 'bert.embeddings',
    embeddingsNorm: 'bert.embeddings.LayerNorm',
    layer: index => `bert.encoder.layer.${index}`,
    headDense: 'cls.predictions.transform.dense',
    headNorm: 'cls.predictions.transform.LayerNorm',
    decoder: 'cls.predictions.decoder.weight',
    decoderBias: 'cls.predictions.bias',
  },
  roberta: {
    ...BERT_LAYER,
    embeddings: 'roberta.embeddings',
    embeddingsNorm: 'roberta.embeddings.LayerNorm',
    layer: index => `roberta.encoder.layer.${index}`,
    headDense: 'lm_head.dense',
    headNorm: 'lm_head.layer_norm',
    decoder: 'lm_head.decoder.weight',
    decoderBias: 'lm_head.bias',
  },
  distilBert: {
    embeddings: 'distilbert.embeddings',
    embeddingsNorm: 'distilbert.embeddings.LayerNorm',
    layer: index => `distilbert.transformer.layer.${index}`,
    query: 'attention.q_lin',
    key: 'attention.k_lin',
    value: 'attention.v_lin',
    attentionOutput: 'attention.out_lin',
    attentionNorm: 'sa_layer_norm',
    intermediate: 'ffn.lin1',
    output: 'ffn.lin2',
    outputNorm: 'output_layer_norm',
    headDense: 'vocab_transform',
    headNorm: 'vocab_layer_norm',
    decoder: 'vocab_projector.weight',
    decoderBias: 'vocab_projector.bias',
  },
};

export function bert(config: BertConfig, layers: Layers, attention: Attention): Architecture {
  const { hidden, headSize, intermediate, epsilon, vocabulary } = config;
  const { graph, weights } = layers;
  const names = NAMES[config.architecture];
  const norm = (x: string, name: string, size = hidden): string =>
    layers.layerNorm(x, `${name}.weight`, `${name}.bias`, size, epsilon);
  const dense = (x: string, name: string, outputs = hidden, inputs = hidden): string =>
    layers.linear(x, { name: `${name}.weight`, bias: `${name}.bias`, outputs, inputs });
  const table = `${names.embeddings}.word_embeddings.weight`;

  const positions = (ids: string): string => {
    if (config.firstPosition === 0) {
      const length = graph.op('Gather', [graph.op('Shape', [ids]), graph.integer(1)]);
      return graph.op('Unsqueeze', [
        graph.op('Range', [graph.integer(0), length, graph.integer(1)]),
        graph.integers([0]),
      ]);
    }
    // RoBERTa counts only tokens that are not padding: `create_position_ids_from_input_ids`.
    const pad = graph.integer(config.firstPosition - 1);
    const present = graph.op('Cast', [graph.op('Not', [graph.op('Equal', [ids, pad])])], {
      to: TensorType.int64,
    });
    const counted = graph.op('Mul', [graph.op('CumSum', [present, graph.integer(1)]), present]);
    return graph.op('Add', [counted, pad]);
  };

  const decoder: LinearSource = {
    // Tied tensors are stored once. Where both names exist, transformers uses the decoder's.
    name: weights.present(names.decoder, table),
    bias: weights.present(names.decoder.replace(/weight$/, 'bias'), names.decoderBias),
    outputs: config.dimensions,
    inputs: headSize,
  };
  return {
    embed: ids => {
      const words = weights.lookUp(table, vocabulary, hidden, ids);
      const places = weights.lookUp(
        `${names.embeddings}.position_embeddings.weight`,
        config.positionRows,
        hidden,
        positions(ids),
      );
      let sum = graph.op('Add', [words, places]);
      if (config.segments > 0) {
        // There is one text and one segment, so it is always the first row.
        const name = `${names.embeddings}.token_type_embeddings.weight`;
        const segment = weights.lookUp(name, config.segments, hidden, graph.integers([0]));
        sum = graph.op('Add', [sum, segment]);
      }
      return norm(sum, names.embeddingsNorm);
    },
    layer: (index, state) => {
      const at = names.layer(index);
      const context = attention.attend({
        query: dense(state, `${at}.${names.query}`),
        key: dense(state, `${at}.${names.key}`),
        value: dense(state, `${at}.${names.value}`),
        window: null,
      });
      const attended = norm(
        graph.op('Add', [dense(context, `${at}.${names.attentionOutput}`), state]),
        `${at}.${names.attentionNorm}`,
      );
      const inner = layers.activation(
        config.activation,
        dense(attended, `${at}.${names.intermediate}`, intermediate),
      );
      const output = dense(inner, `${at}.${names.output}`, hidden, intermediate);
      return norm(graph.op('Add', [output, attended]), `${at}.${names.outputNorm}`);
    },
    head: state => {
      const projected = dense(state, names.headDense, headSize);
      const { headActivation } = config;
      const active = headActivation === null ? projected : layers.activation(headActivation, projected);
      return norm(active, names.headNorm, headSize);
    },
    decoder,
  };
}
