/**
 * What a user said of hits, by folder, in the store beside the folder's indexes: `feedback.json`. It is nobody's
 * copy, unlike an index: it is written whole, and a damaged one is put aside, not thrown away.
 */
import { mkdir, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import * as v from 'valibot';
import { writeWhole } from '../model/wholeFile.ts';
import type { JudgeParams } from '../protocol.ts';
import { UserError } from '../rpc/userError.ts';
import { indexesPlace } from './indexPlace.ts';

/** The oldest go first. */
const MAX_JUDGEMENTS = 20_000;
const LONGEST = { query: 2_000, file: 4_096, heading: 300, headings: 32, text: 20_000 };

const Judgement = v.object({
  query: v.string(),
  file: v.string(),
  headings: v.array(v.string()),
  text: v.string(),
  verdict: v.picklist(['right', 'wrong']),
  /** ms since 1970. */
  time: v.number(),
});
const File = v.object({ version: v.literal(1), judgements: v.array(Judgement) });

export type Judgement = v.InferOutput<typeof Judgement>;

export class FeedbackBook {
  readonly #storePath: string;
  /** One change after the other. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(storePath: string) {
    this.#storePath = storePath;
  }

  /** In the order of their times. Rejects where `folder` is not there. */
  async read(folder: string): Promise<readonly Judgement[]> {
    const file = await this.#place(folder);
    const text = await readFile(file, 'utf8').catch(() => null);
    return (text === null ? null : judgementsIn(text)) ?? [];
  }

  /** The last word on a query and a passage counts; a verdict of null takes it back. Durable when it resolves. */
  judge({ folder, verdict, ...said }: JudgeParams, time: number): Promise<void> {
    return this.#serially(async () => {
      const file = await this.#place(folder);
      const text = await readFile(file, 'utf8').catch(() => null);
      const known = text === null ? [] : judgementsIn(text);
      if (known === null) await rename(file, `${file}.damaged`);
      const bounded = boundedOf(said);
      const key = keyOf(bounded);
      const others = (known ?? []).filter(each => keyOf(each) !== key);
      const judgements = verdict === null ? others : [...others, { ...bounded, verdict, time }];
      try {
        await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
        const kept = judgements.slice(-MAX_JUDGEMENTS);
        await writeWhole(file, `${JSON.stringify({ version: 1, judgements: kept })}\n`);
      } catch (error) {
        throw new UserError('storeUnusable', path.dirname(file), { cause: error });
      }
    });
  }

  /** Forgets all that was said; how much it was. */
  clear(folder: string): Promise<number> {
    return this.#serially(async () => {
      const { length } = await this.read(folder);
      const file = await this.#place(folder);
      await rm(file, { force: true });
      await rm(`${file}.damaged`, { force: true });
      return length;
    });
  }

  async #place(folder: string): Promise<string> {
    try {
      return path.join(await indexesPlace(this.#storePath, folder), 'feedback.json');
    } catch (error) {
      throw new UserError('folderUnreadable', folder, { cause: error });
    }
  }

  #serially<T>(work: () => Promise<T>): Promise<T> {
    const next = this.#last.then(work, work);
    this.#last = next.catch(() => undefined);
    return next;
  }
}

function judgementsIn(text: string): readonly Judgement[] | null {
  try {
    return v.parse(File, JSON.parse(text)).judgements;
  } catch {
    return null;
  }
}

type Said = Pick<Judgement, 'query' | 'file' | 'headings' | 'text'>;

function boundedOf({ query, file, headings, text }: Readonly<Omit<JudgeParams, 'folder' | 'verdict'>>): Said {
  return {
    query: query.trim().slice(0, LONGEST.query),
    file: file.slice(0, LONGEST.file),
    headings: headings.slice(0, LONGEST.headings).map(heading => heading.slice(0, LONGEST.heading)),
    text: text.slice(0, LONGEST.text),
  };
}

function keyOf({ query, file, text }: Said): string {
  return JSON.stringify([query.normalize('NFC'), file, text]);
}
