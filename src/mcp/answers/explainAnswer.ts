/** `explain`: why a file is, or is not, among the hits of a query, in words. */
import type { Explanation } from '../../domain/explanation.ts';
import type { QueryWord } from '../../domain/query.ts';
import type { FileReason, FileState } from '../../domain/ledger.ts';
import type { Say } from '../language.ts';
import { paragraphs, type Answer, type Asking } from './answer.ts';
import { reasonText, stateText } from './fileState.ts';
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
    reasons: reasonsOf(explanation, say),
    boundary: quotation.boundary,
  };
  const text = paragraphs(
    fields.reasons.map(reason => `- ${reason}`).join('\n'),
    quotation.notice,
    best === null ? quotation.wrap(quotedLine(name)) : hitText(best, rank ?? 1, quotation, say),
  );
  return { fields, text };
}

function reasonsOf(explanation: Explanation, say: Say): string[] {
  const { entry, waitingBefore, isFiltered, hiddenBy, lacking } = explanation;
  const reasons: string[] = [];
  if (entry === null)
    reasons.push(say('폴더의 목록에 이 파일이 없습니다.', 'The folder’s list has no such file.'));
  else if (entry.state !== 'indexed' || entry.reason !== null) {
    const why = entry.reason === null ? '' : `: ${reasonText(entry.reason, say)}`;
    reasons.push(
      say(
        `파일 상태: ${stateText(entry.state, say)}${why}.`,
        `State of the file: ${stateText(entry.state, say)}${why}.`,
      ),
    );
  }
  if (waitingBefore !== null)
    reasons.push(
      say(
        `색인을 기다립니다. 앞에 ${waitingBefore}개가 있습니다.`,
        `It waits to be indexed, behind ${waitingBefore} files.`,
      ),
    );
  if (isFiltered) reasons.push(say('filters가 이 파일을 뺍니다.', 'The filters leave this file out.'));
  for (const { negative, text } of hiddenBy) {
    const condition = quotedLine(`${negative ? '-' : ''}${text}`);
    reasons.push(
      say(
        `질의의 조건에 맞지 않습니다: ${condition}`,
        `It does not meet a condition of the query: ${condition}`,
      ),
    );
  }
  reasons.push(...standingOf(explanation, say));
  if (lacking.length > 0 && explanation.best !== null) {
    const words = lacking.map(({ text }) => quotedLine(text)).join(', ');
    reasons.push(say(`이 문단에 없는 낱말: ${words}`, `Words that the passage lacks: ${words}`));
  }
  return reasons;
}

function standingOf({ best, rank, bestScore, threshold, entry }: Explanation, say: Say): string[] {
  if (best === null)
    return entry?.state === 'indexed'
      ? [say('이 파일에는 질의와 겹치는 것이 없습니다.', 'The file has nothing of the query.')]
      : [];
  const score = rounded(best.score);
  const standing = say(
    `가장 맞는 문단은 ${rank}위입니다(점수 ${score}, 1위는 ${rounded(bestScore)}).`,
    `Its best passage ranks ${rank} (score ${score}; the first has ${rounded(bestScore)}).`,
  );
  if (best.score >= threshold) return [standing];
  return [
    standing,
    say(
      `점수가 ${rounded(threshold)}보다 낮아 결과에서 접힙니다.`,
      `It is folded away, for its score is below ${rounded(threshold)}.`,
    ),
  ];
}

function rounded(score: number): number {
  return Math.round(score * 100) / 100;
}
