/**
 * Records which passages have a phrase, for each segment. Postings show which may have it; where they can't
 * decide, the passage stays in doubt until somebody asks, and then its text is read. A segment never changes,
 * so results of the last phrases are kept.
 */
import type { PassageText } from '../../domain/passage.ts';
import type { Segment } from '../../index/segment/segment.ts';
import { normalizeForSearch } from '../../text/normalize.ts';
import { plainTextOf, withoutEntities } from '../../text/plainText.ts';
import { inRuns } from './inRuns.ts';
import { literalPhrase, type LiteralPhrase } from './literalPhrase.ts';
import { eachCandidate } from './phraseCandidates.ts';

/**
 * Number of phrases kept for a segment: a query has a few, and the next query is often the same with one more
 * letter.
 */
const MAX_KEPT = 24;

/**
 * `prose` is the passage's text, its headings and its file's name. `everywhere` includes its metadata, which
 * an exclusion ignores: the name of a folder is no reason to hide everything in it.
 */
export type PhrasePlace = 'everywhere' | 'prose' | 'headings';

/**
 * State of a passage: 0 means that it lacks the phrase, `HAS` that it has it, and `DOUBT` that it may have it
 * in the places of the other bits.
 */
export const HAS = 1;
export const DOUBT = 2;
const IN_HEADINGS = 4;
const IN_TEXT = 8;
const IN_METADATA = 16;

export class PhraseStates {
  readonly #known = new WeakMap<Segment, Map<string, Promise<PhraseState>>>();

  /** The states of a phrase, shared between callers. Rejects with `DamagedError`. */
  async of(segment: Segment, text: string, place: PhrasePlace): Promise<PhraseState> {
    const phrase = literalPhrase(text);
    if (phrase === null) return new PhraseState(segment, null, place);
    let own = this.#known.get(segment);
    if (own === undefined) this.#known.set(segment, (own = new Map()));
    const key = `${place} ${phrase.text}`;
    const known = own.get(key) ?? stateOf(segment, phrase, place);
    // The phrase that was asked for last is kept longest.
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
  const state = new PhraseState(segment, phrase, place, names);
  const { states } = state;
  await eachCandidate(segment, phrase.keys, {
    inText: passage => {
      if (place !== 'headings') states[passage] = phrase.isKey ? HAS : HAS | DOUBT | IN_TEXT;
    },
    // A text that has the key needs no heading.
    inHeadings: passage => {
      if (states[passage] !== HAS) states[passage]! |= HAS | DOUBT | IN_HEADINGS;
    },
    inMetadata: passage => {
      if (place === 'everywhere' && states[passage] !== HAS) states[passage]! |= HAS | DOUBT | IN_METADATA;
    },
  });
  return state;
}

/** One phrase in one segment. */
export class PhraseState {
  /** State of each passage; doubts are resolved over time. Callers must not change it. */
  readonly states: Uint8Array;
  readonly #segment: Segment;
  readonly #phrase: LiteralPhrase | null;
  readonly #place: PhrasePlace;
  readonly #names: FileNames | null;
  readonly #trails = new Map<string, boolean>();

  constructor(
    segment: Segment,
    phrase: LiteralPhrase | null,
    place: PhrasePlace,
    names: FileNames | null = null,
  ) {
    this.states = new Uint8Array(segment.passageCount);
    this.#segment = segment;
    this.#phrase = phrase;
    this.#place = place;
    this.#names = names;
  }

  /** Resolves the doubts among these passages, which ascend. Rejects with `DamagedError`. */
  async settle(passages: readonly number[]): Promise<void> {
    const { states } = this;
    const { passages: table } = this.#segment;
    const phrase = this.#phrase;
    const inDoubt = (bit: number): readonly number[] =>
      passages.filter(passage => (states[passage]! & DOUBT) > 0 && (states[passage]! & bit) > 0);
    if (phrase === null) return;
    /** The remaining doubt of a passage once the phrase was not found in a place. */
    const without = (passage: number, bit: number): number => {
      const left = states[passage]! & ~bit;
      return (left & (IN_HEADINGS | IN_TEXT | IN_METADATA)) > 0 ? left : 0;
    };
    await inRuns(table.trails.bind(table), inDoubt(IN_HEADINGS), (passage, trail) => {
      const above =
        this.#inTrail(trail, phrase) ||
        this.#names?.have(passage) === true ||
        (this.#place === 'everywhere' && this.#names?.folderHas(passage) === true);
      states[passage] = above ? HAS : without(passage, IN_HEADINGS);
    });
    await inRuns(table.texts.bind(table), inDoubt(IN_TEXT), (passage, own) => {
      states[passage] = this.#hasPhrase(own, phrase) ? HAS : without(passage, IN_TEXT);
    });
    await this.#settleMetadata(inDoubt(IN_METADATA), phrase);
  }

  #hasPhrase(passage: PassageText, phrase: LiteralPhrase): boolean {
    const told = passage.markup === 'markdown' ? phrase.screen(passage.text) : null;
    if (told !== null) return told;
    if (phrase.standsIn(normalizeForSearch(plainTextOf(passage).text).text)) return true;
    return this.#place === 'everywhere' && standsInSource(passage.text, phrase);
  }

  /** Metadata stands in the source, beside it, or in the fields before the first passage. */
  async #settleMetadata(passages: readonly number[], phrase: LiteralPhrase): Promise<void> {
    const { states } = this;
    const { passages: table } = this.#segment;
    const sources = table.sources.bind(table);
    const stands = (source: string): boolean => standsInSource(source, phrase);
    const firsts = new Map<number, number[]>();
    await inRuns(sources, passages, (passage, { text, beside }) => {
      const found = stands(text) || stands(beside);
      states[passage] = found ? HAS : 0;
      const { first } = this.#segment.passagesOf(this.#segment.fileOf(passage));
      if (!found && first !== passage) firsts.set(first, [...(firsts.get(first) ?? []), passage]);
    });
    await inRuns(sources, [...firsts.keys()], (first, { beside }) => {
      if (stands(beside)) for (const passage of firsts.get(first)!) states[passage] = HAS;
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

/** Whether the phrase stands in a source, including markup. */
function standsInSource(source: string, phrase: LiteralPhrase): boolean {
  return phrase.standsIn(normalizeForSearch(withoutEntities(source)).text);
}

/** Tells which files have the phrase in their names or those of their folders; each is tested once. */
class FileNames {
  readonly #segment: Segment;
  readonly #phrase: LiteralPhrase;
  readonly #known = new Map<number, { readonly name: boolean; readonly folder: boolean }>();

  constructor(segment: Segment, phrase: LiteralPhrase) {
    this.#segment = segment;
    this.#phrase = phrase;
  }

  have(passage: number): boolean {
    return this.#of(passage).name;
  }

  folderHas(passage: number): boolean {
    return this.#of(passage).folder;
  }

  #of(passage: number): { readonly name: boolean; readonly folder: boolean } {
    const file = this.#segment.fileOf(passage);
    let known = this.#known.get(file);
    if (known === undefined) {
      const path = normalizeForSearch(this.#segment.files.path(file)).text;
      const at = path.lastIndexOf('/') + 1;
      const name = path.slice(at).replace(/\.[^.]*$/u, '');
      known = { name: this.#phrase.standsIn(name), folder: this.#phrase.standsIn(path.slice(0, at)) };
      this.#known.set(file, known);
    }
    return known;
  }
}
