/**
 * Decides which passages a query lets in. A test that needs a passage's text leaves the passage unverified:
 * it is ranked along, and verified when it is among the best (`rankFiltered.ts`).
 */
import type { FileFilter } from '../../domain/fileFilter.ts';
import type { FileHead } from '../../index/records.ts';
import type { Segment } from '../../index/segment/segment.ts';
import type { SparseVector } from '../../index/sparseVector.ts';
import type { LiteralCondition, ParsedQuery } from '../query/language/parsedQuery.ts';
import { semanticExclusion } from './semanticExclusion.ts';
import { DOUBT, HAS, type PhrasePlace, type PhraseState, type PhraseStates } from './phraseStates.ts';
import { taggedFiles } from './taggedFiles.ts';

export interface Conditions {
  /** Tests the head of a file; null where all files pass. */
  readonly files: ((head: FileHead) => boolean) | null;
  /** The filters that `files` was made of, for a source that has no heads of files here. */
  readonly fileFilters?: readonly FileFilter[] | undefined;
  readonly tags?: readonly LiteralCondition[] | undefined;
  readonly literals: readonly LiteralCondition[];
  readonly headings: readonly LiteralCondition[];
  /** Vectors of the meanings to exclude. */
  readonly negativeQueries: readonly SparseVector[];
}

export function conditionsOf(
  { literals, headings, tags }: Pick<ParsedQuery, 'literals' | 'headings' | 'tags'>,
  files: Conditions['files'],
  negativeQueries: Conditions['negativeQueries'] = [],
): Conditions {
  return { files: both(files, taggedFiles(tags)), tags, literals, headings, negativeQueries };
}

function both(one: Conditions['files'], other: Conditions['files']): Conditions['files'] {
  if (one === null || other === null) return one ?? other;
  return head => one(head) && other(head);
}

/** A passage of a segment. */
export interface Place {
  readonly segment: Segment;
  readonly passage: number;
}

/**
 * Flags of a passage: 0 means not wanted, `WANTED` wanted, and with `UNVERIFIED` that its text has not been
 * checked yet.
 */
const WANTED = 1;
const UNVERIFIED = 2;

interface LiteralTest {
  readonly state: PhraseState;
  readonly negative: boolean;
}

interface WantedOfSegment {
  readonly flags: Uint8Array;
  readonly tests: readonly LiteralTest[];
}

export class PassageFilter {
  readonly #segments: ReadonlyMap<Segment, WantedOfSegment>;

  private constructor(segments: ReadonlyMap<Segment, WantedOfSegment>) {
    this.#segments = segments;
  }

  /** null where every passage passes. Rejects with `DamagedError`. */
  static async of(
    segments: readonly Segment[],
    { files, literals, headings, negativeQueries }: Conditions,
    phrases: PhraseStates,
  ): Promise<PassageFilter | null> {
    if (files === null && literals.length + headings.length + negativeQueries.length === 0) return null;
    const away = await Promise.all(negativeQueries.map(vector => semanticExclusion(segments, vector)));
    const wanted = segments.map(async segment => {
      const testOf =
        (place: PhrasePlace) =>
        async ({ text, negative }: LiteralCondition): Promise<LiteralTest> => ({
          state: await phrases.of(segment, text, negative && place === 'everywhere' ? 'prose' : place),
          negative,
        });
      const tests = await Promise.all([
        ...literals.map(testOf('everywhere')),
        ...headings.map(testOf('headings')),
      ]);
      const flags =
        files === null ? new Uint8Array(segment.passageCount).fill(WANTED) : passagesOf(segment, files);
      for (const about of away)
        about.get(segment)!.forEach((is, passage) => is === 1 && (flags[passage] = 0));
      for (const test of tests) judgeAll(flags, test);
      return [segment, { flags, tests }] as const;
    });
    return new PassageFilter(new Map(await Promise.all(wanted)));
  }

  get segments(): Iterable<Segment> {
    return this.#segments.keys();
  }

  /** Flags (u8) of a segment's passages: the lowest bit is set where one is wanted or unverified. */
  flags(segment: Segment): Uint8Array {
    return this.#segments.get(segment)!.flags;
  }

  /** Whether a passage certainly passes, without a look at its text. */
  isCertain(segment: Segment, passage: number): boolean {
    return this.flags(segment)[passage] === WANTED;
  }

  /** Whether there are passages whose text has not been checked yet. */
  get hasDoubt(): boolean {
    return [...this.#segments.values()].some(({ flags }) => flags.includes(WANTED | UNVERIFIED));
  }

  /** Verifies these places; resolves to the number of those that do not pass. Rejects with `DamagedError`. */
  async settle(places: readonly Place[]): Promise<number> {
    for (const [segment, own] of this.#segments) {
      const doubtful = places
        .filter(place => place.segment === segment && (own.flags[place.passage]! & UNVERIFIED) > 0)
        .map(({ passage }) => passage)
        .sort((a, b) => a - b);
      for (const { state } of own.tests) await state.settle(doubtful);
      for (const passage of doubtful) judge(own, passage);
    }
    return places.filter(({ segment, passage }) => this.flags(segment)[passage] === 0).length;
  }
}

/** Applies one test after the other: a loop over two arrays takes a tenth of the time of one over objects. */
function judgeAll(flags: Uint8Array, { state: { states }, negative }: LiteralTest): void {
  const wrong = negative ? HAS : 0;
  for (let passage = 0; passage < flags.length; passage++) {
    const found = states[passage]!;
    if ((found & DOUBT) === 0) {
      if ((found & HAS) === wrong) flags[passage] = 0;
    } else if (flags[passage] !== 0) flags[passage] = WANTED | UNVERIFIED;
  }
}

/** Updates the flags of a passage by the current state of its tests. */
function judge({ flags, tests }: WantedOfSegment, passage: number): void {
  if (flags[passage] === 0) return;
  let flag = WANTED;
  for (const { state, negative } of tests) {
    const found = state.states[passage]!;
    if ((found & DOUBT) > 0) flag |= UNVERIFIED;
    else if ((found & HAS) > 0 === negative) {
      flags[passage] = 0;
      return;
    }
  }
  flags[passage] = flag;
}

/** Flags of the passages whose file passes the test. */
function passagesOf(segment: Segment, test: (head: FileHead) => boolean): Uint8Array {
  const flags = new Uint8Array(segment.passageCount);
  for (let file = 0; file < segment.fileCount; file++) {
    const { first, end } = segment.passagesOf(file);
    if (first < end && test(segment.file(file))) flags.fill(WANTED, first, end);
  }
  return flags;
}
