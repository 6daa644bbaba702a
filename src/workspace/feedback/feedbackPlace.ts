/**
 * The place where relevance feedback is kept. It has no copy, so it must not be in the cache folder, which anybody may
 * empty.
 */
import path from 'node:path';
import envPaths from 'env-paths';
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
  /** The place of earlier versions: beside the indexes of the folder. */
  readonly former: string;
}

/** Rejects where `folder` does not exist. */
export async function feedbackPlace(feedback: string, store: string, folder: string): Promise<FeedbackPlace> {
  const indexes = await indexesPlace(store, folder);
  return {
    file: path.join(feedback, `${path.basename(indexes)}.json`),
    former: path.join(indexes, 'feedback.json'),
  };
}
