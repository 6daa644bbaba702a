/** Encodes texts as sparse vectors: tokenizer, forward pass and pooling together. It runs in the encoder thread. */
import type { Markup } from '../domain/location.ts';
import { IN_CONTEXT, NOWHERE, type SparseVector } from '../index/sparseVector.ts';
import type { MappedText } from '../text/normalize.ts';
import { plainTextOf } from '../text/plainText.ts';
import { WordPlaces } from '../text/words.ts';
import type { ModelFolder } from './modelFolder.ts';
import type { Runtime } from './runtime/runtime.ts';
import { Session } from './session.ts';
import { Tokenizer } from './tokenizer.ts';

export type TextKind = 'query' | 'passage';

export interface EncoderInput {
  readonly kind: TextKind;
  /** Replaces the prompt of its kind. */
  readonly prompt?: string;
  /** Heading trail to encode before a passage; '' for none. */
  readonly context: string;
  /** The text as it stands; its markup is removed before encoding. */
  readonly text: string;
  /** How a passage is written. Where absent, it is encoded as it stands, like a query. */
  readonly markup?: Markup;
}

export interface EncodedBatch {
  readonly vectors: readonly SparseVector[];
  /** Number of tokens that went through the model, without padding. */
  readonly tokens: number;
  readonly milliseconds: number;
}

export class Encoder {
  readonly #folder: ModelFolder;
  readonly #tokenizer: Tokenizer;
  readonly #session: Session;

  private constructor(folder: ModelFolder, tokenizer: Tokenizer, session: Session) {
    this.#folder = folder;
    this.#tokenizer = tokenizer;
    this.#session = session;
  }

  /** `runtime`: in place of the one that this machine has (for comparing them). */
  static async open(folder: ModelFolder, threads: number, runtime?: Runtime): Promise<Encoder> {
    return new Encoder(folder, await Tokenizer.open(folder), await Session.open(folder, threads, runtime));
  }

  async encode(inputs: readonly EncoderInput[]): Promise<EncodedBatch> {
    const started = performance.now();
    const { manifest } = this.#folder;
    const texts = inputs.map(input => {
      const body =
        input.markup === undefined
          ? identity(input.text)
          : plainTextOf({ text: input.text, markup: input.markup });
      const context = input.context === '' ? '' : `${input.context}\n`;
      const encoded = this.#tokenizer.encode(
        input.prompt ?? manifest.prompts[input.kind],
        context + body.text,
      );
      return {
        encoded,
        body,
        words: new WordPlaces(input.text),
        contextLength: context.length,
        kind: input.kind,
      };
    });
    const everyToken = manifest.vote === 'attention';
    const batch = texts.map(({ encoded }) =>
      everyToken ? { ids: encoded.ids, voteStart: 0, voteEnd: encoded.ids.length } : encoded,
    );
    const output = await this.#session.run(batch);
    const dimensions = this.#session.dimensions;
    const vectors = texts.map((text, row) => {
      const weights = output.weights.subarray(row * dimensions, (row + 1) * dimensions);
      const positions = output.positions.subarray(row * dimensions, (row + 1) * dimensions);
      const places = text.encoded.places();
      const placeOf = (position: number): number => {
        const place = places[position - text.encoded.voteStart];
        if (place === undefined || place < text.contextLength) return IN_CONTEXT;
        const offset = text.body.starts[place - text.contextLength];
        const word = offset === undefined ? null : text.words.numberAt(offset);
        return word === null ? NOWHERE : Math.min(NOWHERE, word);
      };
      const floor = Math.max(
        manifest.minWeight?.[text.kind] ?? 0,
        manifest.maxActive === undefined ? 0 : floorOf(weights, manifest.maxActive),
      );
      return pool(weights, positions, floor, placeOf);
    });
    const tokens = texts.reduce((sum, text) => sum + text.encoded.ids.length, 0);
    return { vectors, tokens, milliseconds: performance.now() - started };
  }

  async close(): Promise<void> {
    await this.#session.close();
  }
}

/** The non-zero dimensions of one row, above the smallest weight worth keeping. */
export function pool(
  weights: Float32Array,
  positions: BigInt64Array,
  minWeight: number,
  placeOf: (position: number) => number,
): SparseVector {
  let count = 0;
  for (let i = 0; i < weights.length; i++) if (weights[i]! > minWeight) count++;
  const vector = {
    dimensions: new Uint32Array(count),
    weights: new Float32Array(count),
    places: new Uint16Array(count),
  };
  let at = 0;
  for (let i = 0; i < weights.length; i++) {
    if (!(weights[i]! > minWeight)) continue;
    vector.dimensions[at] = i;
    vector.weights[at] = weights[i]!;
    vector.places[at] = placeOf(Number(positions[i]!));
    at++;
  }
  return vector;
}

/** The weight that all except the `count` largest do not exceed; 0 where no more are active. */
function floorOf(weights: Float32Array, count: number): number {
  return (
    weights
      .filter(weight => weight > 0)
      .sort()
      .at(-count - 1) ?? 0
  );
}

function identity(text: string): MappedText {
  return { text, starts: Uint32Array.from({ length: text.length + 1 }, (_, i) => i) };
}
