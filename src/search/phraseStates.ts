/**
 * Which passages have a literal phrase, by segment. Postings say which may have it; where they can't tell for
 * sure, the passage stays in doubt until somebody needs to know: then its text is read. A segment never changes,
 * so what was found for the last phrases is kept.
 */
import type { Segment } from '../index/segment.ts';
import { normalizeForSearch } from '../text/normalize.ts';
import { plainTextOf } from '../text/plainText.ts';
import { inRuns } from './inRuns.ts';
import { literalPhrase, type LiteralPhrase } from './literalPhrase.ts';
import { eachCandidate } from './phraseCandidates.ts';

/** Phrases kept of a segment: a query has a few, and the next one is often the same and a letter. */
const MAX_KEPT = 24;

/** `everywhere`: the passage's text, its headings and its file's name. */
export type PhrasePlace = 'everywhere' | 'headings';

/** A passage's state: 0 it has not the phrase; `HAS` it has; with `DOUBT` it may, where the other bits say. */
export const HAS = 1;
export const DOUBT = 2;
const IN_HEADINGS = 4;
const IN_TEXT = 8;

export class PhraseStates {
  readonly #known = new WeakMap<Segment, Map<string, Promise<PhraseState>>>();

  /** Shared. Rejects with `DamagedError`. */
  async of(segment: Segment, text: string, place: PhrasePlace): Promise<PhraseState> {
    const phrase = literalPhrase(text);
    if (phrase === null) return new PhraseState(segment, null);
    let own = this.#known.get(segment);
    if (own === undefined) this.#known.set(segment, (own = new Map()));
    const key = `${place} ${phrase.text}`;
    const known = own.get(key) ?? stateOf(segment, phrase, place);
    // What was asked for last is kept longest.
    own.delete(key);
    own.set(key, known);
    if (own.size > MAX_KEPT) own.delete(own.keys().next().value!);
    try {
      return await known;
    } catch (error) {
      own.delete(key);
      throw error;
    }
  }
}

async function stateOf(segment: Segment, phrase: LiteralPhrase, place: PhrasePlace): Promise<PhraseState> {
  const names = place === 'headings' ? null : new FileNames(segment, phrase);
  const state = new PhraseState(segment, phrase, names);
  const { states } = state;
  await eachCandidate(
    segment,
    phrase.keys,
    passage => {
      if (place === 'everywhere') states[passage] = phrase.isKey ? HAS : HAS | DOUBT | IN_TEXT;
    },
    passage => {
      // A text that has the key needs no heading.
      if (states[passage] !== HAS) states[passage]! |= HAS | DOUBT | IN_HEADINGS;
    },
  );
  return state;
}

/** One phrase in one segment. */
export class PhraseState {
  /** Of each passage; doubts go as they are settled. Not to be changed by others. */
  readonly states: Uint8Array;
  readonly #segment: Segment;
  readonly #phrase: LiteralPhrase | null;
  readonly #names: FileNames | null;
  readonly #trails = new Map<string, boolean>();

  constructor(segment: Segment, phrase: LiteralPhrase | null, names: FileNames | null = null) {
    this.states = new Uint8Array(segment.passageCount);
    this.#segment = segment;
    this.#phrase = phrase;
    this.#names = names;
  }

  /** Passages ascend; those of them in doubt are looked at. Rejects with `DamagedError`. */
  async settle(passages: readonly number[]): Promise<void> {
    const { states } = this;
    const { passages: table } = this.#segment;
    const phrase = this.#phrase;
    const inDoubt = (bit: number): readonly number[] =>
      passages.filter(passage => (states[passage]! & DOUBT) > 0 && (states[passage]! & bit) > 0);
    if (phrase === null) return;
    await inRuns(table.trails.bind(table), inDoubt(IN_HEADINGS), (passage, trail) => {
      const above = this.#inTrail(trail, phrase) || this.#names?.have(passage) === true;
      states[passage] = above ? HAS : (states[passage]! & IN_TEXT) > 0 ? HAS | DOUBT | IN_TEXT : 0;
    });
    await inRuns(table.texts.bind(table), inDoubt(IN_TEXT), (passage, text) => {
      states[passage] = hasPhrase(text, phrase) ? HAS : 0;
    });
  }

  #inTrail(trail: readonly string[], phrase: LiteralPhrase): boolean {
    const key = trail.join('\n');
    let stands = this.#trails.get(key);
    if (stands === undefined)
      this.#trails.set(
        key,
        (stands = trail.some(heading => phrase.standsIn(normalizeForSearch(heading).text))),
      );
    return stands;
  }
}

function hasPhrase(text: string, phrase: LiteralPhrase): boolean {
  return phrase.screen(text) ?? phrase.standsIn(normalizeForSearch(plainTextOf(text).text).text);
}

/** Which files have the phrase in their names; each is looked at once. */
class FileNames {
  readonly #segment: Segment;
  readonly #phrase: LiteralPhrase;
  readonly #known = new Map<number, boolean>();

  constructor(segment: Segment, phrase: LiteralPhrase) {
    this.#segment = segment;
    this.#phrase = phrase;
  }

  have(passage: number): boolean {
    const file = this.#segment.fileOf(passage);
    let known = this.#known.get(file);
    if (known === undefined) {
      const path = this.#segment.files.path(file);
      const name = path.slice(path.lastIndexOf('/') + 1).replace(/\.[^.]*$/u, '');
      this.#known.set(file, (known = this.#phrase.standsIn(normalizeForSearch(name).text)));
    }
    return known;
  }
}
