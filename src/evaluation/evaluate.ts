/** Runs a BEIR set through the real passages, encoder, index and ranking. */
import { createHash } from 'node:crypto';
import type { PassageIndex } from '../index/passageIndex.ts';
import type { FileRecord } from '../index/records.ts';
import type { Scorer } from '../index/scorer.ts';
import type { SparseVector } from '../index/sparseVector.ts';
import type { EncodedBatch, EncoderInput } from '../model/encoder.ts';
import type { Channel } from '../protocol.ts';
import { countTerms, type ReadPassage } from '../readers/readPassages.ts';
import { byDocument } from '../search/documentScore.ts';
import { rank } from '../search/fusion.ts';
import type { Bm25 } from '../search/bm25.ts';
import { prepareQuery, withVector, type TermWeights } from '../search/preparedQuery.ts';
import { blocksOfPlainText } from '../text/paragraphs.ts';
import { passagesOf, type PassageRules } from '../text/passages.ts';
import { batchesOf } from '../workspace/batches.ts';
import type { BeirRow, BeirSet } from './beir.ts';
import { figuresOf, percentile, type Figures, type Judged } from './metrics.ts';

export interface EvaluationPorts {
  readonly scorer: Scorer;
  readonly encode: (batch: readonly EncoderInput[]) => Promise<EncodedBatch>;
  readonly encodeQuery: (text: string) => Promise<SparseVector>;
  readonly countTokens: (text: string) => number;
  readonly rules: PassageRules;
  readonly names: readonly string[];
  readonly onProgress: (done: number, total: number) => void;
}

/** What may be tried in place of the product's own settings. */
export interface Trial {
  /** The semantic channel's weight. */
  readonly share?: number | undefined;
  readonly bm25?: Bm25 | undefined;
  readonly terms?: TermWeights | undefined;
}

export interface Evaluation extends Figures {
  readonly documents: number;
  readonly queries: number;
  readonly passages: number;
  /** Measured while encoding; 0 where every document was in the index already. */
  readonly tokens_per_s: number;
  readonly latency_ms: { readonly p50: number; readonly p95: number };
}

/** Documents written in one step: a short run of work is lost at most when interrupted. */
const GROUP = 64;
/** Passages looked at so that a hundred documents are among them. */
const DEPTH = 1_000;

/** Brings the index up to the set's documents; returns tokens per second. */
export async function indexSet(set: BeirSet, index: PassageIndex, ports: EvaluationPorts): Promise<number> {
  let tokens = 0;
  let milliseconds = 0;
  for (let at = 0; at < set.documents.length; at += GROUP) {
    const group = set.documents.slice(at, at + GROUP).filter(row => index.head(row.id)?.hash !== hashOf(row));
    const records = group.map(row => ({ row, passages: passagesOfRow(row, ports) }));
    const all = records.flatMap(record => record.passages);
    const vectors: SparseVector[] = [];
    for (const batch of batchesOf(all.map(passage => passage.tokens))) {
      const inputs = batch.map(i => ({
        kind: 'passage' as const,
        context: all[i]!.context,
        text: all[i]!.text,
      }));
      const encoded = await ports.encode(inputs);
      tokens += encoded.tokens;
      milliseconds += encoded.milliseconds;
      batch.forEach((i, row) => (vectors[i] = encoded.vectors[row]!));
    }
    let next = 0;
    await index.replace(
      records.map(({ row, passages }): FileRecord => {
        const withVectors = passages.map(({ context: _, tokens: __, ...passage }) => ({
          ...passage,
          vector: vectors[next++]!,
        }));
        const size = row.text.length;
        const stamp = { path: row.id, size, modified: 0, hash: hashOf(row) };
        return { ...stamp, state: 'indexed', reason: null, detail: null, tags: [], passages: withVectors };
      }),
    );
    ports.onProgress(Math.min(set.documents.length, at + GROUP), set.documents.length);
  }
  const wanted = new Set(set.documents.map(row => row.id));
  await index.remove([...index.heads()].map(head => head.path).filter(id => !wanted.has(id)));
  return milliseconds === 0 ? 0 : (tokens / milliseconds) * 1000;
}

function hashOf(row: BeirRow): string {
  return createHash('sha256').update(`${row.title}\0${row.text}`).digest('hex');
}

/** A document is one unit: its title is the heading, its passages compete, the best one counts. */
function passagesOfRow(row: BeirRow, { rules, countTokens }: EvaluationPorts): ReadPassage[] {
  const title = row.title.trim() === '' ? null : row.title.trim().replace(/\s+/g, ' ');
  const document = { ...blocksOfPlainText(row.text), title };
  return passagesOf(row.text, document, rules, countTokens).map(passage => {
    const text = row.text.slice(passage.start, passage.end);
    const context = passage.headings.join(' > ');
    const hash = createHash('sha256').update(`${context}\0${text}`).digest('hex').slice(0, 32);
    return { ...passage, text, context, hash, tokens: countTokens(text), terms: countTerms(text, context) };
  });
}

/** Document ids for a query, best first; see `documentScore`. */
async function rankDocuments(
  text: string,
  index: PassageIndex,
  channel: Channel,
  ports: EvaluationPorts,
  { share, bm25, terms }: Trial,
): Promise<string[]> {
  let query = prepareQuery(text, terms);
  if (channel !== 'lexical') query = withVector(query, await ports.encodeQuery(text), ports.names);
  const { segments, release } = index.acquire();
  try {
    const settings = { channel, k: DEPTH, floor: 0, share, bm25 };
    const { hits } = await rank(ports.scorer, segments, query.semantic, query.lexical, settings);
    const documents = byDocument(hits, hit => hit.segment.files.path(hit.segment.fileOf(hit.passage)));
    return documents.map(({ document }) => document);
  } finally {
    release();
  }
}

/** All metrics of one channel over an index that `indexSet` has filled. */
export async function evaluate(
  set: BeirSet,
  index: PassageIndex,
  channel: Channel,
  ports: EvaluationPorts,
  tokensPerSecond: number,
  trial: Trial = {},
): Promise<Evaluation> {
  const latencies: number[] = [];
  const rankings: Judged[] = [];
  for (const query of set.queries) {
    const started = performance.now();
    const ranked = await rankDocuments(query.text, index, channel, ports, trial);
    latencies.push(performance.now() - started);
    rankings.push({ ranked, grades: set.judgements.get(query.id)! });
  }
  return {
    ...figuresOf(rankings),
    documents: set.documents.length,
    queries: set.queries.length,
    passages: index.passageCount,
    tokens_per_s: Math.round(tokensPerSecond),
    latency_ms: { p50: percentile(latencies, 0.5), p95: percentile(latencies, 0.95) },
  };
}
