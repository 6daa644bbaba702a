/** What a tinted word is there for, in words. Pure: no Markdown, so that note content stays content. */
import type { Contribution, Hit, MatchKind } from '../../domain/hit.ts';
import type { QueryWord } from '../../domain/query.ts';
import { labelText, percent, shareOf } from '../results/hitText.ts';
import type { Translate } from '../translate.ts';

export interface HoverLine {
  /** The query's word. */
  readonly word: string;
  /** The model's word for it, where that is another one. */
  readonly token: string | null;
  readonly kind: string;
  /** `점수의 31% (3.31/9.42)`. */
  readonly share: string;
}

const MOST_LINES = 5;

export function kindText(kind: MatchKind, t: Translate): string {
  const texts: Readonly<Record<MatchKind, string>> = {
    literal: t('exact match'),
    name: t('the file’s name'),
    rewritten: t('another form of the word'),
    queryExpansion: t('related to the query'),
    documentExpansion: t('related to the document'),
    bothExpansion: t('related on both sides'),
  };
  return texts[kind];
}

/** Largest share first. Contributions of one word, token and kind (both channels found it) are one line. */
export function hoverLines(
  contributions: readonly Contribution[],
  hit: Hit,
  words: readonly QueryWord[],
  t: Translate,
): readonly HoverLine[] {
  const merged = new Map<string, Contribution>();
  for (const contribution of contributions) {
    const key = JSON.stringify([contribution.word, contribution.token, contribution.kind]);
    const known = merged.get(key);
    merged.set(
      key,
      known === undefined ? contribution : { ...known, value: known.value + contribution.value },
    );
  }
  return [...merged.values()]
    .sort((a, b) => b.value - a.value)
    .slice(0, MOST_LINES)
    .map(contribution => {
      const word = labelText(words[contribution.word]?.text ?? contribution.token);
      const token = labelText(contribution.token);
      return {
        word,
        token: token.toLowerCase() === word.toLowerCase() ? null : token,
        kind: kindText(contribution.kind, t),
        share: t(
          '{0} of the score ({1} of {2})',
          percent(shareOf(contribution, hit)),
          contribution.value.toFixed(2),
          hit.score.toFixed(2),
        ),
      };
    });
}
