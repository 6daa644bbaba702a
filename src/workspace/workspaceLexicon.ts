/**
 * The words of all open folders, for the other forms of a query's words. They are read from the indexes and sorted in
 * the background, while the previous ones are used.
 */
import type { PassageIndex } from '../index/passageIndex.ts';
import { DamagedError } from '../index/segment/sections.ts';
import { Glossary, type ParsedGlossary } from '../text/forms/foreign/glossary.ts';
import { lexiconInSteps, type Lexicon } from '../text/forms/lexicon.ts';
import { WordCounts } from '../text/forms/vocabulary.ts';
import { PAIR_KEYS, pairOfKey, WORD_KEYS } from '../text/forms/vocabularyKeys.ts';

export interface LexiconSource {
  readonly indexes: () => readonly PassageIndex[];
  /** Never rejects: faulty glossaries are reported elsewhere. */
  readonly glossaries: () => Promise<readonly ParsedGlossary[]>;
  /** Whether files wait to be read, so that words are still coming. */
  readonly isReading: () => boolean;
  /** Resolves when work may go on; it is called every millisecond or so. */
  readonly pace: () => Promise<void>;
  readonly log: (line: string) => void;
}

/** Milliseconds without a change after which the words are read again. */
const QUIET = 1_500;
/**
 * Maximum share of the time spent reading words, without pauses, while more are coming; and the longest wait for a new
 * word where that share allows it.
 */
const SHARE = 1 / 20;
const LONGEST_WAIT = 20_000;
/** Milliseconds after which it is looked again whether all files are read. */
const CHECK = 2_000;
/** Number of words between two pauses. */
const STEP = 1_024;

class Stopped extends Error {}

export class WorkspaceLexicon {
  readonly #source: LexiconSource;
  #current: Lexicon | null = null;
  #timer: NodeJS.Timeout | undefined;
  #building: Promise<void> | null = null;
  /** True if something changed since the last reading began. */
  #stale = true;
  #staleSince = performance.now();
  #changedAt = performance.now();
  /** Number of callers that wait, so that the reading makes no pauses. */
  #hurried = 0;
  #closed = false;
  /** Time when the last reading ended, how long it took without pauses, and whether it lacks files. */
  #last = { end: -Infinity, took: 0, lacksFiles: false };
  #rested = 0;

  constructor(source: LexiconSource) {
    this.#source = source;
  }

  /** The words as they were read last; null before the first time. */
  get current(): Lexicon | null {
    return this.#current;
  }

  /** Reads the words again, once changes of folders, indexes or glossaries pause. */
  changed(): void {
    this.#changedAt = performance.now();
    if (!this.#stale) this.#staleSince = this.#changedAt;
    this.#stale = true;
    this.#schedule();
  }

  /** A changed glossary takes effect at once. */
  async glossaryChanged(): Promise<void> {
    const glossary = await this.#glossary();
    if (this.#current !== null) this.#current = { ...this.#current, glossary };
  }

  async #glossary(): Promise<Glossary> {
    return new Glossary((await this.#source.glossaries()).flatMap(({ groups }) => groups));
  }

  #schedule(): void {
    clearTimeout(this.#timer);
    if (this.#closed) return;
    const wait = this.#wait();
    const next = wait <= CHECK ? (): void => void this.#refresh() : (): void => this.#schedule();
    this.#timer = setTimeout(next, Math.max(0, Math.min(wait, CHECK)));
    this.#timer.unref();
  }

  /** Milliseconds until the words may be read again. */
  #wait(): number {
    // The first words are needed at once.
    if (this.#current === null && this.#building === null) return 0;
    const now = performance.now();
    const { end, took, lacksFiles } = this.#last;
    // All words of a folder are worth a reading as soon as they are there.
    const due = lacksFiles && !this.#source.isReading() ? 0 : end + took / SHARE - now;
    // While a large folder is indexed, changes never pause.
    return Math.max(due, Math.min(this.#changedAt + QUIET, this.#staleSince + LONGEST_WAIT) - now);
  }

  /** Resolves when the words are up to date, or the lexicon is closed. */
  async ready(): Promise<void> {
    this.#hurried++;
    try {
      await this.#building;
      if (this.#stale) await this.#refresh();
    } finally {
      this.#hurried--;
    }
  }

  async #refresh(): Promise<void> {
    clearTimeout(this.#timer);
    await this.#building;
    if (!this.#stale || this.#closed) return;
    this.#building ??= this.#build().finally(() => (this.#building = null));
    await this.#building;
  }

  async #build(): Promise<void> {
    this.#stale = false;
    const lacksFiles = this.#source.isReading();
    const began = performance.now();
    this.#rested = 0;
    try {
      const lexicon = await this.#read();
      this.#current = { ...lexicon, glossary: await this.#glossary() };
    } catch (error) {
      // An index that was closed or found damaged meanwhile reports a change.
      const expected = this.#closed || this.#stale || error instanceof DamagedError;
      if (!expected) this.#source.log(`words: ${(error as Error).stack ?? String(error)}`);
    }
    this.#last = { end: performance.now(), took: performance.now() - began - this.#rested, lacksFiles };
  }

  readonly #pace = async (): Promise<void> => {
    if (this.#closed) throw new Stopped();
    if (this.#hurried > 0) return;
    const before = performance.now();
    await this.#source.pace();
    this.#rested += performance.now() - before;
  };

  async #read(): Promise<Lexicon> {
    const { indexes } = this.#source;
    const pace = this.#pace;
    const counts = new Map<string, number>();
    const pairs = new Set<string>();
    for (const index of indexes()) {
      let done = 0;
      for (const [word, count] of await index.termCounts(WORD_KEYS, pace)) {
        counts.set(word, (counts.get(word) ?? 0) + count);
        if (++done % STEP === 0) await pace();
      }
      for (const pair of (await index.termCounts(PAIR_KEYS, pace)).keys()) pairs.add(PAIR_KEYS + pair);
    }
    const learnt = new Glossary(
      Array.from(pairs, pairOfKey).flatMap(pair => (pair === null ? [] : [[pair.hangul, pair.latin]])),
    );
    const vocabulary = await paced(WordCounts.inSteps(counts), pace);
    return paced(lexiconInSteps(vocabulary, new Glossary(), learnt, this.#current), pace);
  }

  /** Resolves when no index is being read any more. */
  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    await this.#building;
  }
}

async function paced<T>(steps: Generator<undefined, T>, pace: () => Promise<void>): Promise<T> {
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return value;
    await pace();
  }
}
