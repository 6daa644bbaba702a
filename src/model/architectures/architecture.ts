/** The parts of an encoder for the converter, in the order they run. */
import type { TransformerConfig } from '../checkpoint/transformerConfig.ts';
import { Attention } from '../convert/attention.ts';
import type { Layers, LinearSource } from '../convert/layers.ts';
import { bert } from './bert.ts';
import { modernBert } from './modernBert.ts';

export interface Architecture {
  /** Token ids int64 `[batch, length]` -> hidden state `[batch, length, hidden]`. */
  embed(ids: string): string;
  layer(index: number, hidden: string): string;
  /** Hidden state of the last layer -> the input of the decoder, `[batch, length, headSize]`. */
  head(hidden: string): string;
  readonly decoder: LinearSource;
}

/** `mask` is the graph's attention mask, int64 `[batch, length]`. */
export function architectureOf(config: TransformerConfig, layers: Layers, mask: string): Architecture {
  const attention = new Attention(layers.graph, mask, config.heads, config.hidden);
  return config.architecture === 'modernBert'
    ? modernBert(config, layers, attention)
    : bert(config, layers, attention);
}
