/** The engines by the name that the command line and the table give them. */
import { CardMethod } from './cardMethod.ts';
import type { BenchEngine, EngineOptions } from './engine.ts';
import { Flexsearch, Minisearch } from './lexicalPeers.ts';
import { Lucene } from './lucene.ts';
import { Malmoi } from './malmoi.ts';
import { Sqlite } from './sqlite.ts';

export const ENGINES: Readonly<Record<string, (options: EngineOptions) => BenchEngine>> = {
  wasm: options => new Malmoi(options, 'wasm'),
  plain: options => new Malmoi(options, 'plain'),
  map: () => new CardMethod(),
  sqlite: options => new Sqlite(options),
  minisearch: () => new Minisearch(),
  flexsearch: () => new Flexsearch(),
  lucene: options => new Lucene(options),
};
