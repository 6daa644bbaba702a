/**
 * What a user said of hits, a file a folder, in the user's data folder. It is nobody's copy, unlike an index: it is
 * written whole, and a damaged one is put aside, not thrown away. What an earlier version kept in the store is
 * brought along.
 */
import { PromiseQueue } from '../../async/promiseQueue.ts';
import { mkdir, readFile, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { writeWhole } from '../../model/wholeFile.ts';
import type { JudgeParams } from '../../domain/feedback.ts';
import type { SearchRequest, SearchResult } from '../../domain/search.ts';
import { UserError } from '../../errors/userError.ts';
import { feedbackPath, feedbackPlace, type FeedbackPlace } from './feedbackPlace.ts';
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
  /** Size and time of the file as it was read. */
  readonly stamp: string;
  readonly byKey: ReadonlyMap<string, Judgement>;
}

export class RelevanceFeedback {
  readonly #storePath: string;
  readonly #path: string;
  /** By file: every search asks. */
  readonly #known = new Map<string, Known>();
  /** One change after the other. */
  readonly #changes = new PromiseQueue();

  /** `storePath`: where earlier versions kept it. */
  constructor(storePath: string, own = feedbackPath()) {
    this.#storePath = storePath;
    this.#path = own;
  }

  /** In the order of their times. Rejects where `folder` is not there. */
  read(folder: string): Promise<readonly Judgement[]> {
    return this.#changes.run(async () => this.#read(await this.#place(folder)));
  }

  /** The last word on a query and a passage counts; a verdict of null takes it back. Durable when it resolves. */
  judge({ folder, verdict, ...said }: JudgeParams, time: number): Promise<void> {
    return this.#changes.run(async () => {
      const place = await this.#place(folder);
      const bounded = boundedOf(said);
      const key = keyOf(bounded);
      const others = (await this.#read(place)).filter(each => keyOf(each) !== key);
      await this.#write(place, verdict === null ? others : [...others, { ...bounded, verdict, time }]);
    });
  }

  /** Forgets all that was said; how much it was. */
  clear(folder: string): Promise<number> {
    return this.#changes.run(async () => {
      const place = await this.#place(folder);
      const { length } = await this.#read(place);
      for (const file of [place.file, place.former])
        for (const each of [file, `${file}.damaged`]) await rm(each, { force: true });
      return length;
    });
  }

  /** Gives hits of this search what was said of them before. Never rejects: a mark is no reason to find nothing. */
  async marker({
    folders,
    query,
  }: Pick<SearchRequest, 'folders' | 'query'>): Promise<(result: SearchResult) => SearchResult> {
    const said = new Map<string, ReadonlyMap<string, Judgement>>();
    for (const folder of folders) {
      const known = await this.#changes
        .run(async () => this.#lookUp(await this.#place(folder)))
        .catch(() => null);
      if (known !== null && known.size > 0) said.set(folder, known);
    }
    return result =>
      said.size === 0
        ? result
        : { ...result, hits: result.hits.map(hit => marked(hit, query, said.get(hit.folder) ?? new Map())) };
  }

  async #lookUp(place: FeedbackPlace): Promise<ReadonlyMap<string, Judgement>> {
    const stamp = `${await stampOf(place.file)} ${await stampOf(place.former)}`;
    const known = this.#known.get(place.file);
    if (known?.stamp === stamp) return known.byKey;
    const byKey = new Map((await this.#read(place)).map(row => [keyOf(row), row]));
    this.#known.set(place.file, { stamp, byKey });
    return byKey;
  }

  async #read(place: FeedbackPlace): Promise<readonly Judgement[]> {
    const former = await judgementsIn(place.former);
    const own = await judgementsIn(place.file);
    if (former === null) return own ?? [];
    const all = merged(former, own ?? []);
    await this.#write(place, all);
    await rm(place.former, { force: true });
    return all;
  }

  async #write({ file }: FeedbackPlace, judgements: readonly Judgement[]): Promise<void> {
    try {
      if ((await judgementsIn(file)) === null && (await stampOf(file)) !== NOT_THERE)
        await rename(file, `${file}.damaged`);
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

const NOT_THERE = '-';

async function stampOf(file: string): Promise<string> {
  const found = await stat(file).catch(() => null);
  return found === null ? NOT_THERE : `${found.size} ${found.mtimeMs}`;
}

/** null where there is no such file, or it can't be read as one. */
async function judgementsIn(file: string): Promise<readonly Judgement[] | null> {
  const text = await readFile(file, 'utf8').catch(() => null);
  return text === null ? null : parseJudgements(text);
}
