/** The tool `explain`: why a file is, or is not, among the hits of a query, in words. */
import type { Exclusion, Explanation } from '../../domain/explanation.ts';
import type { QueryWord } from '../../domain/query.ts';
import type { FileReason, FileState } from '../../domain/ledger.ts';
import { whyReasons } from '../../wording/whyReasons.ts';
import type { Say } from '../../wording/language.ts';
import { paragraphs, type Answer, type Asking } from './answer.ts';
import { hitAnswer, hitText, type HitAnswer } from './hitAnswer.ts';
import { quotationOf, quotedLine, quotedName } from './quotation.ts';

export interface ExplainFields {
  readonly folder: string;
  readonly file: string;
  /** null where the folder has no such file. */
  readonly state: FileState | null;
  readonly stateReason: FileReason | null;
  /** The line of an ignore file (after its place), the glob, or the hidden folder that leaves it out. */
  readonly exclusion: string | null;
  readonly waitingBefore: number | null;
  readonly hiddenBy: readonly string[];
  readonly isFiltered: boolean;
  /** The file's best passage. */
  readonly best: HitAnswer | null;
  /** One-based rank among all passages. */
  readonly rank: number | null;
  readonly bestScore: number;
  /** Hits with a lower score are folded away. */
  readonly threshold: number;
  /** Query words of which the passage has no form. */
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
  const exclusion = explanation.exclusion === null ? null : exclusionLine(explanation.exclusion);
  const texts = best === null ? [name, exclusion ?? ''] : [name, best.quote, ...best.headings];
  const quotation = quotationOf(texts, say);
  const fields: ExplainFields = {
    folder: labelOf(folder),
    file: quotedName(file),
    state: entry?.state ?? null,
    stateReason: entry?.reason ?? null,
    exclusion,
    waitingBefore: explanation.waitingBefore,
    hiddenBy: hiddenBy.map(({ negative, text }) => quotedLine(`${negative ? '-' : ''}${text}`)),
    isFiltered,
    best,
    rank,
    bestScore: rounded(bestScore),
    threshold: rounded(threshold),
    lacking: lacking.map(({ text }) => quotedLine(text)),
    reasons: whyReasons(inOwnWords(explanation, say), say),
    boundary: quotation.boundary,
  };
  const named = [quotedLine(name), ...(exclusion === null ? [] : [exclusion])].join('\n');
  const text = paragraphs(
    fields.reasons.map(reason => `- ${reason}`).join('\n'),
    quotation.notice,
    best === null ? quotation.wrap(named) : hitText(best, rank ?? 1, quotation, say),
  );
  return { fields, text };
}

/**
 * Quotes the texts of an exclusion: an ignore file and a folder's name come with the documents, so they must
 * not be read as our own reasons.
 */
function inOwnWords(explanation: Explanation, say: Say): Explanation {
  const { exclusion } = explanation;
  const below = say('아래 인용을 보세요', 'see the quotation below');
  if (exclusion === null || exclusion.by === 'include') return explanation;
  const own: Readonly<Record<Exclude<Exclusion['by'], 'include'>, Exclusion>> = {
    rule: { by: 'rule', file: '.gitignore, .malmoiignore', line: lineOf(exclusion), rule: below },
    exclude: { by: 'exclude', glob: below },
    hidden: { by: 'hidden', folder: below },
  };
  return { ...explanation, exclusion: own[exclusion.by] };
}

function lineOf(exclusion: Exclusion): number {
  return exclusion.by === 'rule' ? exclusion.line : 0;
}

function exclusionLine(exclusion: Exclusion): string | null {
  if (exclusion.by === 'rule') return quotedLine(`${exclusion.file}:${exclusion.line}: ${exclusion.rule}`);
  if (exclusion.by === 'exclude') return quotedLine(exclusion.glob);
  return exclusion.by === 'hidden' ? quotedLine(exclusion.folder) : null;
}

function rounded(score: number): number {
  return Math.round(score * 100) / 100;
}
