/** This repository's own index, on disk as the engine has it. */
import { MARKDOWN } from '../../fakes/records.ts';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { plainKernel } from '../../../src/index/kernel/plainKernel.ts';
import type { ScoreKernel } from '../../../src/index/kernel/scoreKernel.ts';
import { wasmKernel } from '../../../src/index/kernel/wasmKernel.ts';
import { PassageIndex } from '../../../src/index/passageIndex.ts';
import type { FileRecord, PassageRecord } from '../../../src/index/records.ts';
import { Scorer } from '../../../src/index/scoring/scorer.ts';
import type { Segment } from '../../../src/index/segment/segment.ts';
import type { Channel } from '../../../src/domain/channel.ts';
import { countTerms } from '../../../src/readers/countTerms.ts';
import { rank, SEMANTIC_SHARE } from '../../../src/search/ranking/fusion.ts';
import { SCALE } from '../../../src/search/ranking/fusionConstants.ts';
import { LexicalChannel } from '../../../src/search/ranking/lexicalChannel.ts';
import { prepareQuery } from '../../../src/search/query/encodedQuery.ts';
import { VectorWindows } from '../../../src/index/merge/vectorWindows.ts';
import { FileStore } from '../../../src/workspace/files/fileStore.ts';
import { BruteForce } from './bruteForce.ts';
import { PASSAGES_PER_FILE, type BenchPassage, type BenchQuery, type Corpus } from './corpus.ts';
import type { BenchEngine, EngineOptions } from './engine.ts';

/** Given to the index in one step. Above the first a larger one, or building takes longer than measuring. */
const BATCH = 2_048;
const LARGE_BATCH = 16_000;
const LARGE = 200_000;

export class Malmoi implements BenchEngine {
  readonly name: string;
  readonly channels = ['semantic', 'lexical', 'hybrid'] as const;
  readonly persistent = true;
  readonly limit = Number.POSITIVE_INFINITY;
  readonly #folder: string;
  readonly #kernel: ScoreKernel;
  readonly #words: boolean;
  #index: PassageIndex | null = null;
  #scorer: Scorer;

  constructor({ folder, programs, words = true }: EngineOptions, kind: 'wasm' | 'plain') {
    this.#folder = folder;
    this.#words = words;
    this.#kernel = kind === 'plain' ? plainKernel() : compiledKernel(programs);
    this.#scorer = new Scorer(() => this.#kernel);
    this.name = `malmoi ${kind}`;
  }

