/**
 * The tool `related`: passages of other documents about the same subject, found by a passage's own text or by
 * samples of a file's text.
 */
import type { DocumentPassage } from '../../domain/document.ts';
import type { Hit } from '../../domain/hit.ts';
import { withinLimit } from '../../domain/queryLimits.ts';
import type { SearchResult } from '../../domain/search.ts';
import type { IndexedFile } from '../openFolders.ts';
import type { Answer, Asking } from './answer.ts';
import type { Question } from './cursor.ts';
import { hitsAnswer, MOST_HITS, rankedFor, type HitsFields } from './searchAnswer.ts';

export interface RelatedRequest {
  readonly file: IndexedFile;
  /** Index of the passage; null for the whole file. */
  readonly at: number | null;
  /** Absolute paths. */
  readonly folders: readonly string[];
  readonly limit: number;
  readonly tokens: number;
  readonly offset: number;
}

/** Number of passages that stand for a file, spread over it. */
const SAMPLES = 4;
/** Share of the best score of another document; a passage below it is not related. */
const FLOOR = 0.3;
/** Constant of reciprocal rank fusion (Cormack, Clarke & Büttcher, SIGIR 2009). */
const RANK_CONSTANT = 60;

export async function answerRelated(
  request: RelatedRequest,
  question: Question,
  asking: Asking & { readonly onSearched?: ((done: number, of: number) => void) | undefined },
): Promise<Answer<HitsFields>> {
  const { engine, signal, onSearched } = asking;
  const { file, at, folders, limit, tokens, offset } = request;
  const samples = samplesOf(file.passages, at);
  const results: SearchResult[] = [];
  for (const { headings, text } of samples) {
    const query = withinLimit([...headings, text].join('\n'));
    // The file's own passages come first and are dropped afterwards.
    const wanted = Math.min(MOST_HITS, rankedFor(offset, limit) + file.passages.length);
    const params = { query, folders, limit: wanted, channel: 'hybrid', plain: true, floor: 0 } as const;
    results.push(await engine.search(params, { signal }));
    onSearched?.(results.length, samples.length);
  }
  const found = merged(results, hit => hit.folder !== file.folder || hit.file !== file.file);
  const indexing = await asking.indexing();
  const page = { query: '', withWeak: false, limit, tokens, offset, question };
  return hitsAnswer(page, found, indexing, asking);
}

function samplesOf(passages: readonly DocumentPassage[], at: number | null): readonly DocumentPassage[] {
  if (at !== null) return [passages[at]!];
  const step = Math.max(1, passages.length / SAMPLES);
  const places = Array.from({ length: Math.min(SAMPLES, passages.length) }, (_, i) => Math.floor(i * step));
  return places.map(i => passages[i]!);
}

/** Merges rankings by the sum of the reciprocal ranks; a single ranking stays as it is. */
function merged(
  results: readonly SearchResult[],
  isWanted: (hit: Hit) => boolean,
): Parameters<typeof hitsAnswer>[1] {
  const best = new Map<
    string,
    { readonly hit: Hit; readonly words: SearchResult['words']; weight: number }
  >();
  for (const { hits, words } of results) {
    const others = hits.filter(isWanted);
    for (const [rank, hit] of others.entries()) {
      // The scores are compared with the best other document: against the passage itself, which has all of
      // its own words, every other one would look poor.
      if (hit.score < FLOOR * others[0]!.score) break;
      const key = `${hit.folder}\n${hit.id}`;
      const known = best.get(key);
      const weight = 1 / (RANK_CONSTANT + rank + 1);
      if (known === undefined) best.set(key, { hit, words, weight });
      else known.weight += weight;
    }
  }
  const sorted = [...best.values()].sort((a, b) => b.weight - a.weight);
  const wordsOf = new Map(sorted.map(({ hit, words }) => [hit, words]));
  return {
    hits: sorted.map(({ hit }) => hit),
    further: [],
    total: sorted.length,
    notice: results.find(({ notice }) => notice !== null)?.notice ?? null,
    queryNotices: [],
    unconditional: null,
    wordsOf: hit => wordsOf.get(hit)!,
  };
}
