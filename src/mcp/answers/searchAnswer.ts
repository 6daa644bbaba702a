/** The tool `search`, used by the server and by the language-model tool of the window. */
import type { FileFilter } from '../../domain/fileFilter.ts';
import type { Hit } from '../../domain/hit.ts';
import type { SearchResult } from '../../domain/search.ts';
import type { Say } from '../../wording/language.ts';
import { indexingText, paragraphs, type Answer, type Asking, type Indexing } from './answer.ts';
import { costOf, fit } from './budget.ts';
import { writeCursor, type Question } from './cursor.ts';
import { hitAnswer, hitText, type HitAnswer } from './hitAnswer.ts';
import { quotationOf, quotedLine } from './quotation.ts';

export interface SearchRequest {
  readonly query: string;
  /** Absolute paths. */
  readonly folders: readonly string[];
  readonly filter: FileFilter;
  readonly plain: boolean;
  /** True where weak hits are returned too. */
  readonly withWeak: boolean;
  readonly limit: number;
  /** Number of tokens that the answer may take. */
  readonly tokens: number;
  /** Number of hits on earlier pages. */
  readonly offset: number;
}

export interface HitsFields {
  readonly hits: readonly HitAnswer[];
  /** Number of passages with a score above zero. */
  readonly total: number;
  /** Number of hits that were left out because they are too weak. */
  readonly weakLeftOut: number;
  /** Cursor of the next page; null on the last one. */
  readonly cursor: string | null;
  /** The progress of indexing; null where every file has been read. */
  readonly indexing: Indexing | null;
  readonly notices: readonly string[];
  /** Name of the tag that marks quotations in the text of this answer: `<quote-…>`. */
  readonly boundary: string;
}

/** The engine ranks at most this many hits of a search. */
export const MOST_HITS = 200;

export async function answerSearch(
  request: SearchRequest,
  question: Question,
  asking: Asking & { readonly onLexical?: ((result: SearchResult) => void) | undefined },
): Promise<Answer<HitsFields>> {
  const { engine, signal, onLexical } = asking;
  const { query, folders, filter, plain, offset, limit } = request;
  const params = {
    query,
    folders,
    filter,
    plain,
    channel: 'hybrid',
    limit: rankedFor(offset, limit),
  } as const;
  const result = await engine.search(params, { signal, onLexical });
  const indexing = await asking.indexing();
  return hitsAnswer({ ...request, question }, { ...result, wordsOf: () => result.words }, indexing, asking);
}

/** One hit more than is shown, to know whether there is a next page. */
export function rankedFor(offset: number, limit: number): number {
  return Math.min(MOST_HITS, offset + limit + 1);
}

export type Page = Pick<SearchRequest, 'query' | 'withWeak' | 'limit' | 'tokens' | 'offset'> & {
  /** null where the caller can't ask for the next page. */
  readonly question: Question | null;
};

export interface Ranked extends Pick<
  SearchResult,
  'hits' | 'further' | 'total' | 'notice' | 'queryNotices' | 'unconditional'
> {
  /** Query words of the search that found a hit. */
  readonly wordsOf: (hit: Hit) => SearchResult['words'];
}

/** One page of a search's hits. */
export function hitsAnswer(
  page: Page,
  result: Ranked,
  indexing: Indexing | null,
  { labelOf, say }: Pick<Asking, 'labelOf' | 'say'>,
): Answer<HitsFields> {
  const { offset, limit, tokens, withWeak, question } = page;
  const context = { labelOf, wordsOf: result.wordsOf };
  const answerOf = (isWeak: boolean) => (hit: Hit) => hitAnswer(hit, isWeak, context);
  const strong = result.hits.map(answerOf(false));
  const ranked = withWeak ? [...strong, ...result.further.map(answerOf(true))] : strong;
  const shown = ranked.slice(offset, offset + limit);
  const quotation = quotationOf(
    shown.flatMap(hit => [hit.quote, hit.id, ...hit.headings]),
    say,
  );
  const notices = noticesOf(page, result, say);
  const around: HitsFields = {
    hits: [],
    total: result.total,
    weakLeftOut: withWeak ? 0 : result.further.length,
    // The length of this cursor stands for that of the real one.
    cursor: question === null ? null : writeCursor(question, offset),
    indexing,
    notices,
    boundary: quotation.boundary,
  };
  const room = tokens - costOf({ fields: around, text: textOf(around, [], quotation.notice, say) });
  const { parts } = fit(
    shown,
    Math.max(0, room),
    (fields, index) => ({ fields, text: hitText(fields, offset + index + 1, quotation, say) }),
    (hit, quote) => ({ ...hit, quote, isCut: true }),
  );
  const next = offset + parts.length;
  const hasMore = parts.length > 0 && next < Math.min(ranked.length, MOST_HITS);
  const fields: HitsFields = {
    ...around,
    hits: parts.map(part => part.fields),
    cursor: hasMore && question !== null ? writeCursor(question, next) : null,
  };
  const blocks = parts.map(({ text }) => text);
  return { fields, text: textOf(fields, blocks, blocks.length === 0 ? null : quotation.notice, say) };
}

function textOf(fields: HitsFields, blocks: readonly string[], notice: string | null, say: Say): string {
  const { hits, total, weakLeftOut, cursor, indexing, notices } = fields;
  const count =
    hits.length === 0
      ? say('찾은 문단이 없습니다.', 'No passage found.')
      : say(`문단 ${hits.length}개 (모두 ${total}개)`, `passages: ${hits.length} (of ${total})`);
  const weak =
    hits.length === 0 && weakLeftOut > 0
      ? say(
          `질의를 조금만 담은 문단이 ${weakLeftOut}개 있습니다. includeWeak로 볼 수 있습니다.`,
          `Passages that have little of the query: ${weakLeftOut}; includeWeak shows them.`,
        )
      : null;
  return paragraphs(
    indexing === null ? null : indexingText(indexing, say),
    count,
    ...notices,
    weak,
    notice,
    ...blocks,
    cursor === null ? null : say(`더 보기: cursor=${cursor}`, `More: cursor=${cursor}`),
  );
}

function noticesOf({ query }: Page, { notice, queryNotices, unconditional }: Ranked, say: Say): string[] {
  const texts = notice === null ? [] : [quotedLine(notice)];
  for (const { range, kind } of queryNotices) {
    const part = quotedLine(query.slice(range.start, range.end));
    texts.push(
      say(
        `질의의 “${part}”은(는) 조건으로 쓰이지 않았습니다 (${kind}).`,
        `“${part}” of the query was not used as a condition (${kind}).`,
      ),
    );
  }
  if (unconditional !== null)
    texts.push(
      say(
        `조건에 맞는 것이 없습니다. 조건 없이는 ${unconditional.total}개: ${quotedLine(unconditional.query)}`,
        `Nothing meets the conditions; without them there are ${unconditional.total}: ${quotedLine(unconditional.query)}`,
      ),
    );
  return texts;
}
