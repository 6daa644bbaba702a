/** Runs a BEIR set through the real passages, encoder, index and ranking. */
import { createHash } from 'node:crypto';
import { LINE } from '../domain/location.ts';
import type { PassageIndex } from '../index/passageIndex.ts';
import type { FileRecord } from '../index/records.ts';
import type { Scorer } from '../index/scoring/scorer.ts';
import type { SparseVector } from '../index/sparseVector.ts';
import type { EncodedBatch, EncoderInput } from '../model/encoder.ts';
import type { Channel } from '../domain/channel.ts';
import { passageRecords, type ReadPassage } from '../readers/passageRecords.ts';
import { byDocument } from '../search/ranking/documentScore.ts';
import { rank } from '../search/ranking/fusion.ts';
import type { Bm25 } from '../search/ranking/bm25.ts';
import type { EncodedQuery, TermWeights } from '../search/query/encodedQuery.ts';
import { DEFAULT_REFERENCE, REFERENCE_TEXT, selfScore } from '../search/ranking/semanticReference.ts';
import { analyzeQuery, type AnalyzedQuery } from '../search/query/analyzeQuery.ts';
import type { Lexicon } from '../text/forms/lexicon.ts';
import { blocksOfPlainText } from '../text/paragraphs.ts';
import type { PassageRules } from '../text/passages.ts';
import { batchesOf } from '../workspace/indexing/stages/batches.ts';
import { WorkspaceLexicon } from '../workspace/workspaceLexicon.ts';
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

/** Settings that a trial replaces in the product's own. */
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
  /** Tokens per second, measured while encoding; 0 where every document was in the index already. */
  readonly tokens_per_s: number;
  readonly latency_ms: { readonly p50: number; readonly p95: number };
}

/** Number of documents written in one step, so that an interruption loses little work. */
const GROUP = 64;
/** Number of passages looked at, so that a hundred documents are among them. */
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
    const started = performance.now();
    const encodeBatch = async (batch: readonly number[]): Promise<void> => {
      const inputs = batch.map(i => ({
        kind: 'passage' as const,
        context: all[i]!.context,
        text: all[i]!.text,
        markup: all[i]!.markup,
      }));
      const encoded = await ports.encode(inputs);
      tokens += encoded.tokens;
      batch.forEach((i, row) => (vectors[i] = encoded.vectors[row]!));
    };
    await Promise.all(batchesOf(all.map(passage => passage.tokens)).map(encodeBatch));
    milliseconds += performance.now() - started;
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

/** A document is one unit: its title is the heading, its passages compete, and the best one counts. */
function passagesOfRow({ title, text }: BeirRow, { rules, countTokens }: EvaluationPorts): ReadPassage[] {
  const heading = title.trim() === '' ? null : title.trim().replace(/\s+/g, ' ');
  const blocks = { ...blocksOfPlainText(text), title: heading, tags: [] };
  const places = [{ start: 0, location: LINE }];
  const document = { ...blocks, text, markup: 'markdown', places, replaced: 0, isCut: false } as const;
  return passageRecords(document, { name: '', folders: [] }, rules, countTokens);
}

/** A set with the index that `indexSet` has filled. */
export interface IndexedSet {
  readonly set: BeirSet;
  readonly index: PassageIndex;
  /** The words of its documents (`wordsOfIndex`); with null, no other forms of query words are searched. */
  readonly lexicon: Lexicon | null;
}

/** The words that a search of the product knows of a folder once indexing has settled. */
export async function wordsOfIndex(index: PassageIndex): Promise<Lexicon | null> {
  const lexicon = new WorkspaceLexicon({
    indexes: () => [index],
    glossaries: () => Promise.resolve([]),
    isReading: () => false,
    pace: () => Promise.resolve(),
    log: line => void process.stderr.write(`${line}\n`),
  });
  await lexicon.ready();
  await lexicon.close();
  return lexicon.current;
}

/** Ranks document ids for a query the way a user's search does, best first; see `documentScore`. */
async function rankDocuments(
  text: string,
  { index, lexicon }: IndexedSet,
  channel: Channel,
  ports: EvaluationPorts,
  { share, bm25, terms, reference }: Trial & { readonly reference: number },
): Promise<string[]> {
  // Quotation marks in the questions of a set are not operators.
  const analyzed = analyzeQuery(text, { operators: false, lexicon, now: new Date(), terms });
  const { semantic, lexical, rewritten } = await withMeaning(analyzed, channel, ports);
  const { segments, release } = index.acquire();
  try {
    const settings = { channel, k: DEPTH, floor: 0, share, reference, bm25, rewritten };
    const { hits } = await rank(ports.scorer, segments, semantic, lexical, settings);
    const documents = byDocument(hits, hit => hit.segment.files.path(hit.segment.fileOf(hit.passage)));
    return documents.map(({ document }) => document);
  } finally {
    release();
  }
}

async function withMeaning(
  analyzed: AnalyzedQuery,
  channel: Channel,
  { encodeQuery, names }: EvaluationPorts,
): Promise<EncodedQuery> {
  if (channel === 'lexical' || !analyzed.isReadable) return analyzed.lexical;
  return analyzed.withVector(await encodeQuery(analyzed.asked), names);
}

/** All metrics of one channel. */
export async function evaluate(
  indexed: IndexedSet,
  channel: Channel,
  ports: EvaluationPorts,
  tokensPerSecond: number,
  trial: Trial = {},
): Promise<Evaluation> {
  const { set, index } = indexed;
  const reference =
    channel === 'lexical' ? DEFAULT_REFERENCE : selfScore(await ports.encodeQuery(REFERENCE_TEXT));
  const latencies: number[] = [];
  const rankings: Judged[] = [];
  for (const query of set.queries) {
    const started = performance.now();
    const ranked = await rankDocuments(query.text, indexed, channel, ports, { ...trial, reference });
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
