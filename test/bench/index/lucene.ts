/** Lucene in a Java process, where there are Java, its compiler and Lucene's jar. */
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import type { Channel } from '../../../src/domain/channel.ts';
import type { BenchPassage, BenchQuery, Corpus } from './corpus.ts';
import type { BenchEngine, EngineOptions } from './engine.ts';
import { LineProcess } from './lineProcess.ts';
import { queryTerms, termText } from './lexicalPeers.ts';

export class Lucene implements BenchEngine {
  readonly name = 'lucene';
  readonly channels = ['semantic', 'lexical'] as const;
  readonly persistent = true;
  readonly limit = 1_000_000;
  readonly #folder: string;
  readonly #jar: string;
  #process: LineProcess | null = null;
  #milliseconds = 0;

  constructor({ folder, lucene }: EngineOptions) {
    this.#folder = folder;
    this.#jar = lucene!;
  }

  get #index(): string {
    return path.join(this.#folder, 'index');
  }

  get #command(): string[] {
    return ['-Xmx4g', '-cp', [this.#folder, this.#jar].join(path.delimiter), 'LuceneBench'];
  }

  build(corpus: Corpus): Promise<void> {
    const source = path.join(import.meta.dirname, 'LuceneBench.java');
    execFileSync('javac', ['-cp', this.#jar, '-d', this.#folder, source]);
    const file = path.join(this.#folder, 'passages');
    writePassages(file, corpus.items());
    execFileSync('java', [...this.#command, 'build', this.#index, file], {
      stdio: ['ignore', 'inherit', 'ignore'],
    });
    fs.rmSync(file);
    return Promise.resolve();
  }

  async open(): Promise<void> {
    this.#process = new LineProcess('java', [...this.#command, 'serve', this.#index]);
    await this.#process.line();
  }

  async search(query: BenchQuery, channel: Channel, k: number): Promise<readonly number[]> {
    const words =
      channel === 'lexical'
        ? queryTerms(query)
        : query.terms.map(({ dimension, weight }) => `${dimension}:${weight}`);
    return this.#ask(`${channel === 'lexical' ? 'l' : 's'} ${k} ${words.join(' ')}`);
  }

  async #ask(line: string): Promise<readonly number[]> {
    const [nanoseconds, ...passages] = (await this.#process!.ask(line)).split(' ').map(Number);
    this.#milliseconds = nanoseconds! / 1e6;
    return passages;
  }

  /** Of the last search, without the way to its process and back. */
  get milliseconds(): number {
    return this.#milliseconds;
  }

  async update(first: number, passages: readonly BenchPassage[]): Promise<void> {
    const file = path.join(this.#folder, 'update');
    writePassages(file, passages);
    await this.#ask(`u ${first} ${file}`);
  }

  bytes(): number {
    return fs
      .readdirSync(this.#index)
      .reduce((sum, name) => sum + fs.statSync(path.join(this.#index, name)).size, 0);
  }

  get pid(): number {
    return this.#process!.pid;
  }

  async close(): Promise<void> {
    await this.#process?.close();
  }
}

/** Big-endian, as Java reads: the number of dimensions, dimension and weight of each, the text's terms. */
function writePassages(file: string, passages: Iterable<BenchPassage>): void {
  const handle = fs.openSync(file, 'w');
  for (const { vector, text } of passages) {
    const { dimensions, weights } = vector;
    const terms = Buffer.from(termText(text));
    const bytes = Buffer.alloc(8 + 8 * dimensions.length + terms.length);
    bytes.writeInt32BE(dimensions.length, 0);
    dimensions.forEach((dimension, i) => {
      bytes.writeInt32BE(dimension, 4 + 8 * i);
      bytes.writeFloatBE(weights[i]!, 8 + 8 * i);
    });
    bytes.writeInt32BE(terms.length, 4 + 8 * dimensions.length);
    terms.copy(bytes, 8 + 8 * dimensions.length);
    fs.writeSync(handle, bytes);
  }
  fs.closeSync(handle);
}
