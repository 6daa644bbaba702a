/** Finds passages of other files that are like a passage or like a file, whose vectors come from the index. */
import type { RelatedRequest, RelatedResult } from '../domain/search.ts';
import type { PassageIndex } from '../index/passageIndex.ts';
import type { Scorer } from '../index/scoring/scorer.ts';
import type { Segment } from '../index/segment/segment.ts';
import type { SparseVector } from '../index/sparseVector.ts';
import type { Place } from '../search/filter/passageFilter.ts';
import { shownTerms, type EncodedQuery } from '../search/query/encodedQuery.ts';
import { fileQuery, passageQuery } from '../search/relatedQuery.ts';
import { FAR_SCORE } from '../search/ranking/farHits.ts';
import { withSource } from '../search/search.ts';
import type { FolderIndexes } from './indexing/folderIndexes.ts';

/** A long file is represented by so many passages, spread over it. */
const SAMPLES = 64;
/** A passage with a smaller share of the best score has little in common. */
const FLOOR = 0.3;
const NOTHING = { passage: null, words: [], terms: [], hits: [] } as const;

interface Asked {
  readonly query: EncodedQuery;
  readonly passage: RelatedResult['passage'];
}

/** Rejects with `DamagedError`. */
export async function relatedInIndexes(
  indexes: FolderIndexes,
  { folders: paths, folder, file, line, limit }: RelatedRequest,
  scorer: Scorer,
): Promise<RelatedResult> {
  const started = performance.now();
  const folders = [...new Set([...paths, folder])].flatMap(path => {
    const index = indexes.get(path)?.index;
    return index === undefined ? [] : [{ path, index }];
  });
  const own = folders.find(({ path }) => path === folder)?.index;
  const { names, info } = indexes.model;
  return withSource(scorer, folders, undefined, async source => {
    const done = (result: Omit<RelatedResult, 'model' | 'milliseconds'>): RelatedResult => ({
      ...result,
      model: info?.fingerprint ?? null,
      milliseconds: performance.now() - started,
    });
    // As of the readings that the source holds.
    const place = own?.place(file) ?? null;
    if (own === undefined || place === null || info === null)
      return done({ ...NOTHING, state: 'notIndexed' });
    const { segment } = place;
    const { first, end } = segment.passagesOf(place.file);
    if (first === end) return done({ ...NOTHING, state: 'notIndexed' });
    const asked =
      line === null
        ? await aboutFile(own, segment, first, end, { file, names })
        : await aboutPassage(own, segment, await passageAt(segment, first, end, line), names);
    if (asked === null) return done({ ...NOTHING, state: 'pending' });
    const { query, passage } = asked;
    const settings = { limit, channel: 'semantic', floor: FLOOR } as const;
    const places = Array.from({ length: end - first }, (_, i): Place => ({ segment, passage: first + i }));
    const others = await source.others({ query, settings }, places);
    const hits = others.filter(hit => hit.score >= FAR_SCORE && paths.includes(hit.folder));
    return done({ state: 'found', passage, words: query.words, terms: shownTerms(query), hits });
  });
}

async function aboutFile(
  index: PassageIndex,
  segment: Segment,
  first: number,
  end: number,
  { file, names }: { readonly file: string; readonly names: readonly string[] },
): Promise<Asked | null> {
  const vectors: SparseVector[] = [];
  const step = Math.max(1, (end - first) / SAMPLES);
  for (let at = 0; at < end - first; at += step) {
    const vector = await vectorAt(index, segment, first + Math.floor(at));
    if (vector !== null) vectors.push(vector);
  }
  if (vectors.length === 0) return null;
  return { query: fileQuery(file.slice(file.lastIndexOf('/') + 1), vectors, names), passage: null };
}

async function aboutPassage(
  index: PassageIndex,
  segment: Segment,
  passage: number,
  names: readonly string[],
): Promise<Asked | null> {
  const vector = await vectorAt(index, segment, passage);
  if (vector === null) return null;
  const text = await segment.text(passage);
  const { headings, line, endLine } = await segment.passage(passage);
  return { query: passageQuery(text, vector, names), passage: { text, headings, line, endLine } };
}

/** Null where it is to come. */
async function vectorAt(
  index: PassageIndex,
  segment: Segment,
  passage: number,
): Promise<SparseVector | null> {
  if (segment.passages.isPending(passage)) return null;
  const vector = await index.vectorOf((await segment.passage(passage)).hash);
  return vector === null || vector.dimensions.length === 0 ? null : vector;
}

/**
 * The passage at a line. A line between two passages, such as a heading, belongs to the one below it. Passages stand in
 * reading order.
 */
async function passageAt(segment: Segment, first: number, end: number, line: number): Promise<number> {
  let [low, high] = [first, end];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((await segment.passage(middle)).line <= line) low = middle;
    else high = middle;
  }
  const isBelow = low + 1 < end && (await segment.passage(low)).endLine < line;
  return isBelow ? low + 1 : low;
}
