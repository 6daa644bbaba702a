/** The native runtime beside WebAssembly, in turns, so that what else the machine does falls on both. */
import { Encoder, type EncoderInput } from '../../src/model/encoder.ts';
import { openModelFolder } from '../../src/model/modelFolder.ts';
import { loadNative } from '../../src/model/runtime/nativeRuntime.ts';
import type { RuntimeLoader } from '../../src/model/runtime/runtime.ts';
import { loadWasm } from '../../src/model/runtime/wasmRuntime.ts';
import { percentile, type Figure } from './figures.ts';
import { passagesOf } from './passagesOf.ts';
import { QUERIES } from './queries.ts';

export interface RuntimesOptions {
  readonly folder: string;
  readonly model: string;
  /** Inside an operator: 1 is what the embedded model is given. */
  readonly threads: number;
  readonly rounds: number;
}

/** Passages a call: what the engine gives the encoder at once. */
const BATCH = 2;

interface Opened {
  readonly name: string;
  readonly encoder: Encoder;
  readonly opening: number;
  readonly rates: number[];
  readonly queries: number[];
}

/** Figures of both, and their ratio: medians over all rounds. */
export async function runtimes(options: RuntimesOptions): Promise<readonly Figure[]> {
  const folder = await openModelFolder(options.model);
  const open = async (load: RuntimeLoader): Promise<Opened> => {
    const started = performance.now();
    const runtime = { ...(await load()), insteadOf: null };
    const encoder = await Encoder.open(folder, options.threads, runtime);
    await encoder.encode([{ kind: 'query', context: '', text: '말모이' }]);
    const opening = performance.now() - started;
    return { name: runtime.name, encoder, opening, rates: [], queries: [] };
  };
  const both = [await open(loadNative), await open(loadWasm)];
  const texts = passagesOf(options.folder);
  for (let round = 0; round < options.rounds; round++) {
    const batch = Array.from({ length: BATCH }, (_, i): EncoderInput => {
      const text = texts[(round * BATCH + i) % texts.length]!;
      return { kind: 'passage', context: '', text };
    });
    const query: EncoderInput = { kind: 'query', context: '', text: QUERIES[round % QUERIES.length]! };
    for (const { encoder, rates, queries } of both) {
      const { tokens, milliseconds } = await encoder.encode(batch);
      rates.push((tokens / milliseconds) * 1000);
      queries.push((await encoder.encode([query])).milliseconds);
    }
  }
  const figures = both.flatMap(figuresOf);
  const [native, wasm] = both.map(({ rates }) => percentile(rates, 0.5));
  const times = both.map(({ queries }) => percentile(queries, 0.5));
  for (const { encoder } of both) await encoder.close();
  return [
    ...figures,
    { name: 'native / wasm, tokens/s', value: native! / wasm!, unit: 'times' },
    { name: 'wasm / native, a query', value: times[1]! / times[0]!, unit: 'times' },
  ];
}

function figuresOf({ name, opening, rates, queries }: Opened): Figure[] {
  return [
    { name: `${name}: passages`, value: percentile(rates, 0.5), unit: 'tokens/s' },
    { name: `${name}: passages, best`, value: Math.max(...rates), unit: 'tokens/s' },
    { name: `${name}: a query, p50`, value: percentile(queries, 0.5), unit: 'ms' },
    { name: `${name}: open, first text`, value: opening, unit: 'ms' },
  ];
}
