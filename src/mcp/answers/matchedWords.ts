/** The query words that a hit matches, and how: the evidence that an agent can cite. */
import type { Contribution, Hit, MatchKind } from '../../domain/hit.ts';
import type { QueryWord } from '../../domain/query.ts';
import type { Say } from '../../wording/language.ts';
import { quotedLine } from './quotation.ts';

export interface MatchedWord {
  /** The word as it stands in the query. */
  readonly word: string;
  readonly kind: MatchKind;
  /** The matched terms that differ from the word: other forms of it, or terms that the model added. */
  readonly as: readonly string[];
  /** The word as it stands in the passage; empty where it stands in headings, or the model added it to the passage. */
  readonly seen: readonly string[];
  /** Share of the hit's score, 0..1. */
  readonly share: number;
}

/** Number of words reported for a hit: those with the largest shares. */
const MOST_WORDS = 6;
const MOST_FORMS = 3;
/** Shares below this are noise of the model. */
const LEAST_SHARE = 0.02;
const LONGEST_FORM = 40;

export function matchedWords(hit: Hit, words: readonly QueryWord[]): MatchedWord[] {
  const groups = new Map<string, Contribution[]>();
  for (const contribution of hit.contributions) {
    const key = `${contribution.word}\t${contribution.kind}`;
    groups.set(key, [...(groups.get(key) ?? []), contribution]);
  }
  return [...groups.values()]
    .map(group => wordOf(group, hit, words))
    .filter(({ share }) => share >= LEAST_SHARE)
    .sort((a, b) => b.share - a.share)
    .slice(0, MOST_WORDS);
}

function wordOf(group: readonly Contribution[], hit: Hit, words: readonly QueryWord[]): MatchedWord {
  const { word: index, kind } = group[0]!;
  const word = form(words[index]?.text ?? '');
  const value = group.reduce((sum, contribution) => sum + contribution.value, 0);
  const seen = group.flatMap(({ ranges }) =>
    ranges.map(({ start, end }) => form(hit.text.slice(start, end))),
  );
  // The terms of a word as written are parts of it (two letters each) and add no information.
  const as = kind === 'literal' || kind === 'name' ? [] : group.map(({ token }) => form(token));
  return {
    word,
    kind,
    as: distinct(as).filter(each => each !== word),
    seen: distinct(seen),
    share: hit.score > 0 ? Math.round((value / hit.score) * 100) / 100 : 0,
  };
}

function form(text: string): string {
  return quotedLine(text.trim().slice(0, LONGEST_FORM));
}

function distinct(texts: readonly string[]): string[] {
  return [...new Set(texts)].filter(text => text !== '').slice(0, MOST_FORMS);
}

export function kindText(kind: MatchKind, say: Say): string {
  const texts: Readonly<Record<MatchKind, string>> = {
    literal: say('그대로', 'exact match'),
    name: say('파일 이름', 'file name'),
    rewritten: say('다른 꼴', 'another form'),
    queryExpansion: say('뜻: 질의에 더한 말', 'meaning: added to the query'),
    documentExpansion: say('뜻: 글에 더한 말', 'meaning: added to the passage'),
    bothExpansion: say('뜻', 'meaning'),
  };
  return texts[kind];
}

/** For example `예산(그대로), 비용 → 지출(뜻)`. */
export function wordsText(matched: readonly MatchedWord[], say: Say): string {
  return matched
    .map(({ word, kind, as }) => {
      const forms = as.length === 0 ? '' : ` → ${as.join('/')}`;
      return `${word}${forms} (${kindText(kind, say)})`;
    })
    .join(', ');
}
