/**
 * The place where relevance feedback is kept. It has no copy, so it must not be in the cache folder, which anybody may
 * empty.
 */
import { createHash } from 'node:crypto';
import path from 'node:path';
import envPaths from 'env-paths';
import { teamOfFolder } from '../../domain/team/team.ts';
import { indexesPlace } from '../files/indexPlace.ts';

/** The path in `MALMOI_FEEDBACK`, or else the data folder of this user. */
export function feedbackPath(
  environment: Readonly<Record<string, string | undefined>> = process.env,
): string {
  const wanted = environment['MALMOI_FEEDBACK'];
  return wanted ? path.resolve(wanted) : path.join(envPaths('malmoi', { suffix: '' }).data, 'feedback');
}

export interface FeedbackPlace {
  readonly file: string;
  /** The place of earlier versions, beside the indexes of the folder; null where they had none. */
  readonly former: string | null;
}

/** The name of the file about a source of a team (`teamFolder`), which lies on no disk here. */
export function teamFeedbackName(folder: string): string {
  return `team-${createHash('sha256').update(folder).digest('hex').slice(0, 32)}.json`;
}

export function isTeamFeedback(name: string): boolean {
  return /^team-[0-9a-f]{32}\.json$/.test(name);
}

/** `folder` is a folder's path or a `teamFolder`. Rejects where the folder does not exist. */
export async function feedbackPlace(feedback: string, store: string, folder: string): Promise<FeedbackPlace> {
  if (teamOfFolder(folder) !== null)
    return { file: path.join(feedback, teamFeedbackName(folder)), former: null };
  const indexes = await indexesPlace(store, folder);
  return {
    file: path.join(feedback, `${path.basename(indexes)}.json`),
    former: path.join(indexes, 'feedback.json'),
  };
}
