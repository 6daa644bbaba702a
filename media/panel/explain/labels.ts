import type { QueryTerm, QueryWord } from '../../../src/domain/query.ts';
import { fill } from '../format.ts';
import type { PanelText } from '../text.ts';
import type { Group } from './groups.ts';

/** Tokens named in one label before "and n more". */
const NAMED_TOKENS = 3;
/** Longer names are cut, so that a hostile word cannot swamp a label. */
const LONGEST_NAME = 40;
const LONGEST_PARTICLE = 2;

/**
 * The short name of each query word: its heaviest term that stands in it ("연차" of "연차는"), else the word
 * as typed. Pieces of one syllable name nothing and are passed over, and so do parts of a compound ("데이터" of
 * "데이터베이스"): what a term leaves out is a particle, two syllables at most.
 */
export function wordLabels(words: readonly QueryWord[], terms: readonly QueryTerm[]): readonly string[] {
  return words.map((word, index) => {
    const surface = word.text.toLowerCase();
    const stem = terms.find(
      term =>
        term.word === index &&
        !term.expansion &&
        Array.from(term.token).length >= 2 &&
        surface.startsWith(term.token.toLowerCase()) &&
        surface.length - term.token.length <= LONGEST_PARTICLE,
    );
    return clip(stem?.token ?? word.text);
  });
}

/**
 * The text of a bar: "연차" for a literal match, "회의 (ghldml)" for another form of a word, "며칠 → 3일" for an expansion,
 * "그 외 9개" for the rest.
 *
 * @param places The passage's own words that carry the group. They name a document expansion better than its token
 * does, since that token is the query word again.
 */
export function groupLabel(
  group: Group,
  labels: readonly string[],
  places: readonly string[],
  text: PanelText,
  count: (value: number) => string,
): string {
  if (group.kind === 'rest') return fill(text.barRest, count(group.count));
  // The whole query is the name.
  if (group.kind === 'name') return clip(group.tokens[0] ?? '');
  const word = labels[group.word] ?? group.tokens[0] ?? '';
  if (group.kind === 'literal') return word;
  // The engine names both words.
  if (group.kind === 'rewritten') return group.tokens.slice(0, NAMED_TOKENS).map(clip).join('·');
  const source = group.kind === 'documentExpansion' && places.length > 0 ? places : group.tokens;
  const names = Array.from(new Set(source.map(clip))).filter(name => name !== '' && name !== word);
  if (names.length === 0) return word;
  const named = names.slice(0, NAMED_TOKENS).join('·');
  return names.length > NAMED_TOKENS
    ? fill(text.barExpansionMore, word, named, count(names.length - NAMED_TOKENS))
    : fill(text.barExpansion, word, named);
}

function clip(name: string): string {
  const characters = Array.from(name.trim().slice(0, LONGEST_NAME * 2));
  return characters.length > LONGEST_NAME
    ? `${characters.slice(0, LONGEST_NAME).join('')}…`
    : characters.join('');
}