  async build(corpus: Corpus): Promise<void> {
    const index = await PassageIndex.open(await FileStore.open(this.#folder), 'bench');
    const batch = corpus.passages > LARGE ? LARGE_BATCH : BATCH;
    let records: FileRecord[] = [];
    let passages: BenchPassage[] = [];
    let count = 0;
    const endFile = async (): Promise<void> => {
      records.push(fileOf(count - passages.length, passages, this.#words));
      passages = [];
      if (records.length * PASSAGES_PER_FILE < batch) return;
      await index.replace(records);
      records = [];
    };
    for (const passage of corpus.items()) {
      count++;
      if (passages.push(passage) === PASSAGES_PER_FILE) await endFile();
    }
    if (passages.length > 0) await endFile();
    await index.replace(records);
    await index.flush();
  }

  async open(): Promise<void> {
    this.#index = await PassageIndex.open(await FileStore.open(this.#folder), 'bench');
    this.#scorer = new Scorer(() => this.#kernel);
  }

  get segments(): readonly Segment[] {
    return this.#index!.acquire().segments;
  }

  async search(query: BenchQuery, channel: Channel, k: number): Promise<readonly number[]> {
    const reading = this.#index!.acquire();
    try {
      const { segments } = reading;
      const lexical = channel === 'semantic' ? [] : prepareQuery(query.text).lexical;
      const settings = { channel, k, floor: 0.2 };
      const { hits } = await rank(this.#scorer, segments, semanticOf(query, channel), lexical, settings);
      const places = await Promise.all(hits.map(({ segment, passage }) => segment.passage(passage)));
      return places.map(({ start }) => start);
    } finally {
      reading.release();
    }
  }

  async update(first: number, passages: readonly BenchPassage[]): Promise<void> {
    await this.#index!.replace([fileOf(first, passages, this.#words)]);
  }

  bytes(): number {
    return fs
      .readdirSync(this.#folder)
      .reduce((sum, name) => sum + fs.statSync(path.join(this.#folder, name)).size, 0);
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  /** The formula of the score over the vectors and counts that are stored: passages' scores by query. */
  async bruteForce(
    queries: readonly BenchQuery[],
    channel: Channel,
    passages: number,
  ): Promise<readonly Float64Array[]> {
    const { segments } = this;
    const semantic = new BruteForce(queries, passages);
    const lexical = queries.map(() => new Float64Array(passages));
    for (const segment of segments) {
      const vectors = channel === 'lexical' ? null : new VectorWindows();
      for (let p = 0; p < segment.passageCount; p++) {
        if (segment.live[p] === 0) continue;
        const { start: number } = await segment.passage(p);
        if (vectors !== null) semantic.add(number, await vectors.vector(segment, p));
      }
    }
    if (channel !== 'semantic') await this.#lexicalScores(queries, lexical);
    const share = channel === 'semantic' ? 1 : channel === 'lexical' ? 0 : SEMANTIC_SHARE;
    return queries.map((_query, i) => {
      const s = semantic.scores[i]!;
      const l = lexical[i]!;
      const [sFactor, lFactor] = [factor(s, share), factor(l, 1 - share)];
      return s.map((score, p) => sFactor * score + lFactor * l[p]!);
    });
  }

  /** Of every live passage, by its number, into `scores`. */
  #lexicalScores(queries: readonly BenchQuery[], scores: readonly Float64Array[]): Promise<void> {
    return this.#scorer.exclusively(async () => {
      const { segments } = this;
      const numbers = await Promise.all(segments.map(numbersOf));
      for (const [i, query] of queries.entries()) {
        const leaves = this.#scorer.begin(segments);
        const channel = await LexicalChannel.open(leaves, prepareQuery(query.text).lexical);
        leaves.forEach((leaf, l) => {
          const live = [...leaf.segment.live.keys()].filter(p => leaf.segment.live[p] === 1);
          const own = channel.scores(leaf, live, channel.locate(leaf, live));
          live.forEach((p, at) => (scores[i]![numbers[l]![p]!] = own[at]!));
        });
      }
    });
  }
}

async function numbersOf(segment: Segment): Promise<Uint32Array> {
  const numbers = new Uint32Array(segment.passageCount);
  for (let p = 0; p < segment.passageCount; p++) numbers[p] = (await segment.passage(p)).start;
  return numbers;
}

function factor(scores: Float64Array, share: number): number {
  const largest = scores.reduce((most, score) => Math.max(most, score), 0);
  return largest > 0 ? (SCALE * share) / largest : 0;
}

function semanticOf(query: BenchQuery, channel: Channel): Parameters<typeof rank>[2] {
  if (channel === 'lexical') return [];
  return query.terms.map(term => ({ ...term, name: '', written: '', word: 0, expansion: false }));
}

export function compiledKernel(programs: string): ScoreKernel {
  const kernel = wasmKernel(fs.readFileSync(path.join(programs, 'scoring.wasm')));
  if (kernel === null) throw new Error('no WebAssembly SIMD');
  return kernel;
}

function fileOf(first: number, passages: readonly BenchPassage[], words: boolean): FileRecord {
  return {
    path: `folder/${first}.md`,
    size: 1,
    modified: 1,
    hash: '',
    state: 'indexed',
    reason: null,
    detail: null,
    tags: [],
    passages: passages.map(({ text, vector }, i): PassageRecord => {
      // Its number among all is where it says that it begins: a hit tells which passage it is.
      const start = first + i;
      const hash = createHash('sha256').update(String(start)).digest('hex').slice(0, 32);
      const place = { start, end: start + text.length, line: 0, column: 0, endLine: 0 };
      const terms = countTerms({ text: words ? text : '', plain: words ? text : '', headings: '' });
      return { ...place, ...MARKDOWN, headings: [], text, beside: '', hash, vector, terms };
    }),
  };
}
