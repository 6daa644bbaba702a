/**
 * Relevance feedback, one file for each folder, in the user's data folder. Unlike an index it has no copy: it is
 * written atomically, and a damaged file is set aside, not deleted. The file of an earlier version in the store is
 * merged in.
 */
import { PromiseQueue } from '../../async/promiseQueue.ts';
import { mkdir, readdir, readFile, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { writeWhole } from '../../model/wholeFile.ts';
import type { JudgeParams } from '../../domain/feedback.ts';
import type { SearchRequest, SearchResult } from '../../domain/search.ts';
import { UserError } from '../../errors/userError.ts';
import { patientRename } from '../../platform/patience.ts';
import type { Hit } from '../../domain/hit.ts';
import { teamFolder } from '../../domain/team/team.ts';
import {
  feedbackPath,
  feedbackPlace,
  isTeamFeedback,
  teamFeedbackName,
  type FeedbackPlace,
} from './feedbackPlace.ts';
import {
  boundedOf,
  fileOfJudgements,
  keyOf,
  marked,
  merged,
  parseJudgements,
  type Judgement,
} from './judgements.ts';

interface Known {
  /** Size and time of the file when it was read. */
  readonly stamp: string;
  readonly byKey: ReadonlyMap<string, Judgement>;
}

export class RelevanceFeedback {
  readonly #storePath: string;
  readonly #path: string;
  /** Files that were read, by path, because every search asks. */
  readonly #known = new Map<string, Known>();
  /** Runs changes one after the other. */
  readonly #changes = new PromiseQueue();

  /** `storePath` is the place of earlier versions. */
  constructor(storePath: string, own = feedbackPath()) {
    this.#storePath = storePath;
    this.#path = own;
  }

  /** Rows in the order of their times. Rejects where `folder` does not exist. */
  read(folder: string): Promise<readonly Judgement[]> {
    return this.#changes.run(async () => this.#read(await this.#place(folder)));
  }

  /**
   * Sets the mark on a passage for a query; the last one counts, and null removes it. The mark is durable when the
   * promise resolves.
   */
  judge({ folder, verdict, ...said }: JudgeParams, time: number): Promise<void> {
    return this.#changes.run(async () => {
      const place = await this.#place(folder);
      const bounded = boundedOf(said);
      const key = keyOf(bounded);
      const others = (await this.#read(place)).filter(each => keyOf(each) !== key);
      await this.#write(place, verdict === null ? others : [...others, { ...bounded, verdict, time }]);
    });
  }

  /** Deletes all marks; resolves to their number. */
  clear(folder: string): Promise<number> {
    return this.#changes.run(async () => {
      const place = await this.#place(folder);
      const { length } = await this.#read(place);
      for (const file of [place.file, ...(place.former === null ? [] : [place.former])])
        for (const each of [file, `${file}.damaged`]) await rm(each, { force: true });
      return length;
    });
  }

  /**
   * Resolves to a function that adds earlier marks to the hits of this search. Never rejects: a broken file must not
   * break the search.
   */
  async marker({
    folders,
    query,
  }: Pick<SearchRequest, 'folders' | 'query'>): Promise<(result: SearchResult) => SearchResult> {
    const said = await this.#ofTeams();
    for (const folder of folders) {
      const known = await this.#changes
        .run(async () => this.#lookUp(await this.#place(folder)))
        .catch(() => null);
      if (known !== null && known.size > 0) said.set(folder, known);
    }
    return result =>
      said.size === 0
        ? result
        : {
            ...result,
            hits: result.hits.map(hit => marked(hit, query, said.get(keyOfSource(hit)) ?? new Map())),
          };
  }

  /** Marks on documents of teams, by the names of their files: which sources a search finds is not known before. */
  async #ofTeams(): Promise<Map<string, ReadonlyMap<string, Judgement>>> {
    const said = new Map<string, ReadonlyMap<string, Judgement>>();
    for (const name of (await readdir(this.#path).catch(() => [])).filter(isTeamFeedback)) {
      const place = { file: path.join(this.#path, name), former: null };
      const known = await this.#changes.run(() => this.#lookUp(place)).catch(() => null);
      if (known !== null && known.size > 0) said.set(name, known);
    }
    return said;
  }

  async #lookUp(place: FeedbackPlace): Promise<ReadonlyMap<string, Judgement>> {
    const stamp = `${await stampOf(place.file)} ${place.former === null ? NOT_THERE : await stampOf(place.former)}`;
    const known = this.#known.get(place.file);
    if (known?.stamp === stamp) return known.byKey;
    const byKey = new Map((await this.#read(place)).map(row => [keyOf(row), row]));
    this.#known.set(place.file, { stamp, byKey });
    return byKey;
  }

  async #read(place: FeedbackPlace): Promise<readonly Judgement[]> {
    const former = place.former === null ? null : await judgementsIn(place.former);
    const own = await judgementsIn(place.file);
    if (former === null || place.former === null) return own ?? [];
    const all = merged(former, own ?? []);
    await this.#write(place, all);
    await rm(place.former, { force: true });
    return all;
  }

  async #write({ file }: FeedbackPlace, judgements: readonly Judgement[]): Promise<void> {
    try {
      if ((await judgementsIn(file)) === null && (await stampOf(file)) !== NOT_THERE)
        await patientRename(file, `${file}.damaged`);
      await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
      await writeWhole(file, fileOfJudgements(judgements));
    } catch (error) {
      throw new UserError('storeUnusable', path.dirname(file), { cause: error });
    }
  }

  async #place(folder: string): Promise<FeedbackPlace> {
    try {
      return await feedbackPlace(this.#path, this.#storePath, folder);
    } catch (error) {
      throw new UserError('folderUnreadable', folder, { cause: error });
    }
  }
}

/** A document of a team has its marks by its source, wherever it lies on this machine. */
function keyOfSource({ folder, origin }: Hit): string {
  return origin === undefined ? folder : teamFeedbackName(teamFolder(origin.team, origin.source));
}

const NOT_THERE = '-';

async function stampOf(file: string): Promise<string> {
  const found = await stat(file).catch(() => null);
  return found === null ? NOT_THERE : `${found.size} ${found.mtimeMs}`;
}

/** null where there is no such file, or it is not valid. */
async function judgementsIn(file: string): Promise<readonly Judgement[] | null> {
  const text = await readFile(file, 'utf8').catch(() => null);
  return text === null ? null : parseJudgements(text);
}
