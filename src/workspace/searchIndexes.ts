/** One search over the indexes of one model. */
import type { Scorer } from '../index/scorer.ts';
import type { FileHead } from '../index/records.ts';
import type { SparseVector } from '../index/sparseVector.ts';
import { withinLimit } from '../queryLimits.ts';
import type { QueryNotice, SearchParams, SearchResult } from '../protocol.ts';
import type { ParsedQuery } from '../search/language/parsedQuery.ts';
import type { PhraseStates } from '../search/phraseStates.ts';
import { search, type Found } from '../search/search.ts';
import { understand } from '../search/understand.ts';
import { conditionsOf } from '../search/wantedPassages.ts';
import type { Lexicon } from '../text/forms/lexicon.ts';
import { fileFilter } from './fileFilter.ts';
import type { FolderIndexes } from './folderIndexes.ts';

export interface SearchContext {
  readonly scorer: Scorer;
  readonly phrases: PhraseStates;
  readonly signal: AbortSignal;
  readonly onLiteral?: ((result: SearchResult) => void) | undefined;
  /** Said where the model is unavailable (localised). */
  readonly literalNotice: string;
  /** Null until it has been built. */
  readonly lexicon: Lexicon | null;
  readonly log: (line: string) => void;
}

const DEFAULT_FLOOR = 0.2;
/** Each costs a run of the model. */
const MAX_AWAY = 4;
const NOTHING: Found = { words: [], terms: [], rewritings: [], hits: [], total: 0 };

/** Literal hits first (through `onLiteral`), then the whole answer. Rejects with `AbortError`. */
export async function searchIndexes(
  indexes: FolderIndexes,
  params: SearchParams,
  { scorer, phrases, signal, onLiteral, literalNotice, lexicon, log }: SearchContext,
): Promise<SearchResult> {
  const started = performance.now();
  const { limit, channel, floor = DEFAULT_FLOOR } = params;
  const folders = params.folders.flatMap(folder => {
    const index = indexes.get(folder)?.index;
    return index === undefined ? [] : [{ path: folder, index }];
  });
  const understood = understand(withinLimit(params.query), {
    // Text as it stands: no word of it is anything but itself.
    operators: params.plain !== true,
    lexicon: params.plain === true ? null : lexicon,
    typing: params.typing,
    without: params.withoutRewritings,
    now: new Date(),
  });
  const { parsed, hasWords, read } = understood;
  const files = both(fileFilter(params.filter), fileFilter(parsed.filter));
  const finished = (
    found: Found,
    stage: SearchResult['stage'],
    notice: string | null,
    queryNotices: readonly QueryNotice[] = parsed.notices,
  ): SearchResult => ({
    ...found,
    stage,
    chips: parsed.chips,
    queryNotices,
    notice,
    milliseconds: performance.now() - started,
  });
  const literal = (): Promise<Found> => {
    const settings = {
      limit,
      floor,
      phrases,
      channel: 'lexical',
      conditions: conditionsOf(parsed, files),
    } as const;
    return search(scorer, folders, understood.literal, settings);
  };
  if (!hasWords && parsed.chips.length === 0) return finished(NOTHING, 'final', null);
  // Whoever asks for meaning alone gets what the model makes of it.
  const hasMeaning = hasWords && (channel === 'semantic' || understood.isReadable);
  const needsModel = channel !== 'lexical' && (hasMeaning || parsed.awayFrom.length > 0);
  if (!needsModel) return finished(await literal(), 'final', null, withoutMeaning(parsed));
  if (channel === 'hybrid' && onLiteral !== undefined) onLiteral(finished(await literal(), 'literal', null));
  const { model } = indexes;
  const vector = hasMeaning ? await model.encodeQuery(understood.asked, signal, log) : NO_VECTOR;
  const awayFrom: SparseVector[] = [];
  for (const text of parsed.awayFrom.slice(0, MAX_AWAY)) {
    const away = vector === null ? null : await model.encodeQuery(text, signal, log);
    if (away !== null) awayFrom.push(away);
  }
  signal.throwIfAborted();
  if (vector === null) return finished(await literal(), 'final', literalNotice, withoutMeaning(parsed));
  const conditions = conditionsOf(parsed, files, awayFrom);
  const whole = understood.withVector(vector, model.names);
  const found = await search(scorer, folders, whole, { limit, channel, floor, phrases, conditions });
  // What the model read is what was looked for, whether or not its letters were found.
  const rewritings = [...new Set([...found.rewritings, ...read])].sort((a, b) => a.word - b.word);
  return finished({ ...found, rewritings }, 'final', null);
}

const NO_VECTOR: SparseVector = {
  dimensions: new Uint32Array(),
  weights: new Float32Array(),
  places: new Uint16Array(),
};

/** The notices where no meaning could be kept out. */
function withoutMeaning({ chips, notices }: ParsedQuery): QueryNotice[] {
  const unheeded = chips.filter(({ kind }) => kind === 'meaning');
  return [...notices, ...unheeded.map(({ range }): QueryNotice => ({ kind: 'needsMeaning', range }))];
}

type FileTest = ((head: FileHead) => boolean) | null;

function both(one: FileTest, other: FileTest): FileTest {
  if (one === null || other === null) return one ?? other;
  return head => one(head) && other(head);
}
