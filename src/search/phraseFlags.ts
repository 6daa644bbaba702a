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
/** Texts read at once. */
const GROUP = 256;
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
  const candidates = await candidatesOf(segment, phrase.keys, place);
  const doubtful: number[] = [];
  for (const { passage, inBody, inHeading } of candidates)
    if (place === 'everywhere' && phrase.isKey && inBody) flags[passage] = 1;
    else if (inHeading && (await standsInHeadings(segment, passage, phrase, place))) flags[passage] = 1;
    else if (place === 'everywhere' && inBody) doubtful.push(passage);
  for (let at = 0; at < doubtful.length; at += GROUP) {
    const group = doubtful.slice(at, at + GROUP);
    const texts = await Promise.all(group.map(passage => segment.text(passage)));
    texts.forEach((text, i) => {
      if (hasPhrase(text, phrase)) flags[group[i]!] = 1;
    });
  }
  return flags;
}

/** Markup that hides what stands in it, as a link does its address. */
const HIDING = /[[<{`~]/u;
/** Korean at both ends: a Latin word's edge, or a lone syllable's, may be another one without the markup. */
const KOREAN_WORDS = /^[가-힣][\p{L}\s]*[가-힣]$/u;

/** Most texts tell by themselves; the plain text takes three times as long to make. */
function hasPhrase(text: string, phrase: LiteralPhrase): boolean {
  if (KOREAN_WORDS.test(phrase.text) && !HIDING.test(text)) {
    const source = normalizeForSearch(text).text;
    if (phrase.standsIn(source)) return true;
    // Only signs and numbers of lists go: letters that are apart now stay apart.
    if (!source.replace(/[^\p{L}]/gu, '').includes(phrase.text.replace(/\s/gu, ''))) return false;
  }
  return phrase.standsIn(normalizeForSearch(plainTextOf(text).text).text);
}

async function standsInHeadings(
  segment: Segment,
  passage: number,
  phrase: LiteralPhrase,
  place: PhrasePlace,
): Promise<boolean> {
  const { headings } = await segment.passage(passage);
  if (headings.some(heading => phrase.standsIn(normalizeForSearch(heading).text))) return true;
  if (place === 'headings') return false;
  const { path } = segment.file(segment.fileOf(passage));
  const name = path.slice(path.lastIndexOf('/') + 1).replace(/\.[^.]*$/u, '');
  return phrase.standsIn(normalizeForSearch(name).text);
}

interface Candidate {
  readonly passage: number;
  /** Every key is in its own text; in its headings, its file's name or its tags. */
  readonly inBody: boolean;
  readonly inHeading: boolean;
}

/** Passages that have every key, all in one of both places. */
async function candidatesOf(
  segment: Segment,
  keys: readonly PhraseKey[],
  place: PhrasePlace,
): Promise<Candidate[]> {
  const body = new Uint8Array(segment.passageCount);
  const heading = new Uint8Array(segment.passageCount);
  const used = keys.slice(0, 250);
  for (const [round, key] of used.entries())
    for (const { docs, planes } of await postingsOf(segment, key))
      docs.forEach((passage, i) => {
        const counts = planes[i]!;
        if ((counts & 15) > 0 && body[passage] === round) body[passage] = round + 1;
        if (counts >> 4 > 0 && heading[passage] === round) heading[passage] = round + 1;
      });
  const candidates: Candidate[] = [];
  for (let passage = 0; passage < segment.passageCount; passage++) {
    const inBody = place === 'everywhere' && body[passage] === used.length;
    const inHeading = heading[passage] === used.length;
    if (inBody || inHeading) candidates.push({ passage, inBody, inHeading });
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
