/** The reasons why a file is, or is not, among the hits of a query, in sentences. */
import type { Exclusion, Explanation } from '../domain/explanation.ts';
import { visible } from '../text/visible.ts';
import { reasonText, stateText } from './fileState.ts';
import type { Say } from './language.ts';
import { teamStateText } from './teamNotice.ts';

/** The reasons, most decisive first. */
export function whyReasons(explanation: Explanation, say: Say): string[] {
  const { entry, waitingBefore, isFiltered, hiddenBy, lacking, exclusion, isReadable } = explanation;
  const reasons: string[] = [];
  if (explanation.team !== undefined) reasons.push(...teamReasons(explanation.team, say));
  else if (exclusion !== null) reasons.push(exclusionText(exclusion, say));
  else if (!isReadable)
    reasons.push(say('이 형식의 파일은 읽지 않습니다.', 'Files of this type are not read.'));
  else if (entry === null)
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
        `It is waiting to be indexed, behind ${waitingBefore} files.`,
      ),
    );
  if (isFiltered) reasons.push(say('찾을 파일의 조건에 맞지 않습니다.', 'The filters exclude this file.'));
  for (const { negative, text } of hiddenBy) {
    const condition = shown(`${negative ? '-' : ''}${text}`);
    reasons.push(
      say(
        `질의의 조건에 맞지 않습니다: ${condition}`,
        `It does not meet a condition of the query: ${condition}`,
      ),
    );
  }
  reasons.push(...standingOf(explanation, say));
  if (lacking.length > 0 && explanation.best !== null) {
    const words = lacking.map(({ text }) => shown(text)).join(', ');
    reasons.push(say(`이 문단에 없는 낱말: ${words}`, `Query words missing from the passage: ${words}`));
  }
  return reasons;
}

function teamReasons({ name, state, isThere }: NonNullable<Explanation['team']>, say: Say): string[] {
  const team = shown(name);
  if (state !== 'answered')
    return [`${say(`팀 서버 ‘${team}’`, `Team server “${team}”`)}: ${teamStateText(state, say)}`];
  if (isThere) return [];
  return [
    say(
      `팀 서버 ‘${team}’의 색인에 이 문서가 없습니다. 아직 올리지 않았거나, 내게 보이지 않는 문서입니다. 올린 사람에게 물어보세요.`,
      `The index of the team server “${team}” has no such document: it has not been pushed, or you may not see it. Ask whoever pushes it.`,
    ),
  ];
}

function standingOf({ best, rank, bestScore, threshold, entry, team }: Explanation, say: Say): string[] {
  if (best === null)
    return entry?.state === 'indexed' || team?.isThere === true
      ? [say('이 파일에는 질의와 겹치는 것이 없습니다.', 'Nothing in the file matches the query.')]
      : [];
  const score = rounded(best.score);
  const standing = say(
    `가장 잘 맞는 문단은 ${rank}위입니다(점수 ${score}, 1위는 ${rounded(bestScore)}).`,
    `Its best passage ranks ${rank} (score ${score}; the top result has ${rounded(bestScore)}).`,
  );
  if (best.score >= threshold) return [standing];
  return [
    standing,
    say(
      `점수가 ${rounded(threshold)}보다 낮아 결과에서 접힙니다.`,
      `It is folded away because its score is below ${rounded(threshold)}.`,
    ),
  ];
}

function rounded(score: number): number {
  return Math.round(score * 100) / 100;
}

function exclusionText(exclusion: Exclusion, say: Say): string {
  switch (exclusion.by) {
    case 'rule': {
      const { line } = exclusion;
      const [file, rule] = [shown(exclusion.file), shown(exclusion.rule)];
      return say(
        `${file} ${line}번째 줄이 이 파일을 뺍니다: ${rule}`,
        `Line ${line} of ${file} excludes it: ${rule}`,
      );
    }
    case 'exclude': {
      const glob = shown(exclusion.glob);
      return say(`설정에서 빼놓은 파일입니다: ${glob}`, `A setting excludes it: ${glob}`);
    }
    case 'include':
      return say(
        '설정에서 색인하도록 정한 파일이 아닙니다.',
        'It is not among the files that the settings include.',
      );
    case 'hidden':
      break;
  }
  const folder = shown(exclusion.folder);
  return say(`숨은 폴더에 있습니다: ${folder}`, `It is in a hidden folder: ${folder}`);
}

/** Makes other people's text fit for display: on one line, without control characters. */
function shown(text: string): string {
  return visible(text.replace(/\s+/gu, ' ').trim());
}
