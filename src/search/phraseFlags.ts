/**
 * Which passages have a literal phrase, by segment. Postings say which may have it; where they can't tell for
 * sure, the text itself is read. A segment never changes, so what was found for the last phrases is kept.
 */
import type { Postings } from '../index/postings.ts';
import type { Segment } from '../index/segment.ts';
import { normalizeForSearch } from '../text/normalize.ts';
import { plainTextOf } from '../text/plainText.ts';
import { literalPhrase, type LiteralPhrase, type PhraseKey } from './literalPhrase.ts';

/** Phrases kept of a segment: a query has a few, and the next one is often the same and a letter. */
const MAX_KEPT = 24;
/** Passages read at once; and how many unneeded ones are read along, rather than their block once more. */
const MAX_RUN = 512;
const MAX_GAP = 16;
const encoder = new TextEncoder();

/** `everywhere`: the passage's text, its headings and its file's name. */
export type PhrasePlace = 'everywhere' | 'headings';

export class PhraseFlags {
  readonly #known = new WeakMap<Segment, Map<string, Promise<Uint8Array>>>();

  /** Flags (u8) of a segment's passages; shared: not to be changed. Rejects with `DamagedError`. */
  async of(segment: Segment, text: string, place: PhrasePlace): Promise<Uint8Array> {
    const phrase = literalPhrase(text);
    if (phrase === null) return new Uint8Array(segment.passageCount);
    let own = this.#known.get(segment);
    if (own === undefined) this.#known.set(segment, (own = new Map()));
    const key = `${place} ${phrase.text}`;
    const known = own.get(key) ?? flagsOf(segment, phrase, place);
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

async function flagsOf(segment: Segment, phrase: LiteralPhrase, place: PhrasePlace): Promise<Uint8Array> {
  const flags = new Uint8Array(segment.passageCount);
  const { body, headings } = await candidatesOf(segment, phrase.keys, place);
  if (phrase.isKey) for (const passage of body) flags[passage] = 1;
  // A body that has the key needs no heading.
  const above = headings.filter(passage => flags[passage] === 0);
  const names = place === 'headings' ? null : new FileNames(segment, phrase);
  const trails = new Map<readonly string[], boolean>();
  await inRuns(segment.passages.trails.bind(segment.passages), above, (passage, trail) => {
    let stands = trails.get(trail);
    if (stands === undefined)
      trails.set(trail, (stands = trail.some(heading => phrase.standsIn(normalizeForSearch(heading).text))));
    if (stands || names?.have(passage) === true) flags[passage] = 1;
  });
  if (phrase.isKey) return flags;
  const doubtful = body.filter(passage => flags[passage] === 0);
  await inRuns(segment.passages.texts.bind(segment.passages), doubtful, (passage, text) => {
    if (hasPhrase(text, phrase)) flags[passage] = 1;
  });
  return flags;
}

/** Reads neighbours together, what lies between them too where that is little; the next ones while these are seen. */
async function inRuns<T>(
  read: (first: number, end: number) => Promise<readonly T[]>,
  passages: readonly number[],
  each: (passage: number, value: T) => void,
): Promise<void> {
  const runs = runsOf(passages);
  const start = (run: number): Promise<readonly T[]> => {
    const own = runs[run];
    const values = own === undefined ? Promise.resolve([]) : read(own[0]!, own.at(-1)! + 1);
    // One that fails while another is looked at is heard of when its turn comes.
    values.catch(() => undefined);
    return values;
  };
  let next = start(0);
  for (const [run, own] of runs.entries()) {
    const values = await next;
    next = start(run + 1);
    for (const passage of own) each(passage, values[passage - own[0]!]!);
  }
  await next;
}

function runsOf(passages: readonly number[]): readonly (readonly number[])[] {
  const runs: number[][] = [];
  for (const passage of passages) {
    const last = runs.at(-1);
    if (last !== undefined && passage - last.at(-1)! <= MAX_GAP && passage - last[0]! < MAX_RUN)
      last.push(passage);
    else runs.push([passage]);
  }
  return runs;
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

/** Passages that have every key: in their own text; in their headings, their file's name or its tags. */
interface Candidates {
  readonly body: readonly number[];
  readonly headings: readonly number[];
}

async function candidatesOf(
  segment: Segment,
  keys: readonly PhraseKey[],
  place: PhrasePlace,
): Promise<Candidates> {
  const body = new Uint8Array(segment.passageCount);
  const heading = new Uint8Array(segment.passageCount);
  const used = keys.slice(0, 250);
  for (const [round, key] of used.entries())
    for (const { docs, planes } of await postingsOf(segment, key))
      for (let i = 0; i < docs.length; i++) {
        const passage = docs[i]!;
        const counts = planes[i]!;
        if ((counts & 15) > 0 && body[passage] === round) body[passage] = round + 1;
        if (counts >> 4 > 0 && heading[passage] === round) heading[passage] = round + 1;
      }
  const candidates = { body: [] as number[], headings: [] as number[] };
  for (let passage = 0; passage < segment.passageCount; passage++) {
    if (place === 'everywhere' && body[passage] === used.length) candidates.body.push(passage);
    if (heading[passage] === used.length) candidates.headings.push(passage);
  }
  return candidates;
}

async function postingsOf(segment: Segment, { text, prefix }: PhraseKey): Promise<readonly Postings[]> {
  const key = encoder.encode(text);
  const { lexicalLists } = segment;
  if (prefix) return lexicalLists.lists(await lexicalLists.withPrefix(key, Number.MAX_SAFE_INTEGER));
  const postings = await segment.lexical(key);
  return postings === null ? [] : [postings];
}
