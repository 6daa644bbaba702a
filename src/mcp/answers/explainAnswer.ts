/** `explain`: why a file is, or is not, among the hits of a query, in words. */
import type { Explanation } from '../../domain/explanation.ts';
import type { QueryWord } from '../../domain/query.ts';
import type { FileReason, FileState } from '../../domain/ledger.ts';
import { whyReasons } from '../../wording/whyReasons.ts';
import { paragraphs, type Answer, type Asking } from './answer.ts';
import { hitAnswer, hitText, type HitAnswer } from './hitAnswer.ts';
import { quotationOf, quotedLine, quotedName } from './quotation.ts';

export interface ExplainFields {
  readonly folder: string;
  readonly file: string;
  /** null where the folder has no such file. */
  readonly state: FileState | null;
  readonly stateReason: FileReason | null;
  readonly waitingBefore: number | null;
  readonly hiddenBy: readonly string[];
  readonly isFiltered: boolean;
  /** Its best passage. */
  readonly best: HitAnswer | null;
  /** One-based, among all passages. */
  readonly rank: number | null;
  readonly bestScore: number;
  /** Hits below it are folded away. */
  readonly threshold: number;
  /** Words of the query that the passage has in no form. */
  readonly lacking: readonly string[];
  /** The reasons, most decisive first. */
  readonly reasons: readonly string[];
  readonly boundary: string;
}

export interface ExplainedFile {
  readonly folder: string;
  readonly file: string;
  readonly words: readonly QueryWord[];
}

export function answerExplain(
  { folder, file, words }: ExplainedFile,
  explanation: Explanation,
  { labelOf, say }: Pick<Asking, 'labelOf' | 'say'>,
): Answer<ExplainFields> {
  const { entry, best: hit, rank, bestScore, threshold, lacking, hiddenBy, isFiltered } = explanation;
  const best = hit === null ? null : hitAnswer(hit, hit.score < threshold, { labelOf, wordsOf: () => words });
  const name = `${labelOf(folder)}/${file}`;
  const texts = best === null ? [name] : [name, best.quote, ...best.headings];
  const quotation = quotationOf(texts, say);
  const fields: ExplainFields = {
    folder: labelOf(folder),
    file: quotedName(file),
    state: entry?.state ?? null,
    stateReason: entry?.reason ?? null,
    waitingBefore: explanation.waitingBefore,
    hiddenBy: hiddenBy.map(({ negative, text }) => quotedLine(`${negative ? '-' : ''}${text}`)),
    isFiltered,
    best,
    rank,
    bestScore: rounded(bestScore),
    threshold: rounded(threshold),
    lacking: lacking.map(({ text }) => quotedLine(text)),
    reasons: whyReasons(explanation, say),
    boundary: quotation.boundary,
  };
  const text = paragraphs(
    fields.reasons.map(reason => `- ${reason}`).join('\n'),
    quotation.notice,
    best === null ? quotation.wrap(quotedLine(name)) : hitText(best, rank ?? 1, quotation, say),
  );
  return { fields, text };
}

function rounded(score: number): number {
  return Math.round(score * 100) / 100;
}
